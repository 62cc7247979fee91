import type { Challenge, Login, Session } from '@app/contracts';
import { toBase64Url, utf8 } from '@app/contracts';
import type { Clock } from '@app/platform';
import { DomainError } from '@app/platform';
import { verifyWith } from '@app/sealing';
import type pg from 'pg';
import type { SiteCrypto } from '../site/site-crypto.js';
import type { Holder, SiteTrust } from '../site/site-trust.js';

const CHALLENGE_MS = 120_000;
const SESSION_MS = 8 * 3_600_000;
const RANDOM_SIZE = 32;
/** Challenges that were used and have not run out. */
const USED_MAX = 100_000;

export interface SiteSession extends Holder {
  readonly token: string;
}

/**
 * Login by certificate at the seat, checked against the registry that this site keeps, so that it works while the line is cut.
 * A session stands on this site's disk by the hash of its token; the token itself nowhere.
 */
export class SiteSessions {
  readonly #used = new Map<string, number>();

  constructor(
    private readonly place: { readonly installation: string; readonly venue: string },
    private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
    private readonly trust: SiteTrust,
    private readonly clock: Clock,
  ) {}

  /** The text carries its own seal, so nothing is kept for somebody who only asks. */
  challenge(): Challenge {
    const expiresAt = new Date(this.clock.nowMs() + CHALLENGE_MS).toISOString();
    const text = `login ${this.place.installation} ${this.place.venue} ${expiresAt} ${this.#random()}`;
    return { challenge: `${text} ${this.#mark(text)}`, expiresAt };
  }

  /** Throws UNAUTHENTICATED (not our challenge, over, used), CERT_UNKNOWN, CERT_EXPIRED, CERT_REVOKED, BAD_SIGNATURE, NOT_SEATED. */
  async login(login: Login): Promise<Session> {
    const check = this.trust.checkCertificate(login.certificate, this.clock.instant());
    if (!check.ok) throw new DomainError(check.code, check.message);
    const { fingerprint, publicKey } = check.certificate;
    if (publicKey === null) throw new DomainError('CERT_UNKNOWN', 'The certificate has no key of this profile.');
    if (!verifyWith(this.crypto.profile, publicKey, 'login', utf8(login.challenge), login.signature))
      throw new DomainError('BAD_SIGNATURE', 'The signature does not fit the challenge and the certificate.');
    // Only to the one who holds the key: who sits here is nobody else's business.
    const holder = this.trust.holder(fingerprint);
    if (holder === null) throw new DomainError('NOT_SEATED', 'You have no seat at this site. Log in at the main venue.');
    this.#use(login.challenge);
    const token = this.#random();
    const expiresAt = new Date(this.clock.nowMs() + SESSION_MS).toISOString();
    await this.pool.query('DELETE FROM site_session WHERE expires_at < $1', [this.clock.instant()]);
    await this.pool.query('INSERT INTO site_session (token_hash, person, expires_at) VALUES ($1, $2, $3)', [
      this.#hash(token),
      holder.person.id,
      expiresAt,
    ]);
    return { token, expiresAt, ...holder };
  }

  /** Null for an unknown or ended session, and for a person who is not seated here any more. */
  async find(token: string): Promise<SiteSession | null> {
    const { rows } = await this.pool.query<{ person: string }>(
      'SELECT person FROM site_session WHERE token_hash = $1 AND expires_at > $2',
      [this.#hash(token), this.clock.instant()],
    );
    const holder = rows[0] === undefined ? null : this.trust.personOf(rows[0].person);
    return holder === null ? null : { token, ...holder };
  }

  async end(token: string): Promise<void> {
    await this.pool.query('DELETE FROM site_session WHERE token_hash = $1', [this.#hash(token)]);
  }

  #use(challenge: string): void {
    const [word, installation, venue, expiresAt, nonce, mark, ...more] = challenge.split(' ');
    const text = [word, installation, venue, expiresAt, nonce].join(' ');
    if (more.length > 0 || expiresAt === undefined || mark !== this.#mark(text))
      throw new DomainError('UNAUTHENTICATED', 'This site did not make the challenge. Ask for a new one.');
    const nowMs = this.clock.nowMs();
    if (nowMs > Date.parse(expiresAt)) throw new DomainError('UNAUTHENTICATED', 'The challenge is over. Ask for a new one.');
    for (const [old, untilMs] of this.#used) {
      if (untilMs > nowMs && this.#used.size < USED_MAX) break;
      this.#used.delete(old);
    }
    if (this.#used.has(mark)) throw new DomainError('UNAUTHENTICATED', 'This challenge was used.');
    this.#used.set(mark, nowMs + CHALLENGE_MS);
  }

  #mark(text: string): string {
    return this.crypto.mark(`challenge\n${text}`);
  }
  #hash(token: string): string {
    return this.crypto.hashHex(utf8(token));
  }
  #random(): string {
    return toBase64Url(this.crypto.profile.primitives.randomBytes(RANDOM_SIZE));
  }
}
