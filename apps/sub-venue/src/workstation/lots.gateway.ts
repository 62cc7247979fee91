import type { LotsClientToServer, LotsServerToClient } from '@app/contracts';
import { admitted, answerAck, Problems, readPayload, zLeave, zWatch } from '@app/edge';
import type { Logger } from '@app/platform';
import type { OnModuleDestroy } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import type { OnGatewayConnection, OnGatewayInit } from '@nestjs/websockets';
import { WebSocketGateway } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { LOGGER } from '../core/tokens.js';
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

/** Namespace `/lots` at a site: the same messages as at the main venue, served from the replica and the outbox. */
@WebSocketGateway({ namespace: '/lots' })
export class LotsGateway implements OnGatewayInit<LotsNamespace>, OnGatewayConnection<LotsSocket>, OnModuleDestroy {
  readonly #stops: (() => void)[] = [];
  readonly #seats = new Map<LotsSocket, SeatData>();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Problems) private readonly problems: Problems,
    @Inject(SiteSessions) private readonly sessions: SiteSessions,
    @Inject(Replicas) private readonly replicas: Replicas,
    @Inject(LotDesk) private readonly lots: LotDesk,
    @Inject(CommandDesk) private readonly commands: CommandDesk,
    @Inject(Uplink) private readonly uplink: Uplink,
    @Inject(VenueView) private readonly venues: VenueView,
  ) {}

  afterInit(namespace: LotsNamespace): void {
    namespace.use(
      admitted(this.problems, this.sessions, (socket: LotsSocket, session) => {
        this.#seats.set(socket, { session, watches: new Map() });
      }),
    );
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
      answerAck(this.problems, ack, () => this.#watch(socket, payload));
    });
    socket.on('lot:leave', (payload, ack) => {
      answerAck(this.problems, ack, () => {
        const { lot, round } = readPayload(zLeave, payload);
        this.#leave(socket, this.replicas.ofLot(lot, round).origin);
        return null;
      });
    });
    socket.on('command:submit', (payload, ack) => {
      answerAck(this.problems, ack, () => this.commands.submit(payload));
    });
    socket.on('disconnect', () => {
      for (const watch of this.#seats.get(socket)?.watches.values() ?? []) watch.close();
      this.#seats.delete(socket);
    });
    socket.emit('venues:changed', this.venues.lines());
  }

  #watch(socket: LotsSocket, payload: unknown): { size: number } {
    const { lot, round, from } = readPayload(zWatch, payload);
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
    return { size: replica.state.size };
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
}
