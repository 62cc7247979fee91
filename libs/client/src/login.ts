import type { LoginStatement, Session } from '@app/contracts';
import { zChallenge, zInstallation, zSession } from '@app/contracts';
import type { Signer } from '@app/sealing';
import { signWith } from '@app/sealing';
import type { HttpClient } from './http.js';

export interface LoginIdentity {
  /** DER, base64url. */
  readonly certificate: string;
  readonly signer: Signer;
}

/**
 * Logs in at the venue behind `http`, which stands at `address` (scheme, host and port). What is signed is built here and names that
 * address: a stranger's server that hands on another venue's challenge gets a signature that the other venue refuses. Throws RequestError.
 */
export async function logIn(http: HttpClient, address: string, { certificate, signer }: LoginIdentity): Promise<Session> {
  const { name, venue } = await http.get('/api/installation', zInstallation);
  const { challenge } = await http.post('/api/sessions/challenge', {}, zChallenge);
  const statement: LoginStatement = { address, installation: name, venue, challenge };
  return http.post('/api/sessions', { statement, certificate, signature: await signWith(signer, 'login', statement) }, zSession);
}
