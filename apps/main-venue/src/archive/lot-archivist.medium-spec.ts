import { allBytes, readArchive } from '@app/archive';
import { bytesAsSource } from '@app/sealing';
import type { ArchivedEntry } from '@app/archive';
import { PART } from '@app/contracts';
import { PartEraser } from '@app/ledger/store';
import { createPool } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { terminatedLot } from '../../test/support/lot.js';
import { INSTALLATION, profile } from '../../test/support/people.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { LOG_DEFAULTS } from '../log/log.types.js';
import { LogTrees } from '../log/log-trees.js';
import { PlatformEntries } from '../platform-log/platform-entries.js';
import { LotHeads } from '../platform-log/lot-heads.js';
import { KeptArchives } from './kept-archives.js';
import { LotArchivist } from './lot-archivist.js';

const BOOT_MS_MAX = 60_000;
const noFiles = { size: () => Promise.resolve(null), path: () => Promise.resolve(null) };
const LOT = 'lot-1';
const ORIGIN = `${INSTALLATION}/lot/${LOT}/1`;
const ERASED = { seq: 1, name: PART.who };

describe('the archive of a lot with an erasure', () => {
  let kit: Kit;
  let eraserPool: Pool;
  let order: number;

  beforeAll(async () => {
    kit = await createKit();
    await terminatedLot(kit, LOT);
    eraserPool = createPool({ url: kit.database.eraserUrl, name: 'eraser', connectionsMax: 1 });
    order = await kit.process.reader.size(ORIGIN);
    const payload = { parts: [ERASED], ground: 'The period of retention is over.' };
    const signed = await kit.wish(kit.cast.supervisor.identity, LOT, 'supervisor', 'lot.erase-parts', payload);
    expect((await kit.process.pipeline.submit(signed)).outcome).toMatchObject({ ok: true, seq: order });
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await eraserPool.end();
    await kit.close();
  });

  /** The supervisor's archive of the first `size` entries. */
  const archive = async (size: number): Promise<Uint8Array> => {
    const { pipeline, reader } = kit.process;
    const head = {
      origin: ORIGIN,
      size,
      root: new Uint8Array(32),
      note: 'note\n',
      signedAt: '',
      cosignatures: new Map<string, string>(),
      quorumAt: '',
    };
    const archivist = new LotArchivist({
      installation: INSTALLATION,
      profile,
      pipeline,
      reader,
      checkpoints: { newestQuorum: () => Promise.resolve(head) },
      entries: new PlatformEntries(new LogTrees(profile, reader, LOG_DEFAULTS), reader),
      heads: kit.process.get(LotHeads),
      repository: { history: () => Promise.resolve([]) },
      blobs: noFiles,
      recordings: { here: () => Promise.resolve({ landings: [], segments: [] }) },
      recorded: { landings: noFiles, segments: noFiles },
      kept: new KeptArchives(kit.clock, 1),
    });
    return allBytes(await archivist.archive(ORIGIN, ['supervisor']));
  };
  const entryOf = async (bytes: Uint8Array): Promise<ArchivedEntry | undefined> =>
    (await readArchive(bytesAsSource(bytes))).entries[ERASED.seq];

  it('lists the part as erased from the order on, and is the same before and after it was deleted', async () => {
    const [beforeOrder, ordered] = [await archive(order), await archive(order + 1)];
    expect((await entryOf(beforeOrder))?.erased).toEqual([]);
    expect((await entryOf(beforeOrder))?.parts[PART.who]).toBeDefined();
    expect((await entryOf(ordered))?.erased).toEqual([PART.who]);
    expect((await entryOf(ordered))?.parts[PART.who]).toBeUndefined();
    expect(await new PartEraser(eraserPool).erase({ origin: ORIGIN, bySeq: order, parts: [ERASED] })).toBe(1);
    expect(Buffer.from(await archive(order + 1)).equals(ordered)).toBe(true);
  });

  it('is not made of a head that does not cover the order: it could not say why the part is missing', async () => {
    await expect(archive(order)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
