import { asRequestError, type RequestError } from '@app/client';
import type { LotSummary } from '@app/contracts';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { useSessionStore } from '../../core/identity/session.js';
import { fetchPublicLots } from '../../core/lots/api.js';
import { merged, sortedByLimit } from '../../core/lots/lot-order.js';
import { useVenue } from '../../core/request/venue.js';
import { type BidStage, keyOf, loadBid, NOTHING_KEPT, stageOf } from './model/kept-bid.js';

/** Statuses in which somebody may still prepare a bid. */
const OPEN: ReadonlySet<string> = new Set(['PUBLISHED', 'SUBMISSION_OPEN']);

/** Lots that take bids or soon will, and how far this browser's own bid in each has come; null: not begun. */
export function useOpenLots() {
  const venue = useVenue();
  const session = useSessionStore();
  const line = venue.line('/lots');
  const all = shallowRef<readonly LotSummary[] | null>(null);
  const problem = shallowRef<RequestError | null>(null);
  const stages = shallowRef<ReadonlyMap<string, BidStage | null>>(new Map());
  const lots = computed(() => sortedByLimit((all.value ?? []).filter(({ status }) => OPEN.has(status))));
  const isLoading = computed(() => all.value === null && problem.value === null);

  async function load(): Promise<void> {
    problem.value = null;
    try {
      all.value = await fetchPublicLots(venue.http);
    } catch (error) {
      problem.value = asRequestError(error);
    }
  }

  watch([lots, () => session.holder], async ([shown, holder]) => {
    const creditCode = holder?.certificate.subject.creditCode ?? null;
    if (creditCode === null) return;
    const read = shown.map(async ({ origin }): Promise<[string, BidStage | null]> => {
      const kept = await loadBid(keyOf(origin, creditCode)).catch(() => NOTHING_KEPT);
      return [origin, kept === NOTHING_KEPT ? null : stageOf(kept)];
    });
    stages.value = new Map(await Promise.all(read));
  });

  let wasDown = false;
  const ends = [
    line.on('lots:changed', (notice) => {
      if (all.value !== null) all.value = merged(all.value, notice);
    }),
    line.onStatus((status) => {
      if (status === 'up' && wasDown) void load();
      wasDown = status === 'down';
    }),
  ];
  onScopeDispose(() => {
    for (const end of ends) end();
  });
  void load();
  return { lots, stages, problem, isLoading, load };
}
