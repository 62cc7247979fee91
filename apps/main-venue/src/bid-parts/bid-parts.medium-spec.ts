import { readArchive } from '@app/archive';
import { openFile } from '@app/archive/node';
import type { ServedFile } from '@app/blobs';
import { FolderBlobStore } from '@app/blobs';
import type { JsonValue } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { initialLotState, LotRun, openedBids } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { chunksOf } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { BidParts } from './bid-parts.js';

/** A golden lot: its log folded up to some step, and its ciphertexts as a venue holds them. */
const GOLDEN = resolve('tools/verify/fixtures/0.1.0/TV-E2E-02.zip');

describe('parts of opened bids of form 1', () => {
  let folder: string;
  let sut: BidParts;
  const states: LotState[] = [];
  const last = (): LotState => states.at(-1) ?? initialLotState('', '', 1);
  /** The newest state of the lot in which it had this status. */
  const during = (status: string): LotState => states.findLast((state) => state.status === status) ?? last();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-bid-parts-'));
    const store = new FolderBlobStore(folder);
    const source = await openFile(GOLDEN);
    const { head, entries, blobs } = await readArchive(source);
    for (const [hash, blob] of blobs) await store.put(hash, chunksOf(blob));
    await source.close();
    const shelf = await openCheckedShelf();
    let run = LotRun.begin(shelf, head, shelf.find(head.engine));
    for (const { header, parts } of entries) {
      const texts = Object.entries(parts).map(([name, { text }]) => [name, JSON.parse(text) as JsonValue] as const);
      run = run.next({ header, parts: Object.fromEntries(texts) });
      states.push(run.state);
    }
    sut = new BidParts(profileOf('gp-std-1'), store);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const firstOf = (state: LotState): { bid: string; bidder: string } => openedBids(state)[0] ?? { bid: '', bidder: '' };
  const bytes = async (file: ServedFile, from = 0, to = file.size): Promise<Buffer> => buffer(await file.open({ from, to }));

  it('are those that the bidder put into the bid, whole and in part', async () => {
    const { bid, bidder } = firstOf(last());
    const files = sut.list(last(), ['supervisor'], bid);
    expect(files.length).toBeGreaterThan(1);
    expect(sut.list(last(), [bidder], bid)).toEqual(files);
    expect(files.map(({ type }) => type).sort()).toEqual(['COMMERCIAL', 'OPENING_SHEET', 'PRICE', 'PRICE', 'TECHNICAL']);
    for (const { id, hash, size } of files) {
      const file = await sut.open(last(), ['supervisor'], bid, id);
      const whole = await bytes(file);
      expect([whole.length, createHash('sha256').update(whole).digest('hex'), file.tag]).toEqual([size, hash, hash]);
      expect((await bytes(file, 3, 11)).equals(whole.subarray(3, 11))).toBe(true);
    }
  });

  it('are for whoever the rules let, when they let: not for a rival, the public, or the purchaser', async () => {
    const { bid } = firstOf(last());
    const rival = openedBids(last())[1]?.bidder ?? '';
    for (const parties of [[rival], [], ['purchaser'], ['agency'], ['node:sub-1']]) {
      expect(sut.list(last(), parties, bid)).toEqual([]);
      await expect(sut.open(last(), parties, bid, '0001')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('are for the members who evaluate while they evaluate, and not afterwards', async () => {
    const state = during('EVALUATING');
    const { bid } = firstOf(state);
    const member = Object.entries(state.committee.present).find(([, present]) => present.pledgedAt !== null)?.[0] ?? '';
    const [file] = sut.list(state, [member], bid);
    expect(file).toBeDefined();
    await expect(sut.open(state, [member], bid, file?.id ?? '')).resolves.toMatchObject({ tag: file?.hash });
    await expect(sut.open(last(), [member], bid, file?.id ?? '')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are not there before the bid is opened, and under no other id', async () => {
    const { bid } = firstOf(last());
    const before = states.find((state) => state.status === 'OPENING') ?? last();
    expect(() => sut.list(before, ['supervisor'], bid)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    for (const id of ['index.json', '../index.json', '0000', '0099', 'technical.pdf'])
      await expect(sut.open(last(), ['supervisor'], bid, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
