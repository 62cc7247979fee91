import type { ErrorCode, ListFormat, ListKind } from '@app/contracts';
import { DomainError } from '@app/platform';
import { CsvError, parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import { columnsFault } from './list-specs.js';

/** One line of a list, not believed yet: its cells by column, or why it cannot be read at all. */
export type ListLine = { readonly line: number } & ({ readonly cells: Readonly<Record<string, unknown>> } | { readonly fault: ErrorCode });

/** Largest line, in characters: a certificate and its key fit in ten times. */
const LIST_LINE_LENGTH_MAX = 100_000;

/**
 * Reads a list line by line as it comes; never holds more than a line. Throws E_LIST_COLUMNS when the first line of a CSV does not name
 * the columns of this kind, E_LIST_FORM when the file is none of its format.
 */
export function readLines(kind: ListKind, format: ListFormat, file: Readable): AsyncGenerator<ListLine> {
  return format === 'csv' ? readCsv(kind, file) : readJson(file);
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* readCsv(kind: ListKind, file: Readable): AsyncGenerator<ListLine> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: LIST_LINE_LENGTH_MAX });
  // `pipe` forgets the errors of its source.
  file.once('error', (error) => parser.destroy(error)).pipe(parser);
  let columns: readonly string[] | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      if (columns === null) {
        columns = record.map((name) => name.trim());
        const fault = columnsFault(kind, columns);
        if (fault !== null) throw new DomainError('E_LIST_COLUMNS', fault);
        continue;
      }
      if (record.length === columns.length)
        yield { line: info.lines, cells: Object.fromEntries(columns.map((name, at) => [name, record[at]])) };
      else yield { line: info.lines, fault: 'E_LINE_CELLS' };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new DomainError('E_LIST_FORM', `This is no CSV: ${error.message}.`, { cause: error });
    throw error;
  } finally {
    file.destroy();
  }
  if (columns === null) throw new DomainError('E_LIST_COLUMNS', columnsFault(kind, []) ?? 'The list is empty.');
}

/** Objects one after the other: as elements of one array, or one to a line (JSON Lines). */
async function* readJson(file: Readable): AsyncGenerator<ListLine> {
  const splitter = new ObjectSplitter();
  try {
    file.setEncoding('utf8');
    for await (const chunk of file as AsyncIterable<string>) yield* splitter.take(chunk);
    splitter.end();
  } finally {
    file.destroy();
  }
}

/** Cuts a text into its outermost objects, with the line that each begins in. */
class ObjectSplitter {
  #line = 1;
  #begin = 1;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #object = '';

  *take(chunk: string): Generator<ListLine> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const char = chunk.charAt(at);
      if (char === '\n') this.#line += 1;
      if (this.#isInText) this.#inText(char);
      else if (char === '{') {
        if (this.#depth === 0) [this.#begin, from] = [this.#line, at];
        this.#depth += 1;
      } else if (this.#depth === 0) this.#between(char);
      else if (char === '"') this.#isInText = true;
      else if (char === '}') {
        this.#depth -= 1;
        if (this.#depth > 0) continue;
        yield this.#read(this.#object + chunk.slice(from, at + 1));
        this.#object = '';
      }
    }
    if (this.#depth === 0) return;
    this.#object += chunk.slice(from);
    if (this.#object.length > LIST_LINE_LENGTH_MAX)
      throw new DomainError('E_LIST_FORM', `The object that begins in line ${String(this.#begin)} is too long.`);
  }

  end(): void {
    if (this.#depth > 0) throw new DomainError('E_LIST_FORM', `The object that begins in line ${String(this.#begin)} has no end.`);
  }

  #inText(char: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (char === '\\') this.#isEscaped = true;
    else if (char === '"') this.#isInText = false;
  }

  #between(char: string): void {
    if (!/[\s,[\]\uFEFF]/.test(char)) throw new DomainError('E_LIST_FORM', `Line ${String(this.#line)}: an object is expected.`);
  }

  #read(text: string): ListLine {
    const line = this.#begin;
    try {
      // It begins with a brace, so what can be read is an object.
      return { line, cells: JSON.parse(text) as Record<string, unknown> };
    } catch {
      return { line, fault: 'E_LINE_OBJECT' };
    }
  }
}
