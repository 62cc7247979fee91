import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, attestKeys, formCommittee, type Play, pledge, seatOf, signIn } from '@app/testing/play';
import { attesterOf } from '../lot/index.js';

const drawn = (): Play => at(TV_E2E_01, 'drawn');
const newKey = ({ table }: Play): string => table.profile.generateSigner().publicKey;
const keysIn = ({ table }: Play): [string, boolean][] =>
  Object.values(table.state.committee.keys).map(({ member, attestedAt }) => [member, attestedAt !== null]);
const SESSION = { assurance: 'session' } as const;

describe('keys of a lot, by which members act', () => {
  it('SEC-2 are bound by the first act, and nothing is taken from a member without one', () => {
    const play = drawn();
    const { table } = play;
    const seat = seatOf(play, 'expert-1');
    const { venue } = seat;
    expect(table.answer('expert-1', 'committee.sign-in', seat, { ...SESSION, key: null })).toBe('E_KEY_NOT_BOUND');
    table.act('expert-1', 'committee.sign-in', { venue, seat: seat.seat }, SESSION);
    expect(keysIn(play)).toEqual([['expert-1', false]]);
    const other = newKey(play);
    const PLEDGE = { recusal: false, discipline: true };
    expect(table.answer('expert-1', 'committee.pledge', PLEDGE, { key: other })).toBe('E_KEY_NOT_BOUND');
    expect(table.answer('expert-1', 'committee.pledge', PLEDGE, { key: null })).toBe('E_KEY_NOT_BOUND');
    table.act('expert-1', 'committee.bind-key', {}, { key: other });
    expect(table.answer('expert-1', 'committee.bind-key', {}, { key: other })).toBe('E_ALREADY_DONE');
    expect(table.answer('expert-1', 'committee.pledge', PLEDGE, { key: other })).toBe('OK');
  });

  it('SEC-2 are attested by the node of the seat, at the main venue by that of the supervision, and by nobody else', () => {
    const play = drawn();
    const { table } = play;
    const bySeat = new Map(['main', 'sub-1', 'sub-2'].map((venue) => [venue, venue === 'main' ? 'node:supervision' : `node:${venue}`]));
    for (const member of ['expert-2', 'expert-3', 'expert-4', 'representative-1']) {
      table.act(member, 'committee.sign-in', seatOf(play, member), SESSION);
      expect([member, attesterOf(table.state, member)]).toEqual([member, bySeat.get(seatOf(play, member).venue)]);
    }
    attestKeys(play);
    const others = Object.keys(table.state.committee.keys);
    table.act('expert-1', 'committee.sign-in', seatOf(play, 'expert-1'), SESSION);
    const attester = attesterOf(table.state, 'expert-1') ?? '';
    const key = Object.keys(table.state.committee.keys).find((bound) => !others.includes(bound)) ?? '';
    for (const node of ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'].filter((name) => name !== attester)) {
      expect(table.answer(node, 'committee.attest-key', { key })).toBe('FORBIDDEN');
      expect(table.run.owed(node).some(({ command }) => command === 'committee.attest-key')).toBe(false);
    }
    expect(table.answer(attester, 'committee.attest-key', { key: newKey(play) })).toBe('E_INPUT');
    attestKeys(play);
    expect(keysIn(play)).toContainEqual(['expert-1', true]);
    expect(table.answer(attester, 'committee.attest-key', { key })).toBe('E_ALREADY_DONE');
  });

  it('are nobody else’s: not another member’s, not the agency’s, and no text that is no key', () => {
    const play = drawn();
    const { table } = play;
    signIn(play, 'expert-1');
    const [taken = ''] = Object.keys(table.state.committee.keys);
    const sits = seatOf(play, 'expert-2');
    expect(table.answer('expert-2', 'committee.sign-in', sits, { ...SESSION, key: taken })).toBe('E_INPUT');
    expect(table.answer('expert-2', 'committee.sign-in', sits, { ...SESSION, key: 'AAAA' })).toBe('E_INPUT');
    expect(table.answer('agency', 'committee.form', {}, { key: newKey(play) })).toBe('E_INPUT');
  });

  it('are sixteen of a member at most', () => {
    const play = drawn();
    const { table } = play;
    signIn(play, 'expert-1');
    for (let more = 1; more < 16; more += 1) table.act('expert-1', 'committee.bind-key', {}, { key: newKey(play) });
    expect(table.answer('expert-1', 'committee.bind-key', {}, { key: newKey(play) })).toBe('QUOTA_EXCEEDED');
    pledge(play, 'expert-1');
  });

  it('end with the member: whoever left acts no more, and whoever follows binds his own', () => {
    const play = drawn();
    formCommittee(play);
    const { table } = play;
    table.act('supervisor', 'committee.replace-member', { member: 'expert-1', cause: 'VIOLATION', reason: '违反纪律' });
    expect(table.answer('expert-1', 'committee.bind-key', {}, { key: newKey(play) })).toBe('FORBIDDEN');
  });
});
