import type { ErrorCode, JsonValue } from '@app/contracts';
import type { BoxKeeper } from '@app/sealing';
import { checkKeepers, zBoxManifest } from '@app/sealing';
import type { KeeperPlan } from '../lot/state.js';
import { firstIssue } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { own } from '../kernel/state.js';

/** Which keepers a purpose has: opening trustees for bids, the nodes' keepers for everything the committees seal. */
export const keeperPlan = (state: LotState, purpose: string): KeeperPlan =>
  purpose === 'bids' ? state.setup.keepers.bids : state.setup.keepers.sheets;

/** The published keys of a purpose in the plan's order, or the party that has published none. */
export function keepersOf(state: LotState, purpose: string): { readonly keepers: readonly BoxKeeper[]; readonly missing: string | null } {
  const keys = own(state.keepers.published, purpose) ?? {};
  const { parties } = keeperPlan(state, purpose);
  const keepers = parties.flatMap((party) => {
    const publicKey = own(keys, party);
    return publicKey === undefined ? [] : [{ party, publicKey }];
  });
  return { keepers, missing: parties.find((party) => own(keys, party) === undefined) ?? null };
}

export interface ManifestFault {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * Whether a box was dealt for this purpose and thing, to the lot's keepers under the keys they published, and to nobody else.
 * Null when it was. Asked when a box is delivered; that it was dealt honestly shows only when it is opened.
 */
export function manifestFault(state: LotState, purpose: string, context: string, manifest: JsonValue): ManifestFault | null {
  const read = zBoxManifest.safeParse(manifest);
  if (!read.success) return { code: 'E_NOT_ENCRYPTED', message: `manifest.${firstIssue(read.error)}` };
  const { keepers, missing } = keepersOf(state, purpose);
  if (missing !== null) return { code: 'E_KEY_MISSING', message: `${missing} has published no key for ${purpose}` };
  const fault = checkKeepers(read.data, keepers, { purpose, context, threshold: keeperPlan(state, purpose).threshold });
  return fault === null ? null : { code: 'E_BOX_INVALID', message: fault.message };
}
