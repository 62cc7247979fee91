import { canonicalBytes, toBase64Url, type JsonValue } from '@app/contracts';
import { keeperPlan, purposeOf, type LotState, type SealedStep } from '@app/evaluation';
import { boxContext, sealBox, type CryptoProfile } from '@app/sealing';
import type { Act } from '../../../core/commands/act.js';
import { provenKeys, type JudgedLot } from '@app/verifying';

/**
 * A sheet in its sealed box, as the act that hands it in. It is sealed here to the keys that the lot's keepers published in
 * signed entries that this device has judged; what leaves it is ciphertext. Throws as {@link provenKeys} does.
 */
export function sealSheet(
  lot: JudgedLot & { readonly profile: CryptoProfile },
  state: LotState,
  step: { readonly type: string; readonly base: string; readonly boxes: SealedStep },
  party: string,
  sheet: JsonValue,
): Act {
  const purpose = purposeOf(step.base, step.boxes.attempt);
  const { parties, threshold } = keeperPlan(state, purpose);
  const keepers = provenKeys(lot, purpose, parties);
  const box = sealBox(
    lot.profile,
    { purpose, context: boxContext(state.origin, party, purpose), threshold, keepers },
    canonicalBytes(sheet),
  );
  return {
    type: step.type,
    step: step.base,
    payload: { manifest: box.manifest },
    secrets: { ciphertext: toBase64Url(box.ciphertext) },
  };
}
