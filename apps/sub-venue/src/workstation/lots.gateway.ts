import type { LotsClientToServer, LotsServerToClient } from '@app/contracts';
import type { Admitted } from '@app/venue';
import { admitted, answerAck, Problems, readPayload, Sessions, zLeave, zWatch } from '@app/venue';
import type { Logger } from '@app/platform';
import type { OnModuleDestroy } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import type { OnGatewayConnection, OnGatewayInit } from '@nestjs/websockets';
import { WebSocketGateway } from '@nestjs/websockets';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import { LOGGER } from '../core/tokens.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { Uplink } from '../uplink/uplink.js';
import { CommandDesk } from './command-desk.js';
import { LotDesk, summaryOf } from './lot-desk.js';
import { SeatWatch } from './seat-watch.js';
import { VenueView } from './venue-view.js';

type LotsSocket = Socket<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;
type LotsNamespace = Namespace<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;

/** Namespace `/lots` at a site: the same messages as at the main venue, served from the replica and the outbox. */
@WebSocketGateway({ namespace: '/lots' })
export class LotsGateway implements OnGatewayInit<LotsNamespace>, OnGatewayConnection<LotsSocket>, OnModuleDestroy {
  readonly #stops: (() => void)[] = [];
  /** Whoever is connected, with what he follows, by log. */
  readonly #seats = new Map<LotsSocket, Map<string, SeatWatch>>();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Problems) private readonly problems: Problems,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Replicas) private readonly replicas: Replicas,
    @Inject(LotDesk) private readonly lots: LotDesk,
    @Inject(CommandDesk) private readonly commands: CommandDesk,
    @Inject(Uplink) private readonly uplink: Uplink,
    @Inject(VenueView) private readonly venues: VenueView,
  ) {}

  afterInit(namespace: LotsNamespace): void {
    namespace.use(admitted(this.problems, this.sessions));
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
        for (const socket of this.#seats.keys()) {
          const replica = this.replicas.find(command.origin);
          const isMine =
            replica !== undefined && this.lots.viewersOf(replica, socket.data.session).some(({ party }) => party === command.actor.party);
          if (isMine) socket.emit('command:answered', answer);
        }
      }),
    );
  }

  onModuleDestroy(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  handleConnection(socket: LotsSocket): void {
    this.#seats.set(socket, new Map());
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
      for (const watch of this.#seats.get(socket)?.values() ?? []) watch.close();
      this.#seats.delete(socket);
    });
    socket.emit('venues:changed', this.venues.lines());
  }

  #watch(socket: LotsSocket, payload: unknown): { size: number } {
    const { lot, round, from } = readPayload(zWatch, payload);
    const { session } = socket.data;
    const { replica } = this.lots.seen(lot, round, session);
    this.#leave(socket, replica.origin);
    const watch = new SeatWatch(replica, () => this.lots.viewersOf(replica, session), from, {
      entries: ({ name }, entries) => socket.emit('entries:appended', { lot: name.lot, round: name.round, entries }),
      refold: ({ name }) => socket.emit('lot:refold', { lot: name.lot, round: name.round }),
    });
    this.#seats.get(socket)?.set(replica.origin, watch);
    // The answer first: the client then knows how many entries to expect.
    setImmediate(() => void this.#catchUp(watch));
    return { size: replica.state.size };
  }

  #leave(socket: LotsSocket, origin: string): void {
    const watches = this.#seats.get(socket);
    watches?.get(origin)?.close();
    watches?.delete(origin);
  }

  #moved(replica: Replica): void {
    const summary = summaryOf(replica, []);
    for (const [socket, watches] of this.#seats) {
      const watch = watches.get(replica.origin);
      if (watch === undefined) continue;
      void this.#catchUp(watch);
      socket.emit('lots:changed', summary);
    }
  }

  #headChanged(replica: Replica): void {
    const { lot, round } = replica.name;
    for (const [socket, watches] of this.#seats)
      if (watches.has(replica.origin)) socket.emit('head:changed', { ...this.lots.head(lot, round, socket.data.session), lot, round });
  }

  async #catchUp(watch: SeatWatch): Promise<void> {
    try {
      await watch.catchUp();
    } catch (error) {
      this.logger.error({ err: error }, 'seat: entries could not be sent');
    }
  }
}
