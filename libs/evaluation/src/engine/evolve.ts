import { isSecretPart, type LotEvent, PART, type VisibleEntry, zEntryHeader } from '@app/contracts';
import { z } from 'zod';
import type { EventRule } from '../kernel/slice.js';
import { type LotState, own, partKey, type SecretEntry, withFault } from '../kernel/state.js';
import { SLICES } from './slices.js';

/** First event of every entry: whose act it was. The frame writes and reads it; no slice does. */
export const ACTED = 'entry.acted';

const zSkeleton = z.object({
  events: z.array(
    z.custom<LotEvent>((value) => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'),
  ),
});

const EVENTS: ReadonlyMap<string, EventRule> = new Map(SLICES.flatMap((slice) => Object.entries(slice.events)));
/** Rules of slices that follow another slice's event, in the order of a lot's life. */
const FOLLOWERS: ReadonlyMap<string, readonly EventRule[]> = followers();
export const eventRule = (type: string): EventRule | undefined => EVENTS.get(type);

/**
 * Folds one entry, whole or partly visible. Control flow looks at the skeleton only. Never throws: what no honest main venue
 * writes (a gap, an unknown event, one off its schema, a forbidden change of status) is left out and noted in `faults`.
 */
export function evolve(state: LotState, entry: VisibleEntry): LotState {
  const header = zEntryHeader.safeParse(entry.header);
  if (!header.success) return { ...withFault(state, 'header off its schema'), size: state.size + 1 };
  const { seq, at } = header.data;
  if (seq !== state.size) return withFault(state, `entry ${seq} where ${state.size} was due`);
  const skeleton = own(entry.parts, PART.skeleton);
  if (skeleton === undefined) return { ...state, size: seq + 1 };
  const read = zSkeleton.safeParse(skeleton);
  if (!read.success) return { ...withFault(state, 'skeleton off its schema'), size: seq + 1 };
  const { party, events } = actorOf(read.data.events);
  let next = withSecrets(state, entry, { header: header.data, events, party });
  if (party === null) next = withFault(next, 'nobody acted');
  for (const event of events) next = apply(next, event, entry);
  return { ...next, size: seq + 1, at };
}

function actorOf(all: readonly LotEvent[]): { party: string | null; events: readonly LotEvent[] } {
  const [first, ...events] = all;
  if (first?.type !== ACTED || typeof first['party'] !== 'string') return { party: null, events: all };
  return { party: first['party'], events };
}

/** Skeletons read before, by the entry object; an entry is never changed, so this only saves time when many readers are served. */
const readBefore = new WeakMap<VisibleEntry, SecretEntry>();

/** What {@link audience} asks about an entry whose skeleton is at hand; without it nobody acted and nothing happened. */
export function secretEntryOf(entry: VisibleEntry): SecretEntry {
  const known = readBefore.get(entry);
  if (known !== undefined) return known;
  const skeleton = zSkeleton.safeParse(own(entry.parts, PART.skeleton));
  const secret = { header: entry.header, ...actorOf(skeleton.success ? skeleton.data.events : []) };
  readBefore.set(entry, secret);
  return secret;
}

function apply(state: LotState, event: LotEvent, entry: VisibleEntry): LotState {
  const name = event.type.slice(0, 80);
  const rule = EVENTS.get(event.type);
  if (rule === undefined) return withFault(state, `unknown event ${name}`);
  try {
    const folded = rule.evolve(state, event, entry);
    if (folded === null) return withFault(state, `event ${name} off its schema`);
    // An event that its owner could not fold changes nothing anywhere.
    if (folded.faults.length > state.faults.length) return folded;
    return (FOLLOWERS.get(event.type) ?? []).reduce((next, follower) => follower.evolve(next, event, entry) ?? next, folded);
  } catch (error) {
    // An archive from strangers may hold what no rule foresaw; its verdict must be FAIL, not the end of the verifier.
    return withFault(state, `event ${name} can not be folded: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

function followers(): Map<string, EventRule[]> {
  const found = new Map<string, EventRule[]>();
  for (const slice of SLICES) {
    for (const [type, rule] of Object.entries(slice.follows ?? {})) found.set(type, [...(found.get(type) ?? []), rule]);
  }
  return found;
}

function withSecrets(state: LotState, entry: VisibleEntry, secret: SecretEntry): LotState {
  const names = Object.keys(secret.header.parts).filter(isSecretPart);
  if (names.length === 0) return state;
  const disclosed = { ...state.disclosed };
  for (const name of names) {
    const value = own(entry.parts, name);
    if (value !== undefined) disclosed[partKey(secret.header.seq, name)] = value;
  }
  return { ...state, disclosed, secretEntries: { ...state.secretEntries, [secret.header.seq]: secret } };
}

/** Folds a whole log. */
export const evolveAll = (state: LotState, entries: Iterable<VisibleEntry>): LotState => {
  let next = state;
  for (const entry of entries) next = evolve(next, entry);
  return next;
};
