import { allBytes, readArchive } from '@app/archive';
import type { ArchivedHead } from '@app/archive';
import { NODE_DIGESTS } from '@app/archive/node';
import { parseCanonical, toHex } from '@app/contracts';
import { EngineShelf } from '@app/evaluation';
import { flatHashes, formatCheckpoint, formatNote, MerkleTree, SIGNATURE_TYPE, signNote, TreeHasher } from '@app/ledger';
import { createLogger, FakeClock } from '@app/platform';
import { bytesAsSource, noteSigner, noteSuite } from '@app/sealing';
import { verifyArchive } from '@app/verifying';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeptArchives } from '../archive/kept-archives.js';
import { LotArchivist } from '../archive/lot-archivist.js';
import { LOG_DEFAULTS, type SignedCheckpoint } from '../log/log.types.js';
import { LogTrees } from '../log/log-trees.js';
import { INSTALLATION, profile } from '../../test/support/people.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import type { PipelineProcess } from '../../test/support/pipeline-process.js';
import { PlatformEntries } from './platform-entries.js';
import { LotHeads } from './lot-heads.js';
import { PlatformBeat } from './platform-beat.js';
import type { HeadsOfBatch } from './platform-stream.js';

const PLATFORM = `${INSTALLATION}/platform`;
const BEAT_MS = 10_000;
const BOOT_MS_MAX = 60_000;
const noFiles = { size: () => Promise.resolve(null), path: () => Promise.resolve(null) };
const originOf = (lot: string): string => `${INSTALLATION}/lot/${lot}/1`;

/** One process's beat, moved by hand. */
class Beats {
  readonly #beat: PlatformBeat;

  constructor(
    private readonly kit: Kit,
    private readonly clock: FakeClock,
    readonly process: PipelineProcess,
  ) {
    const logger = createLogger({ name: 'beat', level: 'silent' });
    const { pipeline, kind } = process;
    const heads = process.get(LotHeads);
    this.#beat = new PlatformBeat(pipeline, kind, heads, clock, { PLATFORM_BATCH_MS: BEAT_MS }, logger, kit.keys, kit.pool, profile);
  }

  /** One entry more. The next beat is armed when the last one was answered. */
  async next(): Promise<void> {
    const before = await this.kit.process.reader.size(PLATFORM);
    const armed = this.clock.waiting;
    this.#beat.start();
    await this.clock.advance(BEAT_MS);
    for (let wait = 0; wait < 2_000; wait += 1) {
      if ((await this.kit.process.reader.size(PLATFORM)) > before && this.clock.waiting > armed) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await this.#beat.close();
  }
}

describe('SEC-21 one root over the heads of all lots, at each beat of the platform log', () => {
  let kit: Kit;
  const clock = new FakeClock();

  /** One beat of a process. */
  const beat = (process = kit.process): Promise<void> => new Beats(kit, clock, process).next();
  const grow = async (lot: string, text: string): Promise<void> => {
    const signed = await kit.wish(kit.cast.supervisor.identity, lot, 'supervisor', 'lot.give-opinion', { text, target: 'lot' });
    expect((await kit.process.pipeline.submit(signed)).outcome).toMatchObject({ ok: true });
  };
  const rows = async (): Promise<number> => (await kit.pool.query('SELECT 1 FROM lot_head')).rowCount ?? 0;
  const entries = async (): Promise<{ text: string; heads: HeadsOfBatch }[]> => {
    const read = await kit.process.reader.read(PLATFORM, 0, 100);
    return read.map(({ parts }) => {
      const text = parts['command']?.text ?? '';
      return { text, heads: (parseCanonical(text) as { command: { public: { heads: HeadsOfBatch } } }).command.public.heads };
    });
  };
  const size = (): Promise<number> => kit.process.reader.size(PLATFORM);

  /** The head of a log as it is, signed by the log. */
  async function headOf(origin: string): Promise<SignedCheckpoint> {
    const { reader } = kit.process;
    const leaves = await reader.leaves(origin, 0, await reader.size(origin));
    const root = new MerkleTree(new TreeHasher(profile.hash), flatHashes(leaves)).root();
    const text = formatCheckpoint({ origin, size: leaves.length, root });
    const note = formatNote(signNote(noteSuite(profile), text, noteSigner(kit.keys.log, origin, SIGNATURE_TYPE.note)));
    return { origin, size: leaves.length, root, note, signedAt: '', cosignatures: new Map(), quorumAt: '' };
  }

  /** A lot's archive: its lines of heads, and what the verifier says of them. */
  async function carried(lot: string, process = kit.process) {
    const archivist = new LotArchivist({
      installation: INSTALLATION,
      profile,
      pipeline: process.pipeline,
      reader: process.reader,
      checkpoints: { newestQuorum: headOf },
      entries: new PlatformEntries(new LogTrees(profile, process.reader, LOG_DEFAULTS), process.reader),
      heads: process.get(LotHeads),
      repository: { history: () => Promise.resolve([]) },
      blobs: noFiles,
      recordings: { here: () => Promise.resolve({ landings: [], segments: [] }) },
      recorded: { landings: noFiles, segments: noFiles },
      kept: new KeptArchives(kit.clock, 1),
    });
    const bytes = bytesAsSource(await allBytes(await archivist.archive(originOf(lot), ['supervisor'])));
    const { checks } = await verifyArchive(bytes, null, {
      profileFor: () => profile,
      digests: NODE_DIGESTS,
      shelf: process.get(EngineShelf),
    });
    const { heads } = await readArchive(bytes);
    const found = checks.find(({ id }) => id === 'heads');
    return { heads, chain: heads.map(chained), verdict: found?.verdict, first: found?.first ?? null, note: found?.note };
  }
  const chained = ({ size: entriesOfLot, batch, previous }: ArchivedHead) => ({ size: entriesOfLot, batch, previous });

  beforeAll(async () => {
    kit = await createKit(clock);
    await kit.process.writers.open({ origin: PLATFORM, lot: null, round: null }, clock.instant());
    for (const lot of ['lot-1', 'lot-2', 'lot-3']) expect((await kit.createLot(lot)).outcome.ok).toBe(true);
  }, BOOT_MS_MAX);
  afterAll(() => kit.close());

  it('is carried by a lot’s archive, which says so where no beat has seen the lot yet', async () => {
    expect(await carried('lot-1')).toMatchObject({ heads: [], verdict: 'NOT VISIBLE', note: expect.stringContaining('not carried') });
    await beat();
    expect(await rows()).toBe(3);
    const { chain, verdict, first, note } = await carried('lot-1');
    expect([verdict, first, chain]).toEqual(['PASS', null, [{ size: 1, batch: 0, previous: null }]]);
    expect(note).toContain('1 of 1 entries');
  });

  it('keeps a row for each lot that has grown, and costs an entry of the same size at every beat, whether one has or not', async () => {
    await grow('lot-1', 'one');
    await beat();
    expect(await rows()).toBe(4);
    await beat();
    expect(await rows()).toBe(4);
    const all = await entries();
    expect(all).toHaveLength(3);
    expect(new Set(all.map(({ text }) => text.length)).size).toBe(1);
    // A root and a seed of its own each time: nobody sees that nothing has grown.
    expect(new Set(all.flatMap(({ heads }) => [heads.root, heads.seed])).size).toBe(6);
    expect((await carried('lot-1')).chain).toEqual([
      { size: 1, batch: 0, previous: null },
      { size: 2, batch: 1, previous: 0 },
      // Not grown by the newest entry: nothing is cut off at the end of this archive.
      { size: 2, batch: 2, previous: 1 },
    ]);
    expect((await carried('lot-2')).chain).toEqual([
      { size: 1, batch: 0, previous: null },
      { size: 1, batch: 2, previous: 0 },
    ]);
    for (const lot of ['lot-1', 'lot-2', 'lot-3']) expect((await carried(lot)).verdict).toBe('PASS');
  });

  it('names no lot to who reads the platform log, and other salts and paths of one shape to who reads archives', async () => {
    for (const { text } of await entries()) expect(text).not.toMatch(/lot-\d/);
    const [one, two] = [await carried('lot-1'), await carried('lot-2')];
    for (const { branch } of [...one.heads, ...two.heads]) expect(branch).toHaveLength(32);
    const salts = [...one.heads, ...two.heads].map(({ salt }) => salt);
    expect(new Set(salts).size).toBe(salts.length);
  });

  it('carries on after a restart', async () => {
    const restarted = await kit.another();
    await grow('lot-1', 'two');
    const before = await size();
    await beat(restarted);
    const { chain, verdict } = await carried('lot-1', restarted);
    expect([verdict, chain.at(-1)]).toEqual(['PASS', { size: 3, batch: before, previous: 1 }]);
  });

  it('puts no head into archives that another process’s beat has overtaken', async () => {
    const other = await kit.another();
    await grow('lot-3', 'one');
    const heads = other.get(LotHeads);
    const compose = heads.compose.bind(heads);
    heads.compose = async () => {
      const composed = await compose();
      await beat();
      return composed;
    };
    const before = await size();
    await beat(other);
    for (let wait = 0; wait < 500 && (await size()) < before + 2; wait += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await size()).toBe(before + 2);
    const overtaken = await carried('lot-3');
    expect([overtaken.verdict, overtaken.chain.at(-1)]).toEqual(['PASS', { size: 2, batch: before, previous: 0 }]);
    await beat();
    const after = await carried('lot-3');
    expect([after.verdict, after.chain.at(-1)]).toEqual(['PASS', { size: 2, batch: before + 2, previous: before }]);
  });

  it('commits to a lot that does not grow for so many batches (PLATFORM_HEAD_BATCHES), and again when it grows', async () => {
    const brief = await kit.another({ limits: { PLATFORM_HEAD_BATCHES: 2 } });
    await grow('lot-2', 'one');
    const grown = await size();
    for (let batch = 0; batch < 4; batch += 1) await beat(brief);
    // Rests since the entry before the newest, so the newest is over the others alone.
    const rested = await carried('lot-2', brief);
    expect([rested.verdict, rested.chain.at(-1)]).toEqual(['PASS', { size: 2, batch: grown, previous: 0 }]);
    await grow('lot-2', 'two');
    await beat(brief);
    const again = await carried('lot-2', brief);
    expect([again.verdict, again.chain.at(-1)]).toEqual(['PASS', { size: 3, batch: grown + 4, previous: grown }]);
  });

  it('is not said where the venue cannot make an old root again: an archive then ends with the last head that it grew to', async () => {
    await beat();
    const { heads } = (await entries()).at(-1) ?? { heads: { seed: '', root: '' } };
    const sut = kit.process.get(LotHeads);
    const newest = (await size()) - 1;
    expect(await sut.standing(originOf('lot-1'), newest, heads)).toMatchObject({ size: 3, batch: newest });
    expect(await sut.standing(originOf('lot-1'), newest, { ...heads, root: toHex(new Uint8Array(32)) })).toBeNull();
    expect(await sut.standing(originOf('no-such-lot'), newest, heads)).toBeNull();
  });
});
