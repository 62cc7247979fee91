import { type LotState, standingBidders } from '@app/evaluation';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { at, letterOf, type Play } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { Act } from '../src/core/commands/act.js';
import {
  answerAct,
  closeAct,
  EMPTY_LINE,
  groundChoices,
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
    expect(motionActs(table.run, [chair]).proposer).toBe(chair);
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
  it('shows the price of the finding once a correction is confirmed, and applies it to no price twice', () => {
    const play = at(TV_E2E_01, 'half-scored');
    const { table } = play;
    const g = bidderOf(play, 'G');
    const line = { item: '钢筋', quantity: '120', unitPrice: '85.50', stated: '10620' };
    const draft: MotionDraft = { ...DRAFT, kind: 'CORRECTION', bidder: g, rule: 'UNIT_PRICE_OVER_TOTAL', lines: [line] };
    expect(sent(play, chairOf(table.state), proposal(table.state, draft))).toBe('OK');
    expect(motionRows(table.state)[0]?.corrected).toBe('9529640.00');
    for (const member of play.plan.members) expect(sent(play, member, voteAct('motion-1', true, ''))).toBe('OK');
    expect(sent(play, g, answerAct('motion-1', true, '确认'))).toBe('OK');
    expect(motionRows(table.state)[0]?.corrected).toBe('9529640.00');
  });
  it('offers no ground about a price for a rejection, and the chair’s word that there is nothing more on prices where the ranking waits for it', () => {
    const rules = {
      ...TV_E2E_02.rules,
      method: 'lowest-evaluated' as const,
      price: { kind: 'lowest-evaluated-price' as const },
      items: [],
    };
    const play = at({ ...TV_E2E_02, id: 'lowest-evaluated', rules }, 'reviewed');
    const { table } = play;
    expect(groundChoices(table.state)).not.toContain('ABOVE_BUDGET');
    expect(motionActs(table.run, play.plan.members).closes).toBe(chairOf(table.state));
    expect(sent(play, chairOf(table.state), closeAct)).toBe('OK');
    expect(motionActs(table.run, play.plan.members).closes).toBeNull();
  });
  it('offers each kind with the fields that it takes, and prices only when they are shown', () => {
    const play = at(TV_E2E_01, 'half-scored');
    const { state } = play.table;
    const bidder = bidderOf(play, 'G');
    const { state: early } = at(TV_E2E_01, 'reviewed').table;
    expect(motionKinds(early, chairOf(early))).toEqual(['REJECTION', 'NO_COMPETITION', 'DOCUMENT_FLAWED']);
    expect(proposal(state, { ...DRAFT, bidder })).toBeNull();
    expect(sent(play, chairOf(state), proposal(state, { ...DRAFT, bidder, ground: 'NOT_RESPONSIVE' }))).toBe('OK');
    expect(sent(play, chairOf(state), proposal(play.table.state, { ...DRAFT, kind: 'LOW_PRICE', bidder }))).toBe('OK');
    expect(sent(play, chairOf(state), proposal(play.table.state, { ...DRAFT, kind: 'DOCUMENT_FLAWED' }))).toBe('OK');
    expect(motionRows(play.table.state).map(({ content }) => content?.kind)).toEqual(['DOCUMENT_FLAWED', 'LOW_PRICE', 'REJECTION']);
    const line = { item: '钢筋', quantity: '120', unitPrice: '85.50', stated: '10620' };
    expect(previewOf(state, { ...DRAFT, kind: 'CORRECTION', bidder, rule: 'UNIT_PRICE_OVER_TOTAL', lines: [line] })).toBe('9529640.00');
  });
});
