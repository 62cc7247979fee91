import { PART } from '@app/contracts';
import { EngineShelf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { profileOf } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { createLot, seat, Table } from '@app/testing/play';
import { LotJudge } from '@app/verifying';
import { beforeAll, describe, expect, it } from '@jest/globals';

const INSTALLATION = 'gongping.test';

describe('a lot that main venue and agency found together under rules that a later release superseded', () => {
  let built: EngineShelf;
  beforeAll(async () => {
    built = await openCheckedShelf();
  }, 60_000);

  /** As a main venue founds it whose rules do not know when they were superseded. */
  function founded(version: string, at: string): Play {
    const undated = new EngineShelf(built.all.map(({ engine, hash }) => ({ engine, hash })));
    const founding = undated.all.find(({ engine }) => engine.version === version);
    const play = { ...seat(TV_E2E_01), table: new Table('lot-9', 1, at, INSTALLATION, undated, founding) };
    createLot(play);
    return play;
  }
  function judged({ table }: Play) {
    const { origin, lot, round } = table.state;
    const judge = new LotJudge({
      installation: INSTALLATION,
      origin,
      lot,
      round,
      profile: profileOf('gp-std-1'),
      shelf: built,
      anchors: null,
      reader: 'node:sub-1',
    });
    // Nobody signs in a play, so who signed is left out.
    for (const { header, parts } of table.sent)
      judge.take({ header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => name !== PART.who)) });
    return judge.standing.fault;
  }

  it.each([
    ['0.1.0', '2026-11-29T15:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['0.2.0', '2026-11-29T23:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['0.4.0', '2026-12-20T00:00:00.000Z', '2027-01-10T00:00:00.000Z'],
  ])('SEC-2 under %s is as good as ever when it was founded at %s, and wrong at %s', (version, inTime, late) => {
    expect(judged(founded(version, inTime))).toBeNull();
    expect(judged(founded(version, late))).toMatch(
      /^entry 0 \(lot\.create\): the rules refuse it: ENGINE_RETIRED .*founds and publishes lots until/,
    );
  });
});
