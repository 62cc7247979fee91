import type { Ack, LotsClientToServer, LotsServerToClient } from '@app/contracts';
import { ERROR_CODES, zName } from '@app/contracts';
import type { Logger } from '@app/platform';
import { DomainError, Ids } from '@app/platform';
import type { OnModuleDestroy } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import type { OnGatewayConnection, OnGatewayInit } from '@nestjs/websockets';
import { WebSocketGateway } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import { LOGGER } from '../core/tokens.js';
import { problemOf } from '@app/edge';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { Uplink } from '../uplink/uplink.js';
import { CommandDesk } from './command-desk.js';
import { LotDesk, summaryOf } from './lot-desk.js';
import { SeatWatch } from './seat-watch.js';
import type { SiteSession } from './site-sessions.js';
import { SiteSessions } from './site-sessions.js';
import { VenueView } from './venue-view.js';

type LotsSocket = Socket<LotsClientToServer, LotsServerToClient>;
type LotsNamespace = Namespace<LotsClientToServer, LotsServerToClient>;
interface SeatData {
  readonly session: SiteSession | null;
  readonly watches: Map<string, SeatWatch>;
}

const zWatch = z.strictObject({ lot: zName, round: z.int().min(1).max(99), from: z.int().min(0) });
const zLeave = z.strictObject({ lot: zName, round: z.int().min(1).max(99) });

/** Namespace `/lots` at a site: the same messages as at the main venue, served from the replica and the outbox. */
@WebSocketGateway({ namespace: '/lots' })
export class LotsGateway implements OnGatewayInit<LotsNamespace>, OnGatewayConnection<LotsSocket>, OnModuleDestroy {
  readonly #stops: (() => void)[] = [];
  readonly #seats = new Map<LotsSocket, SeatData>();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(SiteSessions) private readonly sessions: SiteSessions,
    @Inject(Replicas) private readonly replicas: Replicas,
    @Inject(LotDesk) private readonly lots: LotDesk,
    @Inject(CommandDesk) private readonly commands: CommandDesk,
    @Inject(Uplink) private readonly uplink: Uplink,
    @Inject(VenueView) private readonly venues: VenueView,
  ) {}

  afterInit(namespace: LotsNamespace): void {
    namespace.use((socket, next) => {
      this.#session(socket).then(
        (session) => {
          this.#seats.set(socket, { session, watches: new Map() });
          next();
        },
        () => {
          next(new Error('UNAUTHENTICATED'));
        },
      );
    });
    const moved = (replica: Replica): void => {
      this.#moved(replica);
    };
    this.#stops.push(
      this.replicas.listen({
        folded: moved,
        refolded: moved,
        checked: (replica) => {
          this.#headChanged(replica);
        },
      }),
      this.uplink.onLine(() => namespace.emit('venues:changed', this.venues.lines())),
      this.commands.onLateAnswer((answer, { command }) => {
        for (const [socket, { session }] of this.#seats) {
          const replica = this.replicas.find(command.origin);
          const isMine = replica !== undefined && this.lots.viewersOf(replica, session).some(({ party }) => party === command.actor.party);
          if (isMine) socket.emit('command:answered', answer);
        }
      }),
    );
  }

  onModuleDestroy(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  handleConnection(socket: LotsSocket): void {
    socket.on('lot:watch', (payload, ack) => {
      this.#answer(ack, () => this.#watch(socket, payload));
    });
    socket.on('lot:leave', (payload, ack) => {
      this.#answer(ack, () => {
        const { lot, round } = read(zLeave, payload);
        this.#leave(socket, this.replicas.ofLot(lot, round).origin);
        return Promise.resolve(null);
      });
    });
    socket.on('command:submit', (payload, ack) => {
      this.#answer(ack, () => this.commands.submit(payload));
    });
    socket.on('disconnect', () => {
      for (const watch of this.#seats.get(socket)?.watches.values() ?? []) watch.close();
      this.#seats.delete(socket);
    });
    socket.emit('venues:changed', this.venues.lines());
  }

  #watch(socket: LotsSocket, payload: unknown): Promise<{ size: number }> {
    const { lot, round, from } = read(zWatch, payload);
    const seat = this.#seats.get(socket);
    const { replica } = this.lots.seen(lot, round, seat?.session ?? null);
    this.#leave(socket, replica.origin);
    const watch = new SeatWatch(replica, () => this.lots.viewersOf(replica, seat?.session ?? null), from, {
      entries: ({ name }, entries) => socket.emit('entries:appended', { lot: name.lot, round: name.round, entries }),
      refold: ({ name }) => socket.emit('lot:refold', { lot: name.lot, round: name.round }),
    });
    seat?.watches.set(replica.origin, watch);
    // The answer first: the client then knows how many entries to expect.
    setImmediate(() => void this.#catchUp(watch));
    return Promise.resolve({ size: replica.state.size });
  }

  #leave(socket: LotsSocket, origin: string): void {
    const watches = this.#seats.get(socket)?.watches;
    watches?.get(origin)?.close();
    watches?.delete(origin);
  }

  #moved(replica: Replica): void {
    const summary = summaryOf(replica, []);
    for (const [socket, { watches }] of this.#seats) {
      const watch = watches.get(replica.origin);
      if (watch === undefined) continue;
      void this.#catchUp(watch);
      socket.emit('lots:changed', summary);
    }
  }

  #headChanged(replica: Replica): void {
    const { lot, round } = replica.name;
    for (const [socket, { session, watches }] of this.#seats)
      if (watches.has(replica.origin)) socket.emit('head:changed', { ...this.lots.head(lot, round, session), lot, round });
  }

  async #catchUp(watch: SeatWatch): Promise<void> {
    try {
      await watch.catchUp();
    } catch (error) {
      this.logger.error({ err: error }, 'seat: entries could not be sent');
    }
  }

  async #session(socket: LotsSocket): Promise<SiteSession | null> {
    const token: unknown = socket.handshake.auth['token'];
    if (token === undefined || token === null) return null;
    const session = typeof token === 'string' ? await this.sessions.find(token) : null;
    if (session === null) throw new Error('UNAUTHENTICATED');
    return session;
  }

  /** The one place that answers acks. A caller that sent none is not worth a crash. */
  #answer<T>(ack: Ack<T> | undefined, work: () => Promise<T>): void {
    const reply: Ack<T> = typeof ack === 'function' ? ack : () => undefined;
    // `work` may throw before its first wait.
    void Promise.resolve()
      .then(work)
      .then(
        (data) => {
          reply({ ok: true, data });
        },
        (error: unknown) => {
          const requestId = this.ids.next();
          const problem = problemOf(error, requestId);
          if (problem === null) this.logger.error({ err: error, requestId }, 'a message could not be handled');
          reply({ ok: false, ...(problem ?? { code: 'INTERNAL', message: ERROR_CODES.INTERNAL, requestId }) });
        },
      );
  }
}

function read<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new DomainError('MALFORMED', `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not readable'}`);
}
