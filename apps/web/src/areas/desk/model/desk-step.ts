import {
  isMember,
  itemsOfPart,
  partOfStep,
  reviewedBidders,
  reviewItems,
  standingBidders,
  type LotState,
  type RejectionGround,
  type ScoreItem,
  type ScorePart,
  type SealedStep,
} from '@app/evaluation';

/** The scoring step that is open, as one member's desk shows it. */
export interface DeskStep {
  readonly part: ScorePart;
  /** Name of the step and base of the keepers' purpose: `scores:technical`. */
  readonly base: string;
  readonly items: readonly ScoreItem[];
  readonly bidders: readonly string[];
  readonly boxes: SealedStep;
  /** Entry that brought my sheet; null while I owe it. */
  readonly handedIn: number | null;
}

/** The member of the committee among these parties: the first whose sheet of the open step is not in, else the first. Null: none is one. */
export function memberAmong(state: LotState, parties: readonly string[]): string | null {
  const members = parties.filter((party) => isMember(state, party));
  const owes = (party: string): boolean => (deskOf(state, party) ?? reviewDeskOf(state, party))?.handedIn === null;
  return members.find(owes) ?? members[0] ?? null;
}

/** Null while no scoring step is open. */
export function deskOf(state: LotState, party: string): DeskStep | null {
  const part = state.status === 'EVALUATING' ? partOfStep(state.committee.step) : null;
  if (part === null) return null;
  const boxes = state.scoring.parts[part];
  return {
    part,
    base: `scores:${part}`,
    items: itemsOfPart(state, part),
    bidders: standingBidders(state),
    boxes,
    handedIn: boxes.boxes[party]?.seq ?? boxes.opened[party]?.seq ?? null,
  };
}

/** The review step that is open, as one member's desk shows it. */
export interface ReviewStep {
  readonly items: readonly { readonly id: string; readonly title: string; readonly kind: string }[];
  readonly bidders: readonly string[];
  /** The only grounds on which a bid is rejected (条例 51; 87号令 63). */
  readonly grounds: readonly RejectionGround[];
  readonly boxes: SealedStep;
  readonly handedIn: number | null;
}

/** Null while the review is not open. */
export function reviewDeskOf(state: LotState, party: string): ReviewStep | null {
  if (state.status !== 'EVALUATING' || state.committee.step !== 'review') return null;
  const boxes = state.review.sheets;
  return {
    items: reviewItems(state),
    bidders: reviewedBidders(state),
    grounds: state.setup.ruleSet?.grounds ?? [],
    boxes,
    handedIn: boxes.boxes[party]?.seq ?? boxes.opened[party]?.seq ?? null,
  };
}
