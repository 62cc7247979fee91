import type { JsonObject } from '@app/contracts';
import { own } from '../kernel/state.js';

/** What a box turned out to be: content as asked; a box that does not open to its commitment; content that is no sheet at all. */
export const VERDICTS = ['VALID', 'INVALID_BOX', 'INVALID_SHEET'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A sealed sheet or ballot, by the entry that brought it (its ciphertext is that entry's secret part). */
export interface SealedSheet {
  readonly seq: number;
  readonly manifest: JsonObject;
}

/**
 * One step of independent work: everybody hands in a sealed box, all boxes are opened by one entry, invalid items are corrected
 * openly. The skeleton knows who handed in and who owes; never what.
 */
export interface SealedStep {
  /** Keepers' keys once released open every box of their purpose, so a repeat gets new keys under the purpose's next number. */
  readonly attempt: number;
  readonly boxes: Readonly<Record<string, SealedSheet>>;
  readonly opened: Readonly<Record<string, { readonly seq: number; readonly verdict: Verdict }>>;
  /** Entries with a member's open acts after the opening, oldest first. */
  readonly corrections: Readonly<Record<string, readonly number[]>>;
  readonly owed: readonly string[];
  readonly closedAt: string | null;
}

export const initialSealedStep: SealedStep = { attempt: 1, boxes: {}, opened: {}, corrections: {}, owed: [], closedAt: null };

/** `review`, then `review:2`, `review:3` …; `scores:technical`, then `scores:technical.2` …: a purpose has one colon. */
export const purposeOf = (base: string, attempt: number): string =>
  attempt === 1 ? base : `${base}${base.includes(':') ? '.' : ':'}${attempt}`;

/** Part of the opening entry that holds a member's sheet. */
export const sheetPart = (member: string): string => `sheet:${member}`;

export const boxSubmitted = (step: SealedStep, member: string, sheet: SealedSheet): SealedStep => ({
  ...step,
  boxes: { ...step.boxes, [member]: sheet },
});

export function sheetsOpened(
  step: SealedStep,
  verdicts: Readonly<Record<string, Verdict>>,
  owed: readonly string[],
  seq: number,
): SealedStep {
  const opened = Object.fromEntries(Object.entries(verdicts).map(([member, verdict]) => [member, { seq, verdict }]));
  return { ...step, boxes: {}, opened: { ...step.opened, ...opened }, owed };
}

export const corrected = (step: SealedStep, member: string, owed: readonly string[], seq: number): SealedStep => ({
  ...step,
  corrections: { ...step.corrections, [member]: [...(own(step.corrections, member) ?? []), seq] },
  owed,
});

export const closed = (step: SealedStep, at: string): SealedStep => ({ ...step, owed: [], closedAt: at });

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/**
 * The step without a member who left: his conclusions are void, the others' stand (条例 48). Reopens a step that was closed. `isSpent`:
 * a key of the present attempt is released, so it can keep nothing secret any more.
 */
export function withoutMember(step: SealedStep, member: string, isSpent: boolean): SealedStep {
  return {
    attempt: isSpent ? step.attempt + 1 : step.attempt,
    boxes: without(step.boxes, member),
    opened: without(step.opened, member),
    corrections: without(step.corrections, member),
    owed: step.owed.filter((party) => party !== member),
    closedAt: null,
  };
}

/** The step from the beginning, for a re-evaluation. */
export const begunAgain = (step: SealedStep, isSpent: boolean): SealedStep => ({
  ...initialSealedStep,
  attempt: isSpent ? step.attempt + 1 : step.attempt,
});

/** The step open again for some who handed in: they owe an open act, and everything else stands as it was opened. */
export const reopenedFor = (step: SealedStep, owed: readonly string[]): SealedStep => ({ ...step, owed, closedAt: null });

/** Who hands in. */
export interface Roster {
  readonly members: readonly string[];
  /** Every place is taken by somebody who may take part. */
  readonly isComplete: boolean;
}

/** Members whose sheet is neither in nor opened. */
export const sheetsOwed = ({ members }: Roster, step: SealedStep): string[] =>
  members.filter((member) => own(step.boxes, member) === undefined && own(step.opened, member) === undefined);

/** Every owed box is in, from a complete roster, and waits to be opened. */
export const isFull = (roster: Roster, step: SealedStep): boolean =>
  step.closedAt === null && Object.keys(step.boxes).length > 0 && roster.isComplete && sheetsOwed(roster, step).length === 0;
