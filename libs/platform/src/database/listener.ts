import pg from 'pg';
import type { CancelTimer, Clock } from '../clock/clock.js';
import { connectionLimits } from './connection-limits.js';

export interface DatabaseListenerOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  readonly channel: string;
  readonly clock: Clock;
  /** Called for each notice, and after each connection, since notices may have been missed before. */
  readonly onNotice: () => void;
  readonly onError?: (error: unknown) => void;
}

const DEFAULT_LISTENER_RETRY_MS = 1_000;

/**
 * Hears the notices of a channel (`NOTIFY`) over a connection of its own, which is opened again whenever it is lost. A notice is a
 * hint and may be lost with the connection: whoever listens also looks by itself now and then. The owner must `close()` it.
 */
export class DatabaseListener {
  #client: pg.Client | null = null;
  #cancelRetry: CancelTimer | null = null;
  #isClosed = false;

  constructor(private readonly options: DatabaseListenerOptions) {}

  /** Resolves at the first connection, or when it has failed and is tried again later. Never throws. */
  async start(): Promise<void> {
    const { url, name, channel, onNotice } = this.options;
    const client = new pg.Client({ connectionString: url, application_name: name, ...connectionLimits() });
    this.#client = client;
    client.on('notification', onNotice);
    client.on('error', (error) => {
      this.#lost(client, error);
    });
    client.on('end', () => {
      this.#lost(client, new Error('the connection ended'));
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      onNotice();
    } catch (error) {
      this.#lost(client, error);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRetry?.();
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#client !== client) return;
    this.#client = null;
    void client.end().catch(() => undefined);
    if (this.#isClosed) return;
    this.options.onError?.(error);
    this.#cancelRetry = this.options.clock.after(DEFAULT_LISTENER_RETRY_MS, () => void this.start());
  }
}
