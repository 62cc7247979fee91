import type { Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Problems } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, NODE_KEYS, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { CheckpointNotes } from './checkpoint-notes.js';
import { PageMaker } from './page-maker.js';
import { SealedReader } from './sealed-reader.js';
import { VenueBook } from './venue-book.js';
import { VenueDeliveries } from './venue-deliveries.js';
import { VenueLines } from './venue-lines.js';

/** What the line to one site needs of the main venue; lines come and go with their sockets, so they are not made by the container. */
@Injectable()
export class SiteContext {
  constructor(
    readonly pipeline: Pipeline,
    readonly reader: SealedReader,
    readonly book: VenueBook,
    readonly maker: PageMaker,
    readonly checkpoints: CheckpointNotes,
    readonly deliveries: VenueDeliveries,
    readonly lines: VenueLines,
    readonly clock: Clock,
    /** Says to a site what became of its message that failed. */
    readonly problems: Problems,
    @Inject(PROFILE) readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) readonly keys: NodeKeys,
    @Inject(LOGGER) readonly logger: Logger,
  ) {}
}
