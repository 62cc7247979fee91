import { NODE_DIGESTS } from '@app/archive/node';
import type { Landing, Segment } from '@app/contracts';
import { canonicalBytes, landedSpan } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { type FileState, footageOf, type PlacedLanding, verdictOf } from '../src/areas/watch/model/footage.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const clock = (second: number): string => new Date(Date.parse('2026-03-20T01:00:00.000Z') + second * 1_000).toISOString();

/** Three landings of one camera, ten seconds each; `change` is applied to a description before it is chained. */
function landings(change: (segment: Segment) => Segment = (segment) => segment): PlacedLanding[] {
  let [before, landingBefore]: [Segment | null, string | null] = [null, null];
  return [0, 1, 2].map((index): PlacedLanding => {
    const segment: Segment = change({
      track: { party: 'expert-1', source: 'camera' },
      index,
      prev: before === null ? null : sha256(canonicalBytes(before)),
      content: String(index).repeat(64),
      bytes: 10,
      codec: 'vp8',
      size: null,
      frames: 10,
      received: { from: clock(index * 10), to: clock(index * 10 + 10) },
      sent: null,
    });
    const landing: Landing = { v: 1, origin: ORIGIN, venue: 'sub-1', index, prev: landingBefore, segments: [segment], gaps: [] };
    const bytes = canonicalBytes(landing);
    const landed = {
      type: 'recording.landed' as const,
      venue: 'sub-1',
      index,
      prev: landingBefore,
      landing: sha256(bytes),
      ...landedSpan(landing)!,
      segments: 1,
      gaps: 0,
      bytes: 10,
    };
    [before, landingBefore] = [segment, sha256(bytes)];
    return { seq: 20 + index, at: clock(index * 10 + 12), landed, bytes };
  });
}

/** Faults of each segment, and whether something before it is missing. */
const said = (placed: readonly PlacedLanding[]): string[] =>
  [...footageOf(ORIGIN, placed, NODE_DIGESTS).described.values()].map(({ faults, isCut }) => `${faults.join(' ')}${isCut ? ' cut' : ''}`);

describe('what was recorded of a lot', () => {
  it('is described by its landings', () => {
    const { timeline, wanting } = footageOf(ORIGIN, landings(), NODE_DIGESTS);
    expect(timeline.lanes.map(({ key, segments }) => [key, segments.map(({ seq }) => seq)])).toEqual([
      ['sub-1 expert-1/camera', [20, 21, 22]],
    ]);
    expect([said(landings()), wanting]).toEqual([['', '', ''], []]);
  });

  it('is told to be broken where the venue itself changed it', () => {
    expect(said(landings((one) => (one.index === 1 ? { ...one, prev: '9'.repeat(64) } : one)))).toEqual(['', 'CHAIN', '']);
    expect(said(landings((one) => (one.index === 2 ? { ...one, content: '0'.repeat(64) } : one)))).toEqual(['', '', 'TWIN']);
    const late = { from: clock(16), to: clock(20) };
    expect(said(landings((one) => (one.index === 1 ? { ...one, received: late } : one)))).toEqual(['', 'HOLE', '']);
  });

  it('is told to be broken where a landing’s file is another', () => {
    const [first, second, third] = landings();
    const swapped = footageOf(ORIGIN, [first!, { ...second!, bytes: first!.bytes }, third!], NODE_DIGESTS);
    expect(swapped.wanting.map(({ seq, faults }) => [seq, faults])).toEqual([[21, ['LANDING_CHANGED']]]);
  });

  it('is not called broken for what has not come yet', () => {
    const [first, second, third] = landings();
    const waiting = [first!, { ...second!, bytes: null }, third!];
    expect(said(waiting)).toEqual(['', ' cut']);
    const { wanting } = footageOf(ORIGIN, waiting, NODE_DIGESTS);
    expect(wanting).toEqual([
      { seq: 21, venue: 'sub-1', fromMs: Date.parse(clock(10)), toMs: Date.parse(clock(20)), faults: ['LANDING_MISSING'] },
    ]);
  });

  const whole = { faults: [], isCut: false };
  it.each<[string, FileState, Parameters<typeof verdictOf>[2], string, string | null]>([
    ['whole, judged', 'WHOLE', 'verified', 'verified', null],
    ['whole, signer unnamed', 'WHOLE', 'unnamed', 'verified', null],
    ['not asked for', 'UNREAD', 'verified', 'pending', 'UNREAD'],
    ['not here', 'NOT_HERE', 'verified', 'pending', 'NOT_HERE'],
    ['of an entry that nobody judged', 'WHOLE', 'unverified', 'pending', 'ENTRY_UNJUDGED'],
    ['of an entry that is wrong', 'WHOLE', 'broken', 'broken', 'ENTRY_WRONG'],
    ['changed', 'SEGMENT_CHANGED', 'verified', 'broken', 'SEGMENT_CHANGED'],
    ['not to be opened', 'UNOPENED', 'verified', 'broken', 'UNOPENED'],
  ])('a segment that is %s', (_what, file, entry, standing, reason) => {
    expect(verdictOf(whole, file, entry)).toEqual({ standing, reason });
  });

  it('a segment is broken before anything else is said of it', () => {
    expect(verdictOf({ faults: ['CHAIN'], isCut: true }, 'UNREAD', 'unverified')).toEqual({ standing: 'broken', reason: 'CHAIN' });
    expect(verdictOf({ faults: [], isCut: true }, 'WHOLE', 'verified')).toEqual({ standing: 'pending', reason: 'CUT' });
  });
});
