import { toHex, utf8 } from '@app/contracts';
import {
  HASH_SIZE,
  MerkleTree,
  nodeReaderOfTiles,
  buildRoot,
  parseCheckpointNote,
  parseEntryBundle,
  parsePolicy,
  parseReceipt,
  rootOfLeafHashes,
  tilePath,
  tileWidth,
  verifyReceipt,
} from '@app/ledger';
import { DomainError, FakeClock } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ArgumentsHost, ExceptionFilter, INestApplication } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Response as ExpressResponse } from 'express';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { PROFILE } from '../core/tokens.js';
import { CheckpointLog } from './checkpoint-log.js';
import { LogController, parseResource } from './log.controller.js';
import { WitnessPolicies } from './log.types.js';
import { LogTrees } from './log-trees.js';
import { FakeWitness } from './test/fake-witness.js';
import { entryOf, hasher, LOT, profile, suite } from './test/history.js';
import { LogKit } from './test/log-kit.js';
import { Tiles } from './tiles.js';

const SIZE = 600;
const FIRST = 300;

@Catch(DomainError)
class NotFoundFilter implements ExceptionFilter {
  catch(error: DomainError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<ExpressResponse>().status(404).json({ code: error.code });
  }
}

jest.setTimeout(30_000);

let kit: LogKit;
let witness: FakeWitness;
let app: INestApplication;
let url: string;

beforeAll(async () => {
  const clock = new FakeClock();
  witness = new FakeWitness('sub-1', clock);
  await witness.listen();
  kit = await LogKit.start(clock, [witness]);
  kit.publish(LOT, { isPublic: true });
  await kit.log.checkpoints.start();
  await kit.append(LOT, FIRST);
  await kit.log.checkpoints.beat();
  await kit.append(LOT, SIZE);
  await kit.log.checkpoints.beat();
  const { checkpoints, tiles, trees, policies } = kit.log;
  await tiles.settled();
  const module = await Test.createTestingModule({
    controllers: [LogController],
    providers: [
      { provide: CheckpointLog, useValue: checkpoints },
      { provide: Tiles, useValue: tiles },
      { provide: LogTrees, useValue: trees },
      { provide: WitnessPolicies, useValue: policies },
      { provide: PROFILE, useValue: profile },
    ],
  }).compile();
  app = module.createNestApplication();
  app.useLogger(false);
  app.useGlobalFilters(new NotFoundFilter());
  await app.listen(0, '127.0.0.1');
  url = `${await app.getUrl()}/log`;
});
afterAll(async () => {
  await app.close();
  await kit.stop();
  await witness.close();
});

const get = (path: string): Promise<Response> => fetch(`${url}/${path}`);
/** As a cache asks; `fetch` would add `no-cache` to a conditional request. */
const statusOf = (path: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${url}/${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
const bytesOf = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await get(path)).arrayBuffer());

describe('public verification over HTTP (C2SP tlog-tiles, tlog-proof)', () => {
  it('shows a checkpoint from whose tiles anybody recomputes its root', async () => {
    const answer = await get(`${LOT}/checkpoint`);
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      'text/plain; charset=utf-8',
      'public, max-age=1, must-revalidate',
    ]);
    const note = parseCheckpointNote(await answer.text());
    expect([note.checkpoint.size, note.signatures.length]).toEqual([SIZE, 2]);
    const tiles = new Map<string, Uint8Array>();
    for (const level of [0, 1]) {
      for (let index = 0; tileWidth(level, index, SIZE) > 0; index += 1) {
        tiles.set(`${level}/${index}`, await bytesOf(`${LOT}/tile/${tilePath({ level, index, width: tileWidth(level, index, SIZE) })}`));
      }
    }
    const root = buildRoot(
      hasher,
      SIZE,
      nodeReaderOfTiles(hasher, (level, index) => tiles.get(`${level}/${index}`)!),
    );
    expect(toHex(root)).toBe(toHex(note.checkpoint.root));
    expect(tiles.size).toBe(4);
  });

  it('shows the entries of a public lot, each of which hashes to its leaf', async () => {
    const leaves = await bytesOf(`${LOT}/tile/0/001`);
    const entries = parseEntryBundle(await bytesOf(`${LOT}/tile/entries/001`), 256);
    expect(toHex(MerkleTree.overRecords(hasher, entries).root())).toBe(toHex(rootOfLeafHashes(hasher, leaves)));
    expect(toHex(entries[0]!)).toBe(toHex(utf8(entryOf('a', 256).text)));
  });

  it('lets full tiles be kept for ever and answers 304 to who has one', async () => {
    const full = await get(`${LOT}/tile/0/000`);
    expect([full.headers.get('cache-control'), full.headers.get('content-type')]).toEqual([
      'public, max-age=31536000, immutable',
      'application/octet-stream',
    ]);
    expect((await full.arrayBuffer()).byteLength).toBe(256 * HASH_SIZE);
    expect(await statusOf(`${LOT}/tile/0/000`, { 'If-None-Match': full.headers.get('etag')! })).toBe(304);
    expect(await statusOf(`${LOT}/tile/0/000`, { 'If-None-Match': '"another"' })).toBe(200);
    expect((await get(`${LOT}/tile/0/002.p/88`)).headers.get('cache-control')).toBe('public, max-age=86400');
  });

  it('writes full tiles and the checkpoint as files that any web server can serve', async () => {
    const file = await readFile(join(kit.folder, LOT, 'tile/0/001'));
    expect(toHex(file)).toBe(toHex(await bytesOf(`${LOT}/tile/0/001`)));
    expect(await readFile(join(kit.folder, LOT, 'checkpoint'), 'utf8')).toBe(await (await get(`${LOT}/checkpoint`)).text());
    expect((await readFile(join(kit.folder, LOT, 'tile/entries/000'))).length).toBeGreaterThan(256 * 100);
  });

  it('gives a receipt that an offline verifier accepts under the lot’s policy', async () => {
    const policy = parsePolicy(profile.hash, await (await get(`${LOT}/policy`)).text());
    for (const seq of [0, 299, 599]) {
      const receipt = parseReceipt(await (await get(`${LOT}/proof/${seq}`)).text());
      expect(receipt.index).toBe(seq);
      expect(verifyReceipt(suite, hasher, policy, receipt, entryOf('a', seq).leaf)).toMatchObject({
        included: true,
        log: true,
        quorum: true,
      });
      expect(verifyReceipt(suite, hasher, policy, receipt, entryOf('b', seq).leaf).included).toBe(false);
    }
  });

  it('still serves the tiles of an older checkpoint, and its quorum', async () => {
    expect((await get(`${LOT}/tile/0/001.p/44`)).status).toBe(200);
    expect(parseCheckpointNote(await (await get(`${LOT}/quorum`)).text()).checkpoint.size).toBe(SIZE);
  });

  it.each([
    'tile/0/003',
    'tile/0/002',
    'tile/0/002.p/89',
    'tile/1/000',
    'tile/0/2',
    'tile/0/..%2F..',
    'proof/600',
    'proof/01',
    'proof/-1',
    'other',
    'tile/entries/002',
    '',
  ])('has nothing at %s', async (path) => {
    expect((await get(`${LOT}/${path}`)).status).toBe(404);
  });

  it.each(['checkpoint', 'quorum', 'proof/0', 'tile/0/000'])('has no %s of a log that it does not know', async (path) => {
    expect((await get(`gongping.demo/lot/none/1/${path}`)).status).toBe(404);
  });

  it('shows hashes but no entries of a lot that is not public yet (电子招标投标办法 21)', async () => {
    kit.publish(LOT, { isPublic: false });
    expect((await get(`${LOT}/tile/entries/000`)).status).toBe(404);
    expect((await get(`${LOT}/tile/0/000`)).status).toBe(200);
    kit.publish(LOT, { isPublic: true });
    expect((await get(`${LOT}/tile/entries/000`)).status).toBe(200);
  });

  it('reads the resource from the end of an address, so that an origin may have slashes', () => {
    expect(parseResource('/log/a/b/checkpoint')).toEqual({ kind: 'checkpoint', origin: 'a/b' });
    expect(parseResource('/log/a/tile/x/tile/0/000')).toMatchObject({ kind: 'tile', origin: 'a/tile/x' });
    expect([parseResource('/log/checkpoint'), parseResource('/log/tile/0/000'), parseResource('/x/a/checkpoint')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('never leaves its folder, whatever an origin is called', async () => {
    await expect(kit.log.tiles.writeCheckpoint('../x', 'note')).rejects.toThrow(RangeError);
    await expect(kit.log.tiles.writeCheckpoint('a//b', 'note')).rejects.toThrow(RangeError);
    await expect(kit.log.tiles.writeCheckpoint('/a', 'note')).rejects.toThrow(RangeError);
  });
});
