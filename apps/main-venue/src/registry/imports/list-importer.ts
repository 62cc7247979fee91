import type { ListKind } from '@app/contracts';
import { DomainError, invariant, isDomainError } from '@app/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { mustHold } from '../access/access-guards.js';
import { ListFaultEntity, ListImportEntity, ListKeyEntity } from '../entities.js';
import type { RegistryBook, RegistryTx } from '../record/registry-book.js';
import type { ListFiles } from './list-files.js';
import type { ListLine } from './list-lines.js';
import { readLines } from './list-lines.js';
import type { ListRow } from './list-specs.js';
import { readCells } from './list-specs.js';
import type { GoodLine, LineFault, ListWriter } from './list-writer.js';
import { faultAt } from './list-writer.js';

/** Lines of one transaction: few enough that others who change the registry do not wait long. */
const LINES_IN_BATCH = 500;
/** Faults that are kept with their line; above it they are counted. */
export const LIST_FAULTS_KEPT_MAX = 10_000;

export interface ListRun {
  readonly signal: AbortSignal;
  /** After each batch: lines that are done with. */
  readonly progress: (lines: number, faults: number) => Promise<void>;
  /** In the transaction that ends the list. */
  readonly ending: (manager: EntityManager) => Promise<void>;
}

interface Numbered {
  readonly position: number;
  readonly line: ListLine;
}

/**
 * Takes a list in, batch by batch: the good lines of a batch, its faults and how far the list is are one transaction. Begun again after a
 * crash, it goes on behind the last batch; a list that is done stays as it is.
 */
export class ListImporter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly book: RegistryBook,
    private readonly files: ListFiles,
    private readonly writer: ListWriter,
  ) {}

  async run(id: string, run: ListRun): Promise<void> {
    const list = await this.dataSource.getRepository(ListImportEntity).findOneBy({ id });
    invariant(list !== null, `the list ${id} has a row`);
    if (list.state === 'done' || list.state === 'refused') return;
    try {
      await this.#read(list, run);
      await this.#end(list, run, { state: 'done' });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#end(list, run, { state: 'refused', code: error.code, message: error.message });
    }
    await this.files.forget(id);
  }

  async #read(list: ListImportEntity, run: ListRun): Promise<void> {
    let position = 0;
    let batch: Numbered[] = [];
    for await (const line of readLines(list.kind, list.format, this.files.open(list.id))) {
      position += 1;
      // What an earlier run has done.
      if (position <= list.lines) continue;
      batch.push({ position, line });
      if (batch.length < LINES_IN_BATCH) continue;
      await this.#write(list, batch, run);
      batch = [];
    }
    await this.#write(list, batch, run);
  }

  async #write(list: ListImportEntity, batch: readonly Numbered[], run: ListRun): Promise<void> {
    if (batch.length === 0) return;
    run.signal.throwIfAborted();
    const { good, faults: unreadable } = readRows(list.kind, batch);
    const author = { person: list.personId, certificate: list.certificate };
    const done = await this.book.change(author, async (tx) => {
      await mustHold(tx, ['registry:write']);
      const refused = await this.writer.write(tx, list.id, list.kind, good);
      const faults = [...unreadable, ...refused];
      const changed = new Set(tx.changes.map(({ subject }) => subject)).size;
      const written = good.length - refused.length;
      await keepFaults(tx, list, faults);
      const now = {
        lines: list.lines + batch.length,
        changed: list.changed + changed,
        unchanged: list.unchanged + written - changed,
        faults: list.faults + faults.length,
      };
      // Only the run that read the lines before may add these: of two runs of a list one ends here.
      const { affected } = await tx.repository(ListImportEntity).update({ id: list.id, lines: list.lines }, { ...now, state: 'running' });
      if (affected !== 1) throw new DomainError('UNAVAILABLE', `Another process takes the list ${list.id} in.`);
      return now;
    });
    Object.assign(list, done);
    await run.progress(list.lines, list.faults);
  }

  async #end(list: ListImportEntity, run: ListRun, end: Pick<ListImportEntity, 'state'> & Partial<ListImportEntity>): Promise<void> {
    await this.book.change({ person: list.personId, certificate: list.certificate }, async (tx) => {
      await tx.repository(ListKeyEntity).delete({ importId: list.id });
      await tx.repository(ListImportEntity).update({ id: list.id }, { ...end, finishedAt: new Date(tx.at) });
      const { id, kind, sha, lines, changed, unchanged, faults } = list;
      tx.note({
        action: 'import',
        kind: 'list',
        subject: id,
        content: { id, kind, sha, state: end.state, lines, changed, unchanged, faults },
      });
      await run.ending(tx.manager);
    });
  }
}

/** The file as a whole is at fault, or its author may not go on: it is refused, and stays so. */
const isRefusal = (error: unknown): error is DomainError =>
  isDomainError(error, 'E_LIST_COLUMNS') || isDomainError(error, 'E_LIST_FORM') || isDomainError(error, 'E_RIGHT_NOT_HELD');

/** Lines whose form is right, as their schema reads them, and the first fault of every other. */
function readRows<K extends ListKind>(kind: K, batch: readonly Numbered[]): { good: GoodLine<ListRow<K>>[]; faults: LineFault[] } {
  const good: GoodLine<ListRow<K>>[] = [];
  const faults: LineFault[] = [];
  for (const { position, line } of batch) {
    const at = { position, line: line.line };
    if ('fault' in line) {
      faults.push(faultAt(at, '', line.fault));
      continue;
    }
    const read = readCells(kind, line.cells);
    if ('row' in read) good.push({ ...at, row: read.row });
    else faults.push(faultAt(at, read.column, read.code));
  }
  return { good, faults };
}

async function keepFaults(tx: RegistryTx, list: ListImportEntity, faults: readonly LineFault[]): Promise<void> {
  const kept = faults.slice(0, Math.max(0, LIST_FAULTS_KEPT_MAX - list.faults)).map((fault) => ({ importId: list.id, ...fault }));
  if (kept.length === 0) return;
  await tx.repository(ListFaultEntity).createQueryBuilder().insert().values(kept).updateEntity(false).execute();
}
