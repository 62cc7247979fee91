import { itemsOfPart, partOfStep, validBidders, type LotState, type ScoreItem, type ScorePart, type SealedStep } from '@app/evaluation';

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

/** Null while no scoring step is open. */
export function deskOf(state: LotState, party: string): DeskStep | null {
  const part = state.status === 'EVALUATING' ? partOfStep(state.committee.step) : null;
  if (part === null) return null;
  const boxes = state.scoring.parts[part];
  return {
    part,
    base: `scores:${part}`,
    items: itemsOfPart(state, part),
    bidders: validBidders(state),
    boxes,
    handedIn: boxes.boxes[party]?.seq ?? boxes.opened[party]?.seq ?? null,
  };
}
