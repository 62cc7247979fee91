import type { Segment } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import type { SegmentVerdict } from './footage.js';
import { stretchesOf, ticksOf } from './strip.js';
import type { Lane } from './timeline.js';

const segments = [0, 10, 20, 33, 43].map((fromMs, index) => ({
  fromMs,
  toMs: fromMs + 10,
  seq: 1,
  venue: 'sub-1',
  segment: {
    track: { party: 'expert-1', source: 'camera' as const },
    index,
    prev: null,
    content: 'a'.repeat(64),
    bytes: 1,
    codec: 'vp8' as const,
    size: null,
    frames: 1,
    received: { from: '', to: '' },
    sent: null,
  },
}));
const lane: Lane = {
  key: 'x',
  venue: 'sub-1',
  track: { party: 'expert-1', source: 'camera' },
  segments,
  gaps: [{ fromMs: 30, toMs: 33, reason: 'MUTED' }],
};
const good: SegmentVerdict = { standing: 'verified', reason: null };
const verdicts = new Map<Segment, SegmentVerdict>([
  [segments[0]!.segment, good],
  [segments[1]!.segment, good],
  [segments[2]!.segment, { standing: 'broken', reason: 'SEGMENT_CHANGED' }],
  [segments[3]!.segment, good],
]);

describe('the strip of a lane', () => {
  it('joins neighbours of one standing, and draws gaps above them', () => {
    const drawn = stretchesOf(lane, verdicts, { fromMs: 5, toMs: 60 }, 2);
    expect(drawn.map((one) => [one.kind === 'gap' ? one.reason : one.standing, one.fromMs, one.toMs])).toEqual([
      ['verified', 5, 20],
      ['broken', 20, 30],
      ['verified', 33, 43],
      ['pending', 43, 53],
      ['MUTED', 30, 33],
    ]);
  });

  it('has a scale of whole steps', () => {
    expect(ticksOf({ fromMs: 500, toMs: 5_500 })).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]);
    expect(ticksOf({ fromMs: 0, toMs: 6 * 3_600_000 }).length).toBe(7);
    expect(ticksOf({ fromMs: 7, toMs: 7 })).toEqual([]);
  });
});
