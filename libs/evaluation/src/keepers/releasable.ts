import { ballotPurpose, isRoundFull } from '../award/state.js';
import type { LotState } from '../kernel/state.js';
import { own } from '../kernel/state.js';
import { isFull, purposeOf } from '../sealed-step/step.js';
import type { SealedStep } from '../sealed-step/step.js';
import { keeperPlan } from './manifest.js';

const SCORE_PARTS = ['technical', 'commercial', 'credential'] as const;

/** When the boxes of a purpose may be opened (architecture §3); the first row whose prefix fits decides. */
const CONDITIONS: readonly { readonly prefix: string; readonly holds: (state: LotState, purpose: string) => boolean }[] = [
  {
    // Locked, at least three bids, the session started and its list published, not paused.
    prefix: 'bids',
    holds: (state) =>
      state.status === 'OPENING' &&
      (state.opening.step === 'LIST_PUBLISHED' || state.opening.step === 'DECRYPTING') &&
      state.opening.paused === null,
  },
  // Every owed sheet is in, from a complete committee.
  { prefix: 'review', holds: (state, purpose) => isSheetStepFull(state, 'review', state.review.sheets, purpose) },
  ...SCORE_PARTS.map((part) => ({
    prefix: `scores:${part}`,
    holds: (state: LotState, purpose: string) => isSheetStepFull(state, `scores:${part}`, state.scoring.parts[part], purpose),
  })),
  // Every ballot of the round is in.
  {
    prefix: 'ballots',
    holds: (state, purpose) => state.status === 'AWARDING' && purpose === ballotPurpose(state) && isRoundFull(state),
  },
];

const isSheetStepFull = (state: LotState, base: string, step: SealedStep, purpose: string): boolean =>
  state.status === 'EVALUATING' && purpose === purposeOf(base, step.attempt) && isFull(state, step) && !state.committee.moreTime.due;

/**
 * May this keeper now release its key for this purpose? A keeper that is a process asks its own verifier's state, under a quorum
 * checkpoint, and acts when the answer turns to yes.
 */
export function releasable(state: LotState, purpose: string, party: string): boolean {
  if (!keeperPlan(state, purpose).parties.includes(party)) return false;
  if (own(own(state.keepers.published, purpose) ?? {}, party) === undefined) return false;
  return isOpenable(state, purpose);
}

/** The condition itself, whoever asks. */
export const isOpenable = (state: LotState, purpose: string): boolean =>
  CONDITIONS.find(({ prefix }) => purpose === prefix || purpose.startsWith(`${prefix}:`) || purpose.startsWith(`${prefix}.`))?.holds(
    state,
    purpose,
  ) ?? false;

/** Purposes that this keeper must have a key for by now and has none: bids before publication, sheets and ballots before their step. */
export function owedKeys(state: LotState, party: string): string[] {
  const due = state.status === 'DRAFT' ? ['bids'] : sheetPurposes(state);
  return due.filter(
    (purpose) =>
      keeperPlan(state, purpose).parties.includes(party) && own(own(state.keepers.published, purpose) ?? {}, party) === undefined,
  );
}

/** A repeat of a step gets new keys: those of the first opened everything. */
function sheetPurposes(state: LotState): string[] {
  const { rules } = state.setup;
  if (rules === null || ['TERMINATED', 'LOT_FAILED', 'AWARDED', 'CONTRACTED', 'ARCHIVED'].includes(state.status)) return [];
  const parts = SCORE_PARTS.filter((part) => rules.items.some((item) => item.part === part));
  return [
    ...(rules.award.kind === 'rank-1' ? [] : [ballotPurpose(state)]),
    purposeOf('review', state.review.sheets.attempt),
    ...parts.map((part) => purposeOf(`scores:${part}`, state.scoring.parts[part].attempt)),
  ];
}

/** Purposes whose keys this keeper owes now. */
export const owedReleases = (state: LotState, party: string): string[] =>
  Object.keys(state.keepers.published).filter(
    (purpose) => releasable(state, purpose, party) && own(own(state.keepers.released, purpose) ?? {}, party) === undefined,
  );
