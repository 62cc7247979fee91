import { drillOf, drillTimes, isBefore, type LotState, own } from '@app/evaluation';

/** 开标受托人演练, as its panel shows it. */
export interface DrillBoard {
  /** When it begins, while it has not; else null. */
  readonly from: string | null;
  readonly until: string;
  /** In the order of the notice; `at`: when the published key was shown to be at hand. */
  readonly rows: readonly { readonly party: string; readonly at: string | null }[];
  readonly ready: number;
  /** How many keys open the bids. */
  readonly threshold: number;
}

/** Null for a lot that asks for no drill, and once the bids are opened. */
export function drillBoard(state: LotState): DrillBoard | null {
  const times = drillTimes(state);
  if (times === null || !isBefore(state.previous ?? state.status, 'OPENED')) return null;
  const drill = drillOf(state);
  const { parties, threshold } = state.setup.keepers.bids;
  const rows = parties.map((party) => ({ party, at: own(drill?.answered ?? {}, party) ?? null }));
  const ready = rows.filter(({ at }) => at !== null).length;
  return { from: drill === null ? times.from : null, until: drill?.until ?? times.until, rows, ready, threshold };
}
