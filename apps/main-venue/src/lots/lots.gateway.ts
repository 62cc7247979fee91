import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { lotOrigin } from '@app/evaluation';
import { Inject, Optional } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Answer, LotsClientToServer, LotsServerToClient, SignedCommand } from '@app/contracts';
import type { Admitted, SessionFacts } from '@app/venue';
import { admitted, answerAck, Problems, readPayload, Sessions, zLeave, zWatch } from '@app/venue';
import type { Config, Logger } from '@app/platform';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import { VenueLineSource } from '../core/ports.js';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { nameOf } from '../pipeline/log-name.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { LotDirectory } from './lot-directory.js';
import { answered } from './lots.controller.js';
import type { Watcher } from './watchers.js';
import { Watchers } from './watchers.js';

type LotsSocket = Socket<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;
type LotsNamespace = Namespace<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;

const VENUES_MS = 2_000;
const STANDING_MS = 200;

/** Namespace `/lots`: commands in, entries out. Every ack is answered, whatever happens. */
@WebSocketGateway({ namespace: '/lots' })
export class LotsGateway implements OnGatewayInit<LotsNamespace>, OnGatewayConnection<LotsSocket>, OnModuleInit, OnModuleDestroy {
  #stop: (() => void) | null = null;
  #venues: NodeJS.Timeout | null = null;
  #lastLines = '';
  /** Lots whose followers are about to be told how they stand. */
  readonly #standings = new Map<string, NodeJS.Timeout>();
  #namespace: LotsNamespace | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Problems) private readonly problems: Problems,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Watchers) private readonly watchers: Watchers,
    @Inject(LotDirectory) private readonly directory: LotDirectory,
    @Optional() @Inject(VenueLineSource) private readonly lines: VenueLineSource | null,
    @Optional() @Inject(CheckpointLog) private readonly checkpoints: CheckpointLog | null,
  ) {}

  onModuleInit(): void {
    const stops = [
      this.pipeline.onAppended((origin, entries) => {
        this.watchers.appended(origin, entries);
      }),
      this.checkpoints?.onCheckpoint((origin) => {
        this.#tellStanding(origin);
      }),
    ];
    this.#stop = () => {
      for (const stop of stops) stop?.();
    };
  }

  afterInit(namespace: LotsNamespace): void {
    this.#namespace = namespace;
    namespace.use(admitted(this.problems, this.sessions));
    if (this.lines !== null) this.#venues = setInterval(() => void this.#tellLines(), VENUES_MS).unref();
  }

  onModuleDestroy(): void {
    this.#stop?.();
    if (this.#venues !== null) clearInterval(this.#venues);
    for (const timer of this.#standings.values()) clearTimeout(timer);
    this.watchers.close();
  }

  handleConnection(socket: LotsSocket): void {
    const watcher = this.#watcher(socket, socket.data.session);
    const origin = (lot: string, round: number): string => lotOrigin(this.config.INSTALLATION, lot, round);
    socket.on('lot:watch', (payload, ack) => {
      answerAck(this.problems, ack, async () => {
        const { lot, round, from } = readPayload(zWatch, payload);
        return { size: await this.watchers.watch(watcher, origin(lot, round), from) };
      });
    });
    socket.on('lot:leave', (payload, ack) => {
      answerAck(this.problems, ack, () => {
        const { lot, round } = readPayload(zLeave, payload);
        this.watchers.leave(watcher, origin(lot, round));
        return null;
      });
    });
    socket.on('command:submit', (payload, ack) => {
      answerAck(this.problems, ack, () => this.#submit(payload));
    });
    socket.on('disconnect', () => {
      this.watchers.leaveAll(watcher);
    });
  }

  async #submit(payload: SignedCommand): Promise<Answer> {
    return answered(await this.pipeline.submit(payload));
  }

  #watcher(socket: LotsSocket, session: SessionFacts | null): Watcher {
    const named = (origin: string): { lot: string; round: number } => {
      const { lot, round } = nameOf(origin);
      return { lot: lot ?? '', round: round ?? 1 };
    };
    return {
      session,
      sendEntries: (origin, entries) => {
        socket.emit('entries:appended', { ...named(origin), entries });
        this.#tellStanding(origin);
      },
      sendRefold: (origin) => socket.emit('lot:refold', named(origin)),
      sendStanding: ({ summary, head }) => {
        socket.emit('lots:changed', summary);
        if (head !== null) socket.emit('head:changed', { ...head, lot: summary.lot, round: summary.round });
      },
    };
  }

  /** Told to all who follow a lot, once for many entries and cosignatures. */
  #tellStanding(origin: string): void {
    if (this.#standings.has(origin) || this.watchers.watchersOf(origin).length === 0) return;
    const timer = setTimeout(() => {
      this.#standings.delete(origin);
      void this.#sendStanding(origin);
    }, STANDING_MS);
    this.#standings.set(origin, timer);
  }

  async #sendStanding(origin: string): Promise<void> {
    try {
      const found = await this.directory.one(origin);
      if (found === null) return;
      const { isPublic: _isPublic, ...summary } = found;
      const head = (await this.checkpoints?.head(origin)) ?? null;
      for (const watcher of this.watchers.watchersOf(origin)) watcher.sendStanding({ summary, head });
    } catch (error) {
      this.logger.warn({ err: error, origin }, 'how a lot stands could not be sent');
    }
  }

  async #tellLines(): Promise<void> {
    const lines = (await this.lines?.lines()) ?? [];
    const text = JSON.stringify(lines);
    if (text === this.#lastLines) return;
    this.#lastLines = text;
    this.#namespace?.emit('venues:changed', lines);
  }
}
