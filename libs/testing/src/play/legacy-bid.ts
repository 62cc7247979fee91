import { canonicalText, utf8 } from '@app/contracts';
import type { BidRequest, CryptoProfile, MadeBid } from '@app/sealing';
import {
  bidContext,
  BIDS_PURPOSE,
  decodePublicKey,
  freshSecrets,
  indexSalt,
  innerHeaderHash,
  innerHeaderOf,
  packContainer,
  readBidIndex,
  sealBox,
  sealFile,
} from '@app/sealing';

/**
 * A bid of form 1, as programs of 0.1.0 made them: the product only reads these. `change` may spoil the files before they are sealed.
 */
export function makeLegacyBid(
  profile: CryptoProfile,
  request: BidRequest,
  change: (files: Map<string, Uint8Array>) => void = () => undefined,
): MadeBid {
  const { primitives } = profile;
  const { origin, bidder, bid, threshold, keepers } = request;
  const named = request.parts.map(({ type, title, content }) => {
    const name = type === 'OPENING_SHEET' ? 'opening-sheet.json' : `${type.toLowerCase()}.pdf`;
    return { name, title, content };
  });
  const files = named.map(({ name, title, content }) => ({ name, title, size: content.length, hash: profile.hashHex(content) }));
  const index = canonicalText({ v: 1, kind: 'bid', origin, bidder, bid, files });
  const packed = new Map([['index.json', utf8(index)], ...named.map(({ name, content }) => [name, content] as const)]);
  change(packed);
  const key = decodePublicKey(request.encryptionPublicKey);
  if (key === null) throw new Error('not a public key');
  const secrets = freshSecrets(primitives, key.raw);
  const inner = sealFile(primitives, secrets, packContainer(packed));
  const box = sealBox(profile, { purpose: BIDS_PURPOSE, context: bidContext(request), threshold, keepers }, inner);
  const innerHeader = innerHeaderOf(inner) ?? '';
  return {
    ciphertext: box.ciphertext,
    manifest: box.manifest,
    innerHeader,
    innerHeaderHash: innerHeaderHash(profile, innerHeader),
    indexCommitment: profile.commitment(indexSalt(profile, secrets.fileKey, 1), index),
    parts: readBidIndex(index)?.parts ?? [],
  };
}
