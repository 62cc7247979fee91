import { Inject, Injectable } from '@nestjs/common';
import type { Challenge, Login, Session } from '@app/contracts';
import { toBase64Url, utf8 } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { verifyWith } from '@app/sealing';
import { CONFIG, NODE_KEYS, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { Registry } from '../registry/registry.types.js';
import { SESSION_SECONDS, SessionStore } from './session.store.js';

const CHALLENGE_SECONDS = 120;
const NONCE_SIZE = 18;

/**
 * Login by certificate: the client signs a text that this venue made a moment ago. The text carries its own seal, so nothing is
 * kept for somebody who only asks; it serves once.
 */
@Injectable()
export class LoginService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) private readonly keys: NodeKeys,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Registry) private readonly registry: Registry,
    @Inject(SessionStore) private readonly sessions: SessionStore,
  ) {}

  challenge(): Challenge {
    const expiresAt = new Date(this.clock.nowMs() + CHALLENGE_SECONDS * 1_000).toISOString();
    const nonce = toBase64Url(this.profile.primitives.randomBytes(NONCE_SIZE));
    const text = `login ${this.config.INSTALLATION} ${this.config.VENUE_ID} ${expiresAt} ${nonce}`;
    return { challenge: `${text} ${this.#seal(text)}`, expiresAt };
  }

  /** Throws UNAUTHENTICATED (not our challenge, over, used), CERT_UNKNOWN, CERT_EXPIRED, CERT_REVOKED, BAD_SIGNATURE. */
  async login(login: Login): Promise<Session> {
    const nonce = this.#readChallenge(login.challenge);
    const check = this.registry.checkCertificate(login.certificate, this.clock.instant());
    if (!check.ok) throw new DomainError(check.code, check.message);
    const { fingerprint, publicKey } = check.certificate;
    const holder = await this.registry.holder(fingerprint);
    if (holder === null || publicKey === null) throw new DomainError('CERT_UNKNOWN', 'The certificate is not bound to anyone here.');
    if (!verifyWith(this.profile, publicKey, 'login', utf8(login.challenge), login.signature)) {
      throw new DomainError('BAD_SIGNATURE', 'The signature does not fit the challenge and the certificate.');
    }
    if (!(await this.sessions.useOnce(nonce, CHALLENGE_SECONDS * 2))) throw new DomainError('UNAUTHENTICATED', 'This challenge was used.');
    const { person, organisation } = holder;
    const token = await this.sessions.open({ person, organisation, fingerprint });
    return { token, expiresAt: new Date(this.clock.nowMs() + SESSION_SECONDS * 1_000).toISOString(), person, organisation };
  }

  #readChallenge(challenge: string): string {
    const [word, installation, venue, expiresAt, nonce, seal, ...more] = challenge.split(' ');
    const text = `${word ?? ''} ${installation ?? ''} ${venue ?? ''} ${expiresAt ?? ''} ${nonce ?? ''}`;
    if (more.length > 0 || nonce === undefined || expiresAt === undefined || seal !== this.#seal(text)) {
      throw new DomainError('UNAUTHENTICATED', 'This venue did not make the challenge. Ask for a new one.');
    }
    if (this.clock.instant() > expiresAt) throw new DomainError('UNAUTHENTICATED', 'The challenge is over. Ask for a new one.');
    return nonce;
  }

  #seal(text: string): string {
    return toBase64Url(this.profile.mac(this.keys.storage, utf8(`gongping/challenge/v1\n${text}`)));
  }
}
