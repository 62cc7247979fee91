import type { JsonValue, VisibleEntry } from '@app/contracts';
import { Frontier, TreeHasher } from '@app/ledger';
import type { LogHead } from '@app/ledger/store';
import { LogStore } from '@app/ledger/store';
import { DomainError, invariant } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { LogName } from './log-name.js';
import type { StoredEntry } from './pipeline.types.js';
import type { Stream } from './stream.js';
import { StreamKinds } from './stream-kind.js';

/** Where a log stands: all that its next entry is made from. Values only; `frontier` is cloned before it is appended to. */
export interface WriterHead {
  readonly stream: Stream;
  readonly frontier: Frontier;
  /** Time of the newest entry: time in a log never runs back. */
  readonly at: string;
}

/** A log with its single writer in this process. `head` is ahead of the database by what is being committed. */
export interface LogWriter {
  readonly origin: string;
  readonly logId: number;
  readonly lot: string | null;
  readonly round: number | null;
  head: WriterHead;
  /** Entries that listeners were told of; those before this process loaded the log are nobody's news. */
  told: number;
  /** Commands that hold it in the cache. */
  holds: number;
}

const FOLD_PAGE_ENTRIES = 1_000;
/** Logs in memory at the same time; the least used is folded again when it is asked for. */
const LOGS_IN_MEMORY_MAX = 2_000;

/** Folds every log at its first use and keeps the newest used ones. */
@Injectable()
export class LogWriters {
  /** In order of last use. */
  readonly #writers = new Map<string, LogWriter>();
  readonly #loading = new Map<string, Promise<LogWriter | null>>();

  constructor(
    private readonly store: LogStore,
    private readonly hasher: TreeHasher,
    private readonly kinds: StreamKinds,
  ) {}

  /** A writer that is in memory, at once. */
  peek(origin: string): LogWriter | undefined {
    const writer = this.#writers.get(origin);
    if (writer === undefined) return undefined;
    this.#writers.delete(origin);
    this.#writers.set(origin, writer);
    return writer;
  }

  /** Null when there is no such log. */
  load(name: LogName): Promise<LogWriter | null> {
    const loading = this.#loading.get(name.origin);
    if (loading !== undefined) return loading;
    const begun = this.#load(name).finally(() => this.#loading.delete(name.origin));
    this.#loading.set(name.origin, begun);
    return begun;
  }

  /** Opens a log that may not exist yet. */
  async open(name: LogName, at: string): Promise<LogWriter> {
    await this.store.open(name.origin, name.lot, name.round, new Frontier(this.hasher).toBytes(), at);
    const writer = this.peek(name.origin) ?? (await this.load(name));
    invariant(writer !== null, `log ${name.origin} was opened`);
    return writer;
  }

  /** Forgets what this process believes of a log and folds it anew, in place. Answers the entries that nobody was told of. */
  async reload(writer: LogWriter): Promise<readonly StoredEntry[]> {
    const head = await this.store.head(writer.origin);
    if (head === null) throw new DomainError('NOT_FOUND', `there is no log ${writer.origin}`);
    const untold: StoredEntry[] = [];
    writer.head = await this.#fold(writer, head, (entry) => {
      if (entry.header.seq >= writer.told) untold.push(entry);
    });
    return untold;
  }

  async #load(name: LogName): Promise<LogWriter | null> {
    const head = await this.store.head(name.origin);
    if (head === null) return null;
    const folded = await this.#fold(name, head);
    const writer: LogWriter = { ...name, logId: head.logId, head: folded, told: folded.stream.size, holds: 0 };
    this.#writers.set(name.origin, writer);
    this.#evict();
    return writer;
  }

  async #fold(name: LogName, head: LogHead, seen: (entry: StoredEntry) => void = () => undefined): Promise<WriterHead> {
    const frontier = new Frontier(this.hasher);
    let stream = this.kinds.of(name).initial(name);
    let at = '1970-01-01T00:00:00.000Z';
    while (frontier.size < head.size) {
      const entries = await this.store.read(name.origin, frontier.size, Math.min(FOLD_PAGE_ENTRIES, head.size - frontier.size));
      invariant(entries.length > 0, `log ${name.origin} ends at ${String(frontier.size)} of ${String(head.size)}`);
      for (const entry of entries) {
        frontier.append(Buffer.from(entry.leaf, 'hex'));
        stream = stream.next(visible(entry));
        at = entry.header.at;
        seen(entry);
      }
    }
    // Written by two hands in one transaction: when they differ, the database was tampered with or restored in pieces.
    invariant(Buffer.compare(frontier.toBytes(), head.frontier) === 0, `log ${name.origin}: entries do not give the kept frontier`);
    return { stream, frontier, at };
  }

  #evict(): void {
    for (const [origin, writer] of this.#writers) {
      if (this.#writers.size <= LOGS_IN_MEMORY_MAX) return;
      if (writer.holds === 0) this.#writers.delete(origin);
    }
  }
}

/** Parts read as values. */
function visible(entry: StoredEntry): VisibleEntry {
  const parts: Record<string, JsonValue> = {};
  for (const [name, opening] of Object.entries(entry.parts)) parts[name] = JSON.parse(opening.text) as JsonValue;
  return { header: entry.header, parts };
}
