import { canonicalBytes, toBase64Url, type JsonValue } from '@app/contracts';
import { keeperPlan, purposeOf, type LotState, type SealedStep } from '@app/evaluation';
import { boxContext, sealBox, type CryptoProfile } from '@app/sealing';
import { RequestError } from '@app/client';
import type { Act } from '../../../core/commands/act.js';

/**
 * A sheet in its sealed box, as the act that hands it in. It is sealed here to the keys that the lot's keepers published in
 * signed entries; what leaves this browser is ciphertext. Throws `E_KEY_MISSING` while a keeper has published none.
 */
export function sealSheet(
  profile: CryptoProfile,
  state: LotState,
  step: { readonly type: string; readonly base: string; readonly boxes: SealedStep },
  party: string,
  sheet: JsonValue,
): Act {
  const purpose = purposeOf(step.base, step.boxes.attempt);
  const { parties, threshold } = keeperPlan(state, purpose);
  const keys = state.keepers.published[purpose] ?? {};
  const keepers = parties.map((keeper) => {
    const publicKey = keys[keeper];
    if (publicKey === undefined) throw new RequestError('E_KEY_MISSING', keeper);
    return { party: keeper, publicKey };
  });
  const box = sealBox(profile, { purpose, context: boxContext(state.origin, party, purpose), threshold, keepers }, canonicalBytes(sheet));
  return {
    type: step.type,
    step: step.base,
    payload: { manifest: box.manifest },
    secrets: { ciphertext: toBase64Url(box.ciphertext) },
  };
}
