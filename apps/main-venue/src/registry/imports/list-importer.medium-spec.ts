import type { ListFormat, ListKind } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createKit, type Kit } from '../../../test/support/pipeline-kit.js';
import { profile } from '../../../test/support/people.js';
import {
  CertificateEntity,
  ExpertEntity,
  ListFaultEntity,
  ListImportEntity,
  ListKeyEntity,
  PersonEntity,
  PersonRoleEntity,
} from '../entities.js';
import { INSTALLER } from '../record/registry-book.js';
import { ListFiles } from './list-files.js';
import type { ListRun } from './list-importer.js';
import { LIST_FAULTS_KEPT_MAX, ListImporter } from './list-importer.js';
import { ListWriter } from './list-writer.js';

const BOOT_MS_MAX = 60_000;
const LONG_MS_MAX = 120_000;
const MANY_LINES = 20_000;
const HEAP_BYTES_MAX = 80_000_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** What is still held, without what only waits to be collected. */
function liveBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
const QUIET: ListRun = {
  signal: new AbortController().signal,
  progress: () => Promise.resolve(),
  ending: () => Promise.resolve(),
};

describe('a list that is taken in', () => {
  let kit: Kit;
  let folder: string;
  let files: ListFiles;
  let sut: ListImporter;
  let next = 0;
  beforeAll(async () => {
    kit = await createKit();
    folder = await mkdtemp(join(tmpdir(), 'gongping-lists-'));
    files = new ListFiles(folder, 100_000_000);
    const writer = new ListWriter(profile, (certificate) => kit.registry.checkCertificate(certificate, kit.clock.instant()));
    sut = new ListImporter(kit.dataSource, kit.book, files, writer);
    const { id } = kit.cast.agency;
    await kit.book.change(INSTALLER, (tx) =>
      tx.put(PersonRoleEntity, 'grant', 'grant', [{ subject: `${id}/pool-office`, row: { personId: id, roleId: 'pool-office' } }]),
    );
    const supervisor = kit.cast.supervisor.id;
    await kit.book.change(INSTALLER, (tx) =>
      tx.put(PersonRoleEntity, 'grant', 'grant', [
        { subject: `${supervisor}/administrator`, row: { personId: supervisor, roleId: 'administrator' } },
      ]),
    );
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await kit.close();
  });

  const imports = () => kit.dataSource.getRepository(ListImportEntity);
  async function hand(kind: ListKind, format: ListFormat, body: Readable | string): Promise<string> {
    next += 1;
    const id = `00000000-0000-7000-8000-${String(next).padStart(12, '0')}`;
    const { sizeBytes, sha } = await files.keep(id, typeof body === 'string' ? Readable.from([body]) : body);
    const author = { personId: kit.cast.agency.id, certificate: kit.cast.agency.facts.fingerprint };
    await imports().insert({
      id,
      kind,
      format,
      fileName: 'list',
      sizeBytes: String(sizeBytes),
      sha,
      ...author,
      at: kit.clock.now(),
      state: 'waiting',
    });
    return id;
  }
  async function take(kind: ListKind, format: ListFormat, body: Readable | string, run = QUIET) {
    const id = await hand(kind, format, body);
    await sut.run(id, run);
    return report(id);
  }
  async function report(id: string) {
    const { state, lines, changed, unchanged, faults, code, message } = await imports().findOneByOrFail({ id });
    const rows = await kit.dataSource.getRepository(ListFaultEntity).find({ where: { importId: id }, order: { position: 'ASC' } });
    return { state, lines, changed, unchanged, faults, code, message, rows: rows.map(({ line, column, code: of }) => [line, column, of]) };
  }
  const isPerson = (id: string): Promise<boolean> => kit.dataSource.getRepository(PersonEntity).existsBy({ id });

  it('keeps its good lines and names every bad one by line, column and code', async () => {
    const csv = [
      'id,name,organisation',
      'p-1,Wang,o-agency',
      'p-2,,o-agency',
      'p-3,Li,o-nowhere',
      'p-1,Wang again,',
      'p 4,Zhao,',
      'p-5,Qian',
      '"p-6","Sun, the ""younger""",',
      '',
    ].join('\r\n');
    expect(await take('people', 'csv', `\uFEFF${csv}`)).toEqual({
      state: 'done',
      lines: 7,
      changed: 2,
      unchanged: 0,
      faults: 5,
      code: null,
      message: null,
      rows: [
        [3, 'name', 'E_CELL_EMPTY'],
        [4, 'organisation', 'E_CELL_REFERS'],
        [5, 'id', 'E_LIST_TWICE'],
        [6, 'id', 'E_CELL_FORM'],
        [7, '', 'E_LINE_CELLS'],
      ],
    });
    expect(await kit.dataSource.getRepository(PersonEntity).findOneBy({ id: 'p-6' })).toMatchObject({ name: 'Sun, the "younger"' });
    expect(await readdir(folder)).toEqual([]);
    expect(await kit.dataSource.getRepository(ListKeyEntity).count()).toBe(0);
  });

  it('changes nothing when it is taken in again', async () => {
    const csv = 'id,name,organisation,specialties,city,active\ne-1,Zhou,,A0801;A0401,Hangzhou,是\n';
    expect(await take('experts', 'csv', csv)).toMatchObject({ changed: 1, unchanged: 0 });
    expect(await take('experts', 'csv', csv)).toMatchObject({ changed: 0, unchanged: 1, faults: 0 });
    expect(await kit.dataSource.getRepository(ExpertEntity).findOneBy({ personId: 'e-1' })).toMatchObject({
      specialties: ['A0801', 'A0401'],
      active: true,
    });
  });

  it('is read as JSON too, as an array or one object to a line', async () => {
    const rows = [
      { id: 'o-j1', name: 'One', creditCode: '913300000000000011' },
      { id: 'o-j2', name: 'Two {"', creditCode: '913300000000000022', more: 1 },
    ];
    expect(await take('organisations', 'json', JSON.stringify(rows))).toMatchObject({
      changed: 1,
      faults: 1,
      rows: [[1, 'more', 'E_CELL_UNKNOWN']],
    });
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    expect(await take('organisations', 'json', lines)).toMatchObject({ unchanged: 1, rows: [[2, 'more', 'E_CELL_UNKNOWN']] });
  });

  it.each([
    ['of other columns', 'csv', 'id,nmae\np-9,Wu\n', 'E_LIST_COLUMNS', /missing: name; unknown: nmae/],
    ['without a line', 'csv', '', 'E_LIST_COLUMNS', /missing: id, name/],
    ['that is no CSV', 'csv', 'id,name\n"p-9,Wu\n', 'E_LIST_FORM', /CSV/],
    ['that is no JSON', 'json', 'hello', 'E_LIST_FORM', /Line 1: an object is expected/],
    ['that breaks off', 'json', '[{"id":"p-9","name":"Wu"', 'E_LIST_FORM', /has no end/],
  ] as const)('is refused as a whole %s', async (_name, format, body, code, message) => {
    const found = await take('people', format, body);
    expect(found).toMatchObject({ state: 'refused', code });
    expect(found.message).toMatch(message);
    expect(await isPerson('p-9')).toBe(false);
  });

  it('binds certificates, and none to somebody whose rights its author does not hold', async () => {
    const late = await kit.people.person('p-1');
    const sneak = await kit.people.person('p-sneak');
    const lines = [`p-1,${late.certificate}`, `${kit.cast.supervisor.id},${sneak.certificate}`, `p-none,${sneak.certificate}`, 'p-1,AAAA'];
    expect(await take('certificates', 'csv', ['person,certificate', ...lines].join('\n'))).toMatchObject({
      changed: 1,
      rows: [
        [3, 'person', 'E_RIGHT_NOT_HELD'],
        [4, 'certificate', 'E_LIST_TWICE'],
        [5, 'certificate', 'E_CELL_FORM'],
      ],
    });
    expect(await kit.dataSource.getRepository(CertificateEntity).existsBy({ fingerprint: sneak.facts.fingerprint })).toBe(false);
  });

  it('goes on behind its last batch when it was broken off, and counts nothing twice', async () => {
    const csv = `id,name\n${Array.from({ length: 1_200 }, (_unused, index) => `b-${String(index)},B`).join('\n')}\n`;
    const id = await hand('people', 'csv', csv);
    const broken = { ...QUIET, progress: () => Promise.reject(new Error('killed')) };
    await expect(sut.run(id, broken)).rejects.toThrow('killed');
    expect(await report(id)).toMatchObject({ state: 'running', lines: 500, changed: 500 });
    await sut.run(id, QUIET);
    expect(await report(id)).toMatchObject({ state: 'done', lines: 1_200, changed: 1_200, unchanged: 0, faults: 0 });
  });

  it('ends when its author loses the right', async () => {
    const { id } = kit.cast.agency;
    const role = { personId: id, roleId: 'pool-office' };
    await kit.dataSource.getRepository(PersonRoleEntity).delete(role);
    expect(await take('people', 'csv', 'id,name\nz-1,Z\n')).toMatchObject({ state: 'refused', code: 'E_RIGHT_NOT_HELD' });
    await kit.dataSource.getRepository(PersonRoleEntity).insert(role);
  });

  it(
    'never lies in memory: its lines come and go',
    async () => {
      const lines = function* (): Generator<string> {
        yield 'id,name,organisation,specialties,city,active\n';
        for (let index = 0; index < MANY_LINES; index += 1)
          yield index % 2 === 0 ? `m-${String(index)},专家${String(index)},,A0801,永康,1\n` : `m-${String(index)},,,A0801,永康,1\n`;
      };
      const heap = { before: liveBytes(), most: 0 };
      const progress = (): Promise<void> => {
        heap.most = Math.max(heap.most, liveBytes());
        return Promise.resolve();
      };
      const found = await take('experts', 'csv', Readable.from(lines()), { ...QUIET, progress });
      expect(found).toMatchObject({ state: 'done', lines: MANY_LINES, changed: MANY_LINES / 2, faults: MANY_LINES / 2 });
      expect(found.rows).toHaveLength(Math.min(MANY_LINES / 2, LIST_FAULTS_KEPT_MAX));
      expect(heap.most - heap.before).toBeLessThan(HEAP_BYTES_MAX);
    },
    LONG_MS_MAX,
  );

  it('is refused above its size, and nothing of it is kept', async () => {
    const small = new ListFiles(folder, 10);
    await expect(small.keep('00000000-0000-7000-8000-999999999999', Readable.from(['x'.repeat(11)]))).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
