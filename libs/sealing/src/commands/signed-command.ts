import type { Command, ErrorCode, Opening, SignedCommand, SignerRef } from '@app/contracts';
import { parseCanonical } from '@app/contracts';
import { readCertificate } from '../certificates/certificate.js';
import type { CertificateCheck, CertificateEvidence } from '../certificates/trust-store.js';
import type { CryptoProfile, LocalSigner, Signer } from '../profile/crypto-profile.js';
import { signWith, verifyWith } from '../profile/signing.js';
import { verifySessionGrant } from './session-grant.js';

type Assurance = 'certificate' | 'session' | 'node';

export interface SignatureFault {
  readonly ok: false;
  readonly code: Extract<
    ErrorCode,
    'MALFORMED' | 'BAD_SIGNATURE' | 'WRONG_LOG' | 'CERT_UNKNOWN' | 'CERT_EXPIRED' | 'CERT_REVOKED' | 'OPENING_MISMATCH'
  >;
  readonly message: string;
}

/** Signs a command. `openings` are the secrets the venue itself must read; others stay with the client. */
export function signCommand(
  command: Command,
  signer: LocalSigner,
  signerRef: SignerRef,
  openings?: Readonly<Record<string, Opening>>,
): SignedCommand;
export function signCommand(
  command: Command,
  signer: Signer,
  signerRef: SignerRef,
  openings?: Readonly<Record<string, Opening>>,
): SignedCommand | Promise<SignedCommand>;
export function signCommand(
  command: Command,
  signer: Signer,
  signerRef: SignerRef,
  openings: Readonly<Record<string, Opening>> = {},
): SignedCommand | Promise<SignedCommand> {
  const signature = signWith(signer, 'command', command);
  const signed = (text: string): SignedCommand => ({ command, signer: signerRef, signature: text, openings: { ...openings } });
  return typeof signature === 'string' ? signed(signature) : signature.then(signed);
}

/** A signature that holds, and by which key; not yet whether that key was entitled. */
export interface VerifiedSignature {
  readonly ok: true;
  readonly assurance: Assurance;
  /** Key that signed the command, tagged. */
  readonly key: string;
}

/** Checks signature, grant signature and openings of a command that its schema has accepted. Time and trust are the caller's next step. */
export function verifySignature(profile: CryptoProfile, signed: SignedCommand): VerifiedSignature | SignatureFault {
  const key = signingKey(profile, signed.signer);
  if (typeof key !== 'string') return key;
  if (!verifyWith(profile, key, 'command', signed.command, signed.signature))
    return fault('BAD_SIGNATURE', 'The signature does not fit the command and key.');
  const mismatch = keySignatureFault(profile, signed) ?? openingFault(profile, signed);
  return mismatch ?? { ok: true, assurance: signed.signer.kind, key };
}

/** Null, or why the key that the command names for its lot did not sign it. Whose key that is, the lot says. */
export function keySignatureFault(
  profile: CryptoProfile,
  { command, keySignature }: Pick<SignedCommand, 'command' | 'keySignature'>,
): SignatureFault | null {
  const { key } = command.actor;
  if (key === undefined)
    return keySignature === undefined ? null : fault('BAD_SIGNATURE', 'There is a signature of a key that the command does not name.');
  if (keySignature !== undefined && verifyWith(profile, key, 'command', command, keySignature)) return null;
  return fault('BAD_SIGNATURE', 'The key that the command names for this lot did not sign it.');
}

/** Key whose signature the command must carry; a session key only when its grant is signed by the certificate. */
function signingKey(profile: CryptoProfile, signer: SignerRef): string | SignatureFault {
  if (signer.kind === 'node') return signer.publicKey;
  const certificate = readCertificate(profile, signer.certificate);
  if (certificate?.publicKey == null) return fault('CERT_UNKNOWN', 'The certificate cannot be read or has no key of this profile.');
  if (signer.kind === 'certificate') return certificate.publicKey;
  return verifySessionGrant(profile, certificate.publicKey, signer.grant, signer.grantSignature)
    ? signer.grant.publicKey
    : fault('BAD_SIGNATURE', 'The session grant is not signed by the certificate, or its window is too long.');
}

/** Null, or why an opening is not the canonical text behind the command's commitment of that name. */
export function openingFault(profile: CryptoProfile, signed: Pick<SignedCommand, 'command' | 'openings'>): SignatureFault | null {
  for (const [name, opening] of Object.entries(signed.openings)) {
    const commitment = signed.command.secrets[name];
    if (commitment === undefined || !opens(profile, commitment, opening))
      return fault('OPENING_MISMATCH', `The secret part ${name} does not fit its commitment.`);
  }
  return null;
}

/** Whether salt and text are what a commitment was made of, and the text is canonical. */
function opens(profile: CryptoProfile, commitment: string, opening: Opening): boolean {
  try {
    parseCanonical(opening.text);
    return profile.commitment(opening.salt, opening.text) === commitment;
  } catch {
    return false;
  }
}

/** Where and when a signature must hold, and how to check a certificate and find a node's key. */
export interface SignatureTrust {
  readonly installation: string;
  /** Log that this reader decides for or verifies. */
  readonly origin: string;
  /** Receipt at the main venue. */
  readonly at: string;
  readonly certificate: (der: string, at: string) => CertificateCheck;
  /** Tagged public key registered for a node, or null. */
  readonly nodeKey: (name: string) => string | null;
}

export interface TrustedSignature extends VerifiedSignature {
  /** Null for nodes. */
  readonly fingerprint: string | null;
  readonly evidence: CertificateEvidence;
}

/** The whole check of the door: signature, log, window, certificate. The same function serves pipeline and verifier. */
export function checkSignedCommand(
  profile: CryptoProfile,
  signed: SignedCommand,
  trust: SignatureTrust,
  verified: VerifiedSignature | SignatureFault = verifySignature(profile, signed),
): TrustedSignature | SignatureFault {
  if (signed.command.origin !== trust.origin) return fault('WRONG_LOG', `The command was signed for ${signed.command.origin}.`);
  if (!verified.ok) return verified;
  const { signer } = signed;
  if (signer.kind === 'node') {
    if (trust.nodeKey(signer.name) !== signer.publicKey)
      return fault('CERT_UNKNOWN', `This is not the registered key of node ${signer.name}.`);
    return { ...verified, fingerprint: null, evidence: { chain: [], revocation: null } };
  }
  if (signer.kind === 'session') {
    const { grant } = signer;
    if (grant.installation !== trust.installation || (grant.lot !== null && grant.lot !== signed.command.lot))
      return fault('WRONG_LOG', 'The session key was granted for another lot or installation.');
    if (trust.at < grant.notBefore || trust.at > grant.notAfter)
      return fault('CERT_EXPIRED', `The session key serves from ${grant.notBefore} to ${grant.notAfter}.`);
  }
  const check = trust.certificate(signer.certificate, trust.at);
  return check.ok ? { ...verified, fingerprint: check.certificate.fingerprint, evidence: check.evidence } : check;
}

function fault(code: SignatureFault['code'], message: string): SignatureFault {
  return { ok: false, code, message };
}
