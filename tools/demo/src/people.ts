import type { SessionGrant, SignerRef } from '@app/contracts';
import type { Identity } from '@app/client';
import type { CryptoProfile } from '@app/sealing';
import { grantSession, readCertificate } from '@app/sealing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A person of the demonstration, from the files that the login screen reads too. */
const zDemoPerson = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string().nullable(),
  organisationId: z.string().nullable(),
  creditCode: z.string().nullable(),
  certificate: z.string(),
  privateKey: z.string(),
  encryptionPublicKey: z.string(),
  encryptionPrivateKey: z.string(),
  /** The same as PKCS#8, as an identity file has it. */
  encryptionKey: z.string(),
});
export type DemoPerson = z.infer<typeof zDemoPerson>;

const SESSION_MINUTES = 60;

/** Reads `<home>/demo/identities.json`. Throws with the file's name. */
export function readPeople(home: string): ReadonlyMap<string, DemoPerson> {
  const file = join(home, 'demo', 'identities.json');
  const people = zDemoPerson.array().parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(people.map((person) => [person.id, person]));
}

export const fingerprintOf = (profile: CryptoProfile, person: DemoPerson): string => {
  const facts = readCertificate(profile, person.certificate);
  if (facts === null) throw new Error(`the certificate of ${person.id} cannot be read`);
  return facts.fingerprint;
};

/** The person with his certificate's key: legal acts. */
export const byCertificate = (profile: CryptoProfile, person: DemoPerson): Identity => ({
  signer: profile.signerFrom(person.privateKey),
  ref: { kind: 'certificate', certificate: person.certificate },
});

/** The person through a session key that his certificate grants for one seat, lot and window: ordinary acts at a workstation. */
export function bySession(
  profile: CryptoProfile,
  person: DemoPerson,
  where: { readonly installation: string; readonly lot: string; readonly seat: string; readonly now: string },
): Identity {
  const key = profile.generateSigner();
  const grant: SessionGrant = {
    v: 1,
    installation: where.installation,
    lot: where.lot,
    seat: where.seat,
    publicKey: key.publicKey,
    notBefore: shift(where.now, -1),
    notAfter: shift(where.now, SESSION_MINUTES),
  };
  const grantSignature = grantSession(profile.signerFrom(person.privateKey), grant);
  const ref: SignerRef = { kind: 'session', certificate: person.certificate, grant, grantSignature };
  return { signer: key, ref };
}

const shift = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString();

export const randomNonce = (profile: CryptoProfile): string => profile.newSalt();
