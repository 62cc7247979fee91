import type { AccessProof, Ack, VenueClientToServer, VenueHello, VenueLot, VenueServerToClient, VenueSubscribe } from '@app/contracts';
import { encodePage, isErrorCode, utf8, zCheckpointWanted, zHeartbeat, zOutboxDelivery, zVenueSubscribe } from '@app/contracts';
import { answerAck, readPayload } from '@app/venue';
import { DomainError } from '@app/platform';
import { signWith, verifyWith } from '@app/sealing';
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { SiteLine } from './followed-log.js';
import { FollowedLog } from './followed-log.js';
import { seatedAt } from './page-maker.js';
import type { FollowedLot } from './venue-book.js';
import type { SiteContext } from './site-context.js';

export type VenueSocket = Socket<VenueClientToServer, VenueServerToClient>;

const ACK_TIMEOUT_MS = 60_000;
/** A person waits for it. */
const KEYS_TIMEOUT_MS = 15_000;
/** One site's line while it lasts. Owned by the service that made it; `close()` ends its feeds. */
export class VenueConnection {
  readonly #followed = new Map<string, FollowedLog>();
  #known: VenueSubscribe['lots'] | null = null;
  #starting: Promise<void> = Promise.resolve();
  #registry = '';
  /** One after the other, so that what was read earlier never covers what was read later. */
  #pushing: Promise<void> = Promise.resolve();
  /** A log could not be fed, or the registry not pushed (a database was away): the next heartbeat tries again. */
  #isBehind = false;
  #closed = false;
  readonly #line: SiteLine;

  constructor(
    readonly hello: VenueHello,
    /** The key that opened the line. */
    readonly nodeKey: string,
    private readonly socket: VenueSocket,
    private readonly context: SiteContext,
  ) {
    this.#line = this.#lineTo(socket);
    socket.on('venue:subscribe', (payload, ack) => {
      this.#answer(ack, () => this.#subscribe(readPayload(zVenueSubscribe, payload).lots));
    });
    socket.on('outbox:deliver', (payload, ack) => {
      this.#answer(ack, () => this.#deliver(readPayload(zOutboxDelivery, payload).records));
    });
    socket.on('checkpoint:wanted', (payload, ack) => {
      this.#answer(ack, () => this.#renew(readPayload(zCheckpointWanted, payload).origin));
    });
    socket.on('heartbeat', (payload, ack) => {
      this.#answer(ack, () => this.#heartbeat(readPayload(zHeartbeat, payload)));
    });
  }

  get id(): string {
    return this.socket.id;
  }
  get venue(): string {
    return this.hello.venue;
  }

  close(): void {
    this.#closed = true;
    for (const followed of this.#followed.values()) followed.close();
    this.socket.disconnect(true);
  }

  /** Entries of a log were committed. Answers whether this site follows it. */
  grown(origin: string, size: number): boolean {
    const followed = this.#followed.get(origin);
    if (followed === undefined) return false;
    followed.grown(size);
    return true;
  }

  checkpoint(origin: string, checkpoint: string): void {
    if (this.#followed.has(origin)) this.socket.emit('checkpoint:published', { origin, checkpoint });
  }

  /** Begins to feed logs that this site came to have a part in. Nothing happens before the site subscribed. */
  followNew(): Promise<void> {
    return this.#orBehind(() => this.#followNew());
  }

  /** Sends persons, certificates and trust when they are other than the last ones sent. */
  pushRegistry(): Promise<void> {
    const pushing = this.#pushing.then(() => this.#orBehind(() => this.#pushRegistry()));
    this.#pushing = pushing.catch(() => undefined);
    return pushing;
  }

  /** Throws UNAVAILABLE when the site does not answer, and what it refuses with. */
  async keysOf(proof: AccessProof): Promise<string> {
    const reply = await this.socket
      .timeout(KEYS_TIMEOUT_MS)
      .emitWithAck('recording:look', proof)
      .catch((cause: unknown) => {
        throw new DomainError('UNAVAILABLE', `${this.venue} did not answer. The look is on the record; ask again later.`, { cause });
      });
    if (!reply.ok) throw new DomainError(isErrorCode(reply.code) ? reply.code : 'UNAVAILABLE', reply.message);
    return reply.data.sealed;
  }

  async #orBehind(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#isBehind = true;
      throw error;
    }
  }

  async #followNew(): Promise<void> {
    if (this.#known === null) return;
    const lots = (await this.context.book.lotsOf(this.venue)).filter(({ origin }) => !this.#followed.has(origin));
    if (lots.length === 0) return;
    await this.pushRegistry();
    this.socket.emit('lots:assigned', { lots: await Promise.all(lots.map((lot) => this.#announce(lot))) });
    await this.#start(lots);
  }

  async #pushRegistry(): Promise<void> {
    const { book, keys } = this.context;
    const answerKey = keys.answer.publicKey;
    const logKey = keys.log.publicKey;
    const { version, ...known } = await book.registryFor(this.venue);
    const told = JSON.stringify(known);
    if (told === this.#registry || this.#closed) return;
    this.#registry = told;
    const text = JSON.stringify({ v: 1, version, at: this.context.clock.instant(), answerKey, logKey, ...known });
    const signature = signWith(keys.node, 'venueRegistry', utf8(text));
    this.socket.timeout(ACK_TIMEOUT_MS).emit('registry:replicated', { text, signature }, (error, reply) => {
      if (!(error instanceof Error) && reply.ok) return;
      // No answer, or a disk that could not take it.
      if (this.#registry === told) this.#registry = '';
      this.#isBehind = true;
    });
  }

  async #subscribe(known: VenueSubscribe['lots']): Promise<{ lots: VenueLot[] }> {
    this.#known = known;
    await this.pushRegistry();
    const lots = await this.context.book.lotsOf(this.venue);
    const announced = await Promise.all(lots.map((lot) => this.#announce(lot)));
    // The site hears the names of its logs before the first page of any.
    setImmediate(() => void this.#start(lots));
    return { lots: announced };
  }

  #deliver(records: z.infer<typeof zOutboxDelivery>['records']): Promise<{ taken: number }> {
    this.context.deliveries.take({ venue: this.venue, connection: this.id }, records, (replies) => {
      this.socket.emit('outbox:answered', { replies });
    });
    return Promise.resolve({ taken: records.length });
  }

  #renew(origin: string): Promise<null> {
    if (!this.#followed.has(origin)) throw new DomainError('NOT_FOUND', 'this site is fed no such log');
    this.context.checkpoints.renew(origin);
    return Promise.resolve(null);
  }

  #heartbeat(heartbeat: z.infer<typeof zHeartbeat>): Promise<{ at: string }> {
    const { outbox, signature } = heartbeat;
    if (outbox.venue !== this.venue || !verifyWith(this.context.profile, this.nodeKey, 'outbox', outbox, signature))
      throw new DomainError('BAD_SIGNATURE', 'the outbox head is not signed by this site');
    this.context.lines.heard(this.venue, this.id, heartbeat);
    this.#resume(heartbeat);
    return Promise.resolve({ at: this.context.clock.instant() });
  }

  /** A feed that ended on an error (a disk that was full, an ack that did not come) goes on from what the site says it has. */
  #resume({ replicated, broken }: z.infer<typeof zHeartbeat>): void {
    const stopped = [...this.#followed].filter(([origin, { isStopped }]) => isStopped && !broken.includes(origin));
    for (const followed of this.#followed.values()) followed.retry();
    if (stopped.length === 0 && !this.#isBehind) return;
    for (const [origin, followed] of stopped) {
      followed.close();
      this.#followed.delete(origin);
      this.#known = { ...this.#known, [origin]: { size: replicated[origin] ?? 0, viewers: [...followed.viewers] } };
    }
    this.#isBehind = false;
    const again = async (): Promise<void> => {
      await this.pushRegistry();
      await this.followNew();
    };
    again().catch((error: unknown) => {
      this.context.logger.error({ err: error, venue: this.venue }, 'venue: logs could not be fed again');
    });
  }

  async #announce({ origin, lot, round, size }: FollowedLot): Promise<VenueLot> {
    const state = await this.context.pipeline.lotState(origin);
    return {
      origin,
      lot,
      round,
      size,
      viewers: seatedAt(state, this.venue),
      checkpoint: (await this.context.checkpoints.notesOf(origin)).at(-1) ?? null,
    };
  }

  /** One after the other, so that no log is begun twice. */
  #start(lots: readonly FollowedLot[]): Promise<void> {
    this.#starting = this.#starting.then(async () => {
      for (const lot of lots) {
        if (this.#closed || this.#followed.has(lot.origin)) continue;
        try {
          await this.#startOne(lot);
        } catch (error) {
          this.#isBehind = true;
          this.#followed.get(lot.origin)?.close();
          this.context.logger.error({ err: error, venue: this.venue, origin: lot.origin }, 'venue: a log could not be fed');
        }
      }
    });
    return this.#starting;
  }

  async #startOne({ origin, size }: FollowedLot): Promise<void> {
    const { reader, pipeline } = this.context;
    const known = this.#known?.[origin] ?? { size: 0, viewers: seatedAt(await pipeline.lotState(origin), this.venue) };
    const followed = new FollowedLog(origin, known, size, this.#line, this.context);
    this.#followed.set(origin, followed);
    // The log may have grown since the list was read.
    followed.grown(await reader.size(origin));
    // A keeper needs the newest note with a quorum, which may be older than the newest one.
    for (const note of await this.context.checkpoints.notesOf(origin)) this.checkpoint(origin, note);
  }

  #lineTo(socket: VenueSocket): SiteLine {
    // The time holds for one message: it is said anew for each.
    const site = () => socket.timeout(ACK_TIMEOUT_MS);
    return {
      venue: this.venue,
      send: async (page) => {
        const { size } = taken('the page', await site().emitWithAck('entries:replicate', encodePage(page)));
        this.context.lines.replicated(this.venue, page.origin, size);
        return size;
      },
      disclose: async (disclosure) => {
        taken('what it may see', await site().emitWithAck('parts:disclosed', disclosure));
      },
      erase: async (erasure) => {
        taken('what the log orders to be erased', await site().emitWithAck('parts:erased', erasure));
      },
      assign: async (state) => {
        socket.emit('lots:assigned', { lots: [await this.#announce(state)] });
      },
      pushRegistry: () => this.pushRegistry(),
    };
  }

  #answer<T>(ack: Ack<T>, work: () => Promise<T>): void {
    answerAck(this.context.problems, ack, work, { venue: this.venue });
  }
}

function taken<T>(what: string, reply: Parameters<Ack<T>>[0]): T {
  if (!reply.ok) throw new DomainError('UNAVAILABLE', `the site did not take ${what}: ${reply.code} ${reply.message}`);
  return reply.data;
}
