import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Track } from '@app/contracts';
import type { types } from 'mediasoup';
import { createSocket, type Socket } from 'node:dgram';
import { datagramOf, numberOf, pictures, type Sent, sound } from '../../test/stream.js';
import type { Gap, SegmentDraft } from '../tracks/track-recorder.js';
import { MediaWorkers } from '../workers/media-workers.js';
import type { MediaRoom } from '../workers/media-workers.types.js';
import { TrackTap } from './track-tap.js';

/** Sends RTP of our own into a router of a real worker, as a browser's would arrive there. */
async function publish(
  router: types.Router,
  kind: types.MediaKind,
): Promise<{ producer: types.Producer; send: (sent: readonly Sent[]) => Promise<void>; socket: Socket }> {
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: true, comedia: true });
  const codec =
    kind === 'video'
      ? { mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }
      : { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 };
  const producer = await transport.produce({ kind, rtpParameters: { codecs: [codec], encodings: [{ ssrc: 4_711 }] } });
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const send = async (sent: readonly Sent[]): Promise<void> => {
    for (const [index, { packet }] of sent.entries()) {
      socket.send(datagramOf(packet), transport.tuple.localPort, '127.0.0.1');
      // In its own time, a little faster: the worker drops what comes all at once.
      if (index % 6 === 5) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  return { producer, send, socket };
}

describe('a track of a room', () => {
  let workers: MediaWorkers;
  let media: MediaRoom;
  const drafts: SegmentDraft[] = [];
  const gaps: Gap[] = [];
  const sockets: Socket[] = [];
  const track: Track = { party: 'expert-1', source: 'camera' };
  const options = {
    nowMs: () => Date.now(),
    onSegment: (draft: SegmentDraft) => void drafts.push(draft),
    onGap: (gap: Gap) => void gaps.push(gap),
  };
  beforeAll(async () => {
    workers = await MediaWorkers.start({ count: 1, port: 0, host: '127.0.0.1', announcedAddress: '127.0.0.1' });
  });
  afterEach(() => {
    drafts.length = 0;
    gaps.length = 0;
    for (const socket of sockets.splice(0)) socket.close();
    media.router.close();
  });
  afterAll(() => workers.close());
  const tapped = async (kind: types.MediaKind) => {
    media = await workers.createRoom();
    const published = await publish(media.router, kind);
    sockets.push(published.socket);
    return { ...published, tap: await TrackTap.start(media.router, published.producer, options) };
  };
  const numbers = (): number[] => drafts.flatMap(({ frames }) => frames.map(({ data }) => numberOf(data)));

  it('is recorded through a real media worker, every picture of it once', async () => {
    const { send, tap } = await tapped('video');
    await send(pictures({ frames: 150, sequence: 65_400 }));
    tap.close();
    expect(numbers()).toEqual(Array.from({ length: 150 }, (_none, number) => number));
    expect(gaps).toEqual([]);
    expect(drafts[0]).toMatchObject({ codec: 'vp8', size: { width: 640, height: 360 } });
    expect(track.source).toBe('camera');
  });

  it('says what the worker never had', async () => {
    const { send, tap } = await tapped('audio');
    await send(sound({ frames: 100 }).filter((_sent, index) => index < 40 || index >= 45));
    await new Promise((resolve) => setTimeout(resolve, 600));
    tap.close();
    expect(numbers()).toHaveLength(95);
    expect(gaps).toMatchObject([{ reason: 'LOSS', packets: 5 }]);
  });

  it('is whole up to the moment at which its worker is killed', async () => {
    const { send, producer } = await tapped('audio');
    await send(sound({ frames: 100 }));
    const closed = new Promise<void>((resolve) => {
      producer.observer.once('close', resolve);
    });
    const [pid = 0] = await workers.pids();
    process.kill(pid, 'SIGKILL');
    await closed;
    expect(numbers()).toHaveLength(100);
  });
});
