import type {
  Ack,
  Disclosure,
  Erasure,
  Page,
  VenueClientToServer,
  VenueHello,
  VenueLot,
  VenueServerToClient,
  VenueSubscribe,
} from '@app/contracts';
import { encodePage, VENUE_WIRE, zHeartbeat, zOutboxDelivery, zVenueSubscribe } from '@app/contracts';
import { answerAck, readPayload } from '@app/edge';
import type { LotState } from '@app/evaluation';
import { DomainError } from '@app/platform';
import { signWith, verifyWith } from '@app/sealing';
import { utf8 } from '@app/contracts';
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { LotErasures } from './lot-erasures.js';
import { LotFeed } from './lot-feed.js';
import { LotSight } from './lot-sight.js';
import { viewersOf } from './page-maker.js';
import type { FollowedLot } from './venue-book.js';
import type { VenuesContext } from './venues.types.js';

export type VenueSocket = Socket<VenueClientToServer, VenueServerToClient>;

const ACK_TIMEOUT_MS = 60_000;
/** Rights are looked at again this long after the log moved: a burst of entries asks once. */
const SIGHT_DELAY_MS = 100;

interface Followed {
  readonly feed: LotFeed;
  readonly sight: LotSight;
  readonly erasures: LotErasures;
  /** Seats for which the registry was pushed; the state is ahead of the database by what is being committed. */
  seats: string | null;
  /** Rights are about to be looked at, or are being looked at. */
  isLooking: boolean;
  /** The log moved meanwhile. */
  isLookDue: boolean;
  /** The site does not have yet what it may see, or has still what it must erase: the next heartbeat tries again. */
  hasLookFailed: boolean;
}

/** One site's line while it lasts. Owned by the service that made it; `close()` ends its feeds. */
export class VenueConnection {
  readonly #followed = new Map<string, Followed>();
  #known: VenueSubscribe['lots'] | null = null;
  #starting: Promise<void> = Promise.resolve();
  #registry = '';
  /** One after the other, so that what was read earlier never covers what was read later. */
  #pushing: Promise<void> = Promise.resolve();
  /** A log could not be fed, or the registry not pushed (a database was away): the next heartbeat tries again. */
  #isBehind = false;
  #closed = false;

  constructor(
    readonly hello: VenueHello,
    private readonly nodeKey: string,
    private readonly socket: VenueSocket,
    private readonly context: VenuesContext,
  ) {
    socket.on('venue:subscribe', (payload, ack) => {
      this.#answer(ack, () => this.#subscribe(readPayload(zVenueSubscribe, payload).lots));
    });
    socket.on('outbox:deliver', (payload, ack) => {
      this.#answer(ack, () => this.#deliver(readPayload(zOutboxDelivery, payload).records));
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
    for (const { feed } of this.#followed.values()) feed.close();
    this.socket.disconnect(true);
  }

  /** Entries of a log were committed. Answers whether this site follows it. */
  grown(origin: string, size: number): boolean {
    const followed = this.#followed.get(origin);
    if (followed === undefined) return false;
    followed.feed.grown(size);
    this.#lookSoon(origin, followed);
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
    const { book, keys, answerKey, logKey } = this.context;
    const text = JSON.stringify({ v: 1, answerKey, logKey, ...(await book.registryFor(this.venue)) });
    if (text === this.#registry || this.#closed) return;
    this.#registry = text;
    const signature = signWith(keys.node, 'venueRegistry', utf8(text));
    this.socket.timeout(ACK_TIMEOUT_MS).emit('registry:replicated', { text, signature }, (error, reply) => {
      if (!(error instanceof Error) && reply.ok) return;
      // No answer, or a disk that could not take it.
      if (this.#registry === text) this.#registry = '';
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
    const stopped = [...this.#followed].filter(([origin, { feed }]) => feed.isStopped && !broken.includes(origin));
    for (const [origin, followed] of this.#followed) if (followed.hasLookFailed) this.#lookSoon(origin, followed);
    if (stopped.length === 0 && !this.#isBehind) return;
    for (const [origin, { sight }] of stopped) {
      this.#followed.delete(origin);
      this.#known = { ...this.#known, [origin]: { size: replicated[origin] ?? 0, viewers: [...sight.viewers] } };
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
      viewers: viewersOf(state, this.venue),
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
          this.#followed.get(lot.origin)?.feed.close();
          this.context.logger.error({ err: error, venue: this.venue, origin: lot.origin }, 'venue: a log could not be fed');
        }
      }
    });
    return this.#starting;
  }

  async #startOne({ origin, size }: FollowedLot): Promise<void> {
    const { reader, maker, logger, pipeline } = this.context;
    const known = this.#known?.[origin] ?? { size: 0, viewers: viewersOf(await pipeline.lotState(origin), this.venue) };
    const sight = new LotSight(this.venue, origin, known.viewers, reader, maker);
    const feed = new LotFeed(
      origin,
      Math.min(known.size, size),
      size,
      (from) => this.#page(origin, from, sight),
      (page) => this.#send(page),
      logger,
    );
    const erasures = new LotErasures(origin);
    const followed: Followed = { feed, sight, erasures, seats: null, isLooking: false, isLookDue: false, hasLookFailed: false };
    this.#followed.set(origin, followed);
    // The log may have grown since the list was read.
    feed.grown(await reader.size(origin));
    // A keeper needs the newest note with a quorum, which may be older than the newest one.
    for (const note of await this.context.checkpoints.notesOf(origin)) this.checkpoint(origin, note);
    this.#lookSoon(origin, followed);
  }

  async #page(origin: string, from: number, sight: LotSight): Promise<Page | null> {
    const { reader, maker, pipeline } = this.context;
    const entries = await reader.read(origin, from, VENUE_WIRE.pageEntriesMax, VENUE_WIRE.pageBytesMax);
    if (entries.length === 0) return null;
    const state = await pipeline.lotState(origin);
    sight.sent(state, from, from + entries.length);
    return maker.page(origin, entries, sight.viewers, state);
  }

  async #send(page: Page): Promise<number> {
    const reply = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck('entries:replicate', encodePage(page));
    if (!reply.ok) throw new DomainError('INTERNAL', `the site refuses the page: ${reply.code} ${reply.message}`);
    this.context.lines.replicated(this.venue, page.origin, reply.data.size);
    return reply.data.size;
  }

  #lookSoon(origin: string, followed: Followed): void {
    followed.isLookDue = true;
    if (followed.isLooking) return;
    followed.isLooking = true;
    this.context.clock.after(SIGHT_DELAY_MS, () => {
      followed.isLookDue = false;
      followed.hasLookFailed = false;
      void this.#look(origin, followed)
        .catch((error: unknown) => {
          followed.hasLookFailed = true;
          this.context.logger.warn({ err: error, venue: this.venue, origin }, 'venue: what the site may see could not be given to it');
        })
        .finally(() => {
          followed.isLooking = false;
          if (followed.isLookDue && !this.#closed) this.#lookSoon(origin, followed);
        });
    });
  }

  /** Only for entries that are on their way already: later ones are made with the rights of their time. */
  async #look(origin: string, followed: Followed): Promise<void> {
    if (this.#closed) return;
    const { feed, sight } = followed;
    const state = await this.context.pipeline.lotState(origin);
    const disclosures = await sight.widened(state, feed.next);
    const { viewers, isReseated } = sight;
    for (const disclosure of disclosures) await this.#disclose(disclosure);
    // The site hears of its seats last: what it then says of them when it comes back is what it was given for.
    if (isReseated)
      this.socket.emit('lots:assigned', { lots: [await this.#announce({ origin, lot: state.lot, round: state.round, size: state.size })] });
    await this.#tellSeats(followed, viewers.join(), state.size);
    sight.given(disclosures, viewers);
    await this.#tellErasures(followed, state);
  }

  /** A site obeys an order that it finds in its own replica: one that it does not have yet waits for the next heartbeat. */
  async #tellErasures(followed: Followed, state: LotState): Promise<void> {
    for (const { order, notice } of followed.erasures.untold(state)) {
      if (order >= followed.feed.acked) {
        followed.hasLookFailed = !followed.feed.isStopped;
        return;
      }
      await this.#erase(notice);
      followed.erasures.told(order);
    }
  }

  /** Persons of new seats. Those of entries that are still being committed are pushed when the log is told to have grown by them. */
  async #tellSeats(followed: Followed, seats: string, size: number): Promise<void> {
    if (followed.seats === seats) return;
    const isCommitted = size <= followed.feed.size;
    await this.pushRegistry();
    if (isCommitted) followed.seats = seats;
  }

  async #disclose(disclosure: Disclosure): Promise<void> {
    const reply = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck('parts:disclosed', disclosure);
    if (!reply.ok) throw new DomainError('UNAVAILABLE', `the site did not take what it may see: ${reply.code} ${reply.message}`);
  }

  async #erase(erasure: Erasure): Promise<void> {
    const reply = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck('parts:erased', erasure);
    if (!reply.ok) throw new DomainError('UNAVAILABLE', `the site did not erase what the log orders: ${reply.code} ${reply.message}`);
  }

  #answer<T>(ack: Ack<T>, work: () => Promise<T>): void {
    answerAck(this.context.problems, ack, work, { venue: this.venue });
  }
}
