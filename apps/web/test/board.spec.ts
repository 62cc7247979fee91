import { beforeAll, describe, expect, it } from '@jest/globals';
import { EngineShelf, evolveAll, initialLotState, LotRun, NEXT, redact, type LotState } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import type { Viewer } from '@app/contracts';
import { PUBLIC_VIEWER } from '@app/contracts';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  aggregate,
  AS_RELEASED,
  decideAward,
  letterOf,
  publishCandidates,
  reviewBids,
  scoreBids,
  seat,
  signReport,
  untilEvaluating,
  untilLocked,
  type Play,
} from '@app/testing/play';
import { namesOf } from '../src/core/lots/names.js';
import { COMMANDS } from '../src/areas/commands.js';
import { canDo, dutiesOf as dutiesBy, notTaken, waitedFor, type Duty } from '../src/areas/lot/model/duties.js';
import { stepNow } from '../src/areas/lot/model/now.js';
import { openingRows } from '../src/areas/lot/model/opening-rows.js';
import { resultBoard, type ResultBoard } from '../src/areas/lot/model/result-rows.js';
import { sealedKinds, stepsOf } from '../src/areas/lot/model/sealed-kinds.js';
import { deskOf, memberAmong } from '../src/areas/desk/model/desk-step.js';

const dutiesOf = (run: LotRun, ...parties: readonly string[]): readonly Duty[] => dutiesBy(COMMANDS, run, parties);
const NEXT_ONLY = new EngineShelf([AS_RELEASED]);

/** Both worked lots, played once; tests look at them at any entry. */
let tender: Play;
let gov: Play;

beforeAll(() => {
  tender = seat(TV_E2E_01);
  gov = seat(TV_E2E_02);
  for (const play of [tender, gov]) {
    untilEvaluating(play);
    reviewBids(play);
    scoreBids(play, 'technical');
    scoreBids(play, 'commercial');
    aggregate(play);
  }
  signReport(tender);
  publishCandidates(tender);
  decideAward(tender, 'B');
}, 120_000);

/** Number of entries when the `nth` entry of this type was in; 0 for the first. */
function after({ table }: Play, type: string, nth = 0): number {
  const found = table.entries.filter((entry) => entry.header.type === type)[nth];
  if (found === undefined) throw new Error(`no ${type}`);
  return found.header.seq + 1;
}

/** What one reader's browser folds out of what he is sent when the log has `size` entries. */
const seen = (play: Play, viewer: Viewer, size = play.table.entries.length): LotState => runOfReader(play, viewer, size).state;

function runOfReader(play: Play, viewer: Viewer, size = play.table.entries.length): LotRun {
  const { origin, lot, round } = play.table.state;
  const entries = play.table.entries.slice(0, size);
  const whole = evolveAll(initialLotState(origin, lot, round), entries);
  return redact(entries, viewer, whole).reduce((run, entry) => run.next(entry), LotRun.begin(NEXT_ONLY, { origin, lot, round }));
}
const as = (party: string): Viewer => ({ party, roles: [] });

function resultFor(play: Play, viewer: Viewer): ResultBoard {
  const board = resultBoard(seen(play, viewer));
  if (board === 'none' || board === 'hidden') throw new Error(board);
  return board;
}

describe('the board, folded in the browser from what its reader may see', () => {
  it('shows no bid before the opening, and the record with names, prices and confirmations after it', () => {
    expect(openingRows(seen(tender, as('supervisor'), after(tender, 'lot.publish')))).toEqual([]);
    const rows = openingRows(seen(tender, PUBLIC_VIEWER, after(tender, 'opening.close')));
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatchObject({ name: 'A建设有限公司', price: '9620000.00', duration: '270', status: 'OPENED', isConfirmed: true });
  });

  it('hides prices from a member until the technical scores are in', () => {
    const size = after(tender, 'review.open-sheets');
    expect(openingRows(seen(tender, as('expert-1'), size)).every((row) => row.price === null)).toBe(true);
    expect(openingRows(seen(tender, as('supervisor'), size)).every((row) => row.price !== null)).toBe(true);
    expect(openingRows(seen(tender, as('expert-1'), after(tender, 'scoring.open-sheets'))).every((row) => row.price !== null)).toBe(true);
  });

  it('shows of the sheets who has submitted and never what, and names whom the lot waits for', () => {
    const run = runOfReader(tender, as('witness-main'), after(tender, 'scoring.submit-sheet'));
    const { state } = run;
    expect(stepNow(state)).toEqual({ kind: 'purpose', step: 'scores:technical' });
    const step = stepsOf(state).find(({ base }) => base === 'scores:technical');
    const first = tender.plan.members[0] ?? '';
    expect(step).toMatchObject({ done: [first], isClosed: false });
    expect(step?.owing).toHaveLength(4);
    expect(waitedFor(run)).not.toContain(first);
    expect(waitedFor(run)).toContain(tender.plan.members[1]);
  });

  it('says what is sealed, by whom it can be opened and how far that is', () => {
    const kinds = sealedKinds(seen(tender, as('supervisor'), after(tender, 'review.open-sheets')));
    expect(kinds.find(({ base }) => base === 'bids')).toMatchObject({ threshold: 3, keepers: 5, isOpen: true });
    expect(kinds.find(({ base }) => base === 'scores:technical')).toMatchObject({ threshold: 3, keepers: 4, released: 0, isOpen: false });
  });

  it('TV-E2E-01 shows totals, ranks, candidates and the rejected bid with its reason', () => {
    expect(resultBoard(seen(tender, as('supervisor'), after(tender, 'review.open-sheets')))).toBe('none');
    const board = resultFor(tender, as('supervisor'));
    expect(board.method).toBe('benchmark-deviation');
    expect(board.benchmark).toEqual({
      price: '9210150.00',
      mean: '9495000.00',
      k: '0.97',
      count: 6,
      dropped: ['bidder-5', 'bidder-6'],
      steps: [],
    });
    expect(board.rows.map((row) => [letterOf(tender, row.bidder), row.total, row.rank])).toEqual([
      ['B', '92.87', 1],
      ['E', '91.53', 2],
      ['C', '90.88', 3],
      ['G', '90.13', 4],
      ['F', '89.33', 5],
      ['A', '87.95', 6],
    ]);
    expect(board.rows.filter((row) => row.isCandidate).map((row) => letterOf(tender, row.bidder))).toEqual(['B', 'E', 'C']);
    expect(board.rejected.map(({ bidder }) => letterOf(tender, bidder))).toEqual(['D']);
    expect(board.rejected[0]?.reasons).toEqual(['未响应实质性要求']);
  });

  it('keeps the scores from bidders and the public until they may see them', () => {
    const size = after(tender, 'scoring.aggregate');
    expect(resultBoard(seen(tender, as('bidder-1'), size))).toBe('hidden');
    expect(resultBoard(seen(tender, PUBLIC_VIEWER, size))).toBe('hidden');
  });

  it('TV-E2E-02 shows the totals of government procurement', () => {
    expect(resultFor(gov, as('supervisor')).rows.map((row) => [letterOf(gov, row.bidder), row.total])).toEqual([
      ['C', '90.63'],
      ['A', '89.21'],
      ['B', '86.43'],
    ]);
  });

  it('names bidders from the published list, and members only to those who may know them', () => {
    const size = after(tender, 'review.open-sheets');
    expect(namesOf(seen(tender, PUBLIC_VIEWER, size)).get('bidder-1')).toBe('A建设有限公司');
    expect(namesOf(seen(tender, PUBLIC_VIEWER, size)).has('expert-1')).toBe(false);
    expect(namesOf(seen(tender, as('supervisor'), size)).has('expert-1')).toBe(true);
    expect(namesOf(seen(tender, as('supervisor'), size)).has('node:main')).toBe(false);
  });
});

describe('what I owe', () => {
  it('is what the engine says, with the act that does it where one press is enough', () => {
    const [start] = dutiesOf(runOfReader(tender, as('agency'), after(tender, 'bidding.lock')), 'agency');
    expect(start).toMatchObject({
      command: 'opening.start',
      record: COMMANDS['opening.start'],
      act: { type: 'opening.start', payload: {} },
    });
    const later = dutiesOf(runOfReader(tender, as('agency'), after(tender, 'opening.start')), 'agency');
    expect(later.map(({ command }) => command)).toEqual(['opening.publish-list']);
  });

  it('of a lot of engine 0.1.0 is what that engine says, and is offered where it takes the act in today’s form', async () => {
    const { all } = await openCheckedShelf();
    const [old] = all;
    if (old === undefined) throw new Error('no engine');
    const asked = (): never => {
      throw new Error('the newest engine was asked for a lot of an older one');
    };
    const trap = { ...NEXT, audience: asked, owed: asked, limits: asked, purposes: asked };
    const play = seat(TV_E2E_02, 1, { shelf: new EngineShelf([old, { engine: trap, hash: 'a'.repeat(64) }]), founding: old });
    untilLocked(play);
    const { run } = play.table;
    const [start] = dutiesOf(run, 'agency');
    expect([start?.command, start?.isTaken, start && canDo(start), notTaken(run)]).toEqual(['opening.start', true, true, []]);
    expect(run.nextLimit(['agency'])).toEqual(run.nextLimit([]));
    // A build in which the act has another form offers it no more: the change of engine stands in its place.
    const changed = { ...trap, shapes: () => ({ ...NEXT.shapes(), 'opening.start': '"another form"' }) };
    const newer = new EngineShelf([old, { engine: changed, hash: 'b'.repeat(64) }]);
    const read = play.table.entries.reduce((next, entry) => next.next(entry), LotRun.begin(newer, play.table.state));
    const [late] = dutiesOf(read, 'agency');
    expect([late?.isTaken, late && canDo(late), notTaken(read)]).toEqual([false, false, ['opening.start']]);
    expect(read.laterEngine).toBe(newer.newest.id);
  });

  it('is nothing for the public, and the desk for a member whose sheet is missing', () => {
    const size = after(tender, 'review.open-sheets');
    expect(dutiesOf(runOfReader(tender, PUBLIC_VIEWER, size))).toEqual([]);
    const state = seen(tender, as('expert-1'), size);
    expect(dutiesOf(runOfReader(tender, as('expert-1'), size), 'expert-1')).toEqual([
      expect.objectContaining({ command: 'scoring.submit-sheet', record: expect.objectContaining({ goTo: 'desk' }) as unknown, act: null }),
    ]);
    expect(deskOf(state, 'expert-1')).toMatchObject({ part: 'technical', handedIn: null });
    expect(deskOf(state, 'expert-1')?.bidders).toHaveLength(6);
    const done = seen(tender, as('expert-1'), after(tender, 'scoring.submit-sheet', tender.plan.members.indexOf('expert-1')));
    expect(deskOf(done, 'expert-1')?.handedIn).not.toBeNull();
  });

  it('is told and done as each party of a person who is several', () => {
    const run = runOfReader(tender, as('supervisor'), after(tender, 'report.generate'));
    const told = dutiesOf(run, 'tenderer', 'expert-2', 'expert-3').map(({ party, command }) => [party, command]);
    expect(told).toEqual([
      ['expert-2', 'report.sign'],
      ['expert-3', 'report.sign'],
    ]);
    const [open] = dutiesOf(runOfReader(tender, as('agency'), after(tender, 'bidding.lock')), 'tenderer', 'agency');
    expect(open).toMatchObject({ party: 'agency', command: 'opening.start' });
  });

  it('at the desk is done as the member among my parties whose sheet is missing', () => {
    const [first = '', second = ''] = tender.plan.members;
    const open = seen(tender, as('supervisor'), after(tender, 'review.open-sheets'));
    expect(memberAmong(open, ['agency', first])).toBe(first);
    expect(memberAmong(open, ['agency', 'tenderer'])).toBeNull();
    expect(memberAmong(open, [first, second])).toBe(first);
    const half = seen(tender, as('supervisor'), after(tender, 'scoring.submit-sheet'));
    expect(memberAmong(half, [first, second])).toBe(second);
    expect(memberAmong(half, [first])).toBe(first);
  });

  it('goes on to the report, the publicity and the notice', () => {
    const [sign] = dutiesOf(runOfReader(tender, as('expert-2'), after(tender, 'report.generate')), 'expert-2');
    expect([sign?.command, sign?.act, sign?.document?.payload('h')]).toEqual(['report.sign', null, { report: 'h', mode: 'SIGNED' }]);
    const [publish] = dutiesOf(runOfReader(tender, as('agency'), after(tender, 'report.review')), 'agency');
    expect(publish).toMatchObject({ command: 'award.publish-candidates', record: { consequence: {}, article: {} } });
    const [announce] = dutiesOf(runOfReader(tender, as('tenderer')), 'tenderer');
    expect(announce).toMatchObject({ command: 'award.announce', record: { consequence: {}, article: {} } });
  });
});
