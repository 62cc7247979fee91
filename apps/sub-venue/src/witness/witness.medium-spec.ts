import { utf8 } from '@app/contracts';
import {
  evaluateCheckpoint,
  flatHashes,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  HASH_SIZE,
  MerkleTree,
  parseCheckpointNote,
  parseCosignatures,
  parseEquivocation,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
  verifyEquivocation,
  withSignatures,
} from '@app/ledger';
import { createLogger, createPool, FakeClock } from '@app/platform';
import { noteSigner, noteSuite } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import type { TestDatabase } from '@app/testing';
import { createDatabase, statusOf } from '@app/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { SITE_MIGRATIONS } from '../../../../migrations/site/index.js';
import { ServedWeb } from './served-web.js';
import { TileSource } from './tile-source.js';
import { Witness } from './witness.js';
import { REQUEST_BYTES_MAX, WitnessController } from './witness.controller.js';
import { WitnessRepository } from './witness.repository.js';
import type { Lack, TreeSource } from './witness.types.js';

const profile = profileOf('gp-std-1');
const suite = noteSuite(profile);
const hasher = new TreeHasher(profile.hash);
const logKey = profile.generateSigner('node');
const witnessKey = noteSigner(profile.generateSigner('node'), 'gongping.demo/witness/sub-1', SIGNATURE_TYPE.cosignature);
const stranger = profile.generateSigner('node');
const PREFIX = 'gongping.demo/';

const leaf = (text: string): Uint8Array => hasher.leaf(utf8(text));
const treeOf = (tag: string, from: number, size: number): MerkleTree =>
  new MerkleTree(
    hasher,
    flatHashes(Array.from({ length: size }, (_none, index) => leaf(index < from ? `entry ${index}` : `${tag} ${index}`))),
  );
/** What happened; and what somebody with the log's key and a restored database tells instead, from entry 5 on. */
const honest = treeOf('entry', 0, 600);
const forked = treeOf('other', 5, 600);

jest.setTimeout(30_000);

let count = 0;
let origin = '';
let database: TestDatabase;
let pool: pg.Pool;
let clock: FakeClock;

const noteOf = (tree: MerkleTree, size: number, signer = logKey): string =>
  formatNote(signNote(suite, formatCheckpoint({ origin, size, root: tree.root(size) }), noteSigner(signer, origin, SIGNATURE_TYPE.note)));
const bodyOf = (old: number, size: number, tree = honest): string =>
  formatAddCheckpoint({ oldSize: old, proof: tree.consistencyProof(old, size), note: noteOf(tree, size) });
const keysOf = (name: string) => (name.startsWith(PREFIX) ? [noteSigner(logKey, name, SIGNATURE_TYPE.note)] : []);

/** Four suspicions are enough to show that there is an end to them. */
class SmallRepository extends WitnessRepository {
  protected override readonly suspicionsMax = 4;
}
/** What the site knows of the entries under the next heads. */
let lack: Lack | null = null;
let arrival = (): Promise<void> => Promise.resolve();
const newWitness = (trees: readonly TreeSource[] = []): Witness =>
  new Witness(
    new SmallRepository(pool),
    { suite, signer: witnessKey, keysOf },
    trees,
    { lack: () => lack, arrival: () => arrival() },
    clock,
    createLogger({ name: 'test', level: 'silent' }),
  );
const source = (tree: MerkleTree | null): TreeSource => ({ name: 'test', isNear: true, tree: () => Promise.resolve(tree) });
const convicts = (proof: unknown): boolean => verifyEquivocation(suite, hasher, parseEquivocation(proof), keysOf(origin));

beforeAll(async () => {
  database = await createDatabase(SITE_MIGRATIONS);
  pool = createPool({ url: database.url, name: 'witness-test' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => {
  count += 1;
  origin = `${PREFIX}lot/lot-${count}/1`;
  clock = new FakeClock();
  lack = null;
  arrival = () => Promise.resolve();
});

describe('witness of a site', () => {
  it('SEC-2 cosigns no head over entries that are not here or that its judge found wrong, and forgets nothing by it', async () => {
    const sut = newWitness();
    lack = { isWrong: false, reason: '2 of these entries are here and judged' };
    expect(await sut.addCheckpoint(bodyOf(0, 8))).toMatchObject({ status: 503, body: '2 of these entries are here and judged\n' });
    lack = { isWrong: true, reason: 'the entries under this head are not good: entry 2' };
    expect(await sut.addCheckpoint(bodyOf(0, 8))).toMatchObject({ status: 403 });
    expect(await sut.newest(origin)).toBeNull();
    lack = null;
    expect((await sut.addCheckpoint(bodyOf(0, 8))).status).toBe(200);
    lack = { isWrong: true, reason: 'not good' };
    // Two histories are told before anything else.
    expect((await sut.addCheckpoint(bodyOf(8, 8, forked))).status).toBe(422);
    expect(await sut.evidence(origin)).toHaveLength(1);
  });

  it('SEC-2 waits for entries once, and only for a head that the log signed and that continues what was cosigned', async () => {
    const sut = newWitness();
    let waits = 0;
    arrival = () => {
      waits += 1;
      lack = null;
      return Promise.resolve();
    };
    const away: Lack = { isWrong: false, reason: '0 of these entries are here and judged' };
    lack = away;
    const unsigned = formatAddCheckpoint({ oldSize: 0, proof: [], note: noteOf(honest, 8, stranger) });
    expect([(await sut.addCheckpoint(unsigned)).status, waits]).toEqual([403, 0]);
    expect([(await sut.addCheckpoint(bodyOf(0, 8))).status, waits]).toEqual([200, 1]);
    lack = away;
    expect([(await sut.addCheckpoint(bodyOf(8, 8, forked))).status, waits]).toEqual([422, 1]);
    lack = { isWrong: true, reason: 'not good' };
    expect([(await sut.addCheckpoint(bodyOf(8, 9))).status, waits]).toEqual([403, 1]);
  });

  it('cosigns a growing log, each head once stored, and a quorum of it verifies', async () => {
    const sut = newWitness();
    const answers = [await sut.addCheckpoint(bodyOf(0, 3)), await sut.addCheckpoint(bodyOf(3, 3)), await sut.addCheckpoint(bodyOf(3, 300))];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const note = parseCheckpointNote(noteOf(honest, 300));
    const cosigned = { ...note, ...withSignatures(note, parseCosignatures(answers[2]!.body)) };
    const policy = {
      logs: [{ key: keysOf(origin)[0]!, url: null }],
      witnesses: [{ name: 'w', key: witnessKey, url: null }],
      groups: [],
      quorum: 'w',
    };
    expect(evaluateCheckpoint(suite, policy, cosigned)).toEqual({
      log: true,
      witnesses: [{ name: 'w', timestamp: Math.floor(clock.nowMs() / 1000) }],
      quorum: true,
    });
    expect(await sut.evidence(origin)).toEqual([]);
    const again = parseCheckpointNote((await sut.newest(origin))!);
    expect([again.text, again.signatures.length]).toEqual([note.text, 2]);
    expect(await sut.newest(`${PREFIX}never`)).toBeNull();
  });

  it('goes on after a restart from the head it stored', async () => {
    await newWitness().addCheckpoint(bodyOf(0, 8));
    expect(await newWitness().addCheckpoint(bodyOf(0, 9))).toEqual({ status: 409, contentType: 'text/x.tlog.size', body: '8\n' });
    expect((await newWitness().addCheckpoint(bodyOf(8, 9))).status).toBe(200);
  });

  it('signs only one of two histories that arrive at the same time, in whatever order', async () => {
    const sut = newWitness();
    const asked = Array.from({ length: 12 }, (_none, index) => sut.addCheckpoint(bodyOf(0, 20 + index, index % 2 === 0 ? honest : forked)));
    const signed = (await Promise.all(asked)).filter(({ status }) => status === 200);
    expect(signed).toHaveLength(1);
    const { rows } = await pool.query('SELECT 1 FROM witness_head WHERE origin = $1', [origin]);
    expect(rows).toHaveLength(1);
  });

  it('refuses a fork under the same size and keeps both heads, which convict the log', async () => {
    const sut = newWitness();
    await sut.addCheckpoint(bodyOf(0, 8));
    expect(await sut.addCheckpoint(bodyOf(8, 8, forked))).toMatchObject({ status: 422, body: 'another root of the same size\n' });
    const [kept, ...more] = await sut.evidence(origin);
    expect(more).toEqual([]);
    expect([kept!.known, kept!.other, kept!.proof?.kind]).toEqual([noteOf(honest, 8), noteOf(forked, 8), 'fork']);
    expect(convicts(kept!.proof)).toBe(true);
    await sut.addCheckpoint(bodyOf(8, 8, forked));
    expect(await sut.evidence(origin)).toHaveLength(1);
  });

  it('refuses a log that was shortened and rewritten: a head it knew convicts without any other source', async () => {
    const sut = newWitness();
    for (const [old, size] of [
      [0, 4],
      [4, 7],
      [7, 12],
    ] as const)
      await sut.addCheckpoint(bodyOf(old, size));
    expect((await sut.addCheckpoint(bodyOf(4, 7, forked))).status).toBe(409);
    const [kept] = await sut.evidence(origin);
    expect([kept!.known, kept!.proof?.kind, convicts(kept!.proof)]).toEqual([noteOf(honest, 7), 'fork', true]);
  });

  it('refuses a shortened log at a size it never saw: the replica’s leaves convict', async () => {
    const sut = newWitness([source(honest)]);
    await sut.addCheckpoint(bodyOf(0, 12));
    expect((await sut.addCheckpoint(bodyOf(4, 9, forked))).status).toBe(409);
    await sut.settled();
    const kept = await sut.evidence(origin);
    expect(kept.map(({ proof }) => proof?.kind ?? null)).toEqual(['prefix', null]);
    expect(kept.map(({ proof }) => proof !== null && convicts(proof))).toEqual([true, false]);
  });

  it('refuses a fork that claims to continue: the log’s own tiles convict', async () => {
    const server = createServer((request, response) => {
      const [, index, width] = /\/tile\/0\/(\d+)(?:\.p\/(\d+))?$/.exec(request.url ?? '') ?? [];
      const from = Number(index) * 256;
      const hashes = Array.from({ length: Number(width ?? 256) }, (_none, at) => forked.leafHash(from + at));
      response.end(Buffer.from(flatHashes(hashes)));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/log/x`;
    const sut = newWitness([
      source(null),
      { name: 'broken', isNear: false, tree: () => Promise.reject(new Error('down')) },
      new TileSource(profile.hash, () => url),
    ]);
    await sut.addCheckpoint(bodyOf(0, 12));
    expect((await sut.addCheckpoint(bodyOf(12, 300, forked))).status).toBe(422);
    await sut.settled();
    server.close();
    const [kept] = await sut.evidence(origin);
    expect([kept!.proof?.kind, convicts(kept!.proof), kept!.proof!.lines.length * HASH_SIZE > 0]).toEqual(['prefix', true, true]);
  });

  it('SEC-28 fetches no tiles for a head older than what it cosigned, however often it is sent with a false proof', async () => {
    let asked = 0;
    const far: TreeSource = {
      name: 'far',
      isNear: false,
      tree: () => {
        asked += 1;
        return Promise.resolve(null);
      },
    };
    const sut = newWitness([far]);
    await sut.addCheckpoint(bodyOf(0, 12));
    for (let size = 5; size < 11; size += 1)
      await sut.addCheckpoint(formatAddCheckpoint({ oldSize: 4, proof: [leaf('x')], note: noteOf(honest, size) }));
    await sut.settled();
    expect(asked).toBe(0);
    await sut.addCheckpoint(formatAddCheckpoint({ oldSize: 12, proof: [leaf('x')], note: noteOf(honest, 20) }));
    await sut.settled();
    expect(asked).toBe(1);
  });

  it('keeps an honest head that came with a false proof as a suspicion only, and not without end', async () => {
    const sut = newWitness([source(honest)]);
    await sut.addCheckpoint(bodyOf(0, 12));
    const lie = formatAddCheckpoint({ oldSize: 12, proof: [leaf('x')], note: noteOf(honest, 20) });
    expect((await sut.addCheckpoint(lie)).status).toBe(422);
    await sut.settled();
    expect((await sut.evidence(origin)).map(({ proof }) => proof)).toEqual([null]);
    for (let size = 21; size < 28; size += 1) {
      await sut.addCheckpoint(formatAddCheckpoint({ oldSize: 12, proof: [leaf('x')], note: noteOf(honest, size) }));
    }
    await sut.settled();
    expect(await sut.evidence(origin)).toHaveLength(4);
    // Room for proofs is never used up by suspicions.
    await sut.addCheckpoint(bodyOf(12, 12, forked));
    expect((await sut.evidence(origin))[0]!.proof?.kind).toBe('fork');
  });

  it('says nothing of an honest head that comes late', async () => {
    const sut = newWitness();
    for (const [old, size] of [
      [0, 4],
      [4, 12],
    ] as const)
      await sut.addCheckpoint(bodyOf(old, size));
    expect((await sut.addCheckpoint(bodyOf(0, 4))).status).toBe(409);
    expect(await sut.evidence(origin)).toEqual([]);
  });

  it('cannot be made to forget, not even by its own database role', async () => {
    await newWitness().addCheckpoint(bodyOf(0, 4));
    for (const statement of [
      'DELETE FROM witness_head',
      'UPDATE witness_head SET size = 1',
      'TRUNCATE witness_head',
      'DELETE FROM witness_evidence WHERE false',
    ]) {
      const refused = pool.query(statement).then(
        ({ rowCount }) => rowCount === 0,
        () => true,
      );
      expect(await refused).toBe(true);
    }
    expect((await newWitness().newest(origin))!.startsWith(`${origin}\n4\n`)).toBe(true);
  });
});

describe('witness over HTTP (C2SP tlog-witness)', () => {
  let app: INestApplication;
  let url: string;
  beforeAll(async () => {
    clock = new FakeClock();
    const module = await Test.createTestingModule({
      controllers: [WitnessController],
      providers: [
        { provide: Witness, useValue: newWitness() },
        { provide: ServedWeb, useValue: { findings: { last: null, lastFault: null } } },
      ],
    }).compile();
    app = module.createNestApplication();
    app.useLogger(false);
    app.useGlobalPipes(new StandardSchemaValidationPipe());
    await app.listen(0, '127.0.0.1');
    url = `${await app.getUrl()}/witness`;
  });
  afterAll(() => app.close());

  const post = (body: string, contentType?: string): Promise<Response> =>
    fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body,
      ...(contentType === undefined ? {} : { headers: { 'Content-Type': contentType } }),
    });

  it('answers with the statuses and content types of the specification', async () => {
    const first = await post(bodyOf(0, 4));
    expect([first.status, parseCosignatures(await first.text())[0]!.name]).toEqual([200, witnessKey.keyName]);
    const conflict = await post(bodyOf(0, 9), 'application/octet-stream');
    expect([conflict.status, conflict.headers.get('content-type'), await conflict.text()]).toEqual([409, 'text/x.tlog.size', '4\n']);
    const bad = formatAddCheckpoint({ oldSize: 4, proof: [], note: noteOf(honest, 9) });
    expect((await post(bad)).status).toBe(422);
    expect((await post(formatAddCheckpoint({ oldSize: 0, proof: [], note: noteOf(honest, 4, stranger) }))).status).toBe(403);
    expect((await post(bodyOf(0, 4).replaceAll(PREFIX, 'other.example/'))).status).toBe(404);
    expect((await post('nonsense')).status).toBe(400);
    expect((await post(bodyOf(4, 4).replace('old 4', 'old 5'))).status).toBe(400);
    expect((await post('a'.repeat(REQUEST_BYTES_MAX + 1))).status).toBe(413);
  });

  it('shows the newest head by origin and by the hash of it, the logs it knows and its evidence to anybody', async () => {
    await post(bodyOf(0, 4));
    await post(bodyOf(4, 4, treeOf('third', 0, 4)));
    const head = await fetch(`${url}/checkpoint?origin=${encodeURIComponent(origin)}`);
    expect(parseCheckpointNote(await head.text()).checkpoint.size).toBe(4);
    expect(await statusOf(fetch(`${url}/checkpoint?origin=x`))).toBe(404);
    expect(await statusOf(fetch(`${url}/checkpoint`))).toBe(400);
    // tlog-witness, monitoring: the same by the hash of the origin, also for a log that came after the first question.
    const monitored = (of: string) => fetch(`${url}/${createHash('sha256').update(of).digest('hex')}/checkpoint`);
    const note = parseCheckpointNote(await (await monitored(origin)).text());
    expect([note.checkpoint.origin, note.checkpoint.size]).toEqual([origin, 4]);
    expect(note.signatures.map(({ name }) => name)).toEqual([origin, witnessKey.keyName]);
    expect(await statusOf(monitored(`${origin}\n`))).toBe(404);
    const [asked, later] = [origin, `${origin}-later`];
    expect(await statusOf(monitored(later))).toBe(404);
    origin = later;
    await post(bodyOf(0, 4));
    origin = asked;
    expect(await statusOf(monitored(later))).toBe(200);
    expect(await statusOf(fetch(`${url}/${'A'.repeat(64)}/checkpoint`))).toBe(400);
    const { logs } = (await (await fetch(`${url}/logs?after=${encodeURIComponent(PREFIX)}`)).json()) as {
      logs: { origin: string; size: number }[];
    };
    expect(logs).toContainEqual({ origin, size: 4 });
    const { evidence } = (await (await fetch(`${url}/evidence?origin=${encodeURIComponent(origin)}`)).json()) as {
      evidence: { proof: unknown }[];
    };
    expect(evidence.map(({ proof }) => convicts(proof))).toEqual([true]);
  });
});
