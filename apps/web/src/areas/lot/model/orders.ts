import { type SentEntry, visibleEntry } from '@app/contracts';
import {
  commandRule,
  isTolerated,
  type JudgedFault,
  type LotRun,
  type LotState,
  type Order,
  ORDER_KINDS,
  orderFault,
  type OrderKind,
  secretEntryOf,
} from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';
import type { WrongEntry } from '@app/verifying';

export const ORDER = 'lot.order';
/** Faults that are offered at once. Sites stop at the first one that no order lets pass, so the first ones count. */
const FAULTS_OFFERED_MAX = 50;

/** The one of these parties that supervises the lot; null: none does. */
export const supervisorAmong = (state: LotState, parties: readonly string[]): string | null =>
  parties.find((party) => state.parties[party]?.roles.includes('supervisor')) ?? null;

/** What may be ordered now, of what the lot's own engine takes. The venue may still refuse it. */
export function openKinds(run: LotRun): readonly OrderKind[] {
  const { state } = run;
  if (commandRule(ORDER)?.states.includes(state.status) !== true) return [];
  const taken = run.choices(ORDER, 'kind');
  return ORDER_KINDS.filter((kind) => taken.includes(kind) && orderFault(state, kind) === null);
}

/** What this device's judge found and no order lets pass yet, in the order of the log. */
export const openFaults = (state: LotState, faults: readonly WrongEntry[]): readonly WrongEntry[] =>
  faults.filter(({ seq, check }) => !isTolerated(state, { entry: seq, check })).slice(0, FAULTS_OFFERED_MAX);

/** Engines up to 0.2.0 take no field `fault`, so it stands only where something is tolerated. */
export const orderAct = (kind: OrderKind, reason: string, fault: JudgedFault | null): Act => ({
  type: ORDER,
  payload: kind === 'TOLERATE_FAULT' && fault !== null ? { kind, reason, fault: { ...fault } } : { kind, reason },
});

/** Orders on the record, newest first, each with its entry. */
export function ordersGiven(
  state: LotState,
  entries: readonly SentEntry[],
): readonly { readonly order: Order; readonly seq: number | null }[] {
  const seqs = new Map(
    entries
      .filter(({ header }) => header.type === ORDER)
      .flatMap((entry) => secretEntryOf(visibleEntry(entry)).events.map(({ id }) => [id, entry.header.seq] as const)),
  );
  return state.setup.orders.map((order) => ({ order, seq: seqs.get(order.id) ?? null })).reverse();
}
