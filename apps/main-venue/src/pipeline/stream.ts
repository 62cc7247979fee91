import type { Command, Context, Opening, VisibleEntry } from '@app/contracts';
import type { EngineDecision } from '@app/evaluation';
import type { PartyBinding } from './signer-facts.js';

export interface Submitted {
  readonly command: Command;
  readonly openings: Readonly<Record<string, Opening>>;
}

/** A log as its single writer knows it: a value that each entry turns into the next one, so a failed commit is forgotten by dropping it. */
export interface Stream {
  /** Entries folded. */
  readonly size: number;
  /** Who stands behind a party; undefined when it has none. */
  bindingOf(party: string): PartyBinding | undefined;
  /** Where a party sits; null when it has no seat. */
  seatOf(party: string): string | null;
  /** Name of the rules that decide this command; recorded in its context. */
  engineFor(command: Command): string;
  decide(submitted: Submitted, context: Context): EngineDecision;
  next(entry: VisibleEntry): Stream;
}
