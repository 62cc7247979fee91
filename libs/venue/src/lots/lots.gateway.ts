import type { Answer, HeadWish, Leave, LotsClientToServer, LotsServerToClient, SignedCommand, VenueLine, Watch } from '@app/contracts';
import { LOTS_MESSAGES } from '@app/contracts';
import type { CancelTimer } from '@app/platform';
import { Clock } from '@app/platform';
import type { OnModuleDestroy } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  SubscribeMessage,
} from '@nestjs/websockets';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import { CommandDesk, type SentCommand } from '../commands/command-desk.js';
import { CommandTaker } from '../commands/command-taker.js';
import { VenueLines } from '../installation/venue-lines.js';
import { Problems } from '../problems/problems.js';
import { Limited } from '../rates/limited.js';
import { SocketCaps } from '../rates/socket-caps.js';
import { Needs } from '../rights/needs.js';
import type { Admitted } from '../sessions/asker.js';
import { AskedBy } from '../sessions/asker.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import { Sessions } from '../sessions/sessions.js';
import { admitted } from '../sockets/admitted.js';
import { VenueGateway } from '../sockets/venue-gateway.js';
import { SocketCrowd } from './crowd.js';
import { LotFollower } from './lot-follower.js';
import { LotSource } from './lot-source.js';

type LotsSocket = Socket<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;
type LotsNamespace = Namespace<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;

/** The state of the lines is looked at this often, and told when it has changed. */
const LINES_MS = 2_000;

/** Namespace `/lots`: commands in, entries out. */
@VenueGateway('/lots')
@Needs('public')
export class LotsGateway
  implements OnGatewayInit<LotsNamespace>, OnGatewayConnection<LotsSocket>, OnGatewayDisconnect<LotsSocket>, OnModuleDestroy
{
  #namespace: LotsNamespace | null = null;
  #lines: CancelTimer | null = null;
  #lastLines = '';
  readonly #stops: (() => void)[] = [];

  constructor(
    private readonly sessions: Sessions,
    private readonly follower: LotFollower,
    private readonly source: LotSource,
    private readonly desk: CommandDesk,
    private readonly taker: CommandTaker,
    private readonly lines: VenueLines,
    private readonly clock: Clock,
    private readonly problems: Problems,
    private readonly caps: SocketCaps,
  ) {}

  afterInit(namespace: LotsNamespace): void {
    this.#namespace = namespace;
    namespace.use(admitted(this.problems, this.sessions, this.caps));
    this.follower.start(new SocketCrowd(namespace));
    this.#stops.push(
      this.taker.onLate((answer, signed) => {
        this.#tellLate(namespace, answer, signed).catch((error: unknown) => {
          this.problems.note(error, 'a late answer could not be told', { id: signed.command.id });
        });
      }),
      this.lines.onChanged(() => void this.#tellLines(namespace)),
    );
    this.#watchLines(namespace);
  }

  onModuleDestroy(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#lines?.();
    this.#namespace = null;
    this.follower.close();
  }

  async handleConnection(socket: LotsSocket): Promise<void> {
    this.follower.connected(socket.id);
    socket.emit('venues:changed', await this.#linesNow());
  }

  handleDisconnect({ id }: LotsSocket): void {
    this.follower.disconnected(id);
  }

  @SubscribeMessage('lot:watch')
  @Limited('WATCHES_PER_MINUTE_MAX')
  async watch(
    @ConnectedSocket() { id }: LotsSocket,
    @AskedBy() session: SessionFacts | null,
    @MessageBody({ schema: LOTS_MESSAGES['lot:watch'].payload }) wish: Watch,
  ): Promise<{ size: number }> {
    return { size: await this.follower.watch(id, session, wish) };
  }

  @SubscribeMessage('lot:leave')
  leave(@ConnectedSocket() { id }: LotsSocket, @MessageBody({ schema: LOTS_MESSAGES['lot:leave'].payload }) { lot, round }: Leave): null {
    this.follower.leave(id, lot, round);
    return null;
  }

  @SubscribeMessage('command:submit')
  submit(@MessageBody({ schema: LOTS_MESSAGES['command:submit'].payload }) sent: SentCommand): Promise<Answer> {
    return this.desk.submit(sent);
  }

  @SubscribeMessage('head:want')
  @Needs('session')
  @Limited('WATCHES_PER_MINUTE_MAX')
  async wantHead(
    @AskedBy() session: SessionFacts | null,
    @MessageBody({ schema: LOTS_MESSAGES['head:want'].payload }) wish: HeadWish,
  ): Promise<null> {
    await this.follower.wantHead(session, wish);
    return null;
  }

  /** Told to every connection of whoever holds the party that sent the command. */
  async #tellLate(namespace: LotsNamespace, answer: Answer, { command }: SignedCommand): Promise<void> {
    const { lot, round, actor } = command;
    const held = lot === null || round === null ? null : await this.source.find(lot, round);
    if (held === null) return;
    for (const socket of namespace.sockets.values())
      if (held.partiesOf(socket.data.session).includes(actor.party)) socket.emit('command:answered', answer);
  }

  #watchLines(namespace: LotsNamespace): void {
    this.#lines = this.clock.after(LINES_MS, () => {
      void this.#tellLines(namespace).then(() => {
        if (this.#namespace !== null) this.#watchLines(namespace);
      });
    });
  }

  async #tellLines(namespace: LotsNamespace): Promise<void> {
    const lines = await this.#linesNow();
    const text = JSON.stringify(lines);
    if (text !== this.#lastLines && this.#namespace !== null) namespace.emit('venues:changed', lines);
    this.#lastLines = text;
  }

  async #linesNow(): Promise<VenueLine[]> {
    try {
      return await this.lines.lines();
    } catch (error) {
      this.problems.note(error, 'the state of the lines could not be read');
      return [];
    }
  }
}
