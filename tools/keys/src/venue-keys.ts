import { formatVerifierKey, SIGNATURE_TYPE } from '@app/ledger';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { noteKey } from '@app/sealing';

/** Private keys of one venue (KEYS_FILE). PKCS#8 DER and 32 random bytes, base64url. */
export interface VenueKeys {
  readonly v: 1;
  readonly venue: string;
  readonly node: string;
  readonly answer: string;
  /** Main venue: signs checkpoints. */
  readonly log?: string;
  /** Others: cosigns them. */
  readonly witness?: string;
  readonly storage: string;
}

/** Their public halves: what others are told. */
export interface PublicVenueKeys {
  readonly nodeKey: string;
  /** C2SP verifier key of the venue's witness; the main venue has none. */
  readonly witnessKey: string | null;
  readonly answerKey: string;
  /** The main venue's alone. */
  readonly logKey: string | null;
}

export function makeVenueKeys(
  profile: CryptoProfile,
  { installation, venue, isMain }: { readonly installation: string; readonly venue: string; readonly isMain: boolean },
): { keys: VenueKeys; publicKeys: PublicVenueKeys } {
  const [node, answer, notes] = [profile.generateSigner('node'), profile.generateSigner('node'), profile.generateSigner('node')];
  return {
    keys: {
      v: 1,
      venue,
      node: node.privateKey,
      answer: answer.privateKey,
      ...(isMain ? { log: notes.privateKey } : { witness: notes.privateKey }),
      storage: profile.newSalt(),
    },
    publicKeys: {
      nodeKey: node.publicKey,
      witnessKey: isMain ? null : witnessLine(profile, installation, venue, notes),
      answerKey: answer.publicKey,
      logKey: isMain ? notes.publicKey : null,
    },
  };
}

function witnessLine(profile: CryptoProfile, installation: string, venue: string, signer: LocalSigner): string {
  const key = noteKey(signer.publicKey, `${installation}/witness/${venue}`, SIGNATURE_TYPE.cosignature);
  if (key === null) throw new Error('a witness needs a node key');
  return formatVerifierKey(profile.hash, key);
}
