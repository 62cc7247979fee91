import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FRAME_MS, numberOf, pictures, type Sent, sound } from '../../test/stream.js';
import type { Gap, SegmentDraft, TrackLimits } from './track-recorder.js';
import { TrackRecorder } from './track-recorder.js';

interface Played {
  readonly drafts: SegmentDraft[];
  readonly gaps: Gap[];
  readonly asked: number;
}
/** Plays packets by their time of arrival, with a tick every 100 ms, and closes. */
function play(codec: 'vp8' | 'opus', sent: readonly Sent[], limits: Partial<TrackLimits> = {}): Played {
  const drafts: SegmentDraft[] = [];
  const gaps: Gap[] = [];
  let asked = 0;
  const sut = new TrackRecorder({
    codec,
    limits,
    onSegment: (draft) => drafts.push(draft),
    onGap: (gap) => gaps.push(gap),
    onKeyFrameWanted: () => (asked += 1),
  });
  const inTime = sent.map((one, index) => ({ ...one, index })).sort((a, b) => a.atMs - b.atMs || a.index - b.index);
  let nowMs = inTime[0]?.atMs ?? 0;
  for (const { packet, atMs } of inTime) {
    for (; nowMs < atMs; nowMs = Math.min(nowMs + 100, atMs)) sut.tick(nowMs);
    sut.packet(packet, atMs);
  }
  sut.close(nowMs + 1_000);
  return { drafts, gaps, asked };
}
const numbers = ({ drafts }: Played): number[] => drafts.flatMap(({ frames }) => frames.map(({ data }) => numberOf(data)));
const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index);
/** Every segment stands alone: it begins with a key frame, is no longer than it may be, and its times go up. */
function expectSound({ drafts }: Played, segmentMs = 10_000): void {
  for (const { frames, received } of drafts) {
    expect(frames[0]?.isKey).toBe(true);
    expect(frames[0]?.atMs).toBe(0);
    const times = frames.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(received.toMs - received.fromMs).toBeLessThanOrEqual(segmentMs);
    expect((times.at(-1) ?? 0) <= segmentMs).toBe(true);
  }
  for (const [index, draft] of drafts.entries()) {
    const before = drafts[index - 1];
    if (before !== undefined) expect(draft.received.fromMs).toBeGreaterThanOrEqual(before.received.toMs);
  }
}

describe('the recorder of a track', () => {
  it('cuts pictures at key frames into segments of at most ten seconds, and keeps every frame once', () => {
    const played = play('vp8', pictures({ frames: 1_500 }));
    expectSound(played);
    expect(numbers(played)).toEqual(upTo(1_500));
    expect(played.gaps).toEqual([]);
    expect(played.drafts.length).toBeGreaterThan(5);
    expect(played.drafts[0]).toMatchObject({ codec: 'vp8', size: { width: 640, height: 360 }, sent: null });
    // Asked for ahead, so that a key frame comes in time.
    expect(played.asked).toBeGreaterThan(4);
  });

  it('cuts sound anywhere', () => {
    const played = play('opus', sound({ frames: 1_600 }));
    expectSound(played);
    expect(numbers(played)).toEqual(upTo(1_600));
    expect(played.drafts.map(({ frames }) => frames.length)).toEqual([500, 500, 500, 100]);
  });

  it('begins a new segment where the picture changes its size', () => {
    const small = pictures({ frames: 50 });
    const large = pictures({ frames: 50, width: 1_280, sequence: 150, timestamp: 50 * FRAME_MS * 90, startMs: 1_000_000 + 50 * FRAME_MS });
    const played = play('vp8', [...small, ...large]);
    expect(played.drafts.map(({ size, frames }) => [size?.width, frames.length])).toEqual([
      [640, 50],
      [1_280, 50],
    ]);
    expect(played.gaps).toEqual([]);
  });

  it.each<['vp8' | 'opus', string, (number: number) => Sent[]]>([
    [
      'vp8',
      'sizes',
      (number) =>
        pictures({
          frames: 1,
          width: 640 + 2 * (number % 2),
          sequence: 3 * number,
          timestamp: number * FRAME_MS * 90,
          startMs: 1_000_000 + number * FRAME_MS,
        }),
    ],
    [
      'opus',
      'times',
      (number) => sound({ frames: 1, sequence: number, timestamp: (number % 2) * 2 ** 30, startMs: 1_000_000 + number * FRAME_MS }),
    ],
  ])('cuts %s no oftener than it may, whatever %s a sender forges, and says once what is left out', (codec, _what, frame) => {
    const count = 1_600;
    const played = play(codec, upTo(count).flatMap(frame), { segmentsPerMinute: 20 });
    // 64 seconds of frames each of which would begin a segment: twenty at once, and twenty more after a minute.
    expect(played.drafts).toHaveLength(40);
    expectSound(played);
    const left = played.gaps.filter(({ fromMs, toMs }) => toMs - fromMs > 1_000);
    expect(left).toEqual([
      expect.objectContaining({ fromMs: 1_000_000 + 19 * FRAME_MS, toMs: 1_060_000 }),
      expect.objectContaining({ fromMs: 1_060_000 + 19 * FRAME_MS }),
    ]);
    if (codec === 'vp8') expect(left[0]?.reason).toBe('MALFORMED');
  });

  it('says the time by the clock of the sender, once that has said it', () => {
    const drafts: SegmentDraft[] = [];
    const sut = new TrackRecorder({
      codec: 'opus',
      onSegment: (draft) => drafts.push(draft),
      onGap: () => undefined,
      onKeyFrameWanted: () => undefined,
    });
    // Its timestamp goes round within the segment.
    for (const { packet, atMs } of sound({ frames: 10, timestamp: 2 ** 32 - 1_920 })) sut.packet(packet, atMs);
    sut.senderReport({ ssrc: 4_711, sentMs: 5_000_000, timestamp: 0 });
    sut.close(2_000_000);
    expect(drafts[0]?.sent).toEqual({ fromMs: 5_000_000 - 40, toMs: 5_000_000 + 160 });
  });

  it('goes on over a round of numbers and timestamps', () => {
    const played = play('vp8', pictures({ frames: 100, sequence: 65_530, timestamp: 2 ** 32 - 90_000 }));
    expect(numbers(played)).toEqual(upTo(100));
    expect(played.gaps).toEqual([]);
  });

  it('drops pictures after a loss until the next key frame, asks for one, and says how much is missing', () => {
    const all = pictures({ frames: 100 });
    // The second packet of frame 30; key frames are 25, 50, 75.
    const played = play(
      'vp8',
      all.filter((_sent, index) => index !== 30 * 3 + 1),
    );
    expect(numbers(played)).toEqual(upTo(100).filter((number) => number < 30 || number >= 50));
    const { atMs = 0 } = all[30 * 3] ?? {};
    expect(played.gaps).toEqual([{ reason: 'LOSS', fromMs: atMs - FRAME_MS, toMs: atMs + 20 * FRAME_MS, packets: 1 }]);
    expect(played.asked).toBeGreaterThan(0);
    expectSound(played);
  });

  it('loses of sound only what is lost', () => {
    const played = play(
      'opus',
      sound({ frames: 100 }).filter((_sent, index) => index !== 40 && index !== 41),
    );
    expect(numbers(played)).toEqual(upTo(100).filter((number) => number !== 40 && number !== 41));
    expect(played.gaps).toMatchObject([{ reason: 'LOSS', packets: 2 }]);
  });

  it('waits for what comes late, and no longer than it may', () => {
    const all = sound({ frames: 100 });
    const late = (byMs: number) => all.map((one, index) => (index === 40 ? { ...one, atMs: one.atMs + byMs } : one));
    expect(play('opus', late(400)).gaps).toEqual([]);
    expect(numbers(play('opus', late(400)))).toEqual(upTo(100));
    expect(play('opus', late(700)).gaps).toMatchObject([{ reason: 'LOSS', packets: 1 }]);
  });

  it('never falls behind where much is lost: nothing waits longer than its time', () => {
    const heard: number[] = [];
    const sut = new TrackRecorder({
      codec: 'opus',
      limits: { segmentMs: 60, segmentsPerMinute: 2_000 },
      onSegment: ({ received }) => heard.push(received.toMs),
      onGap: () => undefined,
      onKeyFrameWanted: () => undefined,
    });
    for (const [index, { packet, atMs }] of sound({ frames: 1_500 }).entries()) {
      if (index % 10 !== 0) sut.packet(packet, atMs);
      sut.tick(atMs);
      if (index > 100) expect(atMs - (heard.at(-1) ?? 0)).toBeLessThan(500 + 200);
    }
  });

  it('keeps no picture of which there is no key frame, and says so', () => {
    const played = play('vp8', pictures({ frames: 400, keyEvery: 10_000 }));
    expectSound(played);
    expect(played.drafts).toHaveLength(1);
    expect(played.gaps).toMatchObject([{ reason: 'NO_KEY_FRAME' }]);
    expect((played.gaps[0]?.toMs ?? 0) - (played.gaps[0]?.fromMs ?? 0)).toBeGreaterThan(5_000);
  });

  it('says silence, and that it was wanted', () => {
    const before = sound({ frames: 50 });
    const after = sound({ frames: 50, sequence: 50, timestamp: 300_000, startMs: 1_000_000 + 300_000 / 48 });
    const played = play('opus', [...before, ...after]);
    expect(played.gaps).toEqual([{ reason: 'SILENT', fromMs: 1_000_980, toMs: 1_006_250, packets: 0 }]);
    expect(played.drafts).toHaveLength(2);
    const gaps: Gap[] = [];
    const sut = new TrackRecorder({
      codec: 'opus',
      onSegment: () => undefined,
      onGap: (gap) => gaps.push(gap),
      onKeyFrameWanted: () => undefined,
    });
    for (const { packet, atMs } of before) sut.packet(packet, atMs);
    sut.mute();
    sut.tick(1_005_000);
    for (const { packet, atMs } of after) sut.packet(packet, atMs);
    expect(gaps).toEqual([{ reason: 'MUTED', fromMs: 1_000_980, toMs: 1_006_250, packets: 0 }]);
  });

  it('never lies about time: a clock that jumps begins a new segment, and a burst after a stall does not', () => {
    const before = sound({ frames: 50 });
    const jumped = sound({ frames: 50, sequence: 50, timestamp: 90_000_000, startMs: 1_001_000 });
    expect(play('opus', [...before, ...jumped])).toMatchObject({ gaps: [{ reason: 'CLOCK' }], drafts: [{}, {}] });
    const burst = sound({ frames: 50, sequence: 50, timestamp: 48_000, startMs: 1_001_000 }).map((one) => ({ ...one, atMs: 1_002_500 }));
    expect(play('opus', [...before, ...burst])).toMatchObject({ gaps: [], drafts: [{}] });
  });

  it('follows a sender that begins anew with other numbers', () => {
    const played = play('opus', [
      ...sound({ frames: 50 }),
      ...sound({ frames: 50, sequence: 30_000, timestamp: 48_000, startMs: 1_001_000 }),
    ]);
    // The first packet of the new series is not believed yet.
    expect(numbers(played)).toEqual([...upTo(50), ...upTo(50).slice(1)]);
    expect(played.gaps).toMatchObject([{ reason: 'LOSS', packets: 1 }]);
  });

  it('is the same for packets in any order within the wait, and however often they come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.infiniteStream(fc.record({ delayMs: fc.integer({ min: 0, max: 200 }), isTwice: fc.boolean() })),
        (sequence, timestamp, fates) => {
          const sent = pictures({ frames: 80, sequence, timestamp }).flatMap((one, index) => {
            const { value } = fates.next() as { value: { delayMs: number; isTwice: boolean } };
            const first = index === 0 ? one : { ...one, atMs: one.atMs + value.delayMs };
            return value.isTwice ? [first, { ...first, atMs: first.atMs + 30 }] : [first];
          });
          const played = play('vp8', sent);
          expect(numbers(played)).toEqual(upTo(80));
          expect(played.gaps).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps only whole pictures in their order whatever is lost, and every loss is told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.uniqueArray(fc.integer({ min: 3, max: 599 }), { maxLength: 40 }),
        (sequence, lost) => {
          const played = play(
            'vp8',
            pictures({ frames: 200, sequence }).filter((_sent, index) => !lost.includes(index)),
          );
          const kept = numbers(played);
          expect(kept).toEqual([...kept].sort((a, b) => a - b));
          expect(new Set(kept).size).toBe(kept.length);
          expectSound(played);
          // A delta follows the frame before it, or nothing is kept until the next key frame.
          for (const number of kept) if (number % 25 !== 0) expect(kept).toContain(number - 1);
          const whole = upTo(200).filter((number) => ![0, 1, 2].some((piece) => lost.includes(number * 3 + piece)));
          expect(kept.every((number) => whole.includes(number))).toBe(true);
          // What is lost at the very end nobody can know.
          const inside = lost.filter((index) => upTo(600).some((later) => later > index && !lost.includes(later)));
          expect(played.gaps.reduce((sum, { packets }) => sum + packets, 0)).toBe(inside.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['vp8', 'opus'] as const)('takes any rubbish as %s without falling over, and without growing', (codec) => {
    const packet = fc.record({
      payloadType: fc.nat(127),
      marker: fc.boolean(),
      sequence: fc.nat(65_535),
      timestamp: fc.nat(2 ** 32 - 1),
      ssrc: fc.nat(2 ** 32 - 1),
      payload: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(fc.record({ packet, stepMs: fc.nat(3_000) }), { maxLength: 200 }), (rubbish) => {
        let atMs = 1_000_000;
        const played = play(
          codec,
          rubbish.map(({ packet: one, stepMs }) => ({ packet: one, atMs: (atMs += stepMs) })),
        );
        expectSound(played);
        for (const { fromMs, toMs } of played.gaps) expect(toMs).toBeGreaterThanOrEqual(fromMs);
      }),
      { numRuns: 200 },
    );
  });
});
