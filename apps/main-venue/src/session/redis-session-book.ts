import type { Holder, SessionFacts, SessionNews, SessionStanding } from '@app/venue';
import { SessionBook, zSessionFacts } from '@app/venue';
import { toBase64Url, utf8, zInstant } from '@app/contracts';
import { Clock, type Config, DomainError } from '@app/platform';
import type { CertificateCheck, CryptoProfile } from '@app/sealing';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Logger } from '@app/platform';
import { CONFIG, LOGGER, NODE_KEYS, PROFILE, REDIS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { RegistryFeed } from '../registry/live/registry-feed.js';
import { RegistryView } from '../registry/live/registry-view.js';
import { refusedHere } from '../registry/live/registry.types.js';

/** Redis channel on which a process says which session it ended. */
const SESSION_ENDED = 'session:ended';

/** A session as Redis has it; its key goes by itself when nobody used it. */
const zKept = z.object({ facts: zSessionFacts, endsAt: zInstant });

/** Sessions of the main venue: in Redis, for every process of it. Wiping it logs everybody out, no more. */
@Injectable()
export class RedisSessionBook extends SessionBook implements OnModuleInit, OnModuleDestroy {
  readonly idleMs: number;
  readonly #listeners = new Set<(news: SessionNews) => void>();
  #subscriber: Redis | null = null;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) private readonly keys: NodeKeys,
    private readonly registry: RegistryView,
    private readonly feed: RegistryFeed,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: Pick<Config, 'SESSION_IDLE_MS_MAX'>,
  ) {
    super();
    this.idleMs = config.SESSION_IDLE_MS_MAX;
  }

  onModuleInit(): void {
    // A connection that listens can do nothing else; ioredis subscribes again by itself when the line is back.
    this.#subscriber = this.redis.duplicate();
    this.#subscriber.on('error', () => undefined);
    this.#subscriber.on('message', (_channel: string, key: string) => {
      for (const listener of this.#listeners) listener({ kind: 'ended', key });
    });
    this.#subscriber.subscribe(SESSION_ENDED).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'session: log-outs in other processes cannot be heard');
    });
  }

  onModuleDestroy(): void {
    this.#subscriber?.disconnect();
    this.#listeners.clear();
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
    const endsAt = new Date(this.clock.nowMs() + seconds * 1_000).toISOString();
    await this.#ask(() => this.redis.set(`session:${key}`, JSON.stringify({ facts, endsAt }), 'PX', this.idleMs));
  }

  async find(key: string, isUse: boolean): Promise<SessionFacts | null> {
    const name = `session:${key}`;
    const text = await this.#ask(() => (isUse ? this.redis.getex(name, 'PX', this.idleMs) : this.redis.get(name)));
    // One that an older release kept in another form is over.
    const kept = text === null ? null : zKept.safeParse(JSON.parse(text));
    const now = this.clock.instant();
    if (kept?.success !== true || kept.data.endsAt <= now) return null;
    const { facts } = kept.data;
    return (await this.standing(facts, now)).ok ? facts : null;
  }

  async end(key: string): Promise<void> {
    await this.#ask(() => this.redis.del(`session:${key}`));
    await this.#ask(() => this.redis.publish(SESSION_ENDED, key));
  }

  standing({ fingerprint }: SessionFacts, at: string): Promise<SessionStanding> {
    return this.registry.standing(fingerprint, at);
  }

  onNews(listener: (news: SessionNews) => void): () => void {
    this.#listeners.add(listener);
    const stop = this.feed.onChanged(({ changed }) => {
      const isAbout = (...kinds: string[]): boolean => changed === null || changed.some(({ kind }) => kinds.includes(kind));
      const rights = isAbout('grant', 'role');
      if (rights || isAbout('certificate', 'authority')) listener({ kind: 'registry', rights });
    });
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'sessions cannot be read at the moment', { cause });
    }
  }
}
