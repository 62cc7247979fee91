import type { LotSummary } from '@app/contracts';
import { FINAL_STATUSES } from '@app/evaluation';

const OVER: ReadonlySet<string> = new Set(FINAL_STATUSES);
export const isOver = (lot: Pick<LotSummary, 'status'>): boolean => OVER.has(lot.status);

const same = (a: LotSummary, b: LotSummary): boolean => a.lot === b.lot && a.round === b.round;

/** What is due first stands first; lots without a limit follow, newest first; finished ones come last. */
export function sortedByLimit(lots: readonly LotSummary[]): readonly LotSummary[] {
  const rank = (lot: LotSummary): number => (isOver(lot) ? 2 : lot.nextLimit === null ? 1 : 0);
  return [...lots].sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    if (a.nextLimit !== null && b.nextLimit !== null && rank(a) === 0) return a.nextLimit.at < b.nextLimit.at ? -1 : 1;
    return a.updatedAt > b.updatedAt ? -1 : 1;
  });
}

/**
 * The list after a notice. A notice about a known lot keeps the asker's parties: it is sent to everybody and names none.
 * An older notice that comes late is dropped.
 */
export function merged(lots: readonly LotSummary[], notice: LotSummary): readonly LotSummary[] {
  const known = lots.find((lot) => same(lot, notice));
  if (known === undefined) return [...lots, notice];
  if (notice.size < known.size) return lots;
  const parties = notice.parties.length > 0 ? notice.parties : known.parties;
  return lots.map((lot) => (same(lot, notice) ? { ...notice, parties } : lot));
}

/** Whether a notice is about a lot that is not in the list and names no part of the asker's. */
export const isForeign = (lots: readonly LotSummary[], notice: LotSummary): boolean =>
  notice.parties.length === 0 && !lots.some((lot) => same(lot, notice));
