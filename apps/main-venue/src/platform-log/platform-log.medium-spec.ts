import { parseCanonical } from '@app/contracts';
import { createLogger, FakeClock } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { INSTALLATION, profile } from '../../test/support/people.js';
import { LotHeads } from './lot-heads.js';
import { PlatformBeat } from './platform-beat.js';
import { ACTS_IN_BATCH } from './platform-stream.js';

const PLATFORM = `${INSTALLATION}/platform`;
const BEAT_MS = 10_000;
const BOOT_MS_MAX = 60_000;

describe('the platform log (电子招标投标办法 21)', () => {
  let kit: Kit;
  let sut: PlatformBeat;
  const clock = new FakeClock();
  beforeAll(async () => {
    kit = await createKit(clock);
    const { kind, pipeline, writers } = kit.process;
    await writers.open({ origin: PLATFORM, lot: null, round: null }, clock.instant());
    const logger = createLogger({ name: 'beat', level: 'silent' });
    sut = new PlatformBeat(
      pipeline,
      kind,
      kit.process.get(LotHeads),
      clock,
      { PLATFORM_BATCH_MS: BEAT_MS },
      logger,
      kit.keys,
      kit.pool,
      profile,
    );
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await sut.close();
    await kit.close();
  }, BOOT_MS_MAX);

  const batches = async (): Promise<string[][]> => {
    const entries = await kit.process.reader.read(PLATFORM, 0, 100);
    return entries.map((entry) => {
      const { command } = parseCanonical(entry.parts['command']?.text ?? '') as { command: { public: { commitments: string[] } } };
      return command.public.commitments;
    });
  };

  it('holds the registry’s changes as commitments that only their salts open', async () => {
    await sut.flush();
    const { rows } = await kit.pool.query<{ commitment: Buffer; batch_seq: number; batch_index: number; ciphertext: Buffer }>(
      'SELECT * FROM platform_act ORDER BY number',
    );
    const placed = await batches();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(placed[row.batch_seq]?.[row.batch_index]).toBe(row.commitment.toString('hex'));
      expect(row.ciphertext.toString('latin1')).not.toContain('p-agency');
    }
  });

  it(
    'writes a batch of the same size at every beat, whether anything happened or not',
    async () => {
      const before = (await batches()).length;
      sut.start();
      for (let beat = 1; beat <= 3; beat += 1) {
        if (beat === 2) {
          await kit.acts.keepAct(kit.pool, {
            id: '01900000-0000-7000-8000-000000000001',
            origin: `${INSTALLATION}/lot/lot-1/1`,
            request: profile.hash(new Uint8Array(1)),
            content: { command: 'x' },
          });
        }
        await clock.advance(BEAT_MS);
        // The next beat is armed after the last one was answered.
        for (let wait = 0; wait < 2_000 && ((await batches()).length < before + beat || clock.waiting === 0); wait += 1)
          await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const now = await batches();
      expect(now).toHaveLength(before + 3);
      for (const batch of now) expect(new Set(batch).size).toBe(ACTS_IN_BATCH);
      const act = await kit.acts.byId(kit.pool, '01900000-0000-7000-8000-000000000001');
      expect(act?.place?.seq).toBe(before + 1);
      expect(now[before + 1]?.[act?.place?.index ?? -1]).toBe(profile.commitment(act?.opening.salt ?? '', act?.opening.text ?? ''));
    },
    BOOT_MS_MAX,
  );

  it('does not say in the table which lot an act is for, and finds a lot’s acts by key', async () => {
    const { rows } = await kit.pool.query<{ lot_tag: Buffer | null }>('SELECT lot_tag FROM platform_act WHERE lot_tag IS NOT NULL');
    expect(rows).toHaveLength(1);
    expect(await kit.acts.ofLot(kit.pool, `${INSTALLATION}/lot/lot-1/1`)).toHaveLength(1);
    expect(await kit.acts.ofLot(kit.pool, `${INSTALLATION}/lot/lot-2/1`)).toHaveLength(0);
  });

  it('takes nothing from anybody but the main venue’s own node', async () => {
    const { signWish } = await import('@app/client');
    const wish = { type: 'platform.commit-acts', payload: { commitments: [] }, party: 'node:main', at: clock.instant(), basis: 0 };
    const target = { origin: PLATFORM, lot: null, round: null };
    const stranger = await signWish(profile, kit.cast.agency.identity, target, wish);
    expect((await kit.process.pipeline.submit(stranger)).outcome).toMatchObject({ ok: false, code: 'NO_PART' });
    const main = kit.people.nodes.find((node) => node.id === 'main');
    if (main === undefined) throw new Error('no main node');
    const short = await signWish(profile, main.identity, target, wish);
    expect((await kit.process.pipeline.submit(short)).outcome).toMatchObject({ ok: false, code: 'E_INPUT' });
  });

  it('writes one batch when a lot is locked, whether acts wait or not: the number of bids before the list is not to be read from it', async () => {
    await sut.flush();
    const before = (await batches()).length;
    await sut.flush();
    await sut.flush();
    expect((await batches()).length).toBe(before + 2);
  });

  it('SEC-14 does not place the acts of a batch in the order in which they came', async () => {
    const ids = Array.from({ length: 12 }, (_none, act) => `01900000-0000-7000-9000-${String(act).padStart(12, '0')}`);
    for (const id of ids)
      await kit.acts.keepAct(kit.pool, {
        id,
        origin: `${INSTALLATION}/lot/lot-2/1`,
        request: profile.hash(new Uint8Array(1)),
        content: { id },
      });
    await sut.flush();
    const places = await Promise.all(ids.map(async (id) => (await kit.acts.byId(kit.pool, id))?.place?.index ?? -1));
    expect(places.every((index) => index >= 0 && index < ACTS_IN_BATCH)).toBe(true);
    // In order by chance once in 479 million.
    expect(places).not.toEqual([...places].sort((one, two) => one - two));
  });
});
