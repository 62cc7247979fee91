import type { JsonObject } from '@app/contracts';
import {
  answerDue,
  arePricesLocked,
  bidPriceOf,
  contentOfMotion,
  correctionOf,
  correctionRules,
  type CorrectionRule,
  disclosed,
  foundOf,
  isMotionTime,
  type LotRun,
  type LotState,
  lowPrices,
  membersOf,
  type Motion,
  type MotionContent,
  type MotionKind,
  owingVotes,
  proposalsDue,
  rejectionGrounds,
  standingBidders,
  votesOn,
  zCorrectionRule,
  zMotionAnswer,
} from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';

export const PROPOSE = 'motions.propose';
export const CLOSE = 'motions.close';
export const VOTE = 'motions.vote';
export const ANSWER = 'motions.answer';

/** A motion as its row shows it. */
export interface MotionRow {
  readonly motion: Motion;
  readonly content: MotionContent | null;
  readonly bidder: string | null;
  readonly isFor: number;
  readonly against: number;
  readonly waiting: number;
  /** Until when the bidder may answer. */
  readonly dueAt: string | null;
  /** Price that a correction comes to. */
  readonly corrected: string | null;
  readonly answer: { readonly confirms: boolean | null; readonly text: string } | null;
}

/** Motions that this reader may see the content of, or is asked by; newest first. */
export const motionRows = (state: LotState): readonly MotionRow[] =>
  state.motions.list
    .map((motion): MotionRow => {
      const content = contentOfMotion(state, motion);
      const votes = votesOn(state, motion);
      const answer = motion.asked?.closed == null ? null : zMotionAnswer.safeParse(disclosed(state, motion.asked.closed.seq, 'x:answer'));
      return {
        motion,
        content,
        bidder: content !== null && 'bidder' in content ? content.bidder : (motion.asked?.bidder ?? null),
        isFor: votes.for.length,
        against: votes.against.length,
        waiting: owingVotes(state, motion).length,
        dueAt: motion.asked === null ? null : answerDue(state, motion.asked),
        corrected: content?.kind === 'CORRECTION' ? correctedPrice(state, motion.id, content) : null,
        answer: answer?.success === true ? answer.data : null,
      };
    })
    .filter(({ content }) => content !== null)
    .reverse();

/** As the finding says it; before there is one, what it comes to. */
function correctedPrice(state: LotState, motion: string, { bidder, correction }: MotionContent & { kind: 'CORRECTION' }): string | null {
  const confirmed = foundOf(state).find((finding) => finding.motion === motion)?.price ?? null;
  if (confirmed !== null) return confirmed;
  const price = bidPriceOf(state, bidder);
  if (price === null) return null;
  const found = correctionOf(correction, price);
  return typeof found === 'string' ? price : found.price;
}

/** Which of my parties may do something now. */
export function motionActs(run: LotRun, mine: readonly string[]) {
  const { state } = run;
  const owes = (command: string) =>
    mine.flatMap((party) =>
      run.takes(command) ? run.owed(party).flatMap((duty) => (duty.command === command ? [{ party, motion: duty.subject }] : [])) : [],
    );
  const chair = state.committee.chair;
  const isTime = isMotionTime(state) && run.takes(PROPOSE);
  // What the rules ask for any member proposes, so that a silent chair holds nothing up.
  const proposer = proposalsDue(state).length > 0 ? mine.find((party) => membersOf(state).includes(party)) : undefined;
  const asChair = chair !== null && mine.includes(chair) ? chair : undefined;
  return {
    votes: owes(VOTE),
    answers: owes(ANSWER),
    proposer: isTime ? (asChair ?? proposer ?? null) : null,
    closes: owes(CLOSE)[0]?.party ?? null,
  };
}

const KINDS: readonly MotionKind[] = ['REJECTION', 'CORRECTION', 'LOW_PRICE', 'UNPROVEN', 'NO_COMPETITION', 'DOCUMENT_FLAWED'];
/** What this member may propose now: about prices only when they are shown, and whoever is not the chair what the rules ask for. */
export const motionKinds = (state: LotState, party: string): readonly MotionKind[] =>
  KINDS.filter((kind) =>
    state.committee.chair === party
      ? !arePricesLocked(state) || !['CORRECTION', 'LOW_PRICE', 'UNPROVEN'].includes(kind)
      : proposalsDue(state).some((due) => due.kind === kind),
  );
export const isAboutBid = (kind: MotionKind): boolean => kind !== 'NO_COMPETITION' && kind !== 'DOCUMENT_FLAWED';
export const motionBidders = (state: LotState): readonly string[] => standingBidders(state);
export const ruleChoices = (state: LotState): readonly CorrectionRule['rule'][] => correctionRules(state.setup.regime);
export const groundChoices = (state: LotState): readonly string[] => (state.setup.ruleSet === null ? [] : rejectionGrounds(state));
export const isMarkedLow = (state: LotState, bidder: string): boolean => lowPrices(state).some((one) => one.bidder === bidder);

/** A proposal as its form stands. */
export interface MotionDraft {
  readonly kind: MotionKind;
  readonly bidder: string;
  readonly ground: string;
  readonly place: string;
  readonly reason: string;
  readonly rule: CorrectionRule['rule'];
  readonly words: string;
  readonly amount: string;
  readonly lines: readonly { readonly item: string; readonly quantity: string; readonly unitPrice: string; readonly stated: string }[];
}
export const EMPTY_LINE = { item: '', quantity: '', unitPrice: '', stated: '' } as const;

function correctionIn({ rule, words, amount, lines }: MotionDraft): CorrectionRule | null {
  const given = {
    WORDS_OVER_FIGURES: { rule, words, amount },
    CHINESE_OVER_OTHER: { rule, amount },
    SHEET_OVER_BODY: { rule, body: amount },
    UNIT_PRICE_OVER_TOTAL: { rule, lines },
    DECIMAL_SLIP: { rule, lines },
  }[rule];
  const read = zCorrectionRule.safeParse(given);
  return read.success ? read.data : null;
}

/** What the correction in the form comes to for this bid; null while it is not whole, or is none. */
export function previewOf(state: LotState, draft: MotionDraft): string | null {
  const correction = correctionIn(draft);
  const price = bidPriceOf(state, draft.bidder);
  if (correction === null || price === null) return null;
  const found = correctionOf(correction, price);
  return typeof found === 'string' ? null : found.price;
}

/** The act of a proposal; null while something is missing. */
export function proposal(state: LotState, draft: MotionDraft): Act | null {
  const { kind, bidder, ground, place, reason } = draft;
  if (reason.trim() === '' || (isAboutBid(kind) && bidder === '')) return null;
  const motion = `motion-${String(state.motions.list.length + 1)}`;
  const content = ((): JsonObject | null => {
    switch (kind) {
      case 'REJECTION':
        return ground === '' || place.trim() === '' ? null : { kind, bidder, ground, place, reason };
      case 'CORRECTION': {
        const correction = correctionIn(draft);
        if (correction === null || place.trim() === '' || previewOf(state, draft) === null) return null;
        return { kind, bidder, correction: correction, place, reason };
      }
      case 'DOCUMENT_FLAWED':
        return place.trim() === '' ? null : { kind, place, reason };
      case 'NO_COMPETITION':
        return { kind, reason };
      default:
        return { kind, bidder, reason };
    }
  })();
  return content === null ? null : { type: PROPOSE, payload: { motion }, secrets: { motion: content } };
}

export const closeAct: Act = { type: CLOSE, payload: {} };

export const voteAct = (motion: string, isFor: boolean, reason: string): Act | null =>
  !isFor && reason.trim() === '' ? null : { type: VOTE, payload: { motion }, secrets: { vote: { isFor, reason: reason.trim() } } };

export const answerAct = (motion: string, confirms: boolean | null, text: string): Act | null =>
  text.trim() === '' ? null : { type: ANSWER, payload: { motion }, secrets: { answer: { confirms, text: text.trim(), files: [] } } };
