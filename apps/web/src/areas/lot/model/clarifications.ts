import { disclosed, isObject, isOut, type LotRun, type LotState, reviewedBidders } from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';

export const ASK = 'review.ask-clarification';
export const ANSWER = 'review.answer-clarification';
const MINUTE_MS = 60_000;
/** More than a day would hold a committee. */
const MINUTES_MAX = 1_440;

interface ClarificationRow {
  readonly id: string;
  readonly bidder: string;
  readonly dueAt: string;
  readonly seq: number;
  readonly state: 'answered' | 'open' | 'over';
  /** Empty where it is not this reader's to see. */
  readonly question: string;
  readonly answer: string;
}

const textIn = (state: LotState, seq: number, part: string): string => {
  const content = disclosed(state, seq, part);
  return isObject(content) && typeof content['text'] === 'string' ? content['text'] : '';
};

/** Newest first. `now`: wire instant on the venue's clock. */
export const clarificationRows = (state: LotState, now: string): readonly ClarificationRow[] =>
  state.review.clarifications
    .map(({ id, bidder, dueAt, askedSeq, answeredSeq }): ClarificationRow => ({
      id,
      bidder,
      dueAt,
      seq: askedSeq,
      state: answeredSeq !== null ? 'answered' : now < dueAt ? 'open' : 'over',
      question: textIn(state, askedSeq, 'x:question'),
      answer: answeredSeq === null ? '' : textIn(state, answeredSeq, 'x:answer'),
    }))
    .reverse();

/** What of it my parties may do: the chair asks while a step is open, a bidder answers what it was asked. */
export function clarificationActs(run: LotRun, mine: readonly string[]) {
  const { committee, status } = run.state;
  const { chair, step } = committee;
  const isTime = status === 'EVALUATING' && step !== null && step !== 'few-bids';
  const asker = chair !== null && mine.includes(chair) && isTime && run.takes(ASK) ? chair : null;
  const answers = mine.flatMap((party) =>
    run.takes(ANSWER) ? run.owed(party).flatMap(({ command, subject }) => (command === ANSWER ? [{ party, id: subject }] : [])) : [],
  );
  return { asker, bidders: asker === null ? [] : reviewedBidders(run.state).filter((bidder) => !isOut(run.state, bidder)), answers };
}

/** Null while something is missing. The time to answer runs from `now`. */
export function askAct(state: LotState, now: string, asked: { bidder: string; question: string; minutes: string }): Act | null {
  const minutes = Number(asked.minutes);
  const isWhole = Number.isSafeInteger(minutes) && minutes >= 1 && minutes <= MINUTES_MAX;
  if (!isWhole || asked.bidder === '' || asked.question.trim() === '') return null;
  const clarification = `clarification-${String(state.review.clarifications.length + 1)}`;
  const dueAt = new Date(Date.parse(now) + minutes * MINUTE_MS).toISOString();
  return {
    type: ASK,
    step: state.committee.step ?? '',
    payload: { clarification, bidder: asked.bidder, dueAt },
    secrets: { question: { text: asked.question.trim() } },
  };
}

export const answerAct = (clarification: string, text: string): Act | null =>
  text.trim() === '' ? null : { type: ANSWER, payload: { clarification }, secrets: { answer: { text: text.trim() } } };
