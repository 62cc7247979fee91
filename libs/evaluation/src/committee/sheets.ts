import type { JsonValue } from '@app/contracts';
import { isReleased, ringOf } from '../keepers/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, type Purpose, refuse, type Refused } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import {
  type HandedBox,
  isFull,
  openAll,
  purposeOf,
  type Read,
  readSheets,
  type SealedStep,
  sheetsOwed,
  submitFault,
} from '../sealed-step/index.js';
import { seatFault } from './guards.js';
import { isMember, rosterOf } from './members.js';
import type { EvaluationStep } from './steps.js';
import { FINAL_STATUSES } from '../kernel/transitions.js';

/** A step of the evaluation in which every member hands in a sealed sheet. */
export interface SheetStep {
  readonly step: EvaluationStep;
  readonly sheets: SealedStep;
  /** Commands of this step. */
  readonly submit: string;
  readonly correct: string;
  readonly open: string;
}

interface Asked {
  readonly party: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly opened: Readonly<Record<string, JsonValue>>;
}

/** A member hands in his box of the open step. */
export const handInFault = (state: LotState, { step, sheets }: Pick<SheetStep, 'step' | 'sheets'>, asked: HandedBox): Refused | null =>
  seatFault(state, asked.party) ?? submitFault(ringOf(state), purposeOf(step, sheets.attempt), sheets, asked);

/** All boxes of a step at once, when nobody owes any more: before that no keeper releases, after it nobody can change a sheet. */
export function openSheetsOf<T>(
  state: LotState,
  sheets: SealedStep,
  asked: Asked,
  read: (content: JsonValue) => T | null,
): Read<T> | Refused {
  const opening = openAll(ringOf(state), sheets, { roster: rosterOf(state), isTimeDue: state.committee.moreTime.due }, asked);
  return 'verdicts' in opening ? readSheets(opening, read) : opening;
}

/** After the opening a member changes only what he owes again. */
export function owedFault(state: LotState, sheets: SealedStep, member: string): Refused | null {
  const seat = seatFault(state, member);
  if (seat !== null) return seat;
  return sheets.owed.includes(member) ? null : refuse('E_ALREADY_LOCKED', 'what you handed in stands: there is no ground to change it');
}

/** Sheets and corrections by the members, then the opening by the main venue, not before `openFrom`. */
export function sheetDuties(state: LotState, party: string, on: SheetStep, openFrom: string | null = null): Duty[] {
  if (state.status !== 'EVALUATING' || state.committee.step !== on.step) return [];
  const purpose = purposeOf(on.step, on.sheets.attempt);
  if (isMember(state, party)) {
    if (sheetsOwed(rosterOf(state), on.sheets).includes(party)) return [duty(on.submit, purpose)];
    return on.sheets.owed.includes(party) ? [duty(on.correct, purpose)] : [];
  }
  const isReady = party === MAIN_NODE && mayOpen(state, on.sheets) && isReleased(state, purpose);
  return isReady ? [duty(on.open, purpose, openFrom)] : [];
}

/** Every owed sheet is in, from a complete committee that was promised no more time. */
const mayOpen = (state: LotState, sheets: SealedStep): boolean => isFull(rosterOf(state), sheets) && !state.committee.moreTime.due;

/** States in which no sheet is written any more. */
const PAST: readonly string[] = [...FINAL_STATUSES, 'AWARDED', 'CONTRACTED'];

/** A repeat of a step gets new keys: those of the first opened everything. `isPlanned`: the tender document has this step. */
export function sheetPurpose(state: LotState, step: EvaluationStep, sheets: SealedStep, isPlanned: boolean): Purpose {
  const current = purposeOf(step, sheets.attempt);
  return {
    family: step,
    current,
    isDue: isPlanned && state.status !== 'DRAFT' && !PAST.includes(state.status),
    opens: (purpose) => state.status === 'EVALUATING' && purpose === current && mayOpen(state, sheets),
  };
}
