import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { toBase64Url, utf8 } from '@app/contracts';
import type { Redis } from 'ioredis';
import { PROFILE, REDIS } from '../core/tokens.js';
import type { SessionFacts } from './session.types.js';
import { zSessionFacts } from './session.types.js';

export const SESSION_SECONDS = 8 * 3_600;
const TOKEN_SIZE = 32;

/** Sessions in Redis under the hash of their token: who reads Redis can not act for anybody. Wiping it logs everybody out, no more. */
@Injectable()
export class SessionStore {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {}

  /** The token of a new session. Throws UNAVAILABLE without Redis. */
  async open(facts: SessionFacts): Promise<string> {
    const token = toBase64Url(this.profile.primitives.randomBytes(TOKEN_SIZE));
    await this.#ask(() => this.redis.set(this.#key(token), JSON.stringify(facts), 'EX', SESSION_SECONDS));
    return token;
  }

  /** Null for an unknown or ended session. */
  async find(token: string): Promise<SessionFacts | null> {
    const text = await this.#ask(() => this.redis.get(this.#key(token)));
    return text === null ? null : zSessionFacts.parse(JSON.parse(text));
  }

  async end(token: string): Promise<void> {
    await this.#ask(() => this.redis.del(this.#key(token)));
  }

  /** True for the first caller with this nonce. */
  async useOnce(nonce: string, seconds: number): Promise<boolean> {
    return (await this.#ask(() => this.redis.set(`nonce:${nonce}`, '1', 'EX', seconds, 'NX'))) === 'OK';
  }

  #key(token: string): string {
    return `session:${this.profile.hashHex(utf8(token))}`;
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'sessions can not be read at the moment', { cause });
    }
  }
}
