import type { Head, VenueLine } from '@app/contracts';

/** Newest checkpoint of a log with its cosignatures; provided by the log module. */
export abstract class HeadSource {
  /** Null when the log has no checkpoint yet. */
  abstract head(origin: string): Promise<Head | null>;
}

/** State of the lines to the venues; provided by the venues module. */
export abstract class VenueLineSource {
  abstract lines(): VenueLine[] | Promise<VenueLine[]>;
}

/** Writes a lot's archive (docs/archive-format.md); provided by the archive module. */
export abstract class ArchiveSource {
  /**
   * The lot up to its newest witnessed head, with the parts that these parties may see. Throws UNAVAILABLE while no head has a
   * quorum.
   */
  abstract archive(origin: string, parties: readonly string[]): Promise<Uint8Array>;
}
