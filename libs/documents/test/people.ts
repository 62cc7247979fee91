import { readCertificate, type CertificateFacts, type LocalSigner } from '@app/sealing';
import { type Authority, createAuthority, issue, profileOf } from '@app/sealing/node';

export const PROFILE = profileOf('gp-std-1');

/** Somebody with a certificate of an authority. */
export interface Person {
  readonly signer: LocalSigner;
  readonly certificate: CertificateFacts;
  readonly issuers: readonly string[];
}

const YEARS = { notBefore: '2020-01-01T00:00:00.000Z', notAfter: '2040-01-01T00:00:00.000Z' };

export const anAuthority = (name: string): Promise<Authority> => createAuthority(PROFILE.generateSigner(), name, YEARS);

export async function aPerson(authority: Authority, name: string, organisation: string): Promise<Person> {
  const signer = PROFILE.generateSigner();
  const der = await issue(authority, { name, organisation }, signer.publicKey, YEARS);
  const certificate = readCertificate(PROFILE, der);
  if (certificate === null) throw new Error('no certificate');
  return { signer, certificate, issuers: [authority.certificate] };
}
