import type { Config, Logger } from '@app/platform';
import { DomainError } from '@app/platform';
import { assertWorkerBinary, MediaWorkers } from '@app/recording';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER } from '../core/tokens.js';

/** `off`: not at this site. `idle`: no room was opened yet. `failed`: the last start failed; the next room tries again. */
export type MediaState = 'off' | 'idle' | 'up' | 'failed';

type MediaConfig = Pick<Config, 'MEDIA_WORKERS' | 'MEDIA_PORT' | 'MEDIA_ANNOUNCED_ADDRESS' | 'HOST' | 'VENUE_ROLE'>;

/**
 * The media workers of this site, which start with the first room: a process per core for nobody would be waste. Whether they could
 * start is looked at when the site starts, and told by `/readyz`: a room that cannot be seen must not be found out at its opening.
 */
@Injectable()
export class SiteMedia implements OnModuleInit, OnModuleDestroy {
  #state: MediaState;
  #workers: Promise<MediaWorkers> | null = null;
  #isClosed = false;

  constructor(
    @Inject(CONFIG) private readonly config: MediaConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#state = config.MEDIA_WORKERS === 0 || config.VENUE_ROLE === 'supervision' ? 'off' : 'idle';
  }

  get state(): MediaState {
    return this.#state;
  }

  async onModuleInit(): Promise<void> {
    if (this.#state === 'off') return;
    try {
      await assertWorkerBinary();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The workers, started now if they were not. Throws UNAVAILABLE when they cannot start; the next call tries again. */
  workers(): Promise<MediaWorkers> {
    if (this.#state === 'off' || this.#isClosed) return Promise.reject(new DomainError('UNAVAILABLE', 'this site has no media now'));
    this.#workers ??= this.#start();
    return this.#workers;
  }

  async onModuleDestroy(): Promise<void> {
    this.#isClosed = true;
    const workers = await this.#workers?.catch(() => null);
    await workers?.close();
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
