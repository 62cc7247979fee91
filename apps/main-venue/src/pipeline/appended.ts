import { Injectable } from '@nestjs/common';
import type { OpenBatch } from './batch-builder.js';
import type { AppendedListener, StoredEntry } from './pipeline.types.js';

/** Whoever wants to hear of new entries, and the writer that tells them. */
@Injectable()
export class Appended {
  readonly #listeners = new Set<AppendedListener>();

  /** Returns how to stop listening. */
  on(listener: AppendedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A batch was committed. */
  tellBatch(batch: OpenBatch): void {
    if (this.#listeners.size === 0) return;
    for (const [writer, { entries }] of batch.logs)
      this.tell(
        writer.origin,
        entries.map((entry) => entry.stored),
      );
  }

  /** These entries stand in the log. */
  tell(origin: string, entries: readonly StoredEntry[]): void {
    for (const listener of this.#listeners) listener(origin, entries);
  }
}
