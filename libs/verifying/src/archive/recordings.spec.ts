import { NODE_DIGESTS } from '@app/archive/node';
import type { JsonObject, Landing, RecordingGap, Segment } from '@app/contracts';
import { canonicalBytes } from '@app/contracts';
import { bytesAsSource } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { CheckResult } from '../findings.js';
import { checkRecordings, type RecordingFiles, recordingsIn } from './recordings.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const clock = (second: number): string => new Date(Date.parse('2026-03-20T01:00:00.000Z') + second * 1_000).toISOString();

type Files = Map<string, Uint8Array>;
interface Recorded {
  readonly files: Files;
  readonly landings: readonly Landing[];
}
interface Changes {
  /** Changes a description before it is chained: what whoever holds the node's key could do. */
  readonly describe?: (segment: Segment) => Segment;
  readonly gaps?: readonly RecordingGap[];
}

/** Two landings of two tracks, three segments of ten seconds each. */
function record(origin: string, { describe: change = (segment) => segment, gaps = [] }: Changes = {}): Recorded {
  const files: Files = new Map();
  const ends = new Map<string, Segment>();
  const landings: Landing[] = [];
  const file = (bytes: Uint8Array): string => {
    files.set(sha256(bytes), bytes);
    return sha256(bytes);
  };
  for (const [index, seconds] of [[0, 10], [20]].entries()) {
    const segments = seconds.flatMap((second) =>
      (['camera', 'microphone'] as const).map((source): Segment => {
        const before = ends.get(source);
        const bytes = Buffer.from(`${source} ${String(second)}`);
        const segment = change({
          track: { party: 'expert-1', source },
          index: (before?.index ?? -1) + 1,
          prev: before === undefined ? null : sha256(canonicalBytes(before)),
          content: file(bytes),
          bytes: bytes.length,
          codec: source === 'camera' ? 'vp8' : 'opus',
          size: null,
          frames: 10,
          received: { from: clock(second), to: clock(second + 10) },
          sent: null,
        });
        ends.set(source, segment);
        return segment;
      }),
    );
    const prev = landings.at(-1);
    const landing: Landing = {
      v: 1,
      origin,
      venue: 'sub-1',
      index,
      prev: prev === undefined ? null : sha256(canonicalBytes(prev)),
      segments,
      gaps: index === 1 ? [...gaps] : [],
    };
    file(canonicalBytes(landing));
    landings.push(landing);
  }
  return { files, landings };
}

/** Lands them by the rules, and checks the log with these files. */
async function checked(recorded: Recorded, files: Files | null, more: Partial<RecordingFiles> = {}): Promise<CheckResult | null> {
  return (await found(recorded, files, more)).results[0] ?? null;
}
function found({ landings }: Recorded, files: Files | null, more: Partial<RecordingFiles> = {}): ReturnType<typeof checkRecordings> {
  const { table } = at(TV_E2E_01, 'locked');
  for (const landing of landings) {
    const { index, prev, segments, gaps } = landing;
    const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    const times = [...segments.map(({ received }) => received), ...gaps].flatMap(({ from, to }) => [from, to]).sort();
    const payload: JsonObject = {
      index,
      prev,
      landing: sha256(canonicalBytes(landing)),
      from: times[0] ?? '',
      to: times.at(-1) ?? '',
      segments: segments.length,
      gaps: gaps.length,
      bytes,
    };
    table.act('node:sub-1', 'recording.land', payload);
  }
  const source = files === null ? null : { read: (hash: string) => Promise.resolve(files.get(hash) ?? null), ...more };
  return checkRecordings(table.state.origin, table.entries, source, NODE_DIGESTS);
}
const { origin } = at(TV_E2E_01, 'locked').table.state;
const contentAt = ({ landings }: Recorded, source: string, second: number): string =>
  landings.flatMap(({ segments }) => segments).find((one) => one.track.source === source && one.received.from === clock(second))?.content ??
  '';
const reason = (result: CheckResult | null): string => `${result?.verdict ?? ''}: ${result?.first?.reason ?? ''}`;

describe('the recordings beside an archive', () => {
  it('are what was landed', async () => {
    const recorded = record(origin);
    const result = await checked(recorded, recorded.files);
    expect([result?.verdict, result?.note.split(',')[0]]).toEqual(['PASS', '6 segments']);
  });

  it('are not vouched for where nobody gave them, and nothing is asked where none were made', async () => {
    expect(await checked(record(origin), null)).toMatchObject({ verdict: 'NOT VISIBLE', isPartial: true });
    expect(await checked({ files: new Map(), landings: [] }, null)).toBeNull();
  });

  it.each<[string, (files: Files, recorded: Recorded) => void, string]>([
    [
      'changed',
      (files, recorded) => files.set(contentAt(recorded, 'camera', 10), Buffer.from('another')),
      `sub-1, expert-1/camera, ${clock(10)}: the segment was changed`,
    ],
    [
      'changed by one bit',
      (files, recorded) => {
        const name = contentAt(recorded, 'camera', 20);
        const bytes = Buffer.from(files.get(name) ?? '');
        bytes[3] = (bytes[3] ?? 0) ^ 1;
        files.set(name, bytes);
      },
      `sub-1, expert-1/camera, ${clock(20)}: the segment was changed`,
    ],
    [
      'swapped',
      (files, recorded) => {
        const [one, two] = [contentAt(recorded, 'microphone', 0), contentAt(recorded, 'microphone', 20)];
        const bytes = files.get(one);
        files.set(one, files.get(two) ?? Buffer.alloc(0));
        files.set(two, bytes ?? Buffer.alloc(0));
      },
      `sub-1, expert-1/microphone, ${clock(0)}: the segment was changed`,
    ],
    [
      'removed',
      (files, recorded) => files.delete(contentAt(recorded, 'microphone', 20)),
      `sub-1, expert-1/microphone, ${clock(20)}: the segment is missing`,
    ],
    [
      'described otherwise',
      (files, { landings: [, second] }) => files.set(sha256(canonicalBytes(second!)), canonicalBytes({ ...second!, segments: [] })),
      `landing 1 of sub-1, from ${clock(20)}: its file was changed`,
    ],
    [
      'no more described',
      (files, { landings: [first] }) => files.delete(sha256(canonicalBytes(first!))),
      `landing 0 of sub-1, from ${clock(0)}: its file is missing`,
    ],
  ])('name the second where a segment was %s', async (_how, tamper, told) => {
    const recorded = record(origin);
    tamper(recorded.files, recorded);
    expect(reason(await checked(recorded, recorded.files))).toBe(`FAIL: ${told}`);
  });

  it.each<[string, (segment: Segment) => Segment, string]>([
    [
      're-timed',
      (segment) => (segment.index === 1 ? { ...segment, received: { from: clock(5), to: clock(9) } } : segment),
      `${clock(5)}: its time does not go forward`,
    ],
    [
      'told twice',
      (segment) => (segment.index === 1 ? { ...segment, index: 0 } : segment),
      `${clock(10)}: segment 0 does not follow the one before it`,
    ],
    [
      'unchained',
      (segment) => (segment.index === 2 ? { ...segment, prev: null } : segment),
      `${clock(20)}: segment 2 does not follow the one before it`,
    ],
  ])('name the second where the venue itself lands a segment %s', async (_how, change, told) => {
    const recorded = record(origin, { describe: change });
    expect(reason(await checked(recorded, recorded.files))).toBe(`FAIL: sub-1, expert-1/camera, ${told}`);
  });

  describe('that are in the archive', () => {
    /** As an archive holds them, but for those that were left out. */
    const held = async (recorded: Recorded, left: readonly string[], changed: Files = new Map()): Promise<CheckResult | null> => {
      const files = new Map([...recorded.files, ...changed].filter(([name]) => !left.includes(name)));
      const recordings = new Map([...files].map(([name, bytes]) => [name, { ...bytesAsSource(bytes), crc: 0 }]));
      const { names = [], ...given } = recordingsIn({ recordings })!;
      return checked(recorded, files, { ...given, names });
    };
    const recorded = record(origin);
    const landings = recorded.landings.map((landing) => sha256(canonicalBytes(landing)));
    const segments = recorded.landings.flatMap((landing) => landing.segments.map(({ content }) => content));

    it('are checked as those beside it', async () => {
      expect((await held(recorded, []))?.verdict).toBe('PASS');
      const changed = new Map([[segments[0]!, Buffer.from('another')]]);
      expect(reason(await held(recorded, [], changed))).toBe(`FAIL: sub-1, expert-1/camera, ${clock(0)}: the segment was changed`);
    });

    it('need not be all: what was left out is not vouched for, and the rest is', async () => {
      for (const left of [
        segments,
        segments.slice(0, 1),
        landings.slice(1).concat(segments.slice(4)),
        landings.slice(0, 1).concat(segments.slice(0, 4)),
      ])
        expect(await held(recorded, left)).toMatchObject({ verdict: 'NOT VISIBLE', wrong: 0 });
      const changed = new Map([[segments[5]!, Buffer.from('another')]]);
      expect((await held(recorded, landings.slice(0, 1).concat(segments.slice(0, 4)), changed))?.verdict).toBe('FAIL');
    });

    it('are named by a landing of the lot', async () => {
      const foreign = new Map([[sha256(Buffer.from('foreign')), Buffer.from('foreign')]]);
      expect(reason(await held(recorded, [], foreign))).toBe('FAIL: no landing of this lot names it');
      const nothing = { files: new Map(), landings: [] };
      expect(reason(await held(nothing, [], foreign))).toBe('FAIL: no landing of this lot names it');
    });
  });

  it('are of this lot alone', async () => {
    const recorded = record('gongping.test/lot/another/1');
    expect(reason(await checked(recorded, recorded.files))).toContain('its file is of another lot, venue or place');
  });

  it('have no hole that no gap tells of: footage that is left out is found', async () => {
    const track = { party: 'expert-1', source: 'camera' } as const;
    // The camera's last segment begins five seconds late.
    const late = (segment: Segment): Segment =>
      segment.track.source === 'camera' && segment.index === 2 ? { ...segment, received: { from: clock(25), to: clock(30) } } : segment;
    const silent = record(origin, { describe: late });
    expect(reason(await checked(silent, silent.files))).toContain(
      `expert-1/camera, ${clock(25)}: nothing is recorded from ${clock(20)} on`,
    );
    const gap: RecordingGap = { track, from: clock(20), to: clock(25), reason: 'DISK', packets: 0 };
    const said = record(origin, { describe: late, gaps: [gap] });
    expect(await found(said, said.files)).toMatchObject({
      results: [{ verdict: 'PASS' }],
      notices: ['gaps in recordings 录制缺口: sub-1, 1, 5.000 s in all tracks together'],
    });
    expect((await found(silent, silent.files)).notices).toEqual([]);
    for (const other of [
      { ...gap, to: clock(22) },
      { ...gap, from: clock(23) },
      { ...gap, track: { ...track, source: 'microphone' as const } },
    ]) {
      const half = record(origin, { describe: late, gaps: [other] });
      expect((await checked(half, half.files))?.verdict).toBe('FAIL');
    }
  });
});
