import type { ListFaultPage, ListFormat, ListImport, ListImportPage, ListKind } from '@app/contracts';
import { Clock, DomainError, Ids } from '@app/platform';
import type { JobFailure } from '@app/platform/jobs';
import { JobBook } from '@app/platform/jobs';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Readable } from 'node:stream';
import { In, Repository } from 'typeorm';
import { ListFaultEntity, ListImportEntity, PersonEntity } from '../entities.js';
import type { PageQuery } from '../page.js';
import { readPage } from '../page.js';
import type { Author, RegistryTx } from '../record/registry-book.js';
import { RegistryBook, versionOf } from '../record/registry-book.js';
import { RegistryStateEntity } from '../record/registry-state.entity.js';
import { ListFiles } from './list-files.js';

export interface ListUpload {
  readonly kind: ListKind;
  readonly format: ListFormat;
  readonly name: string;
  readonly body: Readable;
}

const KEY = /^(\d{1,15})_([0-9a-f-]{36})$/;
const POSITION = /^\d{1,9}$/;
/** A file without a row is a list that still comes in, for so long; then it is what a process left that was killed. */
const UPLOAD_MS_MAX = 86_400_000;

/** Lists that people hand in, how far each is, and which of its lines were refused. */
@Injectable()
export class ImportsService {
  constructor(
    @InjectRepository(ListImportEntity) private readonly imports: Repository<ListImportEntity>,
    @InjectRepository(ListFaultEntity) private readonly faults: Repository<ListFaultEntity>,
    private readonly files: ListFiles,
    private readonly book: RegistryBook,
    private readonly jobs: JobBook,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps a list and wants the job that takes it in; what becomes of it is read by its id. The same list of the same person is the same
   * import while that is under way, and afterwards as long as taking it in again could change nothing. Throws TOO_LARGE, E_INPUT for
   * an empty one.
   */
  async add(author: Author, { kind, format, name, body }: ListUpload): Promise<ListImport> {
    const id = this.ids.next();
    const { sizeBytes, sha } = await this.files.keep(id, body);
    if (sizeBytes === 0) {
      await this.files.forget(id);
      throw new DomainError('E_INPUT', 'The list is empty.');
    }
    const list = { kind, format, sha, personId: author.person };
    // The lock of the registry: of two who hand the same in at the same time, one comes first.
    const kept = await this.book.change(author, async (tx) => {
      const same = await this.#findSame(tx, list);
      if (same !== null) return same;
      const row = { ...list, fileName: name, sizeBytes: String(sizeBytes), certificate: author.certificate, at: this.clock.now() };
      await tx.repository(ListImportEntity).insert({ id, ...row, state: 'waiting' });
      await this.jobs.want(tx.manager, 'registry:import', id, { list: id });
      return id;
    });
    if (kept !== id) await this.files.forget(id);
    return this.one(kept);
  }

  /** Deletes the files that a killed process left: of lists that have ended, and of uploads that broke off. */
  async forgetEnded(): Promise<void> {
    const files = await this.files.all();
    const rows = await this.imports.find({ where: { id: In(files.map(({ id }) => id)) }, select: { id: true, finishedAt: true } });
    const known = new Map(rows.map(({ id, finishedAt }) => [id, finishedAt !== null]));
    const since = this.clock.nowMs() - UPLOAD_MS_MAX;
    for (const { id, atMs } of files) if (known.get(id) ?? atMs < since) await this.files.forget(id);
  }

  /** The newest first. Throws E_INPUT for an `after` that is none of ours. */
  async page(query: PageQuery): Promise<ListImportPage> {
    const select = this.imports.createQueryBuilder('list').orderBy('list.at', 'DESC').addOrderBy('list.id', 'DESC');
    if (query.after !== undefined) {
      const [, at, id] = KEY.exec(query.after) ?? [];
      if (at === undefined) throw new DomainError('E_INPUT', 'after: it is not the key of a page.');
      select.andWhere('(list.at, list.id) < (:at, :id)', { at: new Date(Number(at)), id });
    }
    return readPage(
      select,
      query,
      ({ at, id }) => `${String(at.getTime())}_${id}`,
      (rows) => this.#toImports(rows),
    );
  }

  /** Throws NOT_FOUND. */
  async one(id: string): Promise<ListImport> {
    const row = await this.imports.findOneBy({ id });
    const [list] = await this.#toImports(row === null ? [] : [row]);
    if (list === undefined) throw new DomainError('NOT_FOUND', 'There is no such list.');
    return list;
  }

  /** In the order of the list. Throws NOT_FOUND, E_INPUT for an `after` that is none of ours. */
  async faultsOf(id: string, query: PageQuery): Promise<ListFaultPage> {
    if (!(await this.imports.existsBy({ id }))) throw new DomainError('NOT_FOUND', 'There is no such list.');
    const select = this.faults.createQueryBuilder('fault').where('fault.import_id = :id', { id }).orderBy('fault.position');
    if (query.after !== undefined) {
      if (!POSITION.test(query.after)) throw new DomainError('E_INPUT', 'after: it is not the key of a page.');
      select.andWhere('fault.position > :position', { position: Number(query.after) });
    }
    return readPage(
      select,
      query,
      ({ position }) => String(position),
      (rows) => rows.map(({ line, column, code, message }) => ({ line, column, code, message })),
    );
  }

  /**
   * The import that this list already is: one that is under way and not given up, or one that was done without a fault and after which
   * the registry has not changed, so that it would change nothing again.
   */
  async #findSame(tx: RegistryTx, list: SameList): Promise<string | null> {
    const last = await tx.repository(ListImportEntity).findOne({ where: list, order: { at: 'DESC', id: 'DESC' } });
    if (last === null) return null;
    if (isUnderWay(last)) return (await this.jobs.deadAmong(tx.manager, 'registry:import', [last.id])).has(last.id) ? null : last.id;
    if (last.state === 'refused' || last.faults > 0) return null;
    const { version } = await tx.repository(RegistryStateEntity).findOneOrFail({ where: {} });
    return (await versionOf(tx.manager, 'list', last.id)) === version ? last.id : null;
  }

  async #toImports(rows: ListImportEntity[]): Promise<ListImport[]> {
    const authors = [...new Set(rows.map(({ personId }) => personId))];
    const people = await this.imports.manager.getRepository(PersonEntity).findBy({ id: In(authors) });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const { manager } = this.imports;
    const dead = await this.jobs.deadAmong(
      manager,
      'registry:import',
      rows.filter(isUnderWay).map(({ id }) => id),
    );
    return rows.map(({ personId, certificate: _certificate, sizeBytes, at, finishedAt, ...row }) => ({
      ...row,
      ...stopped(dead.get(row.id)),
      sizeBytes: Number(sizeBytes),
      by: { id: personId, name: names.get(personId) ?? personId },
      at: at.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    }));
  }
}

const isUnderWay = ({ state }: Pick<ListImportEntity, 'state'>): boolean => state === 'waiting' || state === 'running';

const stopped = (failure: JobFailure | undefined): Partial<Pick<ListImport, 'state' | 'code' | 'message'>> =>
  failure === undefined ? {} : { state: 'stopped', code: failure.code, message: failure.message };

type SameList = Pick<ListImportEntity, 'kind' | 'format' | 'sha' | 'personId'>;
