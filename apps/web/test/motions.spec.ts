import { type LotState, standingBidders } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, letterOf, type Play } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { Act } from '../src/core/commands/act.js';
import {
  answerAct,
  EMPTY_LINE,
  motionActs,
  type MotionDraft,
  motionKinds,
  motionRows,
  previewOf,
  proposal,
  voteAct,
} from '../src/areas/lot/model/motions.js';

const bidderOf = (play: Play, letter: string): string =>
  standingBidders(play.table.state).find((one) => letterOf(play, one) === letter) ?? '';
const DRAFT: MotionDraft = {
  kind: 'REJECTION',
  bidder: '',
  ground: '',
  place: '投标函第 2 页',
  reason: '理由',
  rule: 'WORDS_OVER_FIGURES',
  words: '',
  amount: '',
  lines: [EMPTY_LINE],
};
const sent = ({ table }: Play, party: string, act: Act | null) =>
  act === null ? 'NONE' : table.answer(party, act.type, act.payload, act.secrets === undefined ? {} : { secrets: act.secrets });
const chairOf = (state: LotState): string => state.committee.chair ?? '';

describe('motions on the lot page', () => {
  it('A-142 TV-COR-01 what the forms make is what the rules take: proposed, voted, answered, and shown with the price that it comes to', () => {
    const play = at(TV_E2E_01, 'half-scored');
    const { table } = play;
    const b = bidderOf(play, 'B');
    const draft: MotionDraft = { ...DRAFT, kind: 'CORRECTION', bidder: b, words: '玖佰肆拾万元整', amount: '9400000' };
    expect(previewOf(table.state, { ...draft, amount: '9400001' })).toBeNull();
    expect(proposal(table.state, { ...draft, amount: '9400001' })).toBeNull();
    expect(previewOf(table.state, draft)).toBe('9400000.00');
    const chair = chairOf(table.state);
    expect(motionActs(table.run, [chair]).chair).toBe(chair);
    expect(sent(play, chair, proposal(table.state, draft))).toBe('OK');
    const { members } = play.plan;
    expect(
      motionActs(table.run, members)
        .votes.map(({ party }) => party)
        .sort(),
    ).toEqual([...members].sort());
    expect(voteAct('motion-1', false, ' ')).toBeNull();
    for (const member of members) expect(sent(play, member, voteAct('motion-1', true, ''))).toBe('OK');
    expect(motionActs(table.run, [b]).answers).toEqual([{ party: b, motion: 'motion-1' }]);
    expect(sent(play, b, answerAct('motion-1', true, '确认'))).toBe('OK');
    const [row] = motionRows(table.state);
    expect(row).toMatchObject({ bidder: b, isFor: 5, against: 0, corrected: '9400000.00', answer: { confirms: true, text: '确认' } });
  });
  it('offers each kind with the fields that it takes, and prices only when they are shown', () => {
    const play = at(TV_E2E_01, 'half-scored');
    const { state } = play.table;
    const bidder = bidderOf(play, 'G');
    expect(motionKinds(at(TV_E2E_01, 'reviewed').table.state)).toEqual(['REJECTION', 'NO_COMPETITION', 'DOCUMENT_FLAWED']);
    expect(proposal(state, { ...DRAFT, bidder })).toBeNull();
    expect(sent(play, chairOf(state), proposal(state, { ...DRAFT, bidder, ground: 'NOT_RESPONSIVE' }))).toBe('OK');
    expect(sent(play, chairOf(state), proposal(play.table.state, { ...DRAFT, kind: 'LOW_PRICE', bidder }))).toBe('OK');
    expect(sent(play, chairOf(state), proposal(play.table.state, { ...DRAFT, kind: 'DOCUMENT_FLAWED' }))).toBe('OK');
    expect(motionRows(play.table.state).map(({ content }) => content?.kind)).toEqual(['DOCUMENT_FLAWED', 'LOW_PRICE', 'REJECTION']);
    const line = { item: '钢筋', quantity: '120', unitPrice: '85.50', stated: '10620' };
    expect(previewOf(state, { ...DRAFT, kind: 'CORRECTION', bidder, rule: 'UNIT_PRICE_OVER_TOTAL', lines: [line] })).toBe('9529640.00');
  });
});
