import { type Clock, DomainError } from '@app/platform';
import type { ServedArchive } from '../core/ports.js';

/** An archive that was put together is served again for this long: parts of one download, and whoever asks for the same. */
export const ARCHIVE_KEPT_MS = 60_000;

interface Kept {
  readonly archive: Promise<ServedArchive>;
  readonly untilMs: number;
  isBuilt: boolean;
}

/**
 * The archives that one process holds in memory. What is asked for again is not put together again, two who ask at once wait for one, and
 * no more than `heldMax` are held: the oldest makes room, and while all are being put together whoever asks comes again.
 */
export class KeptArchives {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly clock: Pick<Clock, 'nowMs'>,
    private readonly heldMax: number,
  ) {}

  /** `key` says everything that the bytes depend on. Throws RATE_LIMITED, and what `build` throws, which is not kept. */
  async of(key: string, build: () => Promise<ServedArchive>): Promise<ServedArchive> {
    const nowMs = this.clock.nowMs();
    for (const [other, { untilMs, isBuilt }] of this.#kept) if (isBuilt && untilMs <= nowMs) this.#kept.delete(other);
    const found = this.#kept.get(key);
    if (found !== undefined) return found.archive;
    this.#makeRoom();
    const made: Kept = { archive: build(), untilMs: nowMs + ARCHIVE_KEPT_MS, isBuilt: false };
    this.#kept.set(key, made);
    try {
      const archive = await made.archive;
      made.isBuilt = true;
      return archive;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #makeRoom(): void {
    if (this.#kept.size < this.heldMax) return;
    const oldest = [...this.#kept].find(([, { isBuilt }]) => isBuilt);
    if (oldest === undefined)
      throw new DomainError(
        'RATE_LIMITED',
        `${String(this.heldMax)} archives are being put together (ARCHIVES_HELD_MAX). Come again in a moment.`,
        {
          details: { retryAfterSeconds: 5 },
        },
      );
    this.#kept.delete(oldest[0]);
  }
}
