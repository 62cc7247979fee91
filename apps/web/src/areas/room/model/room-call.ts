import { asRequestError } from '@app/client';
import type { LotsClientToServer, LotsServerToClient, Track, TrackSource } from '@app/contracts';
import { trackKey, zDtlsParameters, zRtpCapabilities, zRtpParameters } from '@app/contracts';
import type { types } from 'mediasoup-client';
import type { z } from 'zod';
import type { Line } from '../../../core/realtime/line.js';

type RoomLine = Pick<Line<LotsServerToClient, LotsClientToServer>, 'ask' | 'on' | 'onStatus'>;

/** Somebody else's track, as this page hears or sees it. */
interface HeardTrack {
  readonly track: Track;
  readonly media: MediaStreamTrack;
}
/** How the call stands. `lost`: it is being made anew, without a question to the person. */
export interface CallState {
  readonly status: 'out' | 'joining' | 'in' | 'lost';
  readonly mayTalk: boolean;
  readonly heard: readonly HeardTrack[];
}
interface Place {
  readonly lot: string;
  readonly round: number;
  readonly party: string;
}
interface Sides {
  readonly device: types.Device;
  readonly send: types.Transport;
  readonly receive: types.Transport;
}

const REJOIN_MS = 1_000;
const OUT: CallState = { status: 'out', mayTalk: false, heard: [] };

/**
 * The line of one seat to its room: what the seat sends, and whom it hears. The tracks of camera, microphone and screen are the page's: when the room
 * breaks down or the line is cut, the call is made anew with the same tracks, and nobody is asked for leave again.
 */
export class RoomCall {
  #state = OUT;
  #place: Place | null = null;
  #sides: Sides | null = null;
  readonly #sent = new Map<TrackSource, { readonly media: MediaStreamTrack; isPaused: boolean; producer: types.Producer | null }>();
  readonly #consumers = new Map<string, types.Consumer>();
  /** One thing after the other: joining, hearing, leaving. */
  #turn: Promise<void> = Promise.resolve();
  readonly #stops: (() => void)[];

  constructor(
    private readonly line: RoomLine,
    private readonly onChange: (state: CallState) => void,
  ) {
    this.#stops = [
      line.on('room:changed', ({ tracks, mayTalk }) => {
        void this.#then(() => this.#hear(tracks, mayTalk)).catch(() => undefined);
      }),
      line.on('room:lost', () => {
        this.#again();
      }),
      line.onStatus((status) => {
        if (status === 'up') this.#again();
      }),
    ];
  }

  /** Throws the refusal of the venue. */
  async join(place: Place): Promise<void> {
    this.#place = place;
    await this.#then(() => this.#enter());
  }

  /** Sends a track, recorded from now on. It ends with the track itself. */
  async publish(source: TrackSource, media: MediaStreamTrack): Promise<void> {
    this.#sent.set(source, { media, isPaused: false, producer: null });
    media.addEventListener('ended', () => {
      if (this.#sent.get(source)?.media === media) this.#then(() => this.#end(source)).catch(() => undefined);
    });
    await this.#then(() => this.#send(source));
  }

  async pause(source: TrackSource, isPaused: boolean): Promise<void> {
    const sent = this.#sent.get(source);
    if (sent === undefined) return;
    sent.isPaused = isPaused;
    sent.media.enabled = !isPaused;
    if (sent.producer !== null) await this.line.ask('track:pause', { source, isPaused });
  }

  async leave(): Promise<void> {
    if (this.#place === null) return;
    this.#place = null;
    this.#close();
    this.#tell(OUT);
    await this.line.ask('room:leave', {}).catch(() => undefined);
  }

  /** The page is left. */
  close(): void {
    for (const stop of this.#stops) stop();
    void this.leave();
    for (const { media } of this.#sent.values()) media.stop();
    this.#sent.clear();
  }

  async #enter(): Promise<void> {
    const place = this.#place;
    if (place === null) return;
    this.#close();
    this.#tell({ ...this.#state, status: 'joining', heard: [] });
    try {
      const { Device } = await import('mediasoup-client');
      const { rtpCapabilities, tracks, mayTalk } = await this.line.ask('room:join', place);
      this.#requireStillThere(place);
      const device = new Device();
      await device.load({ routerRtpCapabilities: rtpCapabilities });
      const [sending, receiving] = [await this.line.ask('line:open', {}), await this.line.ask('line:open', {})];
      this.#requireStillThere(place);
      const send = this.#connected(device.createSendTransport(offered(sending)));
      send.on('produce', ({ rtpParameters, appData }, done, failed) => {
        const source = appData['source'] as TrackSource;
        this.line.ask('track:publish', { line: send.id, source, rtpParameters: read(zRtpParameters, rtpParameters) }).then(done, failed);
      });
      const receive = this.#connected(device.createRecvTransport(offered(receiving)));
      this.#sides = { device, send, receive };
      for (const source of this.#sent.keys()) {
        await this.#send(source);
        this.#requireStillThere(place);
      }
      this.#tell({ ...this.#state, status: 'in' });
      await this.#hear(tracks, mayTalk);
    } catch (error) {
      this.#close();
      this.#tell(OUT);
      if (this.#place === place) throw error;
      // Left while it joined: what the venue was still told is taken back.
      if (this.#place === null) await this.line.ask('room:leave', {}).catch(() => undefined);
    }
  }

  /** A person who leaves while the call is made is not in it afterwards. */
  #requireStillThere(place: Place): void {
    if (this.#place !== place) throw new Error('the room was left while it was joined');
  }

  #connected(transport: types.Transport): types.Transport {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      this.line.ask('line:connect', { line: transport.id, dtlsParameters: read(zDtlsParameters, dtlsParameters) }).then(() => {
        done();
      }, failed);
    });
    transport.on('connectionstatechange', (state) => {
      if (state === 'failed') this.#again();
    });
    return transport;
  }

  async #send(source: TrackSource): Promise<void> {
    const sent = this.#sent.get(source);
    if (sent === undefined || this.#sides === null || sent.media.readyState === 'ended') return;
    sent.producer?.close();
    const { send } = this.#sides;
    // The page keeps its tracks: a room that is made anew takes the same ones.
    const settings = { track: sent.media, appData: { source }, stopTracks: false, disableTrackOnPause: false, zeroRtpOnPause: false };
    sent.producer = await send.produce(
      source === 'microphone' ? { ...settings, codecOptions: { opusStereo: false, opusDtx: false } } : settings,
    );
    if (sent.isPaused) await this.line.ask('track:pause', { source, isPaused: true });
  }

  async #end(source: TrackSource): Promise<void> {
    const sent = this.#sent.get(source);
    this.#sent.delete(source);
    if (sent?.producer == null) return;
    sent.producer.close();
    await this.line.ask('track:end', { source });
  }

  /** Hears whoever is there and is not heard yet; whoever has left is heard no more. */
  async #hear(tracks: readonly Track[], mayTalk: boolean): Promise<void> {
    const sides = this.#sides;
    if (sides === null || this.#place === null) return;
    const { party } = this.#place;
    const wanted = mayTalk ? tracks.filter((track) => track.party !== party && track.source !== 'screen') : [];
    // A track of the same name may be a new one: a page that was loaded anew. So all are asked for again.
    for (const consumer of this.#consumers.values()) consumer.close();
    this.#consumers.clear();
    const heard: HeardTrack[] = [];
    for (const track of wanted) {
      const consumer = await this.#consume(sides, track).catch(() => null);
      if (consumer === null) continue;
      this.#consumers.set(trackKey(track), consumer);
      heard.push({ track, media: consumer.track });
    }
    this.#tell({ ...this.#state, mayTalk, heard });
  }

  async #consume({ device, receive }: Sides, track: Track): Promise<types.Consumer> {
    const told = await this.line.ask('track:hear', {
      line: receive.id,
      track,
      rtpCapabilities: read(zRtpCapabilities, device.recvRtpCapabilities),
    });
    const consumer = await receive.consume({ ...told, rtpParameters: told.rtpParameters as types.RtpParameters });
    await this.line.ask('track:play', { id: told.id });
    return consumer;
  }

  /** The room or the line has gone: the same call once more, until it stands or the person leaves. */
  #again(): void {
    if (this.#place === null || this.#state.status === 'joining') return;
    this.#close();
    this.#tell({ ...this.#state, status: 'lost', heard: [] });
    this.#then(() => this.#enter()).catch((error: unknown) => {
      if (this.#place === null) return;
      // Whoever has no part in the lot any more stays outside.
      if (asRequestError(error).code === 'NOT_SEATED') {
        this.#place = null;
        return;
      }
      this.#tell({ ...this.#state, status: 'lost' });
      setTimeout(() => {
        if (this.#state.status === 'lost') this.#again();
      }, REJOIN_MS);
    });
  }

  #close(): void {
    this.#consumers.clear();
    for (const sent of this.#sent.values()) sent.producer = null;
    this.#sides?.send.close();
    this.#sides?.receive.close();
    this.#sides = null;
  }

  #then(work: () => Promise<void>): Promise<void> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  #tell(state: CallState): void {
    this.#state = state;
    this.onChange(state);
  }
}

/** What is sent is JSON of the form that the venue takes: libraries put `undefined` where a field is left out. */
const read = <S extends z.ZodType>(schema: S, value: object): z.output<S> => schema.parse(JSON.parse(JSON.stringify(value)));
const offered = (offer: object): types.TransportOptions => offer as types.TransportOptions;
