import type { RecordedAct } from '@app/evaluation';
import type { BidBox, BidResult, ByteSource, DeliveredBid, OpenedBid } from '@app/sealing';

/** An archive as it is served: its bytes are read where they lie while they are sent. */
export interface ServedArchive extends ByteSource {
  /** Another archive has another tag. */
  readonly tag: string;
}

/** Writes a lot's archive (docs/archive-format.md); provided by the archive module. */
export abstract class ArchiveSource {
  /**
   * The lot up to its newest witnessed head, with the parts that these parties may see; for whoever may watch it the landings of its recordings, and with
   * `segments` their ciphertexts, as far as they are here. Throws UNAVAILABLE while no head has a quorum.
   */
  abstract archive(origin: string, parties: readonly string[], segments?: boolean): Promise<ServedArchive>;
}

/** Acts before the deadline, as the platform log keeps them; provided by its module. */
export abstract class ActRecords {
  /**
   * Every act of the lot in order of receipt, each with its place in the platform log. Waits for what has arrived and is not decided, and
   * writes what still waits for its place, so that nothing is left behind at the deadline; from then on nothing more is taken for it.
   */
  abstract settled(origin: string, deadline: string): Promise<RecordedAct[]>;
}

/** Opens delivered bids where they lie; provided by the blobs module. */
export abstract class BidOpener {
  /** Header of the inner layer; null while the ciphertext that the manifest names is not here. */
  abstract extract(box: BidBox): Promise<BidResult<string | null> | null>;
  /** Index and opening sheet, when every part is the one that was delivered; null as above. */
  abstract open(box: BidBox, delivered: DeliveredBid): Promise<BidResult<OpenedBid> | null>;
}

/** Newest checkpoint of a log that a quorum of its witnesses cosigned; provided by the log module. */
export abstract class QuorumSource {
  /** Entries that it covers; 0 when there is none. */
  abstract witnessed(origin: string): number | Promise<number>;
  /** Tells when it grew; returns how to stop listening. */
  abstract onWitnessed(listener: (origin: string) => void): () => void;
}
