import type { SentEntry, Viewer } from '@app/contracts';
import { PART } from '@app/contracts';
import type { JsonValue } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { audience, secretEntryOf, seesSkeletons } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { LogWriters } from '../pipeline/log-writers.js';
import { LotStream } from '../pipeline/lot-stream.js';
import { nameOf } from '../pipeline/log-name.js';
import type { StoredEntry } from '../pipeline/pipeline.types.js';
import type { SessionFacts } from '@app/venue';

/** A lot as the venue holds it. */
export interface OpenLot {
  readonly state: LotState;
  /** Parties of whoever asks; empty for the public. */
  readonly parties: readonly string[];
}

/** Says who somebody is in a lot, and cuts entries down to what he may see. */
export class LotViewers {
  constructor(private readonly writers: LogWriters) {}

  /** Throws NOT_FOUND for a lot that does not exist or that the asker may not know of: both look the same. */
  async open(origin: string, session: SessionFacts | null): Promise<OpenLot> {
    const stream = await this.#stream(origin);
    const parties = stream === null ? [] : partiesOf(stream, session);
    if (stream === null || !viewersOf(stream.state, parties).some((viewer) => seesSkeletons(stream.state, viewer))) {
      throw new DomainError('NOT_FOUND', `There is no lot ${origin}, or you have no part in it.`);
    }
    return { state: stream.state, parties };
  }

  /** Newest state of a lot that is open anyway. */
  async state(origin: string): Promise<LotState> {
    const stream = await this.#stream(origin);
    if (stream === null) throw new DomainError('NOT_FOUND', `There is no lot ${origin}.`);
    return stream.state;
  }

  async #stream(origin: string): Promise<LotStream | null> {
    const writer = this.writers.peek(origin) ?? (await this.writers.load(nameOf(origin)));
    const stream = writer?.head.stream;
    return stream instanceof LotStream && stream.size > 0 ? stream : null;
  }
}

/** The parties that this person's certificate may act for. */
export function partiesOf({ bindings }: LotStream, session: SessionFacts | null): string[] {
  if (session === null) return [];
  const parties: string[] = [];
  for (const [party, { person, organisation, certificate, nodeKey }] of bindings) {
    if (nodeKey !== null || (certificate !== null && certificate !== session.fingerprint)) continue;
    if (person !== null ? person !== session.person.id : organisation === null || organisation !== session.organisation?.id) continue;
    parties.push(party);
  }
  return parties.sort();
}

/** Whoever holds several parties sees what any of them may see; nobody's party is the public. */
export const viewersOf = (state: LotState, parties: readonly string[]): Viewer[] =>
  parties.length === 0 ? [{ party: null, roles: [] }] : parties.map((party) => ({ party, roles: state.parties[party]?.roles ?? [] }));

/** The entry with the parts that these parties may see, as the lot now stands. */
export function sentTo(entry: StoredEntry, state: LotState, parties: readonly string[]): SentEntry {
  const skeleton = entry.parts[PART.skeleton];
  const events: JsonValue = skeleton === undefined ? { events: [] } : (JSON.parse(skeleton.text) as JsonValue);
  const secret = secretEntryOf({ header: entry.header, parts: { [PART.skeleton]: events } });
  const viewers = viewersOf(state, parties);
  const visible = Object.entries(entry.parts).filter(([part]) => viewers.some((viewer) => audience(viewer, state, secret, part)));
  return { header: entry.header, parts: Object.fromEntries(visible) };
}
