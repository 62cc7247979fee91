import type { EngineLimit } from '@app/evaluation';
import { createPool } from '@app/platform';
import { readCertificate } from '@app/sealing';
import type { SessionFacts } from '@app/venue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profile, type TestPerson } from '../../test/support/people.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { LotDirectory } from './lot-directory.js';

const BOOT_MS_MAX = 60_000;
const [EARLY, LATE] = ['2099-01-01T00:00:00.000Z', '2099-02-01T00:00:00.000Z'] as const;
const LIMITS: readonly EngineLimit[] = [
  { name: 'clarification', at: EARLY, parties: ['tenderer'] },
  { name: 'publicity', at: LATE, parties: null },
];

describe('the list of lots', () => {
  let kit: Kit;
  let sut: LotDirectory;
  beforeAll(async () => {
    kit = await createKit();
    expect((await kit.createLot('lot-1')).outcome).toMatchObject({ ok: true });
    const owner = createPool({ url: kit.database.ownerUrl, name: 'limits' });
    await owner.query('UPDATE lot_summary SET limits = $1, is_public = true', [JSON.stringify(LIMITS)]);
    await owner.end();
    sut = new LotDirectory(kit.pool, kit.marks);
  }, BOOT_MS_MAX);
  afterAll(() => kit.close());

  const facts = ({ id }: Pick<TestPerson, 'id'>): SessionFacts => ({ person: { id, name: id }, organisation: null, fingerprint: '' });
  const seen = (person: TestPerson) =>
    sut.ofPerson({ ...facts(person), fingerprint: readCertificate(profile, person.certificate)?.fingerprint ?? '' });

  it('shows two readers of one lot the limit that concerns each: whom it is set, theirs; everybody else, the one of all', async () => {
    expect((await seen(kit.cast.tenderer)).map(({ lot, nextLimit }) => [lot, nextLimit])).toEqual([
      ['lot-1', { name: 'clarification', at: EARLY }],
    ]);
    const common = { name: 'publicity', at: LATE };
    expect((await seen(kit.cast.agency)).map(({ nextLimit }) => nextLimit)).toEqual([common]);
    expect((await sut.ofPublic()).map(({ nextLimit }) => nextLimit)).toEqual([common]);
  });
});
