import type { CancelTimer, Clock, Logger } from '@app/platform';
import type { Uploads } from './uploads.js';

/** Lets {@link Uploads.cleanUp} run now and then while the process lives. */
export class UploadCleaner {
  #cancel: CancelTimer | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly uploads: Pick<Uploads, 'cleanUp'>,
    private readonly clock: Clock,
    private readonly logger: Pick<Logger, 'warn'>,
    private readonly everyMs: number,
  ) {}

  start(): void {
    this.#cancel = this.clock.after(this.everyMs, () => {
      this.#running = this.#run();
    });
  }

  /** Returns when a run that was under way has ended. */
  async close(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      await this.uploads.cleanUp();
    } catch (error) {
      this.logger.warn({ err: error }, 'uploads that nobody finished could not be removed; tried again later');
    }
    if (this.#cancel !== null) this.start();
  }
}
