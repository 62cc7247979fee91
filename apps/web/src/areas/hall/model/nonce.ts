import { canonicalBytes, toBase64Url } from '@app/contracts';
import { COEFFICIENT_PURPOSE, keeperPlan, type LotState } from '@app/evaluation';
import { boxContext, type CryptoProfile, sealBox } from '@app/sealing';
import type { Act } from '../../../core/commands/act.js';
import { type JudgedLot, provenKeys } from '@app/verifying';

const NONCE_BYTES = 24;

/**
 * A nonce for the draw of K that nobody chose, this device neither, sealed to keys that it has judged. Throws as {@link provenKeys} does.
 */
export function sealNonce(lot: JudgedLot & { readonly profile: CryptoProfile }, state: LotState, party: string): Act {
  const { parties, threshold } = keeperPlan(state, COEFFICIENT_PURPOSE);
  const keepers = provenKeys(lot, COEFFICIENT_PURPOSE, parties);
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  const order = { purpose: COEFFICIENT_PURPOSE, context: boxContext(state.origin, party, COEFFICIENT_PURPOSE), threshold, keepers };
  const box = sealBox(lot.profile, order, canonicalBytes(nonce));
  return { type: 'opening.contribute', payload: { manifest: box.manifest }, secrets: { ciphertext: toBase64Url(box.ciphertext) } };
}
