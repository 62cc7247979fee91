import type { RoomFacts, Track } from '@app/contracts';
import { isIndependent, type LotState } from '@app/evaluation';
import { type Config, DomainError, type Logger } from '@app/platform';
import { type HeardTrack, Room } from '@app/recording';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { types } from 'mediasoup';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { SiteMedia } from '../media/site-media.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { mayBeInRoom } from './may-be-in-room.js';
import { SiteRecorder } from './site-recorder.js';

/** What a room asks of a lot. */
type RoomLot = Pick<Replica, 'origin' | 'state' | 'atHand'> & { readonly run: Pick<Replica['run'], 'takes'> };

interface Opened {
  readonly room: Room;
  /** By connection. */
  readonly members: Map<string, Place>;
  mayTalk: boolean;
  state: LotState;
}
/** Where a connection is, or is about to be: the newest of a connection counts. */
interface Place {
  readonly origin: string;
  readonly party: string;
}

/** Whoever brings what happens in rooms to the seats. `members`: connections. */
export interface RoomAudience {
  changed(members: readonly string[], facts: RoomFacts): void;
  lost(members: readonly string[]): void;
}

/**
 * The rooms of this site: one for each lot, made by the first who joins and closed by the last who leaves. Who may be heard follows the lot's
 * state: nobody hears anybody while each member judges alone.
 */
@Injectable()
export class SiteRooms implements OnModuleInit, OnModuleDestroy {
  readonly #rooms = new Map<string, Promise<Opened>>();
  /** By connection. Set before anything is waited for, so that whoever leaves meanwhile does not come in afterwards. */
  readonly #places = new Map<string, Place>();
  #audience: RoomAudience | null = null;
  #stop: (() => void) | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'VENUE_ID'>,
    @Inject(SiteMedia) private readonly media: Pick<SiteMedia, 'workers'>,
    @Inject(Replicas) private readonly replicas: Pick<Replicas, 'listen'>,
    @Inject(SiteRecorder) private readonly recorder: Pick<SiteRecorder, 'of'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    const look = (lot: RoomLot): void => void this.#look(lot);
    this.#stop = this.replicas.listen({ folded: look, refolded: look });
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop?.();
    this.#audience = null;
    for (const opening of this.#rooms.values()) (await opening.catch(() => null))?.room.close();
    this.#rooms.clear();
  }

  tell(audience: RoomAudience): void {
    this.#audience = audience;
  }

  /**
   * Throws NOT_SEATED for whoever may not be in the room, UNAVAILABLE where there is no media here, the lot's rules know no recording or take none
   * now, FORBIDDEN where the connection left or joined anew meanwhile.
   */
  async join(member: string, party: string, lot: RoomLot): Promise<Opened> {
    const place: Place = { origin: lot.origin, party };
    const before = this.#places.get(member);
    this.#places.set(member, place);
    try {
      if (before !== undefined) await this.#depart(member, before);
      await lot.atHand();
      this.#requireRecording(lot);
      for (;;) {
        const opening = this.#open(lot);
        const opened = await opening;
        // Closed meanwhile, by whoever left last: the next one is another room.
        if (this.#rooms.get(place.origin) !== opening) continue;
        this.#enter(opened, member, place);
        return opened;
      }
    } catch (error) {
      if (this.#places.get(member) === place) this.#places.delete(member);
      await this.#depart(member, place);
      throw error;
    }
  }

  #requireRecording({ run, state }: RoomLot): void {
    const isRecorded = run.takes('recording.land') && state.parties[`node:${this.config.VENUE_ID}`] !== undefined;
    if (!isRecorded)
      throw new DomainError(
        'UNAVAILABLE',
        'the rules of this lot, or its parties, know no recording of this site: nobody talks unrecorded',
      );
    if (state.status === 'DRAFT' || state.status === 'ARCHIVED')
      throw new DomainError('UNAVAILABLE', 'this lot takes no recording now: nobody talks unrecorded');
  }

  #enter({ room, members, state }: Opened, member: string, place: Place): void {
    if (this.#places.get(member) !== place) throw new DomainError('FORBIDDEN', 'this connection has left the room, or joined it anew');
    if (!mayBeInRoom(state, place.party)) throw new DomainError('NOT_SEATED', 'you may not be in this room as this party of the lot');
    room.join(member, place.party);
    members.set(member, place);
  }

  /** The room that this connection is in. Throws FORBIDDEN when it is in none. */
  async of(member: string): Promise<Opened> {
    const opened = await this.#rooms.get(this.#places.get(member)?.origin ?? '');
    if (opened?.members.has(member) !== true) throw new DomainError('FORBIDDEN', 'join the room first');
    return opened;
  }

  /** Throws WRONG_STEP while each member judges alone, FORBIDDEN for whoever may not be here any more; also where that comes about meanwhile. */
  async hear(member: string, line: string, track: Track, rtpCapabilities: types.RtpCapabilities): Promise<HeardTrack> {
    const opened = await this.of(member);
    if (opened.mayTalk) {
      const heard = await opened.room.hear(member, line, track, rtpCapabilities);
      if (!opened.members.has(member)) throw new DomainError('FORBIDDEN', 'join the room first');
      // Read again: a step may have opened while the worker answered.
      if ((opened as { readonly mayTalk: boolean }).mayTalk) return heard;
      opened.room.silence();
    }
    throw new DomainError('WRONG_STEP', 'each member judges alone now: nobody is heard until the step is over');
  }

  leave(member: string): void {
    const place = this.#places.get(member);
    if (place === undefined) return;
    this.#places.delete(member);
    void this.#depart(member, place);
  }

  /** Resolves when the connection is out of the room, and an empty room is closed. */
  async #depart(member: string, place: Place): Promise<void> {
    const { origin } = place;
    const opening = this.#rooms.get(origin);
    const opened = await opening?.catch(() => undefined);
    if (opened === undefined) return;
    // One that came back meanwhile is in by another place.
    if (opened.members.get(member) === place) this.#putOut(opened, member);
    if (!opened.room.isEmpty || this.#rooms.get(origin) !== opening) return;
    this.#rooms.delete(origin);
    opened.room.close();
  }

  #putOut({ room, members }: Opened, member: string): void {
    members.delete(member);
    room.leave(member);
  }

  #open(lot: RoomLot): Promise<Opened> {
    const { origin } = lot;
    const known = this.#rooms.get(origin);
    if (known !== undefined) return known;
    const opening = this.#make(lot);
    this.#rooms.set(origin, opening);
    // What could not be made is tried again by whoever joins next.
    opening.catch(() => this.#rooms.delete(origin));
    return opening;
  }

  async #make(lot: RoomLot): Promise<Opened> {
    const { origin } = lot;
    const media = await (await this.media.workers()).createRoom();
    const members = new Map<string, Place>();
    const room = new Room(media, this.recorder.of(origin), {
      onTracks: () => {
        this.#audience?.changed([...members.keys()], factsOf(opened));
      },
      onLost: () => {
        this.logger.error({ origin }, 'rooms: the media worker of a room has gone; it is made anew');
        this.#rooms.delete(origin);
        for (const [member, place] of members) if (this.#places.get(member) === place) this.#places.delete(member);
        this.#audience?.lost([...members.keys()]);
      },
    });
    const opened: Opened = { room, members, mayTalk: !isIndependent(lot.state), state: lot.state };
    return opened;
  }

  async #look({ origin, state }: RoomLot): Promise<void> {
    const opened = await this.#rooms.get(origin)?.catch(() => undefined);
    if (opened === undefined) return;
    opened.state = state;
    for (const [member, place] of [...opened.members]) if (!mayBeInRoom(state, place.party)) this.#expel(opened, member, place);
    const mayTalk = !isIndependent(state);
    if (opened.mayTalk === mayTalk) return;
    opened.mayTalk = mayTalk;
    if (!mayTalk) opened.room.silence();
    this.#audience?.changed([...opened.members.keys()], factsOf(opened));
  }

  /** Whoever has no part in the lot any more hears and sends nothing from now on. */
  #expel(opened: Opened, member: string, place: Place): void {
    this.#putOut(opened, member);
    if (this.#places.get(member) === place) this.leave(member);
    this.#audience?.lost([member]);
  }
}

export const factsOf = ({ room, mayTalk }: Opened): RoomFacts => ({ tracks: room.tracks(), mayTalk });
