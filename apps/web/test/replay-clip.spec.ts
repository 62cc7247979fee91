import { fromBase64Url, parseCanonicalBytes, type Segment, utf8, zSegment } from '@app/contracts';
import {
  formatCheckpoint,
  formatNote,
  MerkleTree,
  parseReceipt,
  rootFromInclusion,
  signNote,
  SIGNATURE_TYPE,
  TreeHasher,
} from '@app/ledger';
import { openSegment, sealSegment } from '@app/recording';
import { noteSigner, noteSuite, profileOf, unpackContainer } from '@app/sealing';
import '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { clipFile, clipOf, type ClipSegment, receiptOf } from '../src/areas/watch/model/clip.js';
import { type LaneSegment, timelineOf } from '../src/areas/watch/model/timeline.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const profile = profileOf('gp-std-1');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const clock = (second: number): string => new Date(Date.parse('2026-03-20T01:00:00.000Z') + second * 1_000).toISOString();
const track = { party: 'expert-1', source: 'camera' as const };

const HEADER = { v: 1 as const, seq: 5, type: 'recording.land', at: clock(31), parts: {} };
const zListed = z.looseObject({
  order: z.looseObject({ applicant: z.looseObject({}) }),
  segments: z.array(z.looseObject({ venue: z.string(), segment: zSegment, key: z.string(), media: z.string() })),
});

const made = [0, 1, 2].map((index) => {
  const key = randomBytes(32);
  const file = Buffer.from(`webm ${String(index)}`);
  const sealed = sealSegment(key, { origin: ORIGIN, venue: 'sub-1', track: 'expert-1/camera', index }, file);
  const segment: Segment = {
    track,
    index,
    prev: null,
    content: sha256(sealed),
    bytes: sealed.length,
    codec: 'vp8',
    size: null,
    frames: 1,
    received: { from: clock(index * 10), to: clock(index * 10 + 10) },
    sent: null,
  };
  return { key, file, sealed, segment };
});
const { lanes } = timelineOf([
  {
    seq: 5,
    landing: { v: 1, origin: ORIGIN, venue: 'sub-1', index: 0, prev: null, segments: made.map(({ segment }) => segment), gaps: [] },
  },
]);

describe('a copy for an applicant', () => {
  it('is of the segments that have a moment in the stretch', () => {
    const { segments, bytes } = clipOf(lanes, { fromMs: Date.parse(clock(10)), toMs: Date.parse(clock(20)) });
    expect(segments.map(({ segment }) => segment.index)).toEqual([1]);
    expect(bytes).toBe(made[1]!.sealed.length);
  });

  it('can be checked without the venue: each file comes out of the ciphertext that was landed, each entry is in the log', () => {
    const segments = lanes[0]!.segments.map((at: LaneSegment, index): ClipSegment => ({ at, ...made[index]! }));
    const hasher = new TreeHasher(profile.hash);
    const tree = new MerkleTree(hasher);
    const leaves = Array.from({ length: 9 }, (_, index) => hasher.leaf(utf8(String(index))));
    for (const leaf of leaves) tree.appendAll(leaf);
    const signer = noteSigner(profile.generateSigner('node'), ORIGIN, SIGNATURE_TYPE.note);
    const note = formatNote(signNote(noteSuite(profile), formatCheckpoint({ origin: ORIGIN, size: 9, root: tree.root(9) }), signer));
    const receipt = receiptOf(hasher, { size: 9, checkpoint: note }, 5, (index) => leaves[index]!);
    const applicant = { name: '某公司', reason: '质疑' };
    const order = { tracks: [{ venue: 'sub-1', ...track }], from: clock(0), to: clock(30), purpose: '核对', applicant };
    const files = unpackContainer(
      clipFile({
        origin: ORIGIN,
        order,
        access: { header: HEADER, path: [], checkpoint: '', parts: {} },
        segments,
        landings: new Map([['f'.repeat(64), utf8('landing')]]),
        entries: [{ header: HEADER, parts: {} }],
        receipts: new Map([[5, receipt]]),
      }),
    );
    const listed = zListed.parse(parseCanonicalBytes(files.get('clip.json')!));
    expect(listed.order.applicant).toEqual(applicant);
    for (const [number, { venue, segment, key, media }] of listed.segments.entries()) {
      const sealed = files.get(`recordings/${segment.content}`)!;
      expect(sha256(sealed)).toBe(segment.content);
      const place = { origin: ORIGIN, venue, track: `${segment.track.party}/${segment.track.source}`, index: segment.index };
      expect(Buffer.from(openSegment(fromBase64Url(key), place, sealed)!)).toEqual(Buffer.from(files.get(media)!));
      expect(media).toBe(`media/sub-1/expert-1/camera/0000${String(number)}.webm`);
    }
    const read = parseReceipt(Buffer.from(files.get('entries/5.tlog-proof')!).toString());
    expect(Buffer.from(rootFromInclusion(hasher, read.index, 9, leaves[5]!, read.proof)!)).toEqual(Buffer.from(tree.root(9)));
  });
});
