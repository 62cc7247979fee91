import type { AccessProof } from '@app/contracts';
import { type CancelTimer, DomainError } from '@app/platform';
import type { OnModuleDestroy } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { HelloGate } from './hello-gate.js';
import { SiteContext } from './site-context.js';
import type { VenueSocket } from './venue-connection.js';
import { VenueConnection } from './venue-connection.js';
import { VenueDirectory } from './venue-directory.js';
import type { VenueLines } from './venue-lines.js';

/** A log that nobody follows yet has grown: sites are asked for after this long, once for a burst. */
const FOLLOW_DELAY_MS = 200;

/**
 * The main venue's end of the lines to its sites: who may open one, and what goes over it.
 * A site has one line; a newer one ends the older.
 */
@Injectable()
export class VenuesService implements OnModuleDestroy {
  readonly #connections = new Map<string, VenueConnection>();
  readonly #stops: (() => void)[] = [];
  #followTimer: CancelTimer | null = null;

  constructor(
    private readonly gate: HelloGate,
    private readonly directory: VenueDirectory,
    private readonly context: SiteContext,
  ) {}

  /** State of the line to every site. */
  get lines(): VenueLines {
    return this.context.lines;
  }

  onModuleDestroy(): void {
    this.close();
  }

  start(): void {
    this.context.lines.refresh();
    this.context.lines.start();
    if (this.#stops.length > 0) return;
    this.#stops.push(
      this.directory.onChanged(() => void this.registryChanged()),
      this.context.pipeline.onAppended((origin, entries) => {
        const last = entries.at(-1);
        if (last !== undefined) this.#grown(origin, last.header.seq + 1);
      }),
      this.context.checkpoints.onNote((origin, note) => {
        for (const connection of this.#connections.values()) connection.checkpoint(origin, note);
      }),
    );
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#followTimer?.();
    this.context.lines.stop();
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }

  /** Throws a documented refusal when this is no site of the installation. */
  connect(socket: VenueSocket): void {
    const hello = this.gate.admit(socket.handshake.auth);
    const key = this.directory.nodeKey(hello.venue) ?? '';
    this.#connections.get(hello.venue)?.close();
    this.context.lines.refresh();
    const connection = new VenueConnection(hello, key, socket, this.context);
    this.#connections.set(hello.venue, connection);
    this.context.lines.up(hello.venue, connection.id);
    socket.on('disconnect', () => {
      connection.close();
      if (this.#connections.get(hello.venue) === connection) this.#connections.delete(hello.venue);
      this.context.lines.down(hello.venue, connection.id);
    });
    socket.emit('venue:welcome', this.gate.welcome(hello));
    this.context.logger.info({ venue: hello.venue }, 'venue: the line is up');
  }

  /**
   * Persons, certificates, authorities or venues changed, and the registry's view is that of after the change. Venues are listed anew; a
   * site whose node key is another one, or none, by now is cut off; every other site on the line is sent what it must know. Resolves
   * when it was sent; a site that does not take it gets it after its next heartbeat. Never throws.
   */
  async registryChanged(): Promise<void> {
    this.context.lines.refresh();
    const pushes = [...this.#connections.values()].map(async (connection) => {
      try {
        if (this.directory.nodeKey(connection.venue) !== connection.nodeKey) {
          connection.close();
          return;
        }
        await connection.pushRegistry();
      } catch (error) {
        this.context.logger.warn({ err: error, venue: connection.venue }, 'venue: the registry could not be pushed');
      }
    });
    await Promise.all(pushes);
  }

  /**
   * Keys of what a look of the access log names at this venue, sealed to whoever looks. Throws UNAVAILABLE when the venue is cut off, and what it
   * refuses with.
   */
  async keysOf(venue: string, proof: AccessProof): Promise<string> {
    const connection = this.#connections.get(venue);
    if (connection === undefined)
      throw new DomainError('UNAVAILABLE', `${venue} is cut off or has no recordings. The look is on the record; ask again later.`);
    return connection.keysOf(proof);
  }

  #grown(origin: string, size: number): void {
    let isNew = false;
    for (const connection of this.#connections.values()) if (!connection.grown(origin, size)) isNew = true;
    if (!isNew) return;
    this.#followTimer ??= this.context.clock.after(FOLLOW_DELAY_MS, () => {
      this.#followTimer = null;
      for (const connection of this.#connections.values()) {
        connection.followNew().catch((error: unknown) => {
          this.context.logger.warn({ err: error, venue: connection.venue }, 'venue: new lots could not be looked up');
        });
      }
    });
  }
}
