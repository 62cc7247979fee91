import type { LotsClientToServer, LotsServerToClient, RoomData, RoomPayload } from '@app/contracts';
import { ROOM_MESSAGES } from '@app/contracts';
import { DomainError } from '@app/platform';
import { type Admitted, AskedBy, Limited, LotSource, Needs, type SessionFacts, VenueGateway } from '@app/venue';
import { ConnectedSocket, MessageBody, type OnGatewayDisconnect, type OnGatewayInit, SubscribeMessage } from '@nestjs/websockets';
import type { TransportOffer } from '@app/recording';
import type { types } from 'mediasoup';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import { Replicas } from '../replica/replicas.js';
import { factsOf, SiteRooms } from './site-rooms.js';

type LotsNamespace = Namespace<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;
type Seat = Pick<Socket, 'id'>;

/** The rooms of this site, for the seats: their lines to the media worker, their tracks, and whom they hear. */
@VenueGateway('/lots')
@Needs('session')
export class RoomsGateway implements OnGatewayInit<LotsNamespace>, OnGatewayDisconnect<Seat> {
  constructor(
    private readonly rooms: SiteRooms,
    private readonly lots: LotSource,
    private readonly replicas: Replicas,
  ) {}

  afterInit(namespace: LotsNamespace): void {
    this.rooms.tell({
      changed: (members, facts) => {
        for (const member of members) namespace.sockets.get(member)?.emit('room:changed', facts);
      },
      lost: (members) => {
        for (const member of members) namespace.sockets.get(member)?.emit('room:lost', {});
      },
    });
  }

  handleDisconnect({ id }: Seat): void {
    this.rooms.leave(id);
  }

  @SubscribeMessage('room:join')
  @Limited('WATCHES_PER_MINUTE_MAX')
  async join(
    @ConnectedSocket() { id }: Seat,
    @AskedBy() session: SessionFacts | null,
    @MessageBody({ schema: ROOM_MESSAGES['room:join'].payload }) { lot, round, party }: RoomPayload<'room:join'>,
  ): Promise<RoomData<'room:join'>> {
    const held = await this.lots.find(lot, round);
    const replica = held === null ? undefined : this.replicas.find(held.origin);
    if (held === null || replica === undefined || !held.partiesOf(session).includes(party))
      throw new DomainError('NOT_SEATED', 'You have no seat at this site as this party of the lot.');
    const opened = await this.rooms.join(id, party, replica);
    return { ...factsOf(opened), rtpCapabilities: { ...opened.room.rtpCapabilities } };
  }

  @SubscribeMessage('room:leave')
  leave(@ConnectedSocket() { id }: Seat, @MessageBody({ schema: ROOM_MESSAGES['room:leave'].payload }) _nothing: unknown): null {
    this.rooms.leave(id);
    return null;
  }

  @SubscribeMessage('line:open')
  @Limited('WATCHES_PER_MINUTE_MAX')
  async openLine(
    @ConnectedSocket() { id }: Seat,
    @MessageBody({ schema: ROOM_MESSAGES['line:open'].payload }) _nothing: unknown,
  ): Promise<TransportOffer> {
    return (await this.rooms.of(id)).room.openLine(id);
  }

  @SubscribeMessage('line:connect')
  async connectLine(
    @ConnectedSocket() { id }: Seat,
    @MessageBody({ schema: ROOM_MESSAGES['line:connect'].payload }) { line, dtlsParameters }: RoomPayload<'line:connect'>,
  ): Promise<null> {
    await (await this.rooms.of(id)).room.connectLine(id, line, dtlsParameters as types.DtlsParameters);
    return null;
  }

  @SubscribeMessage('track:publish')
  @Limited('WATCHES_PER_MINUTE_MAX')
  async publish(
    @ConnectedSocket() { id }: Seat,
    @MessageBody({ schema: ROOM_MESSAGES['track:publish'].payload }) { line, source, rtpParameters }: RoomPayload<'track:publish'>,
  ): Promise<RoomData<'track:publish'>> {
    return { id: await (await this.rooms.of(id)).room.publish(id, line, source, rtpParameters as types.RtpParameters) };
  }

  @SubscribeMessage('track:pause')
  async pause(
    @ConnectedSocket() { id }: Seat,
    @MessageBody({ schema: ROOM_MESSAGES['track:pause'].payload }) { source, isPaused }: RoomPayload<'track:pause'>,
  ): Promise<null> {
    await (await this.rooms.of(id)).room.pause(id, source, isPaused);
    return null;
  }

  @SubscribeMessage('track:end')
  async end(
    @ConnectedSocket() { id }: Seat,
    @MessageBody({ schema: ROOM_MESSAGES['track:end'].payload }) { source }: RoomPayload<'track:end'>,
  ): Promise<null> {
    (await this.rooms.of(id)).room.end(id, source);
    return null;
  }

  @SubscribeMessage('track:hear')
  @Limited('WATCHES_PER_MINUTE_MAX')
  async hear(
    @ConnectedSocket() { id }: Seat,
    @MessageBody({ schema: ROOM_MESSAGES['track:hear'].payload }) { line, track, rtpCapabilities }: RoomPayload<'track:hear'>,
  ): Promise<RoomData<'track:hear'>> {
    const heard = await this.rooms.hear(id, line, track, rtpCapabilities as types.RtpCapabilities);
    return { ...heard, rtpParameters: { ...heard.rtpParameters } };
  }

  @SubscribeMessage('track:play')
  async play(
    @ConnectedSocket() { id }: Seat,
    @MessageBody({ schema: ROOM_MESSAGES['track:play'].payload }) { id: heard }: RoomPayload<'track:play'>,
  ): Promise<null> {
    await (await this.rooms.of(id)).room.startHearing(id, heard);
    return null;
  }
}
