import type { Head, VenueLine } from '@app/contracts';

/** Newest checkpoint of a log and who cosigned it; provided by the log module. */
export abstract class HeadSource {
  /** Null when the log has no checkpoint yet. */
  abstract head(origin: string): Promise<Head | null>;
}

/** State of the lines to the venues; provided by the venues module. */
export abstract class VenueLineSource {
  abstract lines(): VenueLine[] | Promise<VenueLine[]>;
}

/** Writes a lot's archive (docs/archive-format.md) to a stream; provided by the archive module. */
export abstract class ArchiveSource {
  /** Chunks of the container, in order. */
  abstract archive(origin: string): AsyncIterable<Uint8Array>;
}
