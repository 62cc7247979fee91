import type { Problems } from '@app/venue';
import type { Clock, Logger } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import type { Pipeline } from '../pipeline/pipeline.types.js';
import type { PageMaker } from './page-maker.js';
import type { SealedReader } from './sealed-reader.js';
import type { VenueBook } from './venue-book.js';
import type { VenueDeliveries } from './venue-deliveries.js';
import type { KnownVenue, VenueLines } from './venue-lines.js';

/** Where signed notes come from; the log's module has it. */
export interface CheckpointSource {
  /** The newest note of a log, and the newest with a quorum where that is an older one; oldest first. */
  notesOf(origin: string): Promise<string[]>;
  /** Told of every note and of every cosignature it gains. Returns how to stop listening. */
  onNote(listener: (origin: string, note: string) => void): () => void;
}

/** What the lines to the sites need of the main venue. */
export interface VenuesOptions {
  readonly installation: string;
  readonly main: KnownVenue;
  readonly profile: CryptoProfile;
  readonly keys: { readonly node: LocalSigner };
  /** Tagged public keys that sign answers and checkpoints. */
  readonly answerKey: string;
  readonly logKey: string;
  readonly pipeline: Pick<Pipeline, 'submit' | 'lotState' | 'onAppended'>;
  readonly reader: SealedReader;
  readonly book: VenueBook;
  readonly maker: PageMaker;
  /** Tagged node key of a venue, or null. */
  readonly nodeKey: (venue: string) => string | null;
  readonly venues: () => readonly KnownVenue[];
  /** Told when people, certificates, authorities or venues changed. Returns how to stop listening. */
  readonly onRegistryChanged: (listener: () => void) => () => void;
  /** Signed notes of the logs, with the cosignatures that each has so far. */
  readonly checkpoints: CheckpointSource;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What a site is told of its message that failed. */
  readonly problems: Pick<Problems, 'tell'>;
}

export interface VenuesContext extends VenuesOptions {
  readonly deliveries: VenueDeliveries;
  readonly lines: VenueLines;
}
