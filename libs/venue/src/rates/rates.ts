import type { Config } from '@app/platform';
import { DomainError, isDomainError } from '@app/platform';
import type { ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { type IRateLimiterOptions, type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Socket } from 'socket.io';
import { Asker } from '../sessions/asker.js';
import { clientAddress, type Coming } from './client-address.js';

/** What is counted, by the limit of the configuration that bounds it. */
const RATES = [
  'CHALLENGES_PER_MINUTE_MAX',
  'LOGINS_REFUSED_PER_MINUTE_MAX',
  'UPLOADS_PER_MINUTE_MAX',
  'ARCHIVES_PER_MINUTE_MAX',
  'WATCHES_PER_MINUTE_MAX',
  'LOT_IMPORTS_PER_MINUTE_MAX',
] as const;
export type RateName = (typeof RATES)[number];

const MINUTE_SECONDS = 60;

/** Counts what people and addresses ask for in a minute, and refuses what is beyond the named limit. The one mechanism of both venues. */
export class Rates {
  readonly #limiters: ReadonlyMap<RateName, RateLimiterAbstract>;

  /** `counter`: where it is counted; in this process unless the venue has several. */
  constructor(
    private readonly config: Readonly<Record<RateName, number>> & Pick<Config, 'PROXIES_TRUSTED'>,
    counter: (options: IRateLimiterOptions) => RateLimiterAbstract = (options) => new RateLimiterMemory(options),
  ) {
    this.#limiters = new Map(
      RATES.map((name) => [name, counter({ keyPrefix: `rate:${name}`, points: config[name], duration: MINUTE_SECONDS })]),
    );
  }

  /** Counts one for `who`. Throws RATE_LIMITED, which says when to come again. */
  async take(name: RateName, who: string): Promise<void> {
    try {
      await this.#of(name).consume(who);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw new DomainError('UNAVAILABLE', 'Rates cannot be counted.', { cause: error });
      throw this.#refused(name, error);
    }
  }

  /**
   * Does `work` and counts its refusals, so that guessing is slow and nobody else is held up. Throws RATE_LIMITED, and what `work` throws.
   */
  async countingRefusals<T>(name: RateName, who: string, work: () => Promise<T>): Promise<T> {
    const before = await this.#of(name).get(who);
    if (before !== null && before.consumedPoints >= this.config[name]) throw this.#refused(name, before);
    try {
      return await work();
    } catch (error) {
      if (isDomainError(error) && error.code !== 'UNAVAILABLE') await this.take(name, who);
      throw error;
    }
  }

  /** Whom a request or message is counted for: its person, its API key, or the address that somebody without either comes from. */
  whoOf(context: ExecutionContext): string {
    const key = Asker.keyOf(context);
    if (key !== null) return `key:${key.id}`;
    const session = Asker.of(context);
    if (session !== null) return session.person.id;
    return context.getType() === 'http'
      ? this.addressOf(context.switchToHttp().getRequest<IncomingMessage>())
      : this.addressOf(context.switchToWs().getClient<Socket>().request);
  }

  addressOf(request: Coming): string {
    return clientAddress(request, this.config.PROXIES_TRUSTED);
  }

  #of(name: RateName): RateLimiterAbstract {
    const limiter = this.#limiters.get(name);
    if (limiter === undefined) throw new Error(`nothing counts ${name}`);
    return limiter;
  }

  #refused(name: RateName, { msBeforeNext }: RateLimiterRes): DomainError {
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return new DomainError(
      'RATE_LIMITED',
      `Too many requests: ${String(this.config[name])} a minute (${name}). Come again in ${String(seconds)} s.`,
      { details: { retryAfterSeconds: seconds } },
    );
  }
}
