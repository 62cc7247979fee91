import { keeperPlan, type LotState } from '@app/evaluation';
import { BIDS_PURPOSE, type BoxKeeper } from '@app/sealing';
import { type JudgedLot, provenKeys } from '@app/verifying';

/** To whose keys bids of a lot are sealed (开标受托人), and how many of them open. */
export interface BidKeepers {
  readonly keepers: readonly BoxKeeper[];
  readonly threshold: number;
}

/** Each key out of an entry that this device has judged. Throws as {@link provenKeys} does. */
export function bidKeepers(lot: JudgedLot, state: LotState): BidKeepers {
  const { parties, threshold } = keeperPlan(state, BIDS_PURPOSE);
  return { keepers: provenKeys(lot, BIDS_PURPOSE, parties), threshold };
}
