import type { ErrorCode } from '@app/contracts';
import type { CertificateCheck } from '@app/sealing';
import type { SessionFacts } from './session-facts.js';

/** The person and organisation behind a certificate. */
export type Holder = Pick<SessionFacts, 'person' | 'organisation'>;

/** Whether somebody who is logged in may go on, and if not, why. */
export type SessionStanding = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** A session was ended by its person; or certificates, seats or (`rights`) rights may be other ones. */
export type SessionNews = { readonly kind: 'ended'; readonly key: string } | { readonly kind: 'registry'; readonly rights: boolean };

/** What logging in needs of a venue: whom it knows, and where it keeps sessions. */
export abstract class SessionBook {
  /** A session that is not used for so long is over (SESSION_IDLE_MS_MAX). */
  abstract readonly idleMs: number;
  /** Whether the certificate (DER, base64url) was good at `at` by the authorities and revocation lists that this venue knows. */
  abstract checkCertificate(der: string, at: string): CertificateCheck;
  /** Who holds the certificate. Throws a documented refusal (CERT_UNKNOWN, NOT_SEATED) when that is nobody who may log in here. */
  abstract holder(fingerprint: string): Promise<Holder>;
  /** A mark over `text` that only this venue can make, base64url. */
  abstract mark(text: string): string;
  /** True for the first caller with this nonce within `seconds`. */
  abstract useOnce(nonce: string, seconds: number): Promise<boolean>;
  /**
   * Keeps a session for `seconds` under `key`, the hash of its token: who reads the book can act for nobody. It ends sooner when it is not
   * used for {@link idleMs}.
   */
  abstract keep(key: string, facts: SessionFacts, seconds: number): Promise<void>;
  /** Null for an unknown or ended session, and for one whose person may not be here any more. `isUse`: it begins to be idle anew. */
  abstract find(key: string, isUse: boolean): Promise<SessionFacts | null>;
  /** Ends a session in every process of this venue. */
  abstract end(key: string): Promise<void>;
  /** By certificate and seat at this moment: what {@link find} asks as well. */
  abstract standing(facts: SessionFacts, at: string): Promise<SessionStanding>;
  /** Told after it is in force. Returns how to stop. */
  abstract onNews(listener: (news: SessionNews) => void): () => void;
}
