import type { Config } from '@app/platform';
import { Rates } from '@app/venue';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

/** Counted together for every process of the main venue; while Redis is away each counts for itself, so that nobody is locked out. */
export function openRates(config: Config, redis: Redis): Rates {
  return new Rates(
    config,
    (options) =>
      new RateLimiterRedis({
        ...options,
        storeClient: redis,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory(options),
      }),
  );
}
