import { allBytes, readArchive as readSource, writeArchive as layOutArchive, zTrust } from '@app/archive';
import type { Archive, Trust } from '@app/archive';
import { NODE_DIGESTS } from '@app/archive/node';
import { openCheckedShelf } from '@app/evaluation/node';
import { bytesAsSource, packContainer, unpackContainer } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Report } from '../report.js';
import { EXIT } from '../report.js';
import { verifyArchive } from './verify-archive.js';

/**
 * The golden archives of release 0.1.0: both demonstration lots as played through the venues. They must verify for ever, and every
 * alteration must be found and named.
 */
const FOLDER = new URL('../../../../tools/verify/fixtures/0.1.0/', import.meta.url);
const read = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(name, FOLDER)));
const FLIPS = 200;
/** Fixed, so that a failure can be repeated. */
const SEED = 20_261_122;

/** No platform log committed to heads then: said, and no fault of theirs. */
const NO_HEADS = ['heads', 'NOTHING TO CHECK'];
const NOTHING_ERASED = ['erasures', 'NOTHING TO CHECK'];

let first: Uint8Array;
let second: Uint8Array;
let trust: Trust;
const shelf = await openCheckedShelf();
const profileFor = (id: string) => (id === 'gp-std-1' ? profileOf('gp-std-1') : null);
const verify = (bytes: Uint8Array, anchors: Trust | null = trust): Promise<Report> =>
  verifyArchive(bytesAsSource(bytes), anchors, { profileFor, digests: NODE_DIGESTS, shelf });
const readArchive = (bytes: Uint8Array): Promise<Archive> => readSource(bytesAsSource(bytes));
const writeArchive = (archive: Archive): Promise<Uint8Array> => allBytes(layOutArchive(archive));

beforeAll(() => {
  first = read('TV-E2E-01.zip');
  second = read('TV-E2E-02.zip');
  trust = zTrust.parse(JSON.parse(Buffer.from(read('trust.json')).toString('utf8')));
});

/** Numbers in [0, 1) from a seed (mulberry32). */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

function flipped(bytes: Uint8Array, offset: number, bit: number): Uint8Array {
  const out = Uint8Array.from(bytes);
  out[offset] = (out[offset] ?? 0) ^ (1 << bit);
  return out;
}

describe('offline verifier', () => {
  it('TV-E2E-01 FMT-1.8 A-200 A-201 B-023 verifies, and recomputes benchmark, totals, ranks and winner', async () => {
    const report = await verify(first);
    // The list of candidates stood in the log itself, and the rules asked again walk it.
    expect(report.checks.filter(({ verdict }) => verdict !== 'PASS').map(({ id, verdict }) => [id, verdict])).toEqual([
      NO_HEADS,
      NOTHING_ERASED,
      ['draw', 'NOTHING TO CHECK'],
    ]);
    expect(report.checks.find(({ id }) => id === 'heads')?.note).toMatch(/^not carried: /);
    expect(report.missing).toBeNull();
    expect(report.notices).toEqual([
      'founded under superseded rules 旧版规则: gongping-engine/0.1.0, which founds lots until 2026-11-29T19:54:44.000Z, on 2026-11-22T04:23:51.206Z; first witnessed 2026-11-22T04:23:52.000Z',
      'roles 职责分离: 17 of 17 people are shown; each is another person, and none is of an organisation that excludes the role',
      'bid rejected 否决: 温州鸿基建设集团有限公司, NOT_RESPONSIVE (responsiveness-1 4 of 5); the rules decide it again',
      "committed to after the deadline 截止后入日志: 15 of 15 acts, the last 0.178 s after it; that they were received before is the main venue's word",
    ]);
    expect([report.verdict, report.exit]).toEqual(['PASS', 0]);
    expect(report.award).toEqual([
      '城东片区市政道路提升工程施工 (E3307840001000001001), CONTRACTED',
      'benchmark price 评标基准价 9210150.00',
      '1. 杭州远大市政工程有限公司: price 9480000.00, total 92.87',
      '2. 金华中岳交通建设有限公司: price 9050000.00, total 91.53',
      '3. 宁波海晟路桥股份有限公司: price 9350000.00, total 90.88',
      '4. 台州东港市政园林有限公司: price 9530000.00, total 90.13',
      '5. 绍兴越州工程有限公司: price 9880000.00, total 89.33',
      '6. 浙江恒筑建设有限公司: price 9620000.00, total 87.95',
      'winner 中标人: 杭州远大市政工程有限公司, 9480000.00',
      expect.stringMatching(/^acted under the certificate .*O=杭州远大市政工程有限公司, .*SHA-256 [0-9a-f]{64}$/),
    ]);
  });

  it('TV-E2E-02 A-200 verifies, and C wins although dearest', async () => {
    const report = await verify(second);
    expect([report.verdict, report.first]).toEqual(['PASS', null]);
    expect(report.award.slice(1)).toEqual([
      '1. 宁波致远信息技术有限公司: price 1200000.00, total 90.63',
      '2. 杭州启明教育装备有限公司: price 980000.00, total 89.21',
      '3. 金华思源科技有限公司: price 1050000.00, total 86.43',
      'winner 中标人: 宁波致远信息技术有限公司, 1200000.00',
      expect.stringMatching(/O=宁波致远信息技术有限公司/),
    ]);
  });

  it('says "consistent, not authenticated" without trust anchors', async () => {
    const report = await verify(second, null);
    expect([report.verdict, report.exit]).toEqual(['CONSISTENT, NOT AUTHENTICATED', 2]);
  });

  it('finds and names each of 200 random flipped bits of the file', async () => {
    const random = numbers(SEED);
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const offset = Math.floor(random.next().value * first.length);
      const report = await verify(flipped(first, offset, flip % 8));
      // Most flips break the container's checksums; an archive that cannot be read is no forged one.
      expect([EXIT.FAIL, EXIT.UNREADABLE]).toContain(report.exit);
      expect(report.first?.where).not.toBe('');
    }
  });

  // The container's checksums find any flip; an adversary computes them anew, and must fail all the same.
  it.each([
    'archive.json',
    'log/entries.ndjson',
    'log/leaves.txt',
    'log/checkpoint.txt',
    'log/history.ndjson',
    'log/policy.txt',
    'platform/checkpoint.txt',
    'platform/acts.ndjson',
  ])('finds flipped bits in %s when the container is made whole again', async (name) => {
    const random = numbers(SEED + name.length);
    for (let flip = 0; flip < 2; flip += 1) {
      const files = unpackContainer(second);
      const content = files.get(name) ?? new Uint8Array();
      files.set(name, flipped(content, Math.floor(random.next().value * content.length), flip));
      expect([EXIT.FAIL, EXIT.UNREADABLE]).toContain((await verify(packContainer(files))).exit);
    }
  });

  it('finds a flipped bit in every ciphertext when the container is made whole again', async () => {
    const files = unpackContainer(second);
    const blobs = [...files.keys()].filter((name) => name.startsWith('blobs/'));
    expect(blobs).toHaveLength(3);
    for (const name of blobs) {
      const content = files.get(name) ?? new Uint8Array();
      const report = await verify(packContainer(new Map([...files, [name, flipped(content, content.length >> 1, 3)]])));
      expect(report.first?.where).toBe(name);
    }
  });

  it('finds a dropped entry, a swapped pair and a repeated one, and names the first', async () => {
    const archive = await readArchive(second);
    const { entries, leaves } = archive;
    const changed = async (edit: <T>(list: readonly T[]) => T[]): Promise<Report> =>
      verify(
        await writeArchive({
          ...archive,
          entries: edit(entries),
          leaves: edit(leaves),
          head: { ...archive.head, size: edit(entries).length },
        }),
      );
    const dropped = await changed((list) => [...list.slice(0, 40), ...list.slice(41)]);
    expect([dropped.exit, dropped.first?.seq]).toEqual([1, 40]);
    const swapped = await changed((list) => list.map((item, index) => list[index === 40 ? 41 : index === 41 ? 40 : index] ?? item));
    expect([swapped.exit, swapped.first?.seq]).toEqual([1, 40]);
    const repeated = await changed((list) => [...list.slice(0, 41), ...list.slice(40)]);
    expect([repeated.exit, repeated.first?.seq]).toEqual([1, 41]);
  });

  it('refuses another installation’s trust anchors, and an unknown witness', async () => {
    expect((await verify(second, { ...trust, installation: 'elsewhere' })).exit).toBe(1);
    const stranger = profileOf('gp-std-1').generateSigner('node').publicKey;
    const report = await verify(second, { ...trust, logKey: stranger });
    expect([report.exit, report.checks.find(({ id }) => id === 'cosignatures')?.verdict]).toEqual([1, 'FAIL']);
    const people = await verify(second, { ...trust, nodeKeys: { ...trust.nodeKeys, 'node:main': stranger } });
    expect(people.checks.find(({ id }) => id === 'certificates')?.verdict).toBe('FAIL');
  });

  it.each([
    ['empty', () => new Uint8Array()],
    ['truncated', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 100)],
    ['no archive at all', () => Uint8Array.from(Buffer.from('hello'))],
  ])('says what is wrong with a file that is %s', async (_name, make) => {
    const report = await verify(make(second));
    expect([report.exit, report.verdict, report.first === null]).toEqual([4, 'UNREADABLE', false]);
  });
});

describe.each([
  ['0.2.0', [NO_HEADS, NOTHING_ERASED]],
  ['0.3.0', [NOTHING_ERASED]],
  ['0.4.0', [NOTHING_ERASED]],
  ['0.5.0', [NOTHING_ERASED]],
])('the golden archives of release %s', (release, unchecked) => {
  const folder = new URL(`../../../../tools/verify/fixtures/${release}/`, import.meta.url);
  const bytesOf = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(name, folder)));
  const anchors = zTrust.parse(JSON.parse(Buffer.from(bytesOf('trust.json')).toString('utf8')));

  it.each([
    ['TV-E2E-01', '杭州远大市政工程有限公司, 9480000.00', '92.87'],
    ['TV-E2E-02', '宁波致远信息技术有限公司, 1200000.00', '90.63'],
  ])('%s A-200 verifies under its own rules: bids part by part, the walk of the draw, result and winner', async (lot, winner, total) => {
    const report = await verify(bytesOf(`${lot}.zip`), anchors);
    expect(report.checks.filter(({ verdict }) => verdict !== 'PASS').map(({ id, verdict }) => [id, verdict])).toEqual(unchecked);
    expect([report.verdict, report.exit, report.missing]).toEqual(['PASS', 0, null]);
    expect(report.award).toContain(`winner 中标人: ${winner}`);
    expect(report.award.find((line) => line.startsWith('1. '))).toContain(`total ${total}`);
  });

  it('is INCOMPLETE without the list of the pool, and wrong with a changed bid', async () => {
    const files = unpackContainer(bytesOf('TV-E2E-02.zip'));
    const blobs = [...files.keys()].filter((name) => name.startsWith('blobs/'));
    const verdicts = await Promise.all(
      blobs.map(async (name) => (await verify(packContainer(new Map([...files].filter(([file]) => file !== name))), anchors)).verdict),
    );
    expect(verdicts.filter((verdict) => verdict === 'PASS')).toEqual([]);
    const [name = ''] = blobs;
    const content = files.get(name) ?? new Uint8Array();
    expect((await verify(packContainer(new Map([...files, [name, flipped(content, content.length >> 1, 3)]])), anchors)).verdict).toBe(
      'FAIL',
    );
  });
});
