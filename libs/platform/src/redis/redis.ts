import { Redis } from 'ioredis';
import type { Config } from '../config/config.js';
import { invariant } from '../errors/invariant.js';

export interface RedisFactoryOptions {
  /** BullMQ's workers block on their connection and forbid a limit of retries; everything else wants to fail soon. */
  readonly blocking?: boolean;
  readonly name?: string;
}

const DEFAULT_REDIS_RETRIES_PER_REQUEST_MAX = 3;
const DEFAULT_REDIS_RETRY_MS_MAX = 2_000;

/** The address of this venue's Redis. Throws at a venue that was told none: `loadConfig` lets only sites be without. */
export function redisUrlOf({ REDIS_URL }: Pick<Config, 'REDIS_URL'>): string {
  invariant(REDIS_URL !== undefined, 'a venue that uses Redis was told its REDIS_URL');
  return REDIS_URL;
}

/**
 * Opens a connection that comes back by itself when Redis is restarted. The caller owns it and must `quit()` or
 * `disconnect()` it. An `error` handler is set, since an unheard `error` event would end the process.
 */
export function createRedis(url: string, options: RedisFactoryOptions = {}, onError: (error: Error) => void = () => undefined): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: options.blocking === true ? null : DEFAULT_REDIS_RETRIES_PER_REQUEST_MAX,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), DEFAULT_REDIS_RETRY_MS_MAX),
    ...(options.name === undefined ? {} : { connectionName: options.name }),
  });
  redis.on('error', onError);
  return redis;
}
