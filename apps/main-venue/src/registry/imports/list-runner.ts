import type { CancelTimer, Clock, Logger } from '@app/platform';
import type { DataSource } from 'typeorm';
import { In } from 'typeorm';
import { ListImportEntity } from '../entities.js';
import type { ListImporter } from './list-importer.js';

/** Until a list whose run failed (a database that was away) is tried again. */
const RETRY_MS = 5_000;

export interface ListRunnerDeps {
  readonly dataSource: DataSource;
  readonly importer: Pick<ListImporter, 'run'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Takes lists in one after the other, and goes on after a start with those that a process before left. */
export class ListRunner {
  readonly #closing = new AbortController();
  #tail: Promise<void> = Promise.resolve();
  readonly #retries = new Set<CancelTimer>();

  constructor(private readonly deps: ListRunnerDeps) {}

  async start(): Promise<void> {
    const open = await this.deps.dataSource
      .getRepository(ListImportEntity)
      .find({ where: { state: In(['waiting', 'running']) }, order: { at: 'ASC' }, select: { id: true } });
    for (const { id } of open) this.want(id);
  }

  want(id: string): void {
    this.#tail = this.#tail.then(() => this.#run(id));
  }

  /** Resolves when nothing is under way; what was not finished goes on after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const cancel of this.#retries) cancel();
    await this.#tail;
  }

  async #run(id: string): Promise<void> {
    const { signal } = this.#closing;
    const isClosing = (): boolean => signal.aborted;
    if (isClosing()) return;
    try {
      await this.deps.importer.run(id, { signal, progress: () => Promise.resolve(), ending: () => Promise.resolve() });
    } catch (error) {
      if (isClosing()) return;
      this.deps.logger.warn({ err: error, list: id }, 'registry: a list was not taken in, and is tried again');
      const cancel = this.deps.clock.after(RETRY_MS, () => {
        this.#retries.delete(cancel);
        this.want(id);
      });
      this.#retries.add(cancel);
    }
  }
}
