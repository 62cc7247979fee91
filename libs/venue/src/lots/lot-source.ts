import type { Head, LotSummary, SentEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { SessionFacts } from '../sessions/session-facts.js';

/** A lot as this venue holds it now. */
export interface HeldLot {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
  /** Folded from at least the entries that {@link size} counts, under the engine that the lot names. */
  readonly run: LotRun;
  /** Entries that may be shown: they are durable and folded. */
  size(): Promise<number>;
  /** Parties that this person may act for here, sorted; none for the public. */
  partiesOf(session: SessionFacts | null): readonly string[];
}

/** A log may be longer than before, or a part of it open to more. `fresh`: its newest entries where the venue has them at hand. */
export type MovedListener = (origin: string, fresh: readonly SentEntry[]) => void;

/** Lots as a venue has them: the main venue from its store, a site from its replicas. Nothing here is cut to a viewer yet. */
export abstract class LotSource {
  /** Null for a lot that is not here. */
  abstract find(lot: string, round: number): Promise<HeldLot | null>;
  /** Entries from `from` on in order, at most `limit`, with every part that this venue can read. */
  abstract entries(origin: string, from: number, limit: number): Promise<readonly SentEntry[]>;
  /** The newest checkpoint; null before the first. */
  abstract head(origin: string): Promise<Head | null>;
  /** Has a head of this moment cosigned; it is told like any other ({@link onHead}). */
  abstract renewHead(origin: string): Promise<void>;
  /** How a lot stands, as the public's lists show it; null for one that is not here. */
  abstract summary(origin: string): Promise<LotSummary | null>;
  /** Lots in which this person has a part here, the newest first. */
  abstract mine(session: SessionFacts): Promise<LotSummary[]>;
  /** Lots that everybody may see, the newest first. */
  abstract open(): Promise<LotSummary[]>;
  /** Calls come in order for each lot, after what they tell of is durable and folded. Returns how to stop. */
  abstract onMoved(listener: MovedListener): () => void;
  /** A log has a newer checkpoint, or more cosignatures. Returns how to stop. */
  abstract onHead(listener: (origin: string) => void): () => void;
}
