import type { ListFaultPage, ListFormat, ListImport, ListImportPage, ListKind } from '@app/contracts';
import { Clock, DomainError, Ids } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Readable } from 'node:stream';
import { In, Repository } from 'typeorm';
import { ListFaultEntity, ListImportEntity, PersonEntity } from '../entities.js';
import type { PageQuery } from '../page.js';
import { readPage } from '../page.js';
import type { Author } from '../record/registry-book.js';
import { ListFiles } from './list-files.js';
import { ListRunner } from './list-runner.js';

export interface ListUpload {
  readonly kind: ListKind;
  readonly format: ListFormat;
  readonly name: string;
  readonly body: Readable;
}

const KEY = /^(\d{1,15})_([0-9a-f-]{36})$/;
const POSITION = /^\d{1,9}$/;

/** Lists that people hand in, how far each is, and which of its lines were refused. */
@Injectable()
export class ImportsService {
  constructor(
    @InjectRepository(ListImportEntity) private readonly imports: Repository<ListImportEntity>,
    @InjectRepository(ListFaultEntity) private readonly faults: Repository<ListFaultEntity>,
    private readonly files: ListFiles,
    private readonly runner: ListRunner,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Keeps a list and begins to take it in; what becomes of it is read by its id. Throws TOO_LARGE, E_INPUT for an empty one. */
  async add(author: Author, { kind, format, name, body }: ListUpload): Promise<ListImport> {
    const id = this.ids.next();
    const { sizeBytes, sha } = await this.files.keep(id, body);
    if (sizeBytes === 0) {
      await this.files.forget(id);
      throw new DomainError('E_INPUT', 'The list is empty.');
    }
    await this.imports.insert({
      id,
      kind,
      format,
      fileName: name,
      sizeBytes: String(sizeBytes),
      sha,
      personId: author.person,
      certificate: author.certificate,
      at: this.clock.now(),
      state: 'waiting',
    });
    this.runner.want(id);
    return this.one(id);
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

  async #toImports(rows: ListImportEntity[]): Promise<ListImport[]> {
    const authors = [...new Set(rows.map(({ personId }) => personId))];
    const people = await this.imports.manager.getRepository(PersonEntity).findBy({ id: In(authors) });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return rows.map(({ personId, certificate: _certificate, sizeBytes, at, finishedAt, ...row }) => ({
      ...row,
      sizeBytes: Number(sizeBytes),
      by: { id: personId, name: names.get(personId) ?? personId },
      at: at.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    }));
  }
}
