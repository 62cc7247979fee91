import { writeArchive } from '@app/archive';
import { NODE_DIGESTS } from '@app/archive/node';
import { EngineShelf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { SEPARATED, TV_E2E_01 } from '@app/testing/lots';
import { AS_RELEASED, finish, type Play, playToTheEnd, seat, untilReported, voteOnAward } from '@app/testing/play';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyArchive } from '../src/archive/verify-archive.js';
import type { Report } from '../src/report.js';
import { archiveOf } from './support/archived.js';
import { Certified } from './support/certified.js';
import { Forger } from './support/forger.js';
import { DRILL } from './tampering/drill.js';
import { ENTRIES } from './tampering/entries.js';
import { FILES } from './tampering/files.js';
import { FOUNDING } from './tampering/founding.js';
import { HEADS } from './tampering/heads.js';
import { PARTS } from './tampering/parts.js';
import { RESULT } from './tampering/result.js';
import { SECRETS } from './tampering/secrets.js';
import { VOTE } from './tampering/vote.js';

/** What a lot with real certificates may take to be played, on a busy machine. */
const PLAY_MS_MAX = 60_000;
const built = await openCheckedShelf();
/** The rules of these sources as if they were released, beside the frozen engines. */
const shelf = new EngineShelf([...built.all.filter(({ hash }) => hash !== null), AS_RELEASED]);

describe.each([
  {
    lot: 'TV-E2E-01',
    plan: TV_E2E_01,
    rows: [...ENTRIES, ...PARTS, ...FOUNDING, ...SECRETS, ...RESULT, ...FILES, ...HEADS],
    played: (play: Play): void => {
      playToTheEnd(play, 'B');
    },
  },
  {
    lot: 'TV-AW-02',
    plan: { ...SEPARATED, drill: true },
    rows: [...VOTE, ...DRILL],
    played: (play: Play): void => {
      untilReported(play);
      voteOnAward(play);
      finish(play);
    },
  },
])('the verdict on $lot cannot be talked round by a main venue that', ({ plan, rows, played }) => {
  let keys: Certified;
  let namesakes: Certified;
  let play: Play;
  beforeAll(async () => {
    keys = await Certified.of(plan);
    namesakes = await Certified.of(plan);
    play = seat(plan, 1, { shelf, founding: shelf.newest }, keys);
    played(play);
  }, PLAY_MS_MAX);
  const verify = (archive: ReturnType<Forger['archive']>): Promise<Report> =>
    verifyArchive(writeArchive(archive), keys.trust, { profileFor: () => keys.profile, digests: NODE_DIGESTS, shelf });

  it('says the truth: PASS', async () => {
    const report = await verify(archiveOf(play, keys));
    expect([report.verdict, report.first, report.missing]).toEqual(['PASS', null, null]);
  });

  it.each(rows)('$id lies: $what ($check, $verdict)', async ({ check, verdict, forge }) => {
    const [archive, where] = await forge(new Forger(play, keys), namesakes);
    const report = await verify(archive);
    const found = report.checks.find(({ id }) => id === check);
    const first = found?.first?.seq ?? found?.first?.where ?? null;
    expect([report.verdict, found?.verdict, first]).toEqual([verdict, verdict === 'FAIL' ? 'FAIL' : 'NOT VISIBLE', where]);
  });
});
