import type { JsonValue, SentEntry, Viewer } from '@app/contracts';
import { PART } from '@app/contracts';
import type { LotRun, LotState } from '@app/evaluation';
import { disclosed, isOnlyCalled, secretEntryOf } from '@app/evaluation';
import type { SessionFacts } from '../sessions/session-facts.js';
import type { HeldLot } from './lot-source.js';

type Secret = ReturnType<typeof secretEntryOf>;

/** Whoever holds several parties sees what any of them may see; nobody's party is the public. */
export const viewersOf = (state: LotState, parties: readonly string[]): Viewer[] =>
  parties.length === 0 ? [{ party: null, roles: [] }] : parties.map((party) => ({ party, roles: state.parties[party]?.roles ?? [] }));

/**
 * Parties that this person may look at the lot as. An expert who was only called yet looks as the public does, whatever the lot's engine.
 */
export const seenAs = ({ run, partiesOf }: Pick<HeldLot, 'run' | 'partiesOf'>, session: SessionFacts | null): readonly string[] =>
  partiesOf(session).filter((party) => !isOnlyCalled(run.state, party));

/** An entry with what its audience is decided from, read once for all who look at it. */
export interface ReadEntry {
  readonly entry: SentEntry;
  readonly secret: Secret;
}

export function readEntry(entry: SentEntry): ReadEntry {
  const skeleton = entry.parts[PART.skeleton];
  const events: JsonValue = skeleton === undefined ? { events: [] } : (JSON.parse(skeleton.text) as JsonValue);
  return { entry, secret: secretEntryOf({ header: entry.header, parts: { [PART.skeleton]: events } }) };
}

/** Names of the parts that any of these viewers may see, as the lot now stands: its own engine's word. */
export const visibleParts = ({ entry, secret }: ReadEntry, run: LotRun, viewers: readonly Viewer[]): string[] =>
  Object.keys(entry.parts).filter((part) => mayAny(run, viewers, secret, part));

/** May any of these viewers see this part of this entry? */
export const mayAny = (run: LotRun, viewers: readonly Viewer[], entry: Secret, part: string): boolean =>
  viewers.some((viewer) => run.audience(viewer, entry, part));

/** The entry with these of its parts. */
export const cutTo = ({ header, parts }: SentEntry, names: readonly string[]): SentEntry => ({
  header,
  parts: Object.fromEntries(Object.entries(parts).filter(([name]) => names.includes(name))),
});

/** The entry with the parts that these viewers may see, as the lot now stands. */
export const sentTo = (entry: SentEntry, run: LotRun, viewers: readonly Viewer[]): SentEntry =>
  cutTo(entry, visibleParts(readEntry(entry), run, viewers));

/** Secret parts of entries [from, to) that these viewers may see and that are here: grows when rights widen. */
export function visibleSecrets(run: LotRun, viewers: readonly Viewer[], from: number, to: number): number {
  const { state } = run;
  let count = 0;
  for (const [key, secret] of entriesBetween(state, from, to))
    for (const part of Object.keys(secret.header.parts))
      if (disclosed(state, key, part) !== undefined && mayAny(run, viewers, secret, part)) count += 1;
  return count;
}

/** Looks up a few numbers, walks all of many: a new entry must not cost what the whole log does. */
function* entriesBetween({ secretEntries }: LotState, from: number, to: number): Generator<[number, Secret]> {
  if (from === 0) {
    for (const [seq, secret] of Object.entries(secretEntries)) if (Number(seq) < to) yield [Number(seq), secret];
    return;
  }
  for (let seq = from; seq < to; seq += 1) {
    const secret = Object.hasOwn(secretEntries, seq) ? secretEntries[seq] : undefined;
    if (secret !== undefined) yield [seq, secret];
  }
}
