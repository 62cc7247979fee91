import type { CancelTimer } from '@app/platform';
import { HelloGate } from './hello.js';
import type { VenueSocket } from './venue-connection.js';
import { VenueConnection } from './venue-connection.js';
import { VenueDeliveries } from './venue-deliveries.js';
import { VenueLines } from './venue-lines.js';
import type { VenuesContext, VenuesOptions } from './venues.types.js';

/** A log that nobody follows yet has grown: sites are asked for after this long, once for a burst. */
const FOLLOW_DELAY_MS = 200;

/**
 * The main venue's end of the lines to its sites: who may open one, what goes over it, and what screens and barriers ask of it.
 * A site has one line; a newer one ends the older.
 */
export class VenuesService {
  readonly lines: VenueLines;
  readonly #gate: HelloGate;
  readonly #context: VenuesContext;
  readonly #connections = new Map<string, VenueConnection>();
  readonly #stops: (() => void)[] = [];
  #followTimer: CancelTimer | null = null;

  constructor(options: VenuesOptions) {
    const { profile, installation, clock, main, keys, nodeKey, pipeline, logger } = options;
    this.lines = new VenueLines(clock, main);
    this.#gate = new HelloGate(profile, installation, clock, nodeKey, { venue: main.id, signer: keys.node });
    this.#context = { ...options, deliveries: new VenueDeliveries(pipeline, logger), lines: this.lines };
  }

  start(): void {
    this.lines.setVenues(this.#context.venues());
    this.lines.start();
    if (this.#stops.length > 0) return;
    this.#stops.push(
      this.#context.pipeline.onAppended((origin, entries) => {
        const last = entries.at(-1);
        if (last !== undefined) this.#grown(origin, last.header.seq + 1);
      }),
      this.#context.onRegistryChanged(() => {
        this.#registryChanged();
      }),
      this.#context.checkpoints.onNote((origin, note) => {
        for (const connection of this.#connections.values()) connection.checkpoint(origin, note);
      }),
    );
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#followTimer?.();
    this.lines.stop();
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }

  /** Throws a documented refusal when this is no site of the installation. */
  connect(socket: VenueSocket): void {
    const hello = this.#gate.admit(socket.handshake.auth);
    const key = this.#context.nodeKey(hello.venue) ?? '';
    this.#connections.get(hello.venue)?.close();
    this.lines.setVenues(this.#context.venues());
    const connection = new VenueConnection(hello, key, socket, this.#context);
    this.#connections.set(hello.venue, connection);
    this.lines.up(hello.venue, connection.id);
    socket.on('disconnect', () => {
      connection.close();
      if (this.#connections.get(hello.venue) === connection) this.#connections.delete(hello.venue);
      this.lines.down(hello.venue, connection.id);
    });
    socket.emit('venue:welcome', this.#gate.welcome(hello));
    this.#context.logger.info({ venue: hello.venue }, 'venue: the line is up');
  }

  /** A line whose key was replaced ends: the site comes back with the new one, or whoever holds the old one stays out. */
  #registryChanged(): void {
    this.lines.setVenues(this.#context.venues());
    for (const connection of this.#connections.values()) {
      if (this.#context.nodeKey(connection.venue) !== connection.nodeKey) {
        connection.close();
        continue;
      }
      connection.pushRegistry().catch((error: unknown) => {
        this.#context.logger.warn({ err: error, venue: connection.venue }, 'venue: the registry could not be pushed');
      });
    }
  }

  #grown(origin: string, size: number): void {
    let isNew = false;
    for (const connection of this.#connections.values()) if (!connection.grown(origin, size)) isNew = true;
    if (!isNew) return;
    this.#followTimer ??= this.#context.clock.after(FOLLOW_DELAY_MS, () => {
      this.#followTimer = null;
      for (const connection of this.#connections.values()) {
        connection.followNew().catch((error: unknown) => {
          this.#context.logger.warn({ err: error, venue: connection.venue }, 'venue: new lots could not be looked up');
        });
      }
    });
  }
}
