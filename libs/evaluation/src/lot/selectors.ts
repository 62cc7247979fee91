import type { LotEvent } from '@app/contracts';
import { zName } from '@app/contracts';
import { z } from 'zod';
import { limitEnd } from '../law/limit.js';
import { disclosed, isObject, type LotState, own, partiesWith } from '../kernel/state.js';
import type { Limits, RuleSet } from '../law/rule-set.js';
import type { TenderRules } from './tender-rules.js';
import { type Binding, type FailReason, zBinding } from './commands.js';

/** Secret `seat` of a drawn expert's call: where he will sit; `seat` null while the room decides at sign-in. */
export const zSeat = z.strictObject({ venue: zName, seat: zName.nullable() });
interface Place {
  readonly venue: string | null;
  /** Null while the room decides at sign-in. */
  readonly seat: string | null;
}
const NO_PLACE: Place = { venue: null, seat: null };

/** Bindings read before, by the part's value, which nobody changes: who stands where is asked at every entry. */
const read = new WeakMap<object, Binding | null>();

/** Who a party is, when this reader may know. */
export function bindingOf(state: LotState, party: string): Binding | null {
  const facts = own(state.parties, party);
  const value = facts === undefined ? undefined : disclosed(state, facts.seq, `d:binding:${party}`);
  if (!isObject(value)) return null;
  const known = read.get(value);
  if (known !== undefined) return known;
  const binding = zBinding.safeParse(value).data ?? null;
  read.set(value, binding);
  return binding;
}

/** The rules of a published lot; asking earlier is a programmer's error. */
export function ruleSetOf(state: LotState): RuleSet {
  if (state.setup.ruleSet === null) throw new Error('no rule set before publication');
  return state.setup.ruleSet;
}
export function tenderRulesOf(state: LotState): TenderRules {
  if (state.setup.rules === null) throw new Error('no tender rules before creation');
  return state.setup.rules;
}

/** When a limit of the lot that started at `from` is over, or null where the regime has none. */
export function limitOf(state: LotState, name: keyof Limits, from: string): string | null {
  const rules = ruleSetOf(state);
  const limit = rules.limits[name];
  return limit === null ? null : limitEnd(from, limit, rules.calendar);
}

/** The end of a lot (domain.md §3.7); whichever rule finds it adds this event last. */
export const failed = (at: string, reason: FailReason, explanation: string): LotEvent => ({ type: 'lot.failed', at, reason, explanation });

export const hasOrder = (state: LotState, kind: string): boolean => state.setup.orders.some((order) => order.kind === kind);

/** 证据保全: from the order to preserve it until the order that releases it nothing of the lot's record is erased. */
export const isEvidencePreserved = ({ setup: { orders } }: LotState): boolean =>
  orders.findLast(({ kind }) => kind === 'PRESERVE_EVIDENCE' || kind === 'RELEASE_EVIDENCE')?.kind === 'PRESERVE_EVIDENCE';

/** Where a party sits, as everybody knows it: null for a drawn expert until he signs in. */
export const venueOf = (state: LotState, party: string): string | null => own(state.parties, party)?.venue ?? null;

/**
 * Where a party sits or will sit: what everybody knows, or for a drawn expert who has not signed in what this reader is told of his call
 * (part `x:seat`); both null to whoever is not told.
 */
export function placeOf(state: LotState, party: string): Place {
  const facts = own(state.parties, party);
  if (facts === undefined) return NO_PLACE;
  if (facts.venue !== null) return { venue: facts.venue, seat: facts.seat };
  return zSeat.safeParse(disclosed(state, facts.seq, 'x:seat')).data ?? { venue: null, seat: facts.seat };
}

/**
 * The node that says whose a member's key is: that of the site where he sits, for seats at the main venue the supervision's, so that no
 * main venue vouches for itself. Null where the lot has none.
 */
export const attesterOf = (state: LotState, member: string): string | null => attesterAt(state, venueOf(state, member));

/** The same for whoever will sit at this venue. */
export function attesterAt(state: LotState, at: string | null): string | null {
  const { venues } = state.setup;
  const seated = venues.find(({ venue }) => venue === at);
  const site = seated?.role === 'sub' ? seated : venues.find(({ role }) => role === 'supervision');
  if (site === undefined) return null;
  return partiesWith(state, 'node').find((node) => venueOf(state, node) === site.venue) ?? null;
}

/** Signed in at his seat (or was, before he had to leave). */
export const isSignedIn = (state: LotState, party: string): boolean =>
  own(state.committee.present, party) !== undefined || own(state.committee.excused, party) !== undefined;

/**
 * An expert who accepted a call and has not signed in at the seat: time, place and seat are all that he knows, and of the lot what
 * everybody knows (domain.md §2.2, §5.4). Whoever never came stays so.
 */
export function isOnlyCalled(state: LotState, party: string): boolean {
  if (own(state.parties, party)?.admittedAs.includes('expert') !== true) return false;
  const { present, excused } = state.committee;
  if (own(present, party) !== undefined) return false;
  const left = own(excused, party);
  return left === undefined || left.cause === 'NO_SHOW';
}

/** What the lot says of its witnesses: the policy it froze, and whether an order on the record lets it go on without a quorum. */
export const witnessRules = ({ setup }: LotState): { readonly policy: string; readonly isDegraded: boolean } => ({
  policy: setup.witnessPolicy,
  isDegraded: setup.orders.some(({ kind }) => kind === 'DEGRADED_QUORUM'),
});
