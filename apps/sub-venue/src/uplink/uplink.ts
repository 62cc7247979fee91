import type {
  AccessProof,
  Ack,
  OutboxRecord,
  OutboxReply,
  Problem,
  VenueClientToServer,
  SignedWelcome,
  VenueHandshake,
  VenueLot,
  VenueServerToClient,
} from '@app/contracts';
import { decodePage, toBase64Url, VENUE_NAMESPACE, VENUE_WIRE } from '@app/contracts';
import type { CancelTimer, Config, Logger } from '@app/platform';
import { Clock, DomainError, invariant } from '@app/platform';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { backoffMs, DRAW, type Draw } from '../outbox/backoff.js';
import type { DeliveryLine } from '../outbox/courier.js';
import { Courier } from '../outbox/courier.js';
import { Outbox } from '../outbox/outbox.js';
import { Replicas } from '../replica/replicas.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';
import { PendingAcks, problemOf } from './pending-acks.js';

const NONCE_SIZE = 32;
const RECONNECT_MS_MAX = 10_000;

/** Answers somebody's look at what this site recorded. */
type LookAnswerer = (proof: AccessProof) => Promise<{ readonly sealed: string }>;
type UplinkConfig = Pick<Config, 'MAIN_URL' | 'VENUE_ID' | 'INSTALLATION' | 'HEARTBEAT_MS'>;

/**
 * The site's end of the line to the main venue: opens it again for ever, and tells everybody at the site whether it is up. It waits on
 * the injected clock alone: the socket's own timers for coming back and for acknowledgements are not used.
 */
@Injectable()
export class Uplink implements DeliveryLine, OnApplicationBootstrap, OnModuleDestroy {
  readonly #socket: Socket<VenueServerToClient, VenueClientToServer>;
  readonly #acks: PendingAcks;
  readonly #listeners = new Set<(isUp: boolean) => void>();
  #nonce = '';
  #isUp = false;
  #offsetMs: number | null = null;
  #heartbeat: CancelTimer | null = null;
  #retry: CancelTimer | null = null;
  /** Attempts since the line was up. */
  #tries = 0;
  #assigning: Promise<void> = Promise.resolve();
  readonly #replies: OutboxReply[] = [];
  #isAnswering = false;
  #closed = false;
  #looks: LookAnswerer | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: UplinkConfig,
    private readonly crypto: SiteCrypto,
    private readonly trust: SiteTrust,
    private readonly replicas: Replicas,
    private readonly outbox: Outbox,
    private readonly courier: Courier,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(DRAW) private readonly draw: Draw,
  ) {
    invariant(config.MAIN_URL !== undefined, 'a site knows its main venue');
    this.#acks = new PendingAcks(clock);
    this.#socket = io(config.MAIN_URL + VENUE_NAMESPACE, {
      autoConnect: false,
      reconnection: false,
      // A connection of its own: closing it must not depend on who else speaks to the same address.
      forceNew: true,
      transports: ['websocket'],
      // A hello serves once: each attempt makes its own.
      auth: (send) => {
        send({ ...this.#hello() });
      },
    });
    this.#listen();
  }

  get isUp(): boolean {
    return this.#isUp;
  }
  /** The main venue's clock less this one's, in milliseconds; null before the first heartbeat. */
  get clockOffsetMs(): number | null {
    return this.#offsetMs;
  }
  onLine(fn: (isUp: boolean) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  /** Who answers looks at recordings; null: nobody any more. */
  answerLooks(answerer: LookAnswerer | null): void {
    this.#looks = answerer;
  }

  /** The last of all starts: what the line brings finds replicas and outbox as the disk has them. */
  onApplicationBootstrap(): void {
    this.#socket.connect();
  }

  onModuleDestroy(): void {
    this.#closed = true;
    this.#retry?.();
    this.#down();
    this.#socket.close();
  }

  async deliver(records: readonly OutboxRecord[]): Promise<void> {
    await this.#ask<{ taken: number }>((ack) => this.#socket.emit('outbox:deliver', { records: [...records] }, ack));
  }

  /** Asks for a checkpoint of this moment with cosignatures of this moment; it comes as every checkpoint does. */
  async wantCheckpoint(origin: string): Promise<void> {
    await this.#ask<null>((ack) => this.#socket.emit('checkpoint:wanted', { origin }, ack));
  }

  #ask<T>(send: (ack: Ack<T>) => void): Promise<T> {
    return this.#acks.ask(this.#socket.connected, send);
  }

  #hello(): VenueHandshake {
    this.#nonce = toBase64Url(this.crypto.profile.primitives.randomBytes(NONCE_SIZE));
    const { VENUE_ID: venue, INSTALLATION: installation } = this.config;
    const hello = { v: 1 as const, venue, installation, at: this.clock.instant(), nonce: this.#nonce };
    return { hello, signature: this.crypto.sign('venueHello', hello) };
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('venue:welcome', (welcome) => void this.#welcomed(welcome));
    socket.on('venue:refused', ({ code, message }) => {
      this.logger.error({ code, message }, 'uplink: the main venue refuses this site');
    });
    socket.on('disconnect', (reason) => {
      this.logger.debug({ reason }, 'uplink: the connection ended');
      this.#down();
      this.#comeBack();
    });
    socket.on('connect_error', (error) => {
      this.logger.debug({ err: error }, 'uplink: the main venue cannot be reached');
      this.#comeBack();
    });
    socket.on('lots:assigned', ({ lots }) => void this.#quietly('lots', () => this.#inTurn(() => this.replicas.assign(lots))));
    socket.on('entries:replicate', (page, ack) => {
      this.#taken(page).then(
        (size) => {
          ack({ ok: true, data: { size } });
        },
        (error: unknown) => {
          ack(this.#problem(error));
        },
      );
    });
    socket.on('parts:disclosed', (notice, ack) => void this.#acked(ack, async () => this.replicas.find(notice.origin)?.disclose(notice)));
    socket.on('parts:erased', (notice, ack) => void this.#acked(ack, async () => this.replicas.find(notice.origin)?.erase(notice)));
    socket.on('registry:replicated', (notice, ack) => void this.#acked(ack, () => this.trust.accept(notice)));
    socket.on(
      'checkpoint:published',
      ({ origin, checkpoint }) => void this.#quietly('checkpoint', async () => this.replicas.find(origin)?.offerCheckpoint(checkpoint)),
    );
    socket.on('recording:look', (proof, ack) => {
      this.#looked(proof).then(
        (data) => {
          ack({ ok: true, data });
        },
        (error: unknown) => {
          ack(this.#problem(error));
        },
      );
    });
    socket.on('outbox:answered', ({ replies }) => {
      this.#replies.push(...replies);
      if (!this.#isAnswering) void this.#quietly('answers', () => this.#answered());
    });
  }

  /** In the order in which the main venue gave them; what came in meanwhile is written together. */
  async #answered(): Promise<void> {
    this.#isAnswering = true;
    try {
      while (this.#replies.length > 0) await this.courier.replied(this.#replies.splice(0));
    } finally {
      this.#isAnswering = false;
    }
  }

  async #taken(bytes: Uint8Array): Promise<number> {
    const page = decodePage(bytes);
    // A log's first page may overtake its own announcement, which is on its way or being written.
    if (this.replicas.find(page.origin) === undefined) await this.#assigning;
    if (this.#closed) throw new DomainError('UNAVAILABLE', 'this site is going down');
    const replica = this.replicas.find(page.origin);
    if (replica === undefined) throw new DomainError('NOT_FOUND', 'this site does not follow such a log');
    return replica.receive(page);
  }

  #looked(proof: AccessProof): Promise<{ sealed: string }> {
    if (this.#looks === null) return Promise.reject(new DomainError('UNAVAILABLE', 'nothing is recorded at this site'));
    return this.#looks(proof);
  }

  async #welcomed(welcome: SignedWelcome): Promise<void> {
    if (!this.trust.isWelcome(welcome, { venue: this.config.VENUE_ID, nonce: this.#nonce })) {
      this.logger.error('uplink: whoever answers at MAIN_URL is not the main venue that this site knows');
      this.#socket.disconnect();
      return;
    }
    try {
      await this.#inTurn(() => this.#subscribe());
    } catch (error) {
      this.logger.warn({ err: error }, 'uplink: the line could not be opened');
      this.#socket.disconnect();
      return;
    }
    if (!this.#socket.connected) return;
    this.#tries = 0;
    this.#up();
  }

  async #subscribe(): Promise<void> {
    const known = this.replicas.known();
    const { lots } = await this.#ask<{ lots: VenueLot[] }>((ack) => this.#socket.emit('venue:subscribe', { lots: known }, ack));
    await this.replicas.assign(lots);
  }

  /** Lots are announced one message after the other; a page waits here for the announcement of its lot. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#assigning.then(work);
    this.#assigning = done.catch(() => undefined);
    return done;
  }

  #up(): void {
    this.#isUp = true;
    this.logger.info({ waiting: this.outbox.waitingCount }, 'uplink: the line is up');
    this.courier.connected(this);
    this.#beat();
    for (const listener of this.#listeners) listener(true);
  }

  #down(): void {
    this.#heartbeat?.();
    this.#heartbeat = null;
    this.#acks.giveUp();
    if (!this.#isUp) return;
    this.#isUp = false;
    this.courier.disconnected();
    this.logger.warn('uplink: the line is down; commands are kept here');
    for (const listener of this.#listeners) listener(false);
  }

  #comeBack(): void {
    if (this.#closed) return;
    this.#tries += 1;
    this.#retry?.();
    this.#retry = this.clock.after(backoffMs(this.#tries, this.draw, RECONNECT_MS_MAX), () => this.#socket.connect());
  }

  /** Says what this site holds and has; measures the clocks by the way. */
  #beat(): void {
    if (!this.#isUp) return;
    const { count, hash } = this.outbox.head;
    const { VENUE_ID: venue, INSTALLATION: installation, HEARTBEAT_MS: heartbeatMs } = this.config;
    const sentMs = this.clock.nowMs();
    const head = { v: 1 as const, venue, installation, at: this.clock.instant(), count, head: hash };
    const all = this.replicas.all();
    const heartbeat = {
      outbox: head,
      signature: this.crypto.sign('outbox', head),
      waiting: this.outbox.waitingCount,
      replicated: Object.fromEntries(all.map(({ origin, size }) => [origin, size])),
      checked: Object.fromEntries(all.map(({ origin, checkedSize }) => [origin, checkedSize])),
      clockOffsetMs: this.#offsetMs,
      ...this.replicas.faulty(),
    };
    this.#ask<{ at: string }>((ack) => this.#socket.emit('heartbeat', heartbeat, ack)).then(
      ({ at }) => (this.#offsetMs = Math.round(Date.parse(at) - (sentMs + this.clock.nowMs()) / 2)),
      // The next heartbeat asks again; a line that is gone says so itself.
      () => undefined,
    );
    this.#heartbeat = this.clock.after(Math.min(heartbeatMs, VENUE_WIRE.heartbeatMs), () => {
      this.#beat();
    });
  }

  async #acked(ack: (reply: { ok: true; data: null } | ({ ok: false } & Problem)) => void, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      ack({ ok: true, data: null });
    } catch (error) {
      ack(this.#problem(error));
    }
  }

  async #quietly(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error({ err: error }, `uplink: ${what} could not be taken in`);
    }
  }

  #problem(error: unknown): { ok: false } & Problem {
    const requestId = this.#socket.id ?? '';
    this.logger.error({ err: error, requestId }, 'uplink: what the main venue sent is refused');
    return problemOf(error, requestId);
  }
}
