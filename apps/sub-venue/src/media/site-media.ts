import type { CancelTimer, Config, Logger } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import { assertWorkerBinary, MediaWorkers } from '@app/recording';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER } from '../core/tokens.js';

/** `off`: not at this site. `idle`: no room was opened yet. `failed`: the last start failed; the next room tries again. */
export type MediaState = 'off' | 'idle' | 'up' | 'failed';

/** Whether media could start is looked at so long after the site started, or when somebody asks: its libraries are no small part of a start. */
const LOOK_AFTER_MS = 2_000;

type MediaConfig = Pick<Config, 'MEDIA_WORKERS' | 'MEDIA_PORT' | 'MEDIA_ANNOUNCED_ADDRESS' | 'HOST' | 'VENUE_ROLE'>;

/**
 * The media workers of this site, which start with the first room: a process per core for nobody would be waste. Whether they could
 * start is looked at soon after the site started, and told by `/readyz`: a room that cannot be seen must not be found out at its opening.
 */
@Injectable()
export class SiteMedia implements OnApplicationBootstrap, OnModuleDestroy {
  #looked: Promise<void> | null = null;
  #cancelLook: CancelTimer | null = null;
  #state: MediaState;
  #workers: Promise<MediaWorkers> | null = null;
  #isClosed = false;

  constructor(
    @Inject(CONFIG) private readonly config: MediaConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#state = config.MEDIA_WORKERS === 0 || config.VENUE_ROLE === 'supervision' ? 'off' : 'idle';
  }

  /** Asked of a site that just started, it waits until it is known whether workers could start. */
  async state(): Promise<MediaState> {
    await this.#look();
    return this.#state;
  }

  onApplicationBootstrap(): void {
    this.#cancelLook = this.clock.after(LOOK_AFTER_MS, () => void this.#look());
  }

  /** The workers, started now if they were not. Throws UNAVAILABLE when they cannot start; the next call tries again. */
  workers(): Promise<MediaWorkers> {
    if (this.#state === 'off' || this.#isClosed) return Promise.reject(new DomainError('UNAVAILABLE', 'this site has no media now'));
    this.#workers ??= this.#start();
    return this.#workers;
  }

  async onModuleDestroy(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook?.();
    const workers = await this.#workers?.catch(() => null);
    await workers?.close();
  }

  #look(): Promise<void> {
    this.#looked ??=
      this.#state === 'off'
        ? Promise.resolve()
        : assertWorkerBinary().catch((error: unknown) => {
            this.#failed(error);
          });
    return this.#looked;
  }

  async #start(): Promise<MediaWorkers> {
    const { MEDIA_WORKERS: count, MEDIA_PORT: port, HOST: host, MEDIA_ANNOUNCED_ADDRESS: announcedAddress } = this.config;
    try {
      const workers = await MediaWorkers.start({
        count,
        port,
        host,
        announcedAddress,
        onEvent: (event) => {
          this.logger.warn({ event }, 'media: a worker changed');
        },
      });
      this.#state = 'up';
      return workers;
    } catch (cause) {
      this.#workers = null;
      this.#failed(cause);
      throw new DomainError('UNAVAILABLE', 'the media workers of this site cannot start', { cause });
    }
  }

  #failed(error: unknown): void {
    this.#state = 'failed';
    this.logger.error({ err: error }, 'media: no worker can be started; rooms of this site would be without sight and sound');
  }
}
