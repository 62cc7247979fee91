import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import type { RecordedAct } from './commands.js';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  bidAct,
  createLot,
  deliver,
  delivery,
  type Desk,
  lock,
  lockSecrets,
  makeBidAt,
  type Play,
  publishKeys,
  publishLot,
  seat,
  uploadOf,
} from '@app/testing/play';
import { migrateState, owed, view } from '../engine/index.js';
import { documentObjectionEnd, limitOf } from '../lot/index.js';
import { listedBids, mayReadQuestions } from './selectors.js';
import { ActBook, replayActs } from './act-book.js';
import { ACTS_MAX, BIDS_MAX, QUESTION_CHARS_MAX } from './commands.js';

function open(): Play {
  const play = seat(TV_E2E_01);
  createLot(play);
  publishKeys(play);
  publishLot(play);
  play.table.waitUntil('2026-03-10T02:00:00.000Z');
  return play;
}
const desk = (play: Play, at = 0): Desk => play.desks[at]!;
/** Code an act is refused with, null when accepted (and recorded). */
function code(play: Play, at: number, type: string, payload: JsonObject, upload = uploadOf(payload)): string | null {
  const decision = bidAct(play, desk(play, at), type, payload, upload);
  return decision.ok ? null : decision.code;
}

/** The same delivery under another bid's id. */
const withBid = (act: RecordedAct, other: RecordedAct): RecordedAct => ({
  ...act,
  command: { ...act.command, public: { ...act.command.public, bid: other.command.public['bid'] ?? '' } },
});

describe('acts before the deadline', () => {
  it('A-91 A-100 A-101 a bid sealed to the lot’s trustees is received', () => {
    const play = open();
    expect(code(play, 0, 'bidding.deliver', delivery(makeBidAt(play, desk(play))))).toBeNull();
  });

  it('A-92 a bidder replaces its own standing bid, and only that', () => {
    const play = open();
    const [first, second] = [makeBidAt(play, desk(play)), makeBidAt(play, desk(play))];
    expect(code(play, 0, 'bidding.replace', { ...delivery(second), replaces: first.bid })).toBe('NOT_FOUND');
    expect(code(play, 0, 'bidding.deliver', delivery(first))).toBeNull();
    expect(code(play, 0, 'bidding.deliver', delivery(second))).toBe('E_ALREADY_DONE');
    expect(code(play, 0, 'bidding.replace', { ...delivery(first), replaces: first.bid })).toBe('E_INPUT');
    expect(code(play, 0, 'bidding.replace', { ...delivery(second), replaces: first.bid })).toBeNull();
    expect(code(play, 1, 'bidding.withdraw', { bid: second.bid })).toBe('NOT_FOUND');
  });

  it('A-93 a bid is withdrawn and another may follow; an act is recorded once', () => {
    const play = open();
    const first = makeBidAt(play, desk(play));
    expect(code(play, 0, 'bidding.deliver', delivery(first))).toBeNull();
    expect(code(play, 0, 'bidding.withdraw', { bid: first.bid })).toBeNull();
    expect(code(play, 0, 'bidding.withdraw', { bid: first.bid })).toBe('NOT_FOUND');
    expect(code(play, 0, 'bidding.deliver', delivery(makeBidAt(play, desk(play))))).toBeNull();
    const again = play.acts[0]!;
    expect(replayActs(play.table.state, [again, again]).dropped).toMatchObject([{ act: again.command.id, code: 'ID_REUSED' }]);
  });

  it('提疑 anyone may ask until bids close; a question is no bid and counts for none', () => {
    const play = open();
    const text = '招标文件第三章与第五章工期不一致，以何为准？';
    expect(code(play, 0, 'bidding.ask', { text })).toBeNull();
    expect(code(play, 0, 'bidding.deliver', delivery(makeBidAt(play, desk(play))))).toBeNull();
    expect(code(play, 0, 'bidding.ask', { text: '补遗何时发布？' })).toBeNull();
    // Who never bids may ask as well.
    expect(code(play, 6, 'bidding.ask', { text })).toBeNull();
    for (const bad of [{ text: ' ' }, { text: '长'.repeat(QUESTION_CHARS_MAX + 1) }, { text, from: 'A' }, {}])
      expect(code(play, 0, 'bidding.ask', bad)).toBe('E_INPUT');
    expect(replayActs(play.table.state, play.acts)).toMatchObject({ bids: [{ act: { organisation: { id: 'org-A' } } }], dropped: [] });
    play.table.waitUntil('2026-03-24T01:30:00.000Z');
    expect(code(play, 0, 'bidding.ask', { text })).toBe('E_DEADLINE_PASSED');
  });

  it('提疑 a lot of an engine before takes none: its lock would drop it and say so', () => {
    const play = open();
    expect(code(play, 0, 'bidding.ask', { text: '补遗何时发布？' })).toBeNull();
    const { takesQuestions: _new, ...bidding } = play.table.state.bidding;
    const state = migrateState({ ...play.table.state, bidding });
    expect(replayActs(state, play.acts).dropped).toMatchObject([{ code: 'UNKNOWN_TYPE' }]);
  });

  it('提疑 is read by the agency, and by nobody else', () => {
    const { parties } = open().table.state;
    const readers = Object.entries(parties).filter(([party, { roles }]) => mayReadQuestions({ party, roles: [...roles] }));
    expect(readers.map(([party]) => party)).toEqual(['agency']);
    expect(mayReadQuestions({ party: null, roles: [] })).toBe(false);
  });

  const OBJECTION = { text: '招标文件以特定行政区域的业绩作为加分条件' };
  /** The lot has failed or was locked; with the bids of four. */
  function objectedTo(answers: number): { play: Play; objections: string[] } {
    const play = open();
    for (const at of [0, 6]) expect(code(play, at, 'bidding.object', OBJECTION)).toBeNull();
    const objections = play.acts.map(({ command: { id } }) => id);
    for (const objection of objections.slice(0, answers))
      play.table.act('agency', 'bidding.answer-objection', { objection, text: '不作为加分条件，见澄清修改' });
    for (const one of play.desks.slice(0, 4)) deliver(play, one);
    lock(play);
    return { play, objections };
  }

  it('B-011 TV-DATE-02 the document is objected to ten days before the deadline at the latest (条例 22), under a certificate', () => {
    const play = open();
    // The last day ends at 24:00 in China.
    play.table.waitUntil('2026-03-14T15:59:59.000Z');
    expect(code(play, 0, 'bidding.object', OBJECTION)).toBeNull();
    for (const bad of [{ text: ' ' }, { text: '长'.repeat(QUESTION_CHARS_MAX + 1) }, { ...OBJECTION, from: 'A' }, {}])
      expect(code(play, 0, 'bidding.object', bad)).toBe('E_INPUT');
    const [act] = play.acts;
    const again = { ...act!, command: { ...act!.command, id: play.table.newId() }, assurance: 'session' as const };
    expect(new ActBook().decide(play.table.state, again)).toMatchObject({ code: 'ASSURANCE' });
    play.table.waitUntil('2026-03-14T16:00:00.000Z');
    expect(code(play, 0, 'bidding.object', OBJECTION)).toBe('E_DEADLINE_PASSED');
    expect(code(play, 0, 'bidding.ask', OBJECTION)).toBeNull();
  });

  it('B-011 a suspension takes nobody the time to object', () => {
    const play = open();
    const { table } = play;
    table.waitUntil('2026-03-14T15:00:00.000Z');
    table.act('agency', 'lot.suspend', { cause: 'COMPLAINT', reason: '核查' });
    table.waitUntil('2026-03-15T15:00:00.000Z');
    table.act('agency', 'lot.resume', { reason: '核查完毕', deadline: null });
    expect(code(play, 0, 'bidding.object', OBJECTION)).toBeNull();
    table.waitUntil('2026-03-15T16:00:00.000Z');
    expect(code(play, 0, 'bidding.object', OBJECTION)).toBe('E_DEADLINE_PASSED');
  });

  it('B-011 an objection that the venue lists twice stands once, and is not dropped with its copy', () => {
    const play = open();
    expect(code(play, 0, 'bidding.object', OBJECTION)).toBeNull();
    const [act] = play.acts;
    const { dropped, objections } = replayActs(play.table.state, [act!, act!]);
    expect([dropped.map((one) => one.code), objections]).toEqual([['ID_REUSED'], [act!.command.id]]);
  });

  it('B-011 an objection that nobody has answered keeps the bids from being opened, sealed as they are (条例 22)', () => {
    const { play, objections } = objectedTo(1);
    const { table } = play;
    const [, open] = objections;
    expect(table.state).toMatchObject({ status: 'SUBMISSION_CLOSED', bidding: { objections: [open] } });
    expect(owed(table.state, 'agency').map(({ command, subject }) => [command, subject])).toContainEqual([
      'bidding.answer-objection',
      open,
    ]);
    expect(owed(table.state, 'agency').map(({ command }) => command)).not.toContain('opening.start');
    expect(table.refusal('agency', 'opening.start')).toBe('E_OBJECTION_OPEN');
    const answer = (objection: string, party = 'agency', text = '不作为加分条件') =>
      table.answer(party, 'bidding.answer-objection', { objection, text });
    expect(answer(open ?? '', 'supervisor')).toBe('FORBIDDEN');
    expect(answer(table.newId())).toBe('NOT_FOUND');
    expect(answer(open ?? '', 'agency', ' ')).toBe('E_INPUT');
    expect(answer(objections[0] ?? '')).toBe('E_ALREADY_DONE');
    // Also while the tender is suspended for it.
    table.act('tenderer', 'lot.suspend', { cause: 'OBJECTION', reason: '答复异议' });
    expect(answer(open ?? '', 'tenderer')).toBe('OK');
    expect(answer(open ?? '', 'tenderer')).toBe('E_ALREADY_DONE');
    table.act('tenderer', 'lot.resume', { reason: '已经答复', deadline: null });
    table.act('agency', 'opening.start');
    expect(answer(table.newId())).toBe('WRONG_STATE');
    table.act('tenderer', 'lot.suspend', { cause: 'OBJECTION', reason: '开标异议' });
    expect(answer(table.newId())).toBe('WRONG_STATE');
    expect(view(table.state, { party: null, roles: [] }).bidding.answers[open ?? '']).toMatchObject({ text: '不作为加分条件' });
  });

  it('B-011 where all are answered, or there are none, the lock says nothing of objections', () => {
    const { play } = objectedTo(2);
    expect(play.table.state.bidding.objections).toEqual([]);
    const none = objectedTo(2).play.table.entries.filter(({ header }) => header.type === 'bidding.lock');
    expect(JSON.stringify(none.map(({ parts }) => parts['skeleton']))).not.toContain('objections');
    expect(play.table.refusal('agency', 'opening.start')).toBeNull();
  });

  it('B-032 in procurement the document is challenged (质疑) within seven working days of the last day on which it can be had', () => {
    const play = seat(TV_E2E_02);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    const { documentsUntil = '', deadline = '' } = play.table.state.setup.schedule ?? {};
    const end = documentObjectionEnd(play.table.state);
    expect(end > documentsUntil && end <= deadline).toBe(true);
    expect(end).toBe([limitOf(play.table.state, 'challenge', documentsUntil) ?? '', deadline].sort()[0]);
    play.table.waitUntil(new Date(Date.parse(end) - 1_000).toISOString());
    expect(code(play, 0, 'bidding.object', OBJECTION)).toBeNull();
    play.table.waitUntil(end);
    expect(code(play, 0, 'bidding.object', OBJECTION)).toBe('E_DEADLINE_PASSED');
  });

  it('A-96 A-97 nothing is taken at or after the deadline, by the venue’s clock', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    play.table.waitUntil('2026-03-24T01:30:00.000Z');
    for (const [type, given] of [
      ['bidding.deliver', payload],
      ['bidding.download', { package: 'a'.repeat(64) }],
      ['bidding.withdraw', { bid: payload['bid'] ?? '' }],
    ] as const) {
      expect(code(play, 0, type, given)).toBe('E_DEADLINE_PASSED');
    }
  });

  it('A-95 an upload whose last byte has not come counts for nothing (电子招标投标办法 27)', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    expect(code(play, 0, 'bidding.deliver', payload, null)).toBe('E_INPUT');
    expect(code(play, 0, 'bidding.deliver', payload, { ...uploadOf(payload)!, complete: false })).toBe('E_INPUT');
  });

  it('A-94 an unencrypted bid is refused (电子招标投标办法 26)', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    expect(code(play, 0, 'bidding.deliver', payload, { ...uploadOf(payload)!, encrypted: false })).toBe('E_NOT_ENCRYPTED');
    expect(code(play, 0, 'bidding.deliver', { ...payload, manifest: {} }, uploadOf(payload))).toBe('E_NOT_ENCRYPTED');
  });

  it('A-99 format check: another file, another lot’s keys, another bidder’s box are refused', () => {
    const play = open();
    const made = makeBidAt(play, desk(play));
    const payload = delivery(made);
    expect(code(play, 0, 'bidding.deliver', payload, { ...uploadOf(payload)!, hash: 'f'.repeat(64) })).toBe('E_BOX_INVALID');
    const other = open();
    expect(code(play, 0, 'bidding.deliver', delivery(makeBidAt(other, desk(other))))).toBe('E_BOX_INVALID');
    expect(code(play, 1, 'bidding.deliver', payload)).toBe('E_BOX_INVALID');
    const fewer = { ...made.manifest, threshold: 2 };
    expect(code(play, 0, 'bidding.deliver', { ...payload, manifest: fewer })).toBe('E_BOX_INVALID');
  });

  it('SEC-7 one bid id is one organisation’s: a second one is refused when it acts, and the first stands', () => {
    const play = open();
    const [first, second] = [desk(play, 0), desk(play, 1)];
    const made = makeBidAt(play, first);
    expect(code(play, 0, 'bidding.deliver', delivery(made))).toBeNull();
    // Sealed to the second bidder's own name, as an accomplice would: only the id is the first one's.
    const { bid } = made;
    const payload = delivery(makeBidAt(play, second, bid));
    expect(bidAct(play, second, 'bidding.deliver', payload)).toMatchObject({
      ok: false,
      code: 'E_INPUT',
      message: expect.stringContaining('id'),
    });
    expect(replayActs(play.table.state, play.acts)).toMatchObject({ bids: [{ act: { organisation: { id: 'org-A' } } }], dropped: [] });
    // Also when its owner has withdrawn it.
    expect(code(play, 0, 'bidding.withdraw', { bid })).toBeNull();
    expect(code(play, 1, 'bidding.deliver', payload)).toBe('E_INPUT');
  });

  it('SEC-7 a lot has room for so many acts and bids, and says so before one is recorded', () => {
    const play = open();
    deliver(play, desk(play));
    const act = play.acts.at(-1)!;
    const book = new ActBook();
    const more = (number: number): RecordedAct => ({
      ...act,
      command: { ...act.command, id: `${act.command.id}-${String(number)}`, public: { ...act.command.public, bid: play.table.newId() } },
      organisation: { id: `org-${String(number)}`, name: 'x' },
    });
    for (let number = 0; number < BIDS_MAX; number += 1) {
      expect(book.roomFault(act)).toBeNull();
      book.add(more(number));
    }
    expect(book.roomFault(act)).toMatch(/takes 300 bids/);
    const download = play.acts[0]!;
    for (let number = BIDS_MAX; number < ACTS_MAX; number += 1) {
      expect(book.roomFault(download)).toBeNull();
      book.add({ ...download, command: { ...download.command, id: String(number) } });
    }
    expect(book.roomFault(download)).toMatch(/takes 5000 acts/);
  });

  it('电子招标投标办法 21 nobody in the lot’s log learns of an act before the lock', () => {
    const play = open();
    const before = play.table.entries.length;
    play.desks.forEach((one) => {
      deliver(play, one);
    });
    expect(play.table.entries.length).toBe(before);
  });

  it('a suspended lot takes no bids', () => {
    const play = open();
    const payload = delivery(makeBidAt(play, desk(play)));
    play.table.act('supervisor', 'lot.order', { kind: 'PAUSE', reason: '核查' });
    expect(code(play, 0, 'bidding.deliver', payload)).toBe('WRONG_STATE');
  });
});

/** The lock's list as it is told at the opening. */
function tell({ table }: Play): void {
  table.act('agency', 'opening.start');
  table.act('agency', 'opening.publish-list');
}

describe('the lock', () => {
  it('A-101 lists standing bids by time of delivery; replaced and withdrawn ones are only counted', () => {
    const play = open();
    const [a, b] = [desk(play, 0), desk(play, 1)];
    const old = makeBidAt(play, a);
    code(play, 0, 'bidding.deliver', delivery(old));
    deliver(play, b);
    play.table.waitUntil('2026-03-11T00:00:00.000Z');
    for (const index of [2, 3]) {
      deliver(play, desk(play, index));
      play.table.waitUntil(`2026-03-1${index}T00:00:00.000Z`);
    }
    const fresh = makeBidAt(play, a);
    code(play, 0, 'bidding.replace', { ...delivery(fresh), replaces: old.bid });
    code(play, 3, 'bidding.withdraw', { bid: desk(play, 3).made?.bid ?? '' });
    lock(play);
    expect([play.table.state.status, listedBids(play.table.state)]).toEqual(['SUBMISSION_CLOSED', []]);
    tell(play);
    expect(listedBids(play.table.state).map(({ bid, bidder }) => [bid, bidder])).toEqual([
      [b.made?.bid, 'bidder-1'],
      [desk(play, 2).made?.bid, 'bidder-2'],
      [fresh.bid, 'bidder-3'],
    ]);
    expect(play.table.state.bidding.counts).toEqual({ downloads: 3, deliveries: 4, replacements: 1, withdrawals: 1 });
  });

  it('waits for the deadline, is the main venue’s, and happens once', () => {
    const play = open();
    play.desks.forEach((one) => {
      deliver(play, one);
    });
    const secrets = lockSecrets(play.acts);
    expect(play.table.refusal('node:main', 'bidding.lock', {}, { secrets })).toBe('E_TOO_EARLY');
    play.table.waitUntil('2026-03-24T01:30:00.000Z');
    expect(play.table.refusal('node:sub-1', 'bidding.lock', {}, { secrets })).toBe('FORBIDDEN');
    expect(play.table.refusal('agency', 'bidding.lock', {}, { secrets })).toBe('FORBIDDEN');
    lock(play);
    expect(play.table.refusal('node:main', 'bidding.lock', {}, { secrets })).toBe('WRONG_STATE');
  });

  it('SEC-7 drops an act that does not stand with its reason, lists the others, and is not refused', () => {
    const play = open();
    play.desks.forEach((one) => {
      deliver(play, one);
      play.table.pass(60);
    });
    play.table.waitUntil('2026-03-24T01:30:00.000Z');
    const delivered = play.acts.filter(({ command: { type } }) => type === 'bidding.deliver');
    const [late, unfinished, copied, intact] = delivered as [RecordedAct, RecordedAct, RecordedAct, RecordedAct, ...RecordedAct[]];
    const bad = new Map<string, RecordedAct>([
      [late.command.id, { ...late, at: '2026-03-24T01:30:00.000Z' }],
      [unfinished.command.id, { ...unfinished, upload: null }],
      // As the venues of 0.2.0 took it: another organisation's bid under the id of an earlier one.
      [copied.command.id, withBid(copied, delivered.at(-1)!)],
    ]);
    const acts = play.acts.map((act) => bad.get(act.command.id) ?? act);
    play.table.act('node:main', 'bidding.lock', {}, { secrets: lockSecrets(acts) });
    tell(play);
    const { bidding } = play.table.state;
    expect(bidding.dropped).toEqual(
      [
        [unfinished, 'E_INPUT', 'upload: the file has not arrived whole'],
        [copied, 'E_BOX_INVALID', expect.any(String)],
        [late, 'E_DEADLINE_PASSED', 'the deadline for bids has passed'],
      ].map(([act, code, message]) => ({ act: (act as RecordedAct).command.id, code, message })),
    );
    expect(listedBids(play.table.state)[0]?.bid).toBe(intact.command.public['bid']);
    expect(Object.keys(bidding.bids)).toHaveLength(play.desks.length - 3);
  });

  it('SEC-7 is the same in whatever order the main venue names the acts: receipt alone counts', () => {
    const play = open();
    play.desks.forEach((one) => {
      deliver(play, one);
      play.table.pass(60);
    });
    const { bids, dropped } = replayActs(play.table.state, [...play.acts].reverse());
    expect(dropped).toEqual([]);
    expect(bids.map(({ act }) => act.at)).toEqual(replayActs(play.table.state, play.acts).bids.map(({ act }) => act.at));
  });

  it.each([0, 1, 2])('A-109 B-018 B-033 with %i bids there is no opening: the lot has failed and is tendered again', (count) => {
    const play = open();
    play.desks.slice(0, count).forEach((one) => {
      deliver(play, one);
    });
    lock(play);
    expect(play.table.state).toMatchObject({ status: 'LOT_FAILED', setup: { failure: { reason: 'LT3_SUBMITTED' } } });
    expect(play.table.refusal('agency', 'opening.start')).toBe('WRONG_STATE');
    // Neither who bid nor how many is told: the lot is tendered again (招标投标法 22). Whoever judges the lock may see it.
    expect([play.table.state.bidding.bids, play.table.state.parties['bidder-1']]).toEqual([{}, undefined]);
    const sees = (party: string | null): boolean =>
      Object.keys(view(play.table.state, { party, roles: [] }).disclosed).some((key) => key.endsWith('/d:list'));
    expect(['supervisor', 'node:sub-1', 'agency', null].map(sees)).toEqual([true, true, false, false]);
  });
});
