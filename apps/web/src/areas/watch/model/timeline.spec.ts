import { describe, expect, it } from '@jest/globals';
import type { GapReason, Landing, Segment, Track } from '@app/contracts';
import { cutTo, instantAt, momentOf, neededFrom, neighbour, placeIn, timelineOf, windowOf, within } from './timeline.js';

const T0 = Date.parse('2026-03-20T01:00:00.000Z');
const at = (second: number): number => T0 + second * 1_000;
const wire = (second: number): string => new Date(at(second)).toISOString();
const CAMERA: Track = { party: 'expert-1', source: 'camera' };

const segment = (track: Track, index: number, from: number, to: number): Segment => ({
  track,
  index,
  prev: null,
  content: 'a'.repeat(64),
  bytes: 1,
  codec: track.source === 'microphone' ? 'opus' : 'vp8',
  size: null,
  frames: 1,
  received: { from: wire(from), to: wire(to) },
  sent: null,
});
const gap = (track: Track, reason: GapReason, from: number, to: number) => ({ track, reason, from: wire(from), to: wire(to), packets: 0 });
const landing = (venue: string, segments: readonly Segment[], gaps: readonly ReturnType<typeof gap>[] = []): Landing => ({
  v: 1,
  origin: 'x',
  venue,
  index: 0,
  prev: null,
  segments: [...segments],
  gaps: [...gaps],
});

/** 0–10 recorded, 4–6 lost within it, 10.5–20 recorded, 20–25 muted, 25–30 recorded. */
const { lanes, span } = timelineOf([
  { seq: 7, landing: landing('sub-1', [segment(CAMERA, 0, 0, 10), segment(CAMERA, 1, 10.5, 20)], [gap(CAMERA, 'LOSS', 4, 6)]) },
  { seq: 8, landing: landing('sub-2', [segment({ party: 'expert-2', source: 'microphone' }, 0, -5, 3)]) },
  {
    seq: 9,
    landing: landing(
      'sub-1',
      [segment({ party: 'expert-1', source: 'microphone' }, 0, 1, 2), segment(CAMERA, 2, 25, 30)],
      [gap(CAMERA, 'MUTED', 20, 25)],
    ),
  },
]);
const camera = lanes[0]!;

describe('the time line of a lot’s recordings', () => {
  it('has a lane for each venue, party and source, and covers all of them', () => {
    expect(lanes.map(({ key }) => key)).toEqual(['sub-1 expert-1/camera', 'sub-1 expert-1/microphone', 'sub-2 expert-2/microphone']);
    expect(span).toEqual({ fromMs: at(-5), toMs: at(30) });
    expect(camera.segments.map(({ fromMs, seq }) => [(fromMs - T0) / 1_000, seq])).toEqual([
      [0, 7],
      [10.5, 7],
      [25, 9],
    ]);
    expect(timelineOf([])).toEqual({ lanes: [], span: { fromMs: 0, toMs: 0 } });
  });

  it.each<[number, string]>([
    [-1, 'none'],
    [0, 'segment'],
    [3.999, 'segment'],
    [4, 'gap'],
    [5.999, 'gap'],
    [6, 'segment'],
    [10, 'still'],
    [10.5, 'segment'],
    [20, 'gap'],
    [25, 'segment'],
    [30, 'still'],
    [32.001, 'none'],
  ])('shows at second %d what is there: %s', (second, kind) => {
    expect(momentOf(camera, at(second), 2_000).kind).toBe(kind);
  });

  it('knows which segments are needed from an instant on', () => {
    const begins = (second: number, ahead: number): number[] =>
      neededFrom(camera, at(second), ahead * 1_000).map(({ fromMs }) => (fromMs - T0) / 1_000);
    expect(begins(3, 5)).toEqual([0]);
    expect(begins(3, 8)).toEqual([0, 10.5]);
    expect(begins(10.2, 1)).toEqual([10.5]);
    expect(begins(21, 5)).toEqual([25]);
    expect(begins(-9, 5)).toEqual([]);
    expect(begins(30, 60)).toEqual([]);
  });

  it('shows a part of it that stays until the instant leaves it', () => {
    const whole = { fromMs: at(0), toMs: at(600) };
    expect(windowOf(whole, null, at(100))).toBe(whole);
    expect(windowOf(whole, 1_800_000, at(100))).toBe(whole);
    const first = windowOf(whole, 30_000, at(100));
    expect(first).toEqual({ fromMs: at(92.5), toMs: at(122.5) });
    expect(windowOf(whole, 30_000, at(122), first)).toBe(first);
    expect(windowOf(whole, 30_000, at(122.5), first)).toEqual({ fromMs: at(115), toMs: at(145) });
    expect(windowOf(whole, 15_000, at(110), first)).toEqual({ fromMs: at(106.25), toMs: at(121.25) });
    expect(windowOf(whole, 30_000, at(599))).toEqual({ fromMs: at(570), toMs: at(600) });
    expect(windowOf(whole, 30_000, at(1))).toEqual({ fromMs: at(0), toMs: at(30) });
  });

  it('counts places in it to and fro', () => {
    const window = { fromMs: at(10), toMs: at(20) };
    expect([placeIn(window, at(12.5)), placeIn(window, at(5))]).toEqual([0.25, -0.5]);
    expect([instantAt(window, 0.25), instantAt(window, 7), instantAt(window, -1)]).toEqual([at(12.5), at(20), at(10)]);
    expect([within(at(5), window), within(at(15), window), within(at(25), window)]).toEqual([at(10), at(15), at(20)]);
    expect(cutTo(camera.segments, window).map(({ fromMs, toMs }) => [(fromMs - T0) / 1_000, (toMs - T0) / 1_000])).toEqual([[10.5, 20]]);
  });

  it('finds the mark before and after', () => {
    const marks = [{ atMs: 1 }, { atMs: 5 }, { atMs: 9 }];
    expect([neighbour(marks, 5, 1), neighbour(marks, 5, -1), neighbour(marks, 0, -1), neighbour(marks, 9, 1)]).toEqual([
      { atMs: 9 },
      { atMs: 1 },
      null,
      null,
    ]);
  });
});
