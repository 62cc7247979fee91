import type { JsonObject } from '@app/contracts';
import { FAULT_PARTIES, hasRole, isBefore, type LotRun, type LotState, zRecordFinding } from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';

/** What host and supervisor may do beside what is owed; each is a command without a duty. */
export const STEERINGS = {
  pause: 'opening.pause',
  resume: 'opening.resume',
  extend: 'opening.extend-window',
  finding: 'opening.record-finding',
  opinion: 'lot.give-opinion',
} as const;
export type Steering = keyof typeof STEERINGS;

/** Reasons that a person may find (`opening.record-finding`), and whose fault each can be. */
export const FINDING_RESULTS = zRecordFinding.shape.result.options;
export const FINDING_FAULTS = FAULT_PARTIES;
export type FindingResult = (typeof FINDING_RESULTS)[number];
export type FindingFault = (typeof FINDING_FAULTS)[number];

/** Bids of which something may be found now: the window is over, and they are not opened. */
export function findable({ opening: { step, bids, findings, decryptUntil } }: LotState, now: string): readonly string[] {
  if (step === 'DECRYPTING' && (decryptUntil === null || now < decryptUntil)) return [];
  return Object.keys(bids).filter(
    (bid) => bids[bid]?.status !== 'OPENED' && bids[bid]?.result !== 'FILE_CORRUPT' && (findings[bid]?.countersignedBy ?? null) === null,
  );
}

/** Advice, as every button: the venue decides. `now`: its time. */
export function steeringsOf(run: Pick<LotRun, 'state' | 'takes'>, party: string, now: string): readonly Steering[] {
  const { state } = run;
  const { status, opening } = state;
  const isHost = hasRole(state, party, 'agency');
  const isSupervisor = hasRole(state, party, 'supervisor');
  if (!isHost && !isSupervisor) return [];
  const may: Steering[] = [];
  if (isSupervisor && !isBefore(status, 'PUBLISHED')) may.push('opinion');
  if (status === 'OPENING') {
    may.push(opening.paused === null ? 'pause' : 'resume');
    const until = opening.step === 'CONFIRMING' ? opening.confirmUntil : opening.decryptUntil;
    if (opening.paused === null && until !== null && now < until) may.push('extend');
    if (isHost && opening.paused === null && opening.step !== 'RECORD_MADE' && findable(state, now).length > 0) may.push('finding');
  }
  return may.filter((kind) => run.takes(STEERINGS[kind]));
}

export interface SteeringInput {
  readonly reason: string;
  readonly minutes: number;
  /** What an opinion is about. */
  readonly target: string;
  readonly bid: string;
  readonly result: FindingResult;
  readonly fault: FindingFault;
}

/** The longest that a window is made longer at once. */
export const MINUTES_MAX = 1_440;

/** Null while something of it is missing. */
export function steeringAct(kind: Steering, { reason, minutes, target, bid, result, fault }: SteeringInput): Act | null {
  const text = reason.trim();
  if (kind !== 'resume' && text === '') return null;
  const payloads: Record<Steering, JsonObject | null> = {
    pause: { reason: text },
    resume: {},
    extend: Number.isInteger(minutes) && minutes >= 1 && minutes <= MINUTES_MAX ? { seconds: minutes * 60, reason: text } : null,
    finding: bid === '' ? null : { bid, result, fault, explanation: text },
    opinion: { text, target },
  };
  const payload = payloads[kind];
  return payload === null ? null : { type: STEERINGS[kind], payload };
}
