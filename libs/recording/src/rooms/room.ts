import type { Track, TrackSource } from '@app/contracts';
import { trackKey } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { types } from 'mediasoup';
import type { MediaRoom } from '../workers/media-workers.types.js';
import type { Gap, SegmentDraft } from '../tracks/track-recorder.js';
import type { HeardTrack, RoomEvents, RoomRecorder, TransportOffer } from './room.types.js';
import { TrackTap } from './track-tap.js';

/** Lines of one member: one to send, one to receive, and as many again while a page is loaded anew. */
const LINES_MAX = 4;

interface Member {
  readonly party: string;
  readonly lines: Map<string, types.WebRtcTransport>;
  readonly tracks: Map<TrackSource, Published>;
  /** By {@link trackKey}: a member hears each track once. */
  readonly heard: Map<string, types.Consumer>;
  /** Lines that the worker is making. */
  opening: number;
}
interface Published {
  readonly track: Track;
  readonly producer: types.Producer;
  readonly tap: TrackTap;
}

/**
 * The room (评标室) of one lot at one venue: its members hear and see each other where that is allowed, and every track is recorded from its first
 * packet on, whoever listens. A member is one connection; a party has each source once, and the newer one takes it.
 */
export class Room {
  readonly #members = new Map<string, Member>();
  /** Tracks that are being taken, by {@link trackKey}. */
  readonly #publishing = new Set<string>();
  #isClosed = false;

  constructor(
    private readonly media: MediaRoom,
    private readonly recorder: RoomRecorder,
    private readonly events: RoomEvents,
  ) {
    media.router.observer.once('close', () => {
      this.#lost();
    });
  }

  get rtpCapabilities(): types.RtpCapabilities {
    return this.media.router.rtpCapabilities;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** Everything that can be heard or seen here. */
  tracks(): Track[] {
    return [...this.#members.values()].flatMap(({ tracks }) => [...tracks.values()].map(({ track }) => track));
  }

  join(member: string, party: string): void {
    this.#members.set(member, this.#members.get(member) ?? { party, lines: new Map(), tracks: new Map(), heard: new Map(), opening: 0 });
  }

  has(member: string): boolean {
    return this.#members.has(member);
  }

  /** Throws FORBIDDEN before {@link join}, RATE_LIMITED above {@link LINES_MAX} lines. */
  async openLine(member: string): Promise<TransportOffer> {
    const found = this.#of(member);
    const { lines } = found;
    if (lines.size + found.opening >= LINES_MAX) throw new DomainError('RATE_LIMITED', 'this connection has too many lines to the room');
    const { router, webRtcServer } = this.media;
    found.opening += 1;
    const line = await router
      .createWebRtcTransport({ webRtcServer, enableUdp: true, enableTcp: true, preferUdp: true })
      .finally(() => (found.opening -= 1));
    if (this.#members.get(member) !== found) {
      line.close();
      throw new DomainError('FORBIDDEN', 'join the room first');
    }
    lines.set(line.id, line);
    line.observer.once('close', () => lines.delete(line.id));
    return { id: line.id, iceParameters: line.iceParameters, iceCandidates: line.iceCandidates, dtlsParameters: line.dtlsParameters };
  }

  async connectLine(member: string, line: string, dtlsParameters: types.DtlsParameters): Promise<void> {
    await orMalformed(this.#line(member, line).connect({ dtlsParameters }));
  }

  /**
   * Takes a track and records it. Throws MALFORMED where the worker does not take what the browser says of it, RATE_LIMITED while the same track
   * is being taken already.
   */
  async publish(member: string, line: string, source: TrackSource, rtpParameters: types.RtpParameters): Promise<string> {
    const { party, tracks } = this.#of(member);
    const track: Track = { party, source };
    const key = trackKey(track);
    if (this.#publishing.has(key)) throw new DomainError('RATE_LIMITED', 'this track is being taken already');
    this.#publishing.add(key);
    try {
      const kind = source === 'microphone' ? 'audio' : 'video';
      const producer = await orMalformed(this.#line(member, line).produce({ kind, rtpParameters, paused: false }));
      this.#endOther(track);
      await this.#record(tracks, track, producer);
      return producer.id;
    } finally {
      this.#publishing.delete(key);
    }
  }

  async #record(tracks: Map<TrackSource, Published>, track: Track, producer: types.Producer): Promise<void> {
    const { recorder } = this;
    recorder.started(track);
    const options = {
      nowMs: recorder.nowMs,
      onSegment: (draft: SegmentDraft) => {
        recorder.segment(track, draft);
      },
      onGap: (gap: Gap) => {
        recorder.gap(track, gap);
      },
    };
    let tap: TrackTap;
    try {
      tap = await TrackTap.start(this.media.router, producer, options);
    } catch (cause) {
      // What cannot be recorded is not heard either.
      producer.close();
      recorder.ended(track, this.media.router.closed ? 'WORKER_LOST' : 'LEFT');
      throw new DomainError('UNAVAILABLE', 'the track could not be recorded; join the room again', { cause });
    }
    const published = { track, producer, tap };
    tracks.set(track.source, published);
    if (producer.closed) this.#ended(tracks, published);
    else
      producer.observer.once('close', () => {
        this.#ended(tracks, published);
      });
    this.events.onTracks();
  }

  /** Nobody hears or sees it until it is resumed, and the record says that it was switched off. */
  async pause(member: string, source: TrackSource, isPaused: boolean): Promise<void> {
    const { producer } = this.#published(member, source);
    await (isPaused ? producer.pause() : producer.resume());
  }

  end(member: string, source: TrackSource): void {
    this.#published(member, source).producer.close();
  }

  /** A track of somebody else, to hear or see; asked for again it takes the place of the one before. Throws NOT_FOUND when it has ended meanwhile. */
  async hear(member: string, line: string, of: Track, rtpCapabilities: types.RtpCapabilities): Promise<HeardTrack> {
    const { heard } = this.#of(member);
    const key = trackKey(of);
    // What stands on a member's screen is his own judgement: it is recorded, and shown to nobody.
    if (of.source === 'screen') throw new DomainError('FORBIDDEN', 'screens are recorded; nobody sees them in the room');
    const found = [...this.#members.values()].flatMap(({ tracks }) => [...tracks.values()]).find(({ track }) => trackKey(track) === key);
    if (found === undefined) throw new DomainError('NOT_FOUND', 'there is no such track in this room');
    const { router } = this.media;
    const producerId = found.producer.id;
    const transport = this.#line(member, line);
    heard.get(key)?.close();
    const consumer = await orMalformed(transport.consume({ producerId, rtpCapabilities, paused: true }));
    // Two may have been asked for at once: the later one stays.
    heard.get(key)?.close();
    heard.set(key, consumer);
    consumer.observer.once('close', () => {
      if (heard.get(key) === consumer) heard.delete(key);
    });
    if (router.closed) throw new DomainError('UNAVAILABLE', 'the room is being made anew');
    return { id: consumer.id, producerId, kind: consumer.kind, rtpParameters: consumer.rtpParameters };
  }

  /** The browser is ready for it. */
  async startHearing(member: string, id: string): Promise<void> {
    const consumer = [...this.#of(member).heard.values()].find((heard) => heard.id === id);
    if (consumer === undefined) throw new DomainError('NOT_FOUND', 'you do not hear this track');
    await consumer.resume();
  }

  /** Nobody hears anybody from now on; the recording goes on. */
  silence(): void {
    for (const { heard } of this.#members.values()) for (const consumer of [...heard.values()]) consumer.close();
  }

  leave(member: string): void {
    const found = this.#members.get(member);
    if (found === undefined) return;
    this.#members.delete(member);
    for (const line of [...found.lines.values()]) line.close();
    this.events.onTracks();
  }

  close(): void {
    for (const member of [...this.#members.keys()]) this.leave(member);
    this.#isClosed = true;
    if (!this.media.router.closed) this.media.router.close();
  }

  #lost(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // mediasoup closes router, lines and producers in one go; each track has ended before this is told.
    this.#members.clear();
    this.events.onLost();
  }

  #ended(tracks: Map<TrackSource, Published>, { track, tap }: Published): void {
    tap.close();
    if (tracks.get(track.source)?.tap === tap) tracks.delete(track.source);
    this.recorder.ended(track, this.media.router.closed && !this.#isClosed ? 'WORKER_LOST' : 'LEFT');
    if (!this.media.router.closed) this.events.onTracks();
  }

  /** A page that was loaded anew, or a second tab, takes the track over. */
  #endOther(track: Track): void {
    for (const { tracks } of this.#members.values()) {
      const other = tracks.get(track.source);
      if (other !== undefined && trackKey(other.track) === trackKey(track)) other.producer.close();
    }
  }

  #of(member: string): Member {
    const found = this.#members.get(member);
    if (found === undefined) throw new DomainError('FORBIDDEN', 'join the room first');
    return found;
  }

  #line(member: string, id: string): types.WebRtcTransport {
    const line = this.#of(member).lines.get(id);
    if (line === undefined) throw new DomainError('NOT_FOUND', 'you have no such line to the room');
    return line;
  }

  #published(member: string, source: TrackSource): Published {
    const found = this.#of(member).tracks.get(source);
    if (found === undefined) throw new DomainError('NOT_FOUND', 'you publish no such track');
    return found;
  }
}

/** What the worker refuses is what the browser said: it broke no room of anybody else's. */
async function orMalformed<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    throw new DomainError('MALFORMED', 'the media worker does not take these parameters', { cause });
  }
}
