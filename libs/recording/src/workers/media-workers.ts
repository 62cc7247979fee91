import type * as Mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import { access, constants } from 'node:fs/promises';
import { MEDIA_CODECS } from './media-codecs.js';
import type { MediaRoom, MediaWorkersEvent, MediaWorkersOptions } from './media-workers.types.js';

const RESTART_MS_MIN = 100;
const RESTART_MS_MAX = 5_000;
/** A worker that lived this long was well; the next restart waits no longer than the first. */
const WELL_AFTER_MS = 10_000;

/** Loaded with the first room, or to look whether there could be one: at a venue's start nobody needs it. */
const mediasoup = (): Promise<typeof Mediasoup> => import('mediasoup');

interface Slot {
  readonly index: number;
  current: Promise<Running>;
  backoffMs: number;
}
interface Running {
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
  rooms: number;
}

/**
 * The media workers of one venue process. It owns them: a worker that dies is replaced, `close()` ends all and waits until
 * their processes are gone.
 *
 * mediasoup makes each worker close on the first SIGINT or SIGTERM of this process but leaves Node running, so the
 * application must install its own handlers and call `close()` there.
 */
export class MediaWorkers {
  readonly #options: MediaWorkersOptions;
  readonly #slots: Slot[];
  readonly #pauses = new Set<() => void>();
  #closing: Promise<void> | null = null;

  private constructor(options: MediaWorkersOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, (_, index) => ({ index, current: this.#run(index), backoffMs: RESTART_MS_MIN }));
  }

  /** Starts all workers. Rejects, leaving none behind, when one cannot start: its binary is missing or its port is taken. */
  static async start(options: MediaWorkersOptions): Promise<MediaWorkers> {
    const workers = new MediaWorkers(options);
    const started = await Promise.allSettled(workers.#slots.map((slot) => slot.current));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      await workers.close();
      throw new Error('a media worker could not start (run node scripts/setup.mjs, and see that its port is free)', {
        cause: failed.reason,
      });
    }
    for (const slot of workers.#slots) workers.#watch(slot, await slot.current);
    return workers;
  }

  get closed(): boolean {
    return this.#closing !== null;
  }

  /** Process numbers of the workers that run now; waits for a restart under way. */
  async pids(): Promise<number[]> {
    return (await Promise.all(this.#slots.map((slot) => slot.current))).map(({ worker }) => worker.pid);
  }

  /** Makes a router on the worker with the fewest rooms. */
  async createRoom(): Promise<MediaRoom> {
    this.#assertOpen();
    const running = await Promise.all(this.#slots.map((slot) => slot.current));
    const least = running.reduce<Running | null>((best, one) => (best === null || one.rooms < best.rooms ? one : best), null);
    if (least === null) throw new Error('media is switched off here (MEDIA_WORKERS=0)');
    least.rooms += 1;
    try {
      const router = await least.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
      router.observer.once('close', () => {
        least.rooms -= 1;
      });
      return { router, webRtcServer: least.webRtcServer };
    } catch (error) {
      least.rooms -= 1;
      throw error;
    }
  }

  /** Ends every worker and waits until the processes are gone. Calling it again waits for the first call. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (const end of this.#pauses) end();
    const running = await Promise.allSettled(this.#slots.map((slot) => slot.current));
    await Promise.all(running.filter((result) => result.status === 'fulfilled').map((result) => endWorker(result.value.worker)));
  }

  async #run(index: number): Promise<Running> {
    const { port, host, announcedAddress } = this.#options;
    const { createWorker } = await mediasoup();
    const worker = await createWorker({ logLevel: 'warn' });
    const listen = { ip: host, announcedAddress, ...(port === 0 ? {} : { port: port + index }) };
    try {
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...listen },
          { protocol: 'tcp', ...listen },
        ],
      });
      return { worker, webRtcServer, rooms: 0 };
    } catch (error) {
      await endWorker(worker);
      throw error;
    }
  }

  #watch(slot: Slot, { worker }: Running): void {
    const startedMs = performance.now();
    worker.once('died', (error) => {
      if (this.closed) return;
      if (performance.now() - startedMs > WELL_AFTER_MS) slot.backoffMs = RESTART_MS_MIN;
      this.#tell({ kind: 'died', pid: worker.pid, reason: error.message });
      slot.current = this.#restart(slot);
      // Whoever waits for the slot sees the failure too; without a waiter it must not end the process.
      slot.current.catch(() => undefined);
    });
  }

  async #restart(slot: Slot): Promise<Running> {
    for (;;) {
      await this.#pause(slot);
      this.#assertOpen();
      // A port still held by the dead worker, say: the next attempt comes a little later.
      const running = await this.#run(slot.index).catch(() => null);
      if (running === null) continue;
      if (this.#closing !== null) await endWorker(running.worker);
      this.#assertOpen();
      this.#watch(slot, running);
      this.#tell({ kind: 'restarted', pid: running.worker.pid });
      return running;
    }
  }

  /** Waits a little longer each time; `close()` ends the wait. */
  async #pause(slot: Slot): Promise<void> {
    const waitMs = slot.backoffMs;
    slot.backoffMs = Math.min(slot.backoffMs * 2, RESTART_MS_MAX);
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      this.#pauses.add(end);
    });
  }

  #assertOpen(): void {
    if (this.#closing !== null) throw new Error('the media workers are closed');
  }

  #tell(event: MediaWorkersEvent): void {
    this.#options.onEvent?.(event);
  }
}

/** Throws when there is no worker program that could be started. */
export async function assertWorkerBinary(): Promise<void> {
  const { workerBin } = await mediasoup();
  await access(workerBin, constants.X_OK);
}

async function endWorker(worker: types.Worker): Promise<void> {
  if (worker.subprocessClosed) return;
  const gone = new Promise<void>((resolve) => {
    worker.once('subprocessclose', resolve);
  });
  worker.close();
  await gone;
}
