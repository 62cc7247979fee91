import type { Clock, Logger } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import type { Pipeline } from '../pipeline/pipeline.types.js';
import type { PageMaker } from './page-maker.js';
import type { SealedReader } from './sealed-reader.js';
import type { VenueBook } from './venue-book.js';
import type { VenueDeliveries } from './venue-deliveries.js';
import type { KnownVenue, VenueLines } from './venue-lines.js';

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
  /** The newest signed note of a log with its cosignatures, or null. */
  readonly checkpointOf: (origin: string) => Promise<string | null>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface VenuesContext extends VenuesOptions {
  readonly deliveries: VenueDeliveries;
  readonly lines: VenueLines;
}
