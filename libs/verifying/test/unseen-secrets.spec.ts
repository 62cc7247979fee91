import type { SentEntry } from '@app/contracts';
import { LotRun, secretEntryOf } from '@app/evaluation';
import { profileOf } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { aggregate, drawExperts, formCommittee, electChair, reviewBids, scoreBids, seat, signReport, untilOpened } from '@app/testing/play';
import { LotJudge } from '@app/verifying';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Certified } from './support/certified.js';

const profile = profileOf('gp-std-1');

/** Whoever works on a lot is shown less than all of it. What he is not shown must shape as little as it can of what he is shown. */
describe('a reader who is not shown every secret', () => {
  let registry: Certified;
  let play: Play;
  /** Number of entries when everybody was called, and nobody had signed in. */
  let called: number;

  beforeAll(async () => {
    registry = await Certified.of(TV_E2E_01);
    play = seat(TV_E2E_01, 1, undefined, registry);
    untilOpened(play);
    drawExperts(play);
    called = play.table.entries.length;
    formCommittee(play);
    electChair(play);
    reviewBids(play);
    for (const part of ['technical', 'commercial'] as const) scoreBids(play, part);
    aggregate(play);
    signReport(play);
  }, 120_000);

  /** Types of the entries, from the first of this type on, that this reader cannot judge, when the log has `size` entries. */
  function openTo(party: string, size = play.table.entries.length, since = 'draw.request'): string[] {
    const { installation, shelf, entries, sent, state } = play.table;
    const name = { origin: state.origin, lot: state.lot, round: state.round };
    const run = entries.slice(0, size).reduce((next, entry) => next.next(entry), LotRun.begin(shelf, name, shelf.newest));
    const viewer = { party, roles: [] };
    const judge = new LotJudge({ ...name, installation, profile, shelf, anchors: registry.trust, reader: party });
    const from = entries.find(({ header }) => header.type === since)?.header.seq ?? 0;
    return entries.slice(0, size).flatMap((entry) => {
      const given = Object.entries(sent[entry.header.seq]?.parts ?? {}).filter(([part]) =>
        run.audience(viewer, secretEntryOf(entry), part),
      );
      const { header } = entry;
      judge.take({ header, parts: Object.fromEntries(given) } satisfies SentEntry);
      expect(judge.latest.faults).toEqual([]);
      return judge.latest.isJudged || header.seq < from ? [] : [header.type];
    });
  }

  it.each(['agency', 'tenderer', 'supervisor', 'witness-main', 'node:sub-1', 'node:sub-2', 'node:supervision'])(
    'SEC-2 %s judges the founding entry and the admission of a representative whole, whoever knows him',
    (party) => {
      const published = play.table.entries.findIndex(({ header }) => header.type === 'lot.publish');
      expect(play.table.entries.slice(0, published).some(({ header }) => header.type === 'lot.admit')).toBe(true);
      expect(openTo(party, published, 'lot.create')).toEqual([]);
    },
  );

  it.each(['agency', 'tenderer', 'bidder-1', 'supervisor', 'witness-main', 'node:sub-1', 'node:supervision'])(
    'B3 SEC-10 to %s no secret of the draw shapes what is shown: every call is judged without record, person and place',
    (party) => {
      expect(openTo(party, called)).toEqual([]);
    },
  );

  /** Why each is open: the votes for the chair are the members' (the last one of the round decides), and so are their sheets. */
  const OF_MEMBERS = ['committee.elect-chair', 'review.open-sheets', 'scoring.open-sheets', 'scoring.open-sheets'];

  it.each(['agency', 'tenderer'])(
    'SEC-10 of the whole evaluation %s cannot judge what members gave in secret, and judges all else',
    (party) => {
      expect(openTo(party)).toEqual(OF_MEMBERS);
    },
  );

  it('SEC-10 of the whole evaluation a bidder cannot judge what members gave, nor yet the table that comes of it', () => {
    expect(openTo('bidder-1')).toEqual([...OF_MEMBERS, 'scoring.aggregate']);
  });
});
