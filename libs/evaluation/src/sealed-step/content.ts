import { disclosed, type LotState, own } from '../kernel/state.js';
import { type SealedStep, sheetPart } from './step.js';

/** Content of a sheet: bidder → item → what its member says. */
export type Bids<V> = Readonly<Record<string, Readonly<Record<string, V>>>>;

/** A sheet with the items of a correction in their places. */
export const overlay = <V>(bids: Bids<V>, change: Bids<V>): Bids<V> => ({
  ...bids,
  ...Object.fromEntries(Object.entries(change).map(([bidder, items]) => [bidder, { ...own(bids, bidder), ...items }] as const)),
});

/** What stands of a member: what his box held (nothing when box or sheet were invalid), overlaid with his open corrections. */
export function contentOf<V>(state: LotState, step: SealedStep, member: string, read: (value: unknown) => Bids<V>): Bids<V> {
  const at = own(step.opened, member);
  const base = at?.verdict === 'VALID' ? read(disclosed(state, at.seq, `x:${sheetPart(member)}`)) : {};
  return (own(step.corrections, member) ?? []).reduce((bids, seq) => overlay(bids, read(disclosed(state, seq, 'x:correction'))), base);
}
