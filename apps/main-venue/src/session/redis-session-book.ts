import type { Holder, SessionFacts } from '@app/venue';
import { SessionBook, zSessionFacts } from '@app/venue';
import { toBase64Url, utf8 } from '@app/contracts';
import { Clock, DomainError } from '@app/platform';
import type { CertificateCheck, CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { NODE_KEYS, PROFILE, REDIS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { RegistryView } from '../registry/live/registry-view.js';
import { refusedHere } from '../registry/live/registry.types.js';

/** Sessions of the main venue: in Redis, for every process of it. Wiping it logs everybody out, no more. */
@Injectable()
export class RedisSessionBook extends SessionBook {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) private readonly keys: NodeKeys,
    private readonly registry: RegistryView,
    private readonly clock: Clock,
  ) {
    super();
  }

  checkCertificate(der: string, at: string): CertificateCheck {
    return this.registry.checkCertificate(der, at);
  }

  async holder(fingerprint: string): Promise<Holder> {
    const holder = await this.registry.holder(fingerprint);
    if (holder === null) throw new DomainError('CERT_UNKNOWN', 'The certificate is not bound to anyone here.');
    const refused = refusedHere(holder, this.clock.instant());
    if (refused !== null) throw new DomainError('CERT_REVOKED', refused);
    return { person: holder.person, organisation: holder.organisation };
  }

  mark(text: string): string {
    return toBase64Url(this.profile.mac(this.keys.storage, utf8(text)));
  }

  async useOnce(nonce: string, seconds: number): Promise<boolean> {
    return (await this.#ask(() => this.redis.set(`nonce:${nonce}`, '1', 'EX', seconds, 'NX'))) === 'OK';
  }

  async keep(key: string, facts: SessionFacts, seconds: number): Promise<void> {
    await this.#ask(() => this.redis.set(`session:${key}`, JSON.stringify(facts), 'EX', seconds));
  }

  async find(key: string): Promise<SessionFacts | null> {
    const text = await this.#ask(() => this.redis.get(`session:${key}`));
    if (text === null) return null;
    const facts = zSessionFacts.parse(JSON.parse(text));
    return (await this.registry.standing(facts.fingerprint, this.clock.instant())).ok ? facts : null;
  }

  async end(key: string): Promise<void> {
    await this.#ask(() => this.redis.del(`session:${key}`));
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'sessions can not be read at the moment', { cause });
    }
  }
}
