import type { RoomFacts, Track } from '@app/contracts';
import { isIndependent } from '@app/evaluation';
import { type Config, DomainError, type Logger } from '@app/platform';
import { type HeardTrack, Room } from '@app/recording';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { types } from 'mediasoup';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { SiteMedia } from '../media/site-media.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { SiteRecorder } from './site-recorder.js';

/** What a room asks of a lot. */
type RoomLot = Pick<Replica, 'origin' | 'state' | 'atHand'> & { readonly run: Pick<Replica['run'], 'takes'> };

interface Opened {
  readonly room: Room;
  readonly members: Set<string>;
  mayTalk: boolean;
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
  /** By connection: the lot whose room it is in. */
  readonly #places = new Map<string, string>();
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

  /** Throws UNAVAILABLE where there is no media here, or the lot's rules know no recording. */
  async join(member: string, party: string, lot: RoomLot): Promise<Opened> {
    await lot.atHand();
    this.leave(member);
    if (!lot.run.takes('recording.land') || lot.state.parties[`node:${this.config.VENUE_ID}`] === undefined)
      throw new DomainError(
        'UNAVAILABLE',
        'the rules of this lot, or its parties, know no recording of this site: nobody talks unrecorded',
      );
    const opened = await this.#open(lot);
    opened.room.join(member, party);
    opened.members.add(member);
    this.#places.set(member, lot.origin);
    return opened;
  }

  /** The room that this connection is in. Throws FORBIDDEN when it is in none. */
  async of(member: string): Promise<Opened> {
    const opened = await this.#rooms.get(this.#places.get(member) ?? '');
    if (opened === undefined) throw new DomainError('FORBIDDEN', 'join the room first');
    return opened;
  }

  /** Throws WRONG_STEP while each member judges alone, also where such a step opens meanwhile. */
  async hear(member: string, line: string, track: Track, rtpCapabilities: types.RtpCapabilities): Promise<HeardTrack> {
    const opened = await this.of(member);
    if (opened.mayTalk) {
      const heard = await opened.room.hear(member, line, track, rtpCapabilities);
      // Read again: a step may have opened while the worker answered.
      if ((opened as { readonly mayTalk: boolean }).mayTalk) return heard;
      opened.room.silence();
    }
    throw new DomainError('WRONG_STEP', 'each member judges alone now: nobody is heard until the step is over');
  }

  leave(member: string): void {
    const origin = this.#places.get(member);
    if (origin === undefined) return;
    this.#places.delete(member);
    this.#rooms
      .get(origin)
      ?.then((opened) => {
        opened.members.delete(member);
        opened.room.leave(member);
        if (!opened.room.isEmpty) return;
        this.#rooms.delete(origin);
        opened.room.close();
      })
      .catch(() => undefined);
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
    const members = new Set<string>();
    const room = new Room(media, this.recorder.of(origin), {
      onTracks: () => {
        this.#audience?.changed([...members], factsOf(opened));
      },
      onLost: () => {
        this.logger.error({ origin }, 'rooms: the media worker of a room has gone; it is made anew');
        this.#rooms.delete(origin);
        for (const member of members) this.#places.delete(member);
        this.#audience?.lost([...members]);
      },
    });
    const opened: Opened = { room, members, mayTalk: !isIndependent(lot.state) };
    return opened;
  }

  async #look({ origin, state }: RoomLot): Promise<void> {
    const opened = await this.#rooms.get(origin)?.catch(() => undefined);
    const mayTalk = !isIndependent(state);
    if (opened === undefined || opened.mayTalk === mayTalk) return;
    opened.mayTalk = mayTalk;
    if (!mayTalk) opened.room.silence();
    this.#audience?.changed([...opened.members], factsOf(opened));
  }
}

export const factsOf = ({ room, mayTalk }: Opened): RoomFacts => ({ tracks: room.tracks(), mayTalk });
