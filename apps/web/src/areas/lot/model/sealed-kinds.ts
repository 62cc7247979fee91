import { itemsOfPart, membersOf, purposeOf, SCORE_PARTS, type LotState, type SealedStep } from '@app/evaluation';

/** A kind of secret of the lot, and how far its opening is. */
export interface SealedKind {
  /** As keepers name it: `bids`, `review`, `scores:technical`, with `:2` … when it had to be repeated. */
  readonly purpose: string;
  /** The same without the repetition. */
  readonly base: string;
  readonly threshold: number;
  readonly keepers: number;
  readonly published: number;
  readonly released: number;
  readonly isOpen: boolean;
}

const count = (record: Readonly<Record<string, unknown>> | undefined): number => Object.keys(record ?? {}).length;

/** Bids first, then every purpose for which keepers have published keys, in that order. */
export function sealedKinds(state: LotState): readonly SealedKind[] {
  const purposes = [...new Set(['bids', ...Object.keys(state.keepers.published)])];
  return purposes.map((purpose) => {
    const plan = purpose === 'bids' ? state.setup.keepers.bids : state.setup.keepers.sheets;
    const released = count(state.keepers.released[purpose]);
    return {
      purpose,
      base: purpose.replace(/[:.]\d+$/, ''),
      threshold: plan.threshold,
      keepers: plan.parties.length,
      published: count(state.keepers.published[purpose]),
      released,
      isOpen: plan.threshold > 0 && released >= plan.threshold,
    };
  });
}

/** Progress of one step of independent work: who has handed in. Content is nobody's to see before all have. */
export interface StepProgress {
  readonly base: string;
  readonly done: readonly string[];
  readonly owing: readonly string[];
  readonly isClosed: boolean;
  readonly purpose: string;
}

function stepProgress(state: LotState, base: string, step: SealedStep): StepProgress {
  const members = membersOf(state);
  const done = members.filter((member) => Object.hasOwn(step.boxes, member) || Object.hasOwn(step.opened, member));
  const owing = step.closedAt !== null ? [] : members.filter((member) => !done.includes(member) || step.owed.includes(member));
  return { base, done, owing, isClosed: step.closedAt !== null, purpose: purposeOf(base, step.attempt) };
}

/** Every step of independent work that this lot has, in order. */
export function stepsOf(state: LotState): readonly StepProgress[] {
  const parts = state.setup.rules === null ? [] : SCORE_PARTS.filter((part) => itemsOfPart(state, part).length > 0);
  return [
    stepProgress(state, 'review', state.review.sheets),
    ...parts.map((part) => stepProgress(state, `scores:${part}`, state.scoring.parts[part])),
  ];
}
