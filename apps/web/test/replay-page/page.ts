import type { Segment, TrackSource } from '@app/contracts';
import { webmOf } from '../../../../libs/recording/src/segments/webm.js';
import type { SegmentDraft } from '../../../../libs/recording/src/tracks/track-recorder.js';
import { type Lane, type LaneSegment, timelineOf } from '../../src/areas/watch/model/timeline.js';
import { ReplayPlayer } from '../../src/areas/watch/player/replay-player.js';

/** Milliseconds of a frame of picture, and of a packet of sound. */
const FRAME_MS = 40;
const PACKET_MS = 20;
const SIZE = { width: 320, height: 180 } as const;
/** Each frame says its time: bits of the tenth of a second since the beginning, as black and white columns. */
const BITS = 12;
/** Its bytes are random: 65,536 at most at a time. */
const NOISE_HEIGHT = 50;
const TICK_MS = 100;

/** Frames of a span as a browser's own encoder makes them, each segment beginning with a key frame. */
async function pictures(fromMs: number, toMs: number): Promise<SegmentDraft> {
  const frames: { data: Uint8Array; isKey: boolean; atMs: number; lastsMs: number }[] = [];
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      frames.push({ data, isKey: chunk.type === 'key', atMs: chunk.timestamp / 1_000, lastsMs: FRAME_MS });
    },
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: 'vp8', ...SIZE, bitrate: 2_000_000 });
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d')!;
  for (let atMs = 0; fromMs + atMs < toMs; atMs += FRAME_MS) {
    const tick = Math.floor((fromMs + atMs) / TICK_MS);
    for (let bit = 0; bit < BITS; bit += 1) {
      context.fillStyle = (tick >> bit) & 1 ? '#ffffff' : '#000000';
      context.fillRect((bit * SIZE.width) / BITS, 0, SIZE.width / BITS, SIZE.height - NOISE_HEIGHT);
    }
    // Below, what does not compress: files of a size like those of a camera.
    const noise = context.createImageData(SIZE.width, NOISE_HEIGHT);
    crypto.getRandomValues(noise.data);
    context.putImageData(noise, 0, SIZE.height - NOISE_HEIGHT);
    const frame = new VideoFrame(canvas, { timestamp: atMs * 1_000 });
    encoder.encode(frame, { keyFrame: atMs === 0 });
    frame.close();
  }
  await encoder.flush();
  encoder.close();
  return draft('vp8', frames, fromMs, toMs);
}

async function sounds(fromMs: number, toMs: number): Promise<SegmentDraft> {
  const frames: { data: Uint8Array; isKey: boolean; atMs: number; lastsMs: number }[] = [];
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      frames.push({ data, isKey: true, atMs: chunk.timestamp / 1_000, lastsMs: PACKET_MS });
    },
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: 'opus', sampleRate: 48_000, numberOfChannels: 2, bitrate: 32_000 });
  const samples = (48_000 * (toMs - fromMs)) / 1_000;
  const data = new Float32Array(samples * 2).map((_, index) => Math.sin(((index % samples) * 2 * Math.PI * 440) / 48_000) / 4);
  encoder.encode(
    new AudioData({ format: 'f32-planar', sampleRate: 48_000, numberOfFrames: samples, numberOfChannels: 2, timestamp: 0, data }),
  );
  await encoder.flush();
  encoder.close();
  return draft('opus', frames, fromMs, toMs);
}

const draft = (codec: 'vp8' | 'opus', frames: SegmentDraft['frames'], fromMs: number, toMs: number): SegmentDraft => ({
  codec,
  size: codec === 'vp8' ? SIZE : null,
  frames,
  received: { fromMs, toMs },
  sent: null,
});

const files = new Map<string, Uint8Array>();
const wire = (ms: number): string => new Date(ms).toISOString();
const lost = new Set<string>();
/** By party: how long its files are kept back, in milliseconds. */
const delays = new Map<string, number>();
let player: ReplayPlayer | null = null;
let opened = 0;

/** Lanes out of real segments at these seconds; between them nothing was recorded. */
async function prepare(order: readonly { party: string; source: TrackSource; seconds: readonly (readonly [number, number])[] }[]) {
  const segments: Segment[] = [];
  const gaps = [];
  for (const { party, source, seconds } of order) {
    for (const [index, [from, to]] of seconds.entries()) {
      const made = await (source === 'microphone' ? sounds : pictures)(from * 1_000, to * 1_000);
      const content = `${party}/${source}/${String(index)}`;
      files.set(content, await webmOf(made));
      const received = { from: wire(from * 1_000), to: wire(to * 1_000 - (source === 'microphone' ? PACKET_MS : FRAME_MS)) };
      const track = { party, source };
      segments.push({ track, index, prev: null, content, bytes: 1, codec: made.codec, size: null, frames: 1, received, sent: null });
      const next = seconds[index + 1];
      if (next !== undefined && next[0] > to)
        gaps.push({ track, from: wire(to * 1_000), to: wire(next[0] * 1_000), reason: 'MUTED' as const, packets: 0 });
    }
  }
  const timeline = timelineOf([{ seq: 1, landing: { v: 1, origin: 'x', venue: 'sub-1', index: 0, prev: null, segments, gaps } }]);
  const open = async (at: LaneSegment): Promise<Uint8Array<ArrayBuffer> | null> => {
    opened += 1;
    await new Promise((resolve) => setTimeout(resolve, delays.get(at.segment.track.party) ?? 0));
    // Anew each time, as what is opened is.
    return lost.has(at.segment.content) ? null : Uint8Array.from(files.get(at.segment.content) ?? []);
  };
  player = new ReplayPlayer(timeline.span, { open, unplayable: () => undefined }, () => undefined);
  for (const lane of timeline.lanes) player.add(lane, elementOf(lane));
  return timeline.lanes.map(({ key }) => key);
}

function elementOf(lane: Lane): HTMLMediaElement {
  const element = document.createElement(lane.track.source === 'microphone' ? 'audio' : 'video');
  element.id = lane.key;
  element.muted = true;
  document.body.append(element);
  return element;
}

/** The second that a lane's picture says, or null where the element has none. */
function seen(key: string): number | null {
  const video = document.getElementById(key);
  if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0) return null;
  const context = new OffscreenCanvas(SIZE.width, SIZE.height).getContext('2d')!;
  context.drawImage(video, 0, 0);
  let tick = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const [red] = context.getImageData(((bit + 0.5) * SIZE.width) / BITS, SIZE.height / 3, 1, 1).data;
    if ((red ?? 0) > 128) tick |= 1 << bit;
  }
  return (tick * TICK_MS) / 1_000;
}

function looked() {
  const { atMs, showing, isWaiting } = player!.state;
  const pictures = Object.fromEntries([...document.querySelectorAll('video')].map(({ id }) => [id, seen(id)]));
  return { atS: atMs / 1_000, showing, isWaiting, pictures };
}

Object.assign(window, {
  replay: {
    prepare,
    looked,
    hold: ([party, ms]: readonly [string, number]) => void delays.set(party, ms),
    lose: (content: string) => void lost.add(content),
    seek: (second: number) => player?.seek(second * 1_000),
    rate: (rate: number) => player?.setRate(rate),
    play: () => player?.play(),
    pause: () => player?.pause(),
    opened: () => opened,
  },
});
