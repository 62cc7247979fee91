import type { CancelTimer, Clock, Logger } from '@app/platform';
import type { Redis } from 'ioredis';
import type { RegistryNews, RegistryView } from './registry-view.js';

/** Redis channel on which whoever changed the registry says so, and its new version as the message. */
const REGISTRY_CHANGED = 'registry:changed';
/** Beat of the look at the version itself: a notice can be lost, and Redis away. */
export const REGISTRY_POLL_MS = 1_000;

export interface RegistryFeedDeps {
  readonly view: Pick<RegistryView, 'refresh'>;
  /** Tells the other processes. */
  readonly publisher: Pick<Redis, 'publish'>;
  /** A connection of its own: one that listens can do nothing else. The feed closes it. */
  readonly subscriber: Pick<Redis, 'subscribe' | 'on' | 'disconnect'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Brings every change of the registry into force in this process: at once when it was made here, by the notice of another process, and
 * at the latest with the next beat. Listeners are told after it is in force.
 */
export class RegistryFeed {
  readonly #listeners = new Set<(news: RegistryNews) => void>();
  #cancel: CancelTimer | null = null;
  #isClosed = false;
  #hasFailed = false;

  constructor(private readonly deps: RegistryFeedDeps) {}

  /** Listens from now on; notices and beats until {@link close}. */
  start(): void {
    const { subscriber } = this.deps;
    subscriber.on('message', () => {
      void this.#refresh();
    });
    // ioredis subscribes again by itself when the line is back; until then the beat serves.
    subscriber.subscribe(REGISTRY_CHANGED).catch((error: unknown) => {
      this.deps.logger.warn({ err: error }, 'registry: notices cannot be heard, its version is looked at instead');
    });
    this.#beat();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.deps.subscriber.disconnect();
    this.#listeners.clear();
  }

  /** A change was committed here; it is in force here when this resolves. Never throws: a notice that is lost costs a beat. */
  async published(version: number): Promise<void> {
    this.deps.publisher.publish(REGISTRY_CHANGED, String(version)).catch((error: unknown) => {
      this.deps.logger.debug({ err: error, version }, 'registry: the notice of a change was lost');
    });
    await this.#refresh();
  }

  /** Told of every change once it is in force here. Returns how to stop listening. */
  onChanged(listener: (news: RegistryNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #beat(): void {
    if (this.#isClosed) return;
    this.#cancel = this.deps.clock.after(REGISTRY_POLL_MS, () => {
      void this.#refresh().then(() => {
        this.#beat();
      });
    });
  }

  async #refresh(): Promise<void> {
    if (this.#isClosed) return;
    try {
      const news = await this.deps.view.refresh();
      this.#hasFailed = false;
      if (news !== null) for (const listener of this.#listeners) listener(news);
    } catch (error) {
      // Once per outage: the beat comes every second.
      if (!this.#hasFailed) this.deps.logger.warn({ err: error }, 'registry: its changes cannot be read');
      this.#hasFailed = true;
    }
  }
}
