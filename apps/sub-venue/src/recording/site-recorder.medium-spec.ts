import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Answer, Landing, SignedCommand, Track } from '@app/contracts';
import { parseCanonicalBytes, zLanding } from '@app/contracts';
import { type LotState, textOf } from '@app/evaluation';
import { createPool, FakeClock, type Logger } from '@app/platform';
import { openSegment, segmentHash, type SegmentDraft, segmentKey, sha256 } from '@app/recording';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { SITE_MIGRATIONS } from '../../../../migrations/site/index.js';
import { vp8Frame } from '../../../../libs/recording/test/stream.js';
import { newCrypto, silent } from '../../test/support.js';
import { lot, ORIGIN } from '../../test/watched-lot.js';
import { SiteDisk } from '../site/site-disk.js';
import { Landings } from './landings.js';
import { RecordingRepository } from './recording.repository.js';
import { recordingsFolder, SiteRecorder } from './site-recorder.js';

// Databases are made on cores that others use too.
jest.setTimeout(30_000);

const crypto = newCrypto();
const CAMERA: Track = { party: 'expert-1', source: 'camera' };
const VENUE_ID = 'sub-1';
const START = Date.parse('2026-03-24T01:30:00.000Z');

const draftAt = (second: number): SegmentDraft => ({
  codec: 'vp8',
  size: { width: 640, height: 360 },
  frames: [0, 1, 2].map((number) => ({ data: vp8Frame(number, number === 0), isKey: number === 0, atMs: number * 40, lastsMs: 40 })),
  received: { fromMs: START + second * 1_000, toMs: START + second * 1_000 + 120 },
  sent: null,
});

/** The outbox and the main venue behind it: takes what follows, once. */
class FakeMain {
  readonly taken: SignedCommand[] = [];
  code: string | null = null;
  isCut = false;
  submit = (signed: SignedCommand): Promise<{ index: number; receivedAt: string; answer: Promise<Answer> }> => {
    const { id } = signed.command;
    const proof = { index: 0, size: 1, path: [], root: '', signature: '', key: '' };
    const { code } = this;
    this.taken.push(signed);
    const outcome: Answer['outcome'] =
      code === null ? { ok: true, id, origin: ORIGIN, seq: 0, at: '', leaf: '' } : { ok: false, id, code: code, message: '', at: '' };
    const answer = this.isCut ? new Promise<Answer>(() => undefined) : Promise.resolve({ outcome, proof });
    return Promise.resolve({ index: this.taken.length, receivedAt: '', answer });
  };
}

describe('the recorder of a site', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let folder: string;
  let main: FakeMain;
  let repository: RecordingRepository;
  const clock = new FakeClock(new Date(START).toISOString());
  const open: SiteRecorder[] = [];
  beforeAll(async () => {
    database = await createDatabase(SITE_MIGRATIONS);
    // As the site's own process: with the rights that it has.
    pool = createPool({ url: database.url, name: 'test' });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-recording-'));
    main = new FakeMain();
    repository = new RecordingRepository(pool, crypto);
  });
  afterEach(async () => {
    for (const recorder of open.splice(0)) await recorder.onApplicationShutdown();
    await rm(folder, { recursive: true, force: true });
    const owner = createPool({ url: database.ownerUrl, name: 'test' });
    await owner.query(
      'DELETE FROM recording_piece; DELETE FROM recording_track; DELETE FROM recording_landing; DELETE FROM recording_segment; DELETE FROM recording_key',
    );
    await owner.end();
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 100 && !(await holds()); turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await holds()).toBe(true);
  };
  let isLow = false;
  const disk = { state: () => Promise.resolve({ freeBytes: 1, isLow }) };
  const told: string[] = [];
  const tell = (_facts: object, words: string): void => void told.push(words);
  const logger: Logger = Object.assign(Object.create(silent) as Logger, { error: tell, warn: tell });
  const recorder = async (venues: LotState['recording']['venues'] = {}): Promise<SiteRecorder> => {
    const state = lot(3, false, { recording: { venues } });
    const replicas = { find: () => ({ name: { origin: ORIGIN, lot: 'a', round: 1 }, state }) };
    const landings = new Landings({ VENUE_ID }, repository, replicas, main, crypto, clock, silent);
    const made = new SiteRecorder({ VENUE_ID, DATA_DIR: folder }, repository, landings, disk, clock, logger);
    open.push(made);
    await made.onApplicationBootstrap();
    return made;
  };
  const fileOf = (hash: string): Promise<Buffer> => readFile(join(recordingsFolder({ DATA_DIR: folder }), hash.slice(0, 2), hash));
  const landed = async (index: number): Promise<Landing> =>
    zLanding.parse(parseCanonicalBytes(await fileOf(textOf(main.taken[index]?.command.public['landing']))));
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20 && (await repository.waiting()).length > 0; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('stores every segment sealed, by its hash, chains it, and lands it in the name of its node', async () => {
    const sut = await recorder();
    const room = sut.of(ORIGIN);
    room.started(CAMERA);
    room.segment(CAMERA, draftAt(0));
    room.segment(CAMERA, draftAt(10));
    room.gap(CAMERA, { fromMs: START + 20_000, toMs: START + 21_000, reason: 'LOSS', packets: 4 });
    await sut.land(ORIGIN);
    expect(main.taken[0]).toMatchObject({
      signer: { kind: 'node', name: 'node:sub-1' },
      command: {
        type: 'recording.land',
        origin: ORIGIN,
        public: { index: 0, prev: null, segments: 2, gaps: 1, from: '2026-03-24T01:30:00.000Z', to: '2026-03-24T01:30:21.000Z' },
      },
    });
    const { segments, gaps } = await landed(0);
    const [first, second] = segments;
    expect([first?.index, second?.index, second?.prev]).toEqual([0, 1, segmentHash(first!)]);
    expect(gaps).toEqual([{ track: CAMERA, from: '2026-03-24T01:30:20.000Z', to: '2026-03-24T01:30:21.000Z', reason: 'LOSS', packets: 4 }]);
    const sealed = await fileOf(first!.content);
    expect(sha256(sealed)).toBe(first!.content);
    expect(sealed.includes('webm')).toBe(false);
    const place = { origin: ORIGIN, venue: VENUE_ID, track: 'expert-1/camera', index: 0 };
    const lotKey = await repository.key(ORIGIN);
    const key = segmentKey(lotKey, place);
    const file = openSegment(key, place, sealed);
    expect(openSegment(segmentKey(lotKey, { ...place, index: 1 }), place, sealed)).toBeNull();
    expect(openSegment(lotKey, place, sealed)).toBeNull();
    // EBML, the container of WebM; at another place it does not open.
    expect(Buffer.from(file!.subarray(0, 4)).toString('hex')).toBe('1a45dfa3');
    expect(openSegment(key, { ...place, index: 1 }, sealed)).toBeNull();
    expect(openSegment(key, place, Buffer.concat([sealed.subarray(0, -1), Buffer.from([0, 0])]))).toBeNull();
  });

  it('goes on with both chains in the next landing, also after a start', async () => {
    const before = await recorder();
    before.of(ORIGIN).started(CAMERA);
    before.of(ORIGIN).segment(CAMERA, draftAt(0));
    await before.land(ORIGIN);
    await settled();
    before.of(ORIGIN).ended(CAMERA, 'LEFT');
    await before.onApplicationShutdown();
    await clock.advance(60_000);
    const after = await recorder();
    after.of(ORIGIN).started(CAMERA);
    after.of(ORIGIN).segment(CAMERA, draftAt(60));
    await after.land(ORIGIN);
    const [one, two] = [await landed(0), await landed(1)];
    expect(main.taken[1]?.command.public).toMatchObject({ index: 1, prev: main.taken[0]?.command.public['landing'] });
    expect(two.segments[0]).toMatchObject({ index: 1, prev: segmentHash(one.segments[0]!) });
    // Between the two the seat had left, which is said.
    expect(two.gaps).toMatchObject([{ reason: 'LEFT', track: CAMERA }]);
  });

  it('says what a recorder lost that broke down, and lands again what had no answer', async () => {
    main.isCut = true;
    const before = await recorder();
    before.of(ORIGIN).started(CAMERA);
    before.of(ORIGIN).segment(CAMERA, draftAt(0));
    await before.land(ORIGIN);
    expect(main.taken).toHaveLength(1);
    // No end is told: the process is gone. Another one takes over its disk.
    await clock.advance(30_000);
    main.isCut = false;
    const after = await recorder();
    await after.land(ORIGIN);
    expect(main.taken[1]?.command.public).toEqual(main.taken[0]?.command.public);
    await settledLanding();
    await after.land(ORIGIN);
    const { gaps, segments } = await landed(2);
    expect(segments).toEqual([]);
    expect(gaps).toMatchObject([{ reason: 'RECORDER_LOST', track: CAMERA }]);
    expect((await repository.openTracks()).length).toBe(0);
  });
  const settledLanding = async (): Promise<void> => {
    for (let turn = 0; turn < 50 && (await repository.lastLanding(ORIGIN))?.isLanded === false; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('keeps what the main venue does not take, and lands it with the next', async () => {
    const sut = await recorder();
    sut.of(ORIGIN).started(CAMERA);
    sut.of(ORIGIN).segment(CAMERA, draftAt(0));
    main.code = 'WRONG_STATE';
    await sut.land(ORIGIN);
    for (let turn = 0; turn < 50 && (await repository.lastLanding(ORIGIN)) !== null; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    main.code = null;
    sut.of(ORIGIN).segment(CAMERA, draftAt(10));
    // Not every few seconds again.
    await sut.land(ORIGIN);
    expect(main.taken).toHaveLength(1);
    await until(async () => {
      await clock.advance(10_000);
      await sut.land(ORIGIN);
      return main.taken.length > 1;
    });
    expect((await landed(1)).segments).toHaveLength(2);
    expect(main.taken[1]?.command.public['index']).toBe(0);
  });

  it('leaves no footage out silently: what cannot be stored is a gap', async () => {
    const sut = await recorder();
    sut.of(ORIGIN).started(CAMERA);
    await rm(folder, { recursive: true });
    await import('node:fs/promises').then(({ writeFile }) => writeFile(folder, 'no folder'));
    sut.of(ORIGIN).segment(CAMERA, draftAt(0));
    sut.of(ORIGIN).segment(CAMERA, draftAt(10));
    await expect(sut.land(ORIGIN)).rejects.toThrow();
    await rm(folder);
    await sut.land(ORIGIN);
    const { gaps } = await landed(0);
    expect(gaps.map(({ reason, from }) => [reason, from])).toEqual([
      ['DISK', '2026-03-24T01:30:00.000Z'],
      ['DISK', '2026-03-24T01:30:10.000Z'],
    ]);
  });

  it('goes on where the log ends where its own chain is another one', async () => {
    const venue = { landings: 3, last: 'a'.repeat(64), from: '', to: '', segments: 1, gaps: 0, bytes: 1 };
    const sut = await recorder({ [VENUE_ID]: venue });
    sut.of(ORIGIN).started(CAMERA);
    sut.of(ORIGIN).segment(CAMERA, draftAt(0));
    main.code = 'E_RECORDING_CHAIN';
    await sut.land(ORIGIN);
    await until(async () => (await repository.lastLanding(ORIGIN))?.index === 2);
    main.code = null;
    await until(async () => {
      await clock.advance(10_000);
      await sut.land(ORIGIN);
      return main.taken.length > 1;
    });
    expect(main.taken[1]?.command.public).toMatchObject({ index: 3, prev: venue.last, segments: 1 });
  });

  it('leaves nothing out without a word while the database is away, and says it before what comes after', async () => {
    const sut = await recorder();
    const room = sut.of(ORIGIN);
    room.started(CAMERA);
    room.segment(CAMERA, draftAt(0));
    await until(async () => (await repository.pieces(ORIGIN, 10)).segments.length === 1);
    const away = jest.spyOn(pool, 'query').mockImplementation(() => Promise.reject(new Error('away')) as never);
    room.segment(CAMERA, draftAt(10));
    room.gap(CAMERA, { fromMs: START + 11_000, toMs: START + 20_000, reason: 'LOSS', packets: 2 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    away.mockRestore();
    room.segment(CAMERA, draftAt(20));
    await sut.land(ORIGIN);
    const { segments, gaps } = await landed(0);
    expect(segments.map(({ index, received }) => [index, received.from])).toEqual([
      [0, '2026-03-24T01:30:00.000Z'],
      [1, '2026-03-24T01:30:20.000Z'],
    ]);
    expect(gaps.map(({ reason, from }) => [reason, from])).toEqual([
      ['DISK', '2026-03-24T01:30:10.000Z'],
      ['LOSS', '2026-03-24T01:30:11.000Z'],
    ]);
  });

  it('takes no segment back in time where the clock was set back, and says what is missing before the first one', async () => {
    const sut = await recorder();
    const room = sut.of(ORIGIN);
    room.started(CAMERA);
    room.segment(CAMERA, draftAt(3_600));
    room.ended(CAMERA, 'LEFT');
    room.started(CAMERA);
    room.segment(CAMERA, draftAt(3_000));
    const microphone: Track = { party: 'expert-1', source: 'microphone' };
    room.started(microphone);
    room.segment(microphone, draftAt(3_600));
    await sut.land(ORIGIN);
    const { segments, gaps } = await landed(0);
    const [first, second] = segments;
    expect(second?.received).toEqual({ from: first?.received.to, to: first?.received.to });
    expect(gaps.some(({ reason, track }) => reason === 'SILENT' && track.source === 'microphone')).toBe(true);
  });

  it('says in time that the disk is nearly full, once, and that it has room again', async () => {
    await recorder();
    for (const low of [true, true, false, false]) {
      isLow = low;
      await clock.advance(5_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(told.filter((words) => words.includes('the disk'))).toEqual([
      'recording: the disk is nearly full: make room before footage is left out',
      'recording: the disk has room again',
    ]);
    for (const DATA_DIR of [folder, join(folder, 'not/yet')])
      expect(await new SiteDisk({ DATA_DIR }).state()).toEqual({ freeBytes: expect.any(Number), isLow: expect.any(Boolean) });
  });

  it('removes the half of a file that a killed process left', async () => {
    const arriving = join(recordingsFolder({ DATA_DIR: folder }), 'arriving');
    await mkdir(arriving, { recursive: true });
    await writeFile(join(arriving, 'half'), 'x');
    await recorder();
    await expect(readdir(arriving)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
