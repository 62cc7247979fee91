import { UnreadableFile, readBytes } from '@app/archive/node';
import { parseIdentityFile } from '@app/client';
import { type CertificateFacts, encryptionKeyFrom, type KeeperKey, type LocalSigner, readCertificate } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { Refusal } from './refusal.js';

/** Certificates are of the platform's profile, whatever that of a lot. */
const PROFILE = profileOf('gp-std-1');

/** Who seals, out of the file that the web client logs in by. */
export interface SealingBidder {
  /** 统一社会信用代码. */
  readonly creditCode: string;
  readonly certificate: CertificateFacts;
  readonly signer: LocalSigner;
  /** What opens the bid again; null when the file has none. */
  readonly bidKey: KeeperKey | null;
}

/** Throws {@link UnreadableFile} on another file, {@link Refusal} when nobody can bid by it. */
export function readBidder(file: string): SealingBidder {
  const identity = readOr(file, 'no identity file', () => parseIdentityFile(Buffer.from(readBytes(file)).toString('utf8')));
  const signer = readOr(file, 'privateKey', () => PROFILE.signerFrom(identity.privateKey));
  const key = identity.encryptionKey;
  const bidKey = key === null ? null : readOr(file, 'encryptionKey', () => encryptionKeyFrom(PROFILE, key));
  const certificate = readCertificate(PROFILE, identity.certificate);
  if (certificate?.publicKey !== signer.publicKey)
    throw new Refusal('CERT_UNKNOWN', 'the certificate cannot be read, or the private key beside it is not its own');
  const { creditCode } = certificate.subject;
  if (creditCode === null) throw new Refusal('FORBIDDEN', 'the certificate has no credit code of an organisation: it cannot hand in a bid');
  return { creditCode, certificate, signer, bidKey };
}

function readOr<T>(file: string, what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(file, `${what}: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}
