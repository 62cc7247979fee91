import { JOBS } from '@app/contracts';
import { createLogger, DomainError, SystemClock, SystemIds } from '@app/platform';
import { JobBook, jobId, JobsModule, markJob } from '@app/platform/jobs';
import { testRedisUrl } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext, NestApplicationOptions } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKit, type Kit } from '../../../test/support/pipeline-kit.js';
import { profile } from '../../../test/support/people.js';
import { ListFaultEntity, ListImportEntity, PersonEntity, PersonRoleEntity, RegistryChangeEntity } from '../entities.js';
import type { Author } from '../record/registry-book.js';
import { INSTALLER } from '../record/registry-book.js';
import { ImportsService } from './imports.service.js';
import { ListFiles } from './list-files.js';
import type { ListRun } from './list-importer.js';
import { ListImporter } from './list-importer.js';
import { ListWriter } from './list-writer.js';
import { RegistryImportProcessor } from './registry-import.processor.js';

const BOOT_MS_MAX = 60_000;
const LONG_MS_MAX = 120_000;
const WAIT_MS_MAX = 60_000;
const LEASE_MS = 1_000;
const DAYS_2_MS = 172_800_000;
const LINES = 1_200;
const IMPORT_JOBS = { 'registry:import': JOBS['registry:import'] };
const QUIET: Partial<NestApplicationOptions> = { logger: false, abortOnError: false };

/** Called after each batch, before the next. */
type Between = (signal: AbortSignal) => Promise<void>;
const goOn: Between = () => Promise.resolve();
const untilAborted: Between = (signal) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener('abort', () => {
        resolve();
      });
  });

/** The real processor, whose lease ends soon enough for a test. */
class QuickProcessor extends RegistryImportProcessor {}
markJob('registry:import', { concurrency: 1, leaseMs: LEASE_MS })(QuickProcessor);

describe('the job that takes a list in', () => {
  let kit: Kit;
  let folder: string;
  let files: ListFiles;
  let sut: ImportsService;
  let author: Author;
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const running = new Set<INestApplicationContext>();

  beforeAll(async () => {
    kit = await createKit(new SystemClock());
    folder = await mkdtemp(join(tmpdir(), 'gongping-lists-'));
    files = new ListFiles(folder, 1_000_000);
    const { id, facts } = kit.cast.agency;
    author = { person: id, certificate: facts.fingerprint };
    await kit.book.change(INSTALLER, (tx) =>
      tx.put(PersonRoleEntity, 'grant', 'grant', [{ subject: `${id}/pool-office`, row: { personId: id, roleId: 'pool-office' } }]),
    );
    const jobs = new JobBook({ pool: kit.pool, clock: kit.clock, silenceMs: 60_000 });
    const faults = kit.dataSource.getRepository(ListFaultEntity);
    sut = new ImportsService(imports(), faults, files, kit.book, jobs, new SystemIds(), kit.clock);
  }, BOOT_MS_MAX);
  afterAll(async () => {
    for (const app of running) await app.close();
    await rm(folder, { recursive: true, force: true });
    await kit.close();
  });

  const imports = () => kit.dataSource.getRepository(ListImportEntity);
  const hand = (csv: string, by = author) => sut.add(by, { kind: 'people', format: 'csv', name: 'people.csv', body: Readable.from([csv]) });
  const people = (mark: string): string =>
    `id,name\n${Array.from({ length: LINES }, (_unused, index) => `${mark}-${String(index)},P`).join('\n')}\n`;

  /** A process that does the job. */
  async function start(between: Between = goOn, closeMs = 10_000): Promise<INestApplicationContext> {
    const writer = new ListWriter(profile, (certificate) => kit.registry.checkCertificate(certificate, kit.clock.instant()));
    class SteppedImporter extends ListImporter {
      override run(id: string, run: ListRun): Promise<void> {
        const progress: ListRun['progress'] = async (lines, faults) => {
          await run.progress(lines, faults);
          await between(run.signal);
        };
        return super.run(id, { ...run, progress });
      }
    }
    const importer = new SteppedImporter(kit.dataSource, kit.book, files, writer);
    const jobs = JobsModule.forRootAsync({
      jobs: IMPORT_JOBS,
      useFactory: () => ({
        pool: kit.pool,
        databaseUrl: kit.database.url,
        redisUrl: testRedisUrl(),
        processName: 'lists',
        prefix,
        clock: kit.clock,
        logger: createLogger({ name: 'lists', level: 'silent' }),
        limits: { beatMs: 100, overdueMs: 400, closeMs },
      }),
    });
    @Module({ imports: [jobs], providers: [{ provide: RegistryImportProcessor, useFactory: () => new QuickProcessor(importer) }] })
    class ListsModule {}
    const app = await NestFactory.createApplicationContext(ListsModule, QUIET);
    running.add(app);
    return app;
  }
  async function end(app: INestApplicationContext): Promise<void> {
    running.delete(app);
    await app.close();
  }
  async function until(id: string, holds: (list: ListImportEntity) => boolean): Promise<ListImportEntity> {
    const late = performance.now() + WAIT_MS_MAX;
    for (;;) {
      const list = await imports().findOneByOrFail({ id });
      if (holds(list)) return list;
      if (performance.now() > late) throw new Error(`the list did not come to that: ${JSON.stringify(list)}`);
      await sleep(20);
    }
  }
  const isDone = ({ state }: ListImportEntity): boolean => state === 'done';
  async function jobOf(id: string): Promise<unknown> {
    const { rows } = await kit.pool.query<{ state: string; progress: unknown }>('SELECT state, progress FROM job WHERE id = $1', [
      jobId('registry:import', id),
    ]);
    return rows[0];
  }
  async function expectWhole(id: string, mark: string): Promise<void> {
    expect(await imports().findOneByOrFail({ id })).toMatchObject({
      state: 'done',
      lines: LINES,
      changed: LINES,
      unchanged: 0,
      faults: 0,
    });
    expect(
      await kit.dataSource
        .getRepository(PersonEntity)
        .createQueryBuilder('p')
        .where('p.id LIKE :like', { like: `${mark}-%` })
        .getCount(),
    ).toBe(LINES);
    expect(await kit.dataSource.getRepository(RegistryChangeEntity).countBy({ kind: 'list', subject: id })).toBe(1);
    while ((await readdir(folder)).length > 0) await sleep(20);
  }

  it(
    'goes on in another process after its own was closed in the middle',
    async () => {
      const first = await start(untilAborted);
      const { id } = await hand(people('c'));
      await until(id, ({ lines }) => lines > 0);
      await end(first);
      expect(await imports().findOneByOrFail({ id })).toMatchObject({ state: 'running', lines: 500, changed: 500 });
      expect(await jobOf(id)).toMatchObject({ state: 'WAITING', progress: { done: 500, total: null, report: { faults: 0 } } });
      const second = await start();
      await until(id, isDone);
      await expectWhole(id, 'c');
      await end(second);
      expect(await jobOf(id)).toMatchObject({ state: 'DONE', progress: { done: LINES } });
    },
    LONG_MS_MAX,
  );

  it(
    'goes on after its process was lost without a word, and counts for nothing when that one comes back',
    async () => {
      let wake: () => void = () => undefined;
      const asleep = new Promise<void>((resolve) => (wake = resolve));
      const lost = await start(() => asleep, 50);
      const { id } = await hand(people('k'));
      await until(id, ({ lines }) => lines > 0);
      await end(lost);
      expect(await jobOf(id)).toMatchObject({ state: 'RUNNING' });
      const second = await start();
      await until(id, isDone);
      wake();
      await sleep(200);
      await expectWhole(id, 'k');
      await end(second);
      expect(await jobOf(id)).toMatchObject({ state: 'DONE' });
    },
    LONG_MS_MAX,
  );

  it(
    'is one for a list that is handed in twice, until taking it in again could change something',
    async () => {
      const csv = 'id,name\nt-1,Wang\n';
      const [one, other] = await Promise.all([hand(csv), hand(csv)]);
      expect(other.id).toBe(one.id);
      expect(await readdir(folder)).toEqual([one.id]);
      expect((await kit.pool.query(`SELECT 1 FROM job WHERE name = 'registry:import' AND state = 'WAITING'`)).rowCount).toBe(1);
      const process = await start();
      await until(one.id, isDone);
      expect((await hand(csv)).id).toBe(one.id);
      const row = { id: 't-1', name: 'Li', organisation: null };
      await kit.book.change(author, (tx) => tx.put(PersonEntity, 'put', 'person', [{ subject: 't-1', row }]));
      const again = await hand(csv);
      expect(again.id).not.toBe(one.id);
      expect(await until(again.id, isDone)).toMatchObject({ changed: 1 });
      const bad = await hand('id,name,organisation\nt-2,Wu,o-none\n');
      await until(bad.id, isDone);
      const worse = await hand('id,name,organisation\nt-2,Wu,o-none\n');
      expect(worse.id).not.toBe(bad.id);
      await until(worse.id, isDone);
      await end(process);
    },
    LONG_MS_MAX,
  );

  it(
    'is shown as stopped when its job was given up, with the reason, and can be handed in again',
    async () => {
      const broken = await start(() => Promise.reject(new DomainError('TOO_LARGE', 'The disk is full.')));
      const { id } = await hand(people('d'));
      while ((await sut.one(id)).state !== 'stopped') await sleep(20);
      const stopped = await sut.one(id);
      expect(stopped).toMatchObject({ lines: 500, code: 'TOO_LARGE', message: 'The disk is full.', finishedAt: null });
      expect((await sut.page({ limit: 1 })).items[0]).toMatchObject({ id, state: 'stopped' });
      await end(broken);
      const whole = await start();
      const again = await hand(people('d'));
      expect(again.id).not.toBe(id);
      await until(again.id, isDone);
      expect(await sut.one(again.id)).toMatchObject({ state: 'done', lines: LINES, changed: LINES - 500, unchanged: 500 });
      // Its file waits for whoever tries the job again.
      await files.forget(id);
      await end(whole);
    },
    LONG_MS_MAX,
  );

  it('leaves no file of a list that has ended, nor of an upload that broke off, after the next start', async () => {
    const ended = (await imports().findOneOrFail({ where: { state: 'done' } })).id;
    const [broken, coming] = [randomUUID(), randomUUID()];
    const waiting = (await hand('id,name\nw-1,Zhou\n')).id;
    for (const id of [ended, broken, coming]) await writeFile(join(folder, id), 'id,name\n');
    const before = new Date(Date.now() - DAYS_2_MS);
    for (const id of [broken, waiting]) await utimes(join(folder, id), before, before);
    await sut.forgetEnded();
    expect((await readdir(folder)).sort()).toEqual([coming, waiting].sort());
  });
});
