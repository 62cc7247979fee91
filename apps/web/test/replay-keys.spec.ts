import { canonicalBytes, type LookKeys, type Segment, toBase64Url } from '@app/contracts';
import { sealSegment } from '@app/recording';
import { generateKeeperKey, profileOf, sealToKey } from '@app/sealing';
import '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { SegmentKeys } from '../src/areas/watch/model/segment-keys.js';

const profile = profileOf('gp-std-1');
const ORIGIN = 'gongping.test/lot/lot-1/1';
const own = generateKeeperKey(profile);
const raw = [randomBytes(32), randomBytes(32)];
const given = (changes: Partial<LookKeys> = {}): string => {
  const track = { party: 'expert-1', source: 'camera' as const };
  const keys: LookKeys = {
    v: 1,
    origin: ORIGIN,
    venue: 'sub-1',
    tracks: [{ track, runs: [{ index: 4, keys: raw.map((key) => toBase64Url(key)) }] }],
    ...changes,
  };
  return toBase64Url(sealToKey(profile, own.publicKey, canonicalBytes(keys)));
};
const segment = (index: number): Segment => ({
  track: { party: 'expert-1', source: 'camera' },
  index,
  prev: null,
  content: 'a'.repeat(64),
  bytes: 1,
  codec: 'vp8',
  size: null,
  frames: 1,
  received: { from: '2026-03-20T01:00:00.000Z', to: '2026-03-20T01:00:01.000Z' },
  sent: null,
});

describe('keys to look with', () => {
  it('open exactly the segments they were given for, as the recorder sealed them', async () => {
    const sut = new SegmentKeys(ORIGIN);
    expect(sut.add(profile, 'sub-1', given(), own)).toBe(true);
    expect([3, 4, 5, 6].map((index) => sut.has('sub-1', segment(index)))).toEqual([false, true, true, false]);
    expect(sut.has('sub-2', segment(4))).toBe(false);
    const place = { origin: ORIGIN, venue: 'sub-1', track: 'expert-1/camera', index: 5 };
    const sealed = sealSegment(raw[1]!, place, Buffer.from('webm'));
    expect(Buffer.from((await sut.open('sub-1', segment(5), sealed))!).toString()).toBe('webm');
    // At another place, or changed, it is nothing.
    expect(await sut.open('sub-1', segment(4), sealed)).toBeNull();
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    expect(await sut.open('sub-1', segment(5), sealed)).toBeNull();
    await expect(sut.open('sub-1', segment(6), sealed)).rejects.toThrow('no key');
  });

  it.each<[string, () => string]>([
    ['of another lot', () => given({ origin: 'gongping.test/lot/lot-2/1' })],
    ['of another venue', () => given({ venue: 'sub-2' })],
    ['sealed to somebody else', () => toBase64Url(sealToKey(profile, generateKeeperKey(profile).publicKey, Buffer.from('{}')))],
    ['of another form', () => toBase64Url(sealToKey(profile, own.publicKey, Buffer.from('{}')))],
    ['no file', () => 'AAAA'],
  ])('are not taken when they are %s', (_what, sealed) => {
    const sut = new SegmentKeys(ORIGIN);
    expect([sut.add(profile, 'sub-1', sealed(), own), sut.size]).toEqual([false, 0]);
  });
});
