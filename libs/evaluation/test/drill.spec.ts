import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import { drillAnswer, drillOf, limits, migrateState, owed, undrilled } from '@app/evaluation';
import { answerDrill, generateKeeperKey, type KeeperKey } from '@app/sealing';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { createLot, holdDrill, lock, deliver, once, type Play, publishKeys, publishLot, seat, untilLocked } from '@app/testing/play';

/** 开标受托人演练: the deadline of the worked lots is Tuesday, 24 March 2026, 9:30 in China. */
const DRILLED: LotPlan = { ...TV_E2E_02, drill: true };
const MONDAY = '2026-03-22T16:00:00.000Z';
const MONDAY_18 = '2026-03-23T10:00:00.000Z';
const CHALLENGE = 'c'.repeat(42) + 'A';

/** Documents are issued; no bid yet. */
const issued = (plan: LotPlan): Play => {
  const play = seat(plan);
  createLot(play);
  publishKeys(play);
  publishLot(play);
  return play;
};
const open = once(() => issued(DRILLED));
const begun = once(() => {
  const play = open();
  play.table.waitUntil(MONDAY);
  play.table.act('node:main', 'sealing.begin-drill', { challenge: CHALLENGE });
  return play;
});
const keyOf = ({ keys }: Play, party: string): KeeperKey => keys.get(`${party}/bids`) ?? generateKeeperKey(seat(DRILLED).table.profile);
const answer = (play: Play, party: string, key = keyOf(play, party)): JsonObject => drillAnswer(play.table.run, party, key) ?? {};
const owes = ({ table }: Play, party: string) => owed(table.state, party).filter(({ command }) => command.endsWith('-drill'));
const drillLimits = ({ table }: Play) => limits(table.state).filter(({ name }) => name === 'drill');

describe('the drill of the opening trustees', () => {
  it('is owed by the main venue on the last working day before the deadline, never earlier, and once', () => {
    const play = open();
    expect(owes(play, 'node:main')).toEqual([{ command: 'sealing.begin-drill', subject: '', notBefore: MONDAY, until: null }]);
    expect([owes(play, 'tenderer'), drillLimits(play)]).toEqual([[], []]);
    const refusal = (party = 'node:main'): string | null => play.table.refusal(party, 'sealing.begin-drill', { challenge: CHALLENGE });
    expect(refusal()).toBe('E_TOO_EARLY');
    play.table.waitUntil(MONDAY);
    expect(refusal('node:sub-1')).toBe('FORBIDDEN');
    expect(play.table.refusal('node:main', 'sealing.begin-drill', { challenge: 'short' })).toBe('E_INPUT');
    expect(refusal()).toBeNull();
    play.table.act('node:main', 'sealing.begin-drill', { challenge: CHALLENGE });
    expect([refusal(), owes(play, 'node:main').map(({ command }) => command)]).toEqual(['E_ALREADY_DONE', ['sealing.answer-drill']]);
  });

  it('waits over rest days: before a Monday it is on the Friday', () => {
    const play = open();
    const deadline = '2026-04-13T01:30:00.000Z';
    const change = { package: 'a'.repeat(64), summary: '延期', affectsBids: true, deadline, rules: null };
    play.table.act('agency', 'lot.amend', change);
    // Friday, 10 April, 0:00 in China.
    expect(owes(play, 'node:main').map(({ notBefore }) => notBefore)).toEqual(['2026-04-09T16:00:00.000Z']);
  });

  it('gives whoever is asked an hour, also where it begins in the last minutes of the day', () => {
    const play = open();
    play.table.waitUntil('2026-03-23T09:59:00.000Z');
    play.table.act('node:main', 'sealing.begin-drill', { challenge: CHALLENGE });
    expect(drillLimits(play).map(({ at }) => at)).toEqual([new Date(Date.parse(play.table.state.at ?? '') + 3_600_000).toISOString()]);
  });

  it('asks every trustee to show by the evening that the published key is at hand, and says who has', () => {
    const play = begun();
    const { table } = play;
    const trustees = ['tenderer', 'agency', 'supervisor', 'node:main', 'node:sub-1'];
    expect(undrilled(table.state)).toEqual(trustees);
    expect(drillLimits(play)).toEqual([{ name: 'drill', at: MONDAY_18, parties: trustees }]);
    for (const party of trustees) {
      expect(owes(play, party)).toEqual([{ command: 'sealing.answer-drill', subject: 'bids', notBefore: null, until: MONDAY_18 }]);
      table.act(party, 'sealing.answer-drill', answer(play, party), party.startsWith('node:') ? {} : { assurance: 'session' });
      expect(owes(play, party)).toEqual([]);
    }
    expect([undrilled(table.state), drillLimits(play)]).toEqual([[], []]);
    expect(Object.keys(drillOf(table.state)?.answered ?? {})).toEqual(trustees);
    expect(table.refusal('tenderer', 'sealing.answer-drill', answer(play, 'tenderer'))).toBe('E_ALREADY_DONE');
  });

  it('takes no answer that is not made with the published key, for this challenge, by this trustee', () => {
    const play = begun();
    const { table } = play;
    const refusal = (party: string, payload: JsonObject): string | null => table.refusal(party, 'sealing.answer-drill', payload);
    expect(refusal('tenderer', answer(play, 'tenderer', generateKeeperKey(table.profile)))).toBe('E_KEY_MISMATCH');
    expect(refusal('tenderer', answer(play, 'agency'))).toBe('E_KEY_MISMATCH');
    const place = { origin: table.state.origin, purpose: 'bids', party: 'tenderer' };
    const old = answerDrill(table.profile, place, 'of another day', keyOf(play, 'tenderer'));
    expect(refusal('tenderer', { proof: old })).toBe('E_KEY_MISMATCH');
    expect(refusal('tenderer', { proof: 'A'.repeat(86) })).toBe('E_KEY_MISMATCH');
    expect(refusal('node:sub-2', answer(play, 'node:main'))).toBe('FORBIDDEN');
    expect(refusal('tenderer', answer(play, 'tenderer'))).toBeNull();
  });

  it('takes a late answer up to the deadline, and keeps nothing from being opened that lacks one', () => {
    const play = seat(DRILLED);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    play.table.waitUntil('2026-03-10T02:00:00.000Z');
    for (const desk of play.desks) deliver(play, desk);
    holdDrill(play, ['agency', 'node:main', 'node:sub-1']);
    play.table.waitUntil('2026-03-24T01:00:00.000Z');
    play.table.act('tenderer', 'sealing.answer-drill', answer(play, 'tenderer'));
    lock(play);
    expect([undrilled(play.table.state), owes(play, 'supervisor'), drillLimits(play)]).toEqual([['supervisor'], [], []]);
    expect(play.table.refusal('supervisor', 'sealing.answer-drill', answer(play, 'supervisor'))).toBe('WRONG_STATE');
    play.table.act('agency', 'opening.start');
  });

  it('is held again before a deadline that was moved, and at once where that day is over', () => {
    const play = begun();
    const { table } = play;
    table.act('tenderer', 'sealing.answer-drill', answer(play, 'tenderer'));
    table.act('supervisor', 'lot.order', { kind: 'PAUSE', reason: '核查' });
    expect(owes(play, 'agency')).toEqual([]);
    table.act('supervisor', 'lot.order', { kind: 'RESUME', reason: '核查完毕' });
    const deadline = '2026-04-14T01:30:00.000Z';
    table.act('agency', 'lot.amend', { package: 'a'.repeat(64), summary: '延期', affectsBids: true, deadline, rules: null });
    expect([drillOf(table.state), undrilled(table.state), owes(play, 'tenderer')]).toEqual([null, [], []]);
    expect(table.refusal('agency', 'sealing.answer-drill', { proof: 'A'.repeat(86) })).toBe('E_TOO_EARLY');
    table.waitUntil('2026-04-13T12:00:00.000Z');
    table.act('node:main', 'sealing.begin-drill', { challenge: CHALLENGE });
    // Its evening is over: there is time up to the deadline.
    expect(owes(play, 'tenderer').map(({ until }) => until)).toEqual([deadline]);
  });

  it('is held in no lot that does not ask for it', () => {
    const play = issued(TV_E2E_01);
    play.table.waitUntil(MONDAY);
    expect([owes(play, 'node:main'), owes(play, 'tenderer')]).toEqual([[], []]);
    expect(play.table.refusal('node:main', 'sealing.begin-drill', { challenge: CHALLENGE })).toBe('E_INPUT');
  });

  it('tells in a whole lot nothing that opens a bid', () => {
    const play = seat(DRILLED);
    untilLocked(play);
    const told = play.table.entries.filter(({ header }) => header.type.endsWith('-drill')).map(({ parts }) => JSON.stringify(parts));
    expect(told).toHaveLength(6);
    for (const { privateKey } of play.keys.values()) expect(told.filter((text) => text.includes(privateKey))).toEqual([]);
  });

  it('has never been held in a lot of an earlier engine', () => {
    const { state } = begun().table;
    const { drill: _none, ...keepers } = state.keepers;
    expect(migrateState({ ...state, keepers }).keepers).toEqual({ ...keepers, drill: null });
    expect(migrateState(state).keepers).toBe(state.keepers);
  });
});
