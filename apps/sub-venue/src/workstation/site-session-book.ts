import type { Holder, SessionFacts, SessionNews, SessionStanding } from '@app/venue';
import { SessionBook } from '@app/venue';
import { Clock, DomainError } from '@app/platform';
import type { CertificateCheck } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';

/** Nonces that were used and have not run out. */
const USED_MAX = 100_000;

/**
 * Sessions of a site's seats, checked against the registry that this site keeps, so that people log in while the line is cut. They lie in this
 * site's database. Used nonces are kept in memory: a challenge is over sooner than a site is started again.
 */
@Injectable()
export class SiteSessionBook extends SessionBook {
  readonly #used = new Map<string, number>();
  readonly #listeners = new Set<(news: SessionNews) => void>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
    private readonly trust: SiteTrust,
    private readonly clock: Clock,
  ) {
    super();
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
    const expiresAt = new Date(this.clock.nowMs() + seconds * 1_000).toISOString();
    await this.pool.query('DELETE FROM site_session WHERE expires_at < $1', [this.clock.instant()]);
    await this.pool.query('INSERT INTO site_session (token_hash, person, fingerprint, expires_at) VALUES ($1, $2, $3, $4)', [
      key,
      person.id,
      fingerprint,
      expiresAt,
    ]);
  }

  /** Null also for a person who is not seated here any more, and for one whose certificate is theirs or good no more. */
  async find(key: string): Promise<SessionFacts | null> {
    const { rows } = await this.pool.query<{ person: string; fingerprint: string }>(
      'SELECT person, fingerprint FROM site_session WHERE token_hash = $1 AND expires_at > $2',
      [key, this.clock.instant()],
    );
    const [row] = rows;
    const holder = row === undefined ? null : this.trust.holder(row.fingerprint);
    if (row === undefined || holder?.person.id !== row.person) return null;
    const facts = { ...holder, fingerprint: row.fingerprint };
    return (await this.standing(facts, this.clock.instant())).ok ? facts : null;
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
