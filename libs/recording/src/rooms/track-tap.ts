import type { types } from 'mediasoup';
import { createSocket, type Socket } from 'node:dgram';
import { nackOf, originalSequence, readSenderReports } from '../rtp/rtcp.js';
import { isRtcp, readRtp, type RtpPacket } from '../rtp/rtp-packet.js';
import type { Codec } from '../tracks/frames.js';
import { TrackRecorder, type TrackOptions } from '../tracks/track-recorder.js';

const LOOPBACK = '127.0.0.1';
const TICK_MS = 20;
/** A burst of key frames of a seat's tracks fits. */
const SOCKET_BYTES = 4 * 1024 * 1024;

type TapOptions = Omit<TrackOptions, 'codec' | 'onKeyFrameWanted'> & { readonly nowMs: () => number };

/**
 * Takes the packets of one producer off its router, over a socket of this machine, into a {@link TrackRecorder}. Asks the worker once more for
 * packets that did not come. Closed with its producer, its router or its worker; what has come by then is made a segment.
 */
export class TrackTap {
  readonly #recorder: TrackRecorder;
  readonly #codec: Codec;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  private constructor(
    private readonly options: TapOptions,
    private readonly socket: Socket,
    private readonly transport: types.PlainTransport,
    private readonly consumer: types.Consumer,
  ) {
    this.#codec = consumer.kind === 'video' ? 'vp8' : 'opus';
    this.#recorder = new TrackRecorder({
      ...options,
      codec: this.#codec,
      onKeyFrameWanted: () => {
        // A worker that has just gone says so by `transportclose`.
        consumer.requestKeyFrame().catch(() => undefined);
      },
    });
  }

  /** `rtpCapabilities`: of the router. Rejects when the router is closed meanwhile. */
  static async start(router: types.Router, producer: types.Producer, options: TapOptions): Promise<TrackTap> {
    const socket = await openSocket();
    let transport: types.PlainTransport | null = null;
    let tap: TrackTap | null = null;
    try {
      transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: LOOPBACK }, rtcpMux: true, comedia: false });
      await transport.connect({ ip: LOOPBACK, port: socket.address().port });
      const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities, paused: true });
      tap = new TrackTap(options, socket, transport, consumer);
      tap.#listen(producer);
      await consumer.resume();
      if (consumer.kind === 'video') await consumer.requestKeyFrame();
      return tap;
    } catch (error) {
      // A tap may have closed itself meanwhile, with its producer.
      if (tap !== null) tap.close();
      else {
        socket.close();
        transport?.close();
      }
      throw error;
    }
  }

  #listen(producer: types.Producer): void {
    const { rtpParameters } = this.consumer;
    const [encoding] = rtpParameters.encodings ?? [];
    const rtxPayload = rtpParameters.codecs.find(({ mimeType }) => mimeType.toLowerCase().endsWith('/rtx'))?.payloadType;
    const payloadType = rtpParameters.codecs[0]?.payloadType;
    const { port } = { port: this.transport.tuple.localPort };
    this.socket.on('message', (datagram, from) => {
      // The port is this machine's own, and yet anybody on it could send there.
      if (from.port !== port) return;
      const nowMs = this.options.nowMs();
      if (isRtcp(datagram)) {
        for (const report of readSenderReports(datagram)) if (report.ssrc === encoding?.ssrc) this.#recorder.senderReport(report);
        return;
      }
      const packet = readRtp(datagram);
      if (packet === null) return;
      const plain = packet.payloadType === rtxPayload && packet.ssrc === encoding?.rtx?.ssrc ? resent(packet) : packet;
      if (plain === null || (plain === packet && (packet.payloadType !== payloadType || packet.ssrc !== encoding?.ssrc))) return;
      this.#recorder.packet(plain, nowMs);
    });
    producer.observer.on('pause', () => {
      this.#recorder.mute();
    });
    this.consumer.observer.once('close', () => {
      this.close();
    });
    this.#timer = setInterval(() => {
      this.#tick(port, encoding?.ssrc ?? 0);
    }, TICK_MS);
  }

  #tick(port: number, ssrc: number): void {
    const nowMs = this.options.nowMs();
    const wanted = this.#codec === 'vp8' ? this.#recorder.wanted(nowMs) : [];
    if (wanted.length > 0) this.socket.send(nackOf(ssrc, wanted), port, LOOPBACK);
    this.#recorder.tick(nowMs);
  }

  /** What there is becomes the last segment, before this returns. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#recorder.close(this.options.nowMs());
    this.socket.close();
    if (!this.transport.closed) this.transport.close();
  }
}

function resent(packet: RtpPacket): RtpPacket | null {
  const original = originalSequence(packet.payload);
  return original === null ? null : { ...packet, ...original };
}

function openSocket(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: SOCKET_BYTES });
    socket.once('error', reject);
    socket.bind(0, LOOPBACK, () => {
      socket.removeListener('error', reject);
      // A full queue of the system or a worker that has gone: the loss shows as a gap.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
