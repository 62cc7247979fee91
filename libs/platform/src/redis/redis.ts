import { Redis } from 'ioredis';

export interface RedisFactoryOptions {
  /** BullMQ's workers block on their connection and forbid a limit of retries; everything else wants to fail soon. */
  readonly blocking?: boolean;
  readonly name?: string;
}

const DEFAULT_REDIS_RETRIES_PER_REQUEST_MAX = 3;
const DEFAULT_REDIS_RETRY_MS_MAX = 2_000;

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
