import { limitOf, membersOf, partiesWith, type LotState } from '@app/evaluation';
import { currentStep } from './sealed-kinds.js';

export interface LimitNow {
  /** Name in `limitName` of the locale files. */
  readonly name: string;
  /** Wire instant. */
  readonly at: string;
}

/** The limit that runs in the present stage, as far as the log fixes one. */
export function limitNow(state: LotState): LimitNow | null {
  const { setup, opening } = state;
  switch (state.status) {
    case 'PUBLISHED':
    case 'SUBMISSION_OPEN':
      return setup.schedule === null ? null : { name: 'deadline', at: setup.schedule.deadline };
    case 'OPENING':
      if (opening.step === 'DECRYPTING' && opening.decryptUntil !== null) return { name: 'decryption', at: opening.decryptUntil };
      return opening.step === 'CONFIRMING' && opening.confirmUntil !== null ? { name: 'confirmation', at: opening.confirmUntil } : null;
    case 'EVALUATING': {
      const until = state.committee.moreTime.grantedUntil;
      return until === null ? null : { name: 'evaluation', at: until };
    }
    case 'REPORT_SIGNING': {
      const from = state.report.generated?.at;
      const at = from === undefined ? null : limitOf(state, 'reportSigning', from);
      return at === null ? null : { name: 'report-signing', at };
    }
    case 'CANDIDATE_PUBLICITY':
      return state.award.publicity === null ? null : { name: 'publicity', at: state.award.publicity.until };
    default:
      return null;
  }
}

/** Step inside the stage: of the opening, or of the evaluation. `kind` names the group of words. */
export function stepNow(state: LotState): { readonly kind: 'openingStep' | 'purpose'; readonly step: string } | null {
  if (state.status === 'OPENING') return { kind: 'openingStep', step: state.opening.step };
  if (state.status === 'EVALUATING' && state.committee.step !== null) return { kind: 'purpose', step: state.committee.step };
  return null;
}

/** Parties whose act the lot waits for now. Names only who owes, never what. */
export function waitedFor(state: LotState): readonly string[] {
  switch (state.status) {
    case 'OPENING':
      if (state.opening.step === 'DECRYPTING')
        return Object.values(state.bidding.bids)
          .filter((bid) => ['LOCKED', 'EXTRACTED'].includes(state.opening.bids[bid.bid]?.status ?? 'LOCKED'))
          .map((bid) => bid.bidder);
      return state.opening.step === 'WAITING' ? partiesWith(state, 'agency') : [];
    case 'COMMITTEE_READY':
      return membersOf(state).filter((member) => (state.committee.present[member]?.pledgedAt ?? null) === null);
    case 'EVALUATING':
      return currentStep(state)?.owing ?? [];
    case 'REPORT_SIGNING':
      return state.report.generated === null ? [] : membersOf(state).filter((member) => !Object.hasOwn(state.report.ends, member));
    case 'AWARDING':
      return (state.award.committee ?? []).filter((member) => !Object.hasOwn(state.award.vote.boxes, member));
    case 'EVALUATED':
    case 'REPORT_REVIEW':
      return state.report.reviewed === null ? partiesWith(state, 'tenderer') : [];
    default:
      return [];
  }
}
