import type { Holder, SessionFacts, SessionNews, SessionStanding } from '@app/venue';
import { SessionBook } from '@app/venue';
import { Clock, type Config, DomainError } from '@app/platform';
import type { CertificateCheck } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { CONFIG, POOL } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';

/** A use is noted when the one before is older than this share of the idle time. */
const USE_SHARE = 1 / 60;
/** Nonces that were used and have not run out. */
const USED_MAX = 100_000;

/**
 * Sessions of a site's seats, checked against the registry that this site keeps, so that people log in while the line is cut. They lie in
 * this site's database. Used nonces are kept in memory: a challenge is over sooner than a site is started again.
 */
@Injectable()
export class SiteSessionBook extends SessionBook {
  readonly #used = new Map<string, number>();
  readonly idleMs: number;
  readonly #listeners = new Set<(news: SessionNews) => void>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
    private readonly trust: SiteTrust,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<Config, 'SESSION_IDLE_MS_MAX'>,
  ) {
    super();
    this.idleMs = config.SESSION_IDLE_MS_MAX;
  }

  checkCertificate(der: string, at: string): CertificateCheck {
    return this.trust.checkCertificate(der, at);
  }

  holder(fingerprint: string): Promise<Holder> {
    const holder = this.trust.holder(fingerprint);
    if (holder === null) throw new DomainError('NOT_SEATED', 'You have no seat at this site. Log in at the main venue.');
    return Promise.resolve(holder);
  }

  mark(text: string): string {
    return this.crypto.mark(text);
  }

  useOnce(nonce: string, seconds: number): Promise<boolean> {
    const nowMs = this.clock.nowMs();
    for (const [old, untilMs] of this.#used) {
      if (untilMs > nowMs && this.#used.size < USED_MAX) break;
      this.#used.delete(old);
    }
    if (this.#used.has(nonce)) return Promise.resolve(false);
    this.#used.set(nonce, nowMs + seconds * 1_000);
    return Promise.resolve(true);
  }

  async keep(key: string, { person, fingerprint }: SessionFacts, seconds: number): Promise<void> {
    const endsAt = new Date(this.clock.nowMs() + seconds * 1_000).toISOString();
    await this.pool.query('DELETE FROM site_session WHERE least(expires_at, ends_at) < $1', [this.clock.instant()]);
    await this.pool.query('INSERT INTO site_session (token_hash, person, fingerprint, ends_at, expires_at) VALUES ($1, $2, $3, $4, $5)', [
      key,
      person.id,
      fingerprint,
      endsAt,
      this.#idleFrom(this.clock.nowMs()),
    ]);
  }

  /** Null also for a person who is not seated here any more, and for one whose certificate is theirs or good no more. */
  async find(key: string, isUse: boolean): Promise<SessionFacts | null> {
    const { rows } = await this.pool.query<{ person: string; fingerprint: string; expires_at: Date }>(
      'SELECT person, fingerprint, expires_at FROM site_session WHERE token_hash = $1 AND least(expires_at, ends_at) > $2',
      [key, this.clock.instant()],
    );
    const [row] = rows;
    if (row !== undefined && isUse) await this.#use(key, row.expires_at);
    const holder = row === undefined ? null : this.trust.holder(row.fingerprint);
    if (row === undefined || holder?.person.id !== row.person) return null;
    const facts = { ...holder, fingerprint: row.fingerprint };
    return (await this.standing(facts, this.clock.instant())).ok ? facts : null;
  }

  /** Written once in a while, not for every request. */
  async #use(key: string, expiresAt: Date): Promise<void> {
    const usedMs = expiresAt.getTime() - this.idleMs;
    const nowMs = this.clock.nowMs();
    if (nowMs - usedMs < this.idleMs * USE_SHARE) return;
    await this.pool.query('UPDATE site_session SET expires_at = $2 WHERE token_hash = $1', [key, this.#idleFrom(nowMs)]);
  }
  #idleFrom(nowMs: number): string {
    return new Date(nowMs + this.idleMs).toISOString();
  }

  async end(key: string): Promise<void> {
    await this.pool.query('DELETE FROM site_session WHERE token_hash = $1', [key]);
    for (const listener of this.#listeners) listener({ kind: 'ended', key });
  }

  standing({ fingerprint, person }: SessionFacts, at: string): Promise<SessionStanding> {
    const check = this.trust.checkHeld(fingerprint, at);
    if (check === null || this.trust.holder(fingerprint)?.person.id !== person.id)
      return Promise.resolve({
        ok: false,
        code: 'NOT_SEATED',
        message: 'You have no seat at this site any more, or your certificate was revoked.',
      });
    return Promise.resolve(check.ok ? { ok: true } : check);
  }

  onNews(listener: (news: SessionNews) => void): () => void {
    this.#listeners.add(listener);
    // A site grants no rights: what may change is who is seated, and with which certificate.
    const stop = this.trust.onChanged(() => {
      listener({ kind: 'registry', rights: false });
    });
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }
}
