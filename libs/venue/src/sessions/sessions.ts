import type { Challenge, Login, Session } from '@app/contracts';
import { toBase64Url, utf8 } from '@app/contracts';
import { Clock, DomainError } from '@app/platform';
import { verifyWith } from '@app/sealing';
import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { RightsSource } from '../rights/rights-source.js';
import { VenuePlace } from '../venue-place.js';
import type { SessionFacts } from './session-facts.js';
import { OwnAddresses } from './own-addresses.js';
import { SessionBook } from './session-book.js';

/** A challenge is to be signed within this time. */
const CHALLENGE_SECONDS = 120;
/** A login lasts one working day, if it is used. */
const SESSION_SECONDS = 8 * 3_600;
const NONCE_SIZE = 18;
const TOKEN_SIZE = 32;

/**
 * Login by certificate: the client signs a text that this venue made a moment ago. The text carries its own mark, so nothing is
 * kept for somebody who only asks; it serves once.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly place: VenuePlace,
    private readonly book: SessionBook,
    private readonly rights: RightsSource,
    private readonly clock: Clock,
    private readonly addresses: OwnAddresses,
  ) {}

  challenge(): Challenge {
    const expiresAt = this.#after(CHALLENGE_SECONDS);
    const text = `login ${this.place.installation} ${this.place.venue} ${expiresAt} ${this.#random(NONCE_SIZE)}`;
    return { challenge: `${text} ${this.#mark(text)}`, expiresAt };
  }

  /** Throws UNAUTHENTICATED (not our challenge, over, used), CERT_UNKNOWN, CERT_EXPIRED, CERT_REVOKED, BAD_SIGNATURE, NOT_SEATED. */
  async login(login: Login): Promise<Session> {
    const { statement } = login;
    const nonce = this.#readChallenge(statement.challenge);
    // Signed for somewhere else: whoever hands it on here is not the one who signed it.
    const isForHere = statement.installation === this.place.installation && statement.venue === this.place.venue;
    if (!isForHere || !this.addresses.has(statement.address))
      throw new DomainError('UNAUTHENTICATED', `This login was signed for ${statement.address}, not for this venue. Open its own address.`);
    const check = this.book.checkCertificate(login.certificate, this.clock.instant());
    if (!check.ok) throw new DomainError(check.code, check.message);
    const { fingerprint, publicKey } = check.certificate;
    if (publicKey === null) throw new DomainError('CERT_UNKNOWN', 'The certificate has no key of this profile.');
    if (!verifyWith(this.place.profile, publicKey, 'login', statement, login.signature))
      throw new DomainError('BAD_SIGNATURE', 'The signature does not fit the challenge and the certificate.');
    // Only to the one who holds the key: who may be here is nobody else's business.
    const holder = await this.book.holder(fingerprint);
    if (!(await this.book.useOnce(nonce, CHALLENGE_SECONDS * 2))) throw new DomainError('UNAUTHENTICATED', 'This challenge was used.');
    const token = this.#random(TOKEN_SIZE);
    const { person, organisation } = holder;
    await this.book.keep(this.keyOf(token), { person, organisation, fingerprint }, SESSION_SECONDS);
    const rights = await this.rights.rightsOf(person.id);
    return { token, expiresAt: this.#after(SESSION_SECONDS), person, organisation, rights };
  }

  /** Null for an unknown or ended session. Asking is using it, unless `isUse` is false. */
  find(token: string, isUse = true): Promise<SessionFacts | null> {
    return this.book.find(this.keyOf(token), isUse);
  }

  /** Under what a book keeps the session of this token. */
  keyOf(token: string): string {
    return this.place.profile.hashHex(utf8(token));
  }

  async end(token: string): Promise<void> {
    await this.book.end(this.keyOf(token));
  }

  #readChallenge(challenge: string): string {
    const [word, installation, venue, expiresAt, nonce, mark, ...more] = challenge.split(' ');
    const text = [word, installation, venue, expiresAt, nonce].join(' ');
    if (more.length > 0 || nonce === undefined || expiresAt === undefined || !isSame(mark ?? '', this.#mark(text)))
      throw new DomainError('UNAUTHENTICATED', 'This venue did not make the challenge. Ask for a new one.');
    if (this.clock.instant() > expiresAt) throw new DomainError('UNAUTHENTICATED', 'The challenge is over. Ask for a new one.');
    return nonce;
  }

  #mark(text: string): string {
    return this.book.mark(`gongping/challenge/v1\n${text}`);
  }
  #random(size: number): string {
    return toBase64Url(this.place.profile.primitives.randomBytes(size));
  }
  #after(seconds: number): string {
    return new Date(this.clock.nowMs() + seconds * 1_000).toISOString();
  }
}

/** In constant time: what does not fit must not say how far it did. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
