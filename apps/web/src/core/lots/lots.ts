import type { LotSummary } from '@app/contracts';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { fetchMyLots, fetchPublicLots } from './api.js';
import { on, onLineStatus } from '../realtime/realtime.js';
import { problemOf, type ProblemError } from '../request/problem.js';
import { isForeign, merged, sortedByLimit } from './lot-order.js';

/** Notices about many new lots make one reading of the list. */
const READ_AGAIN_MS = 1_000;

/** Lots that the rail and the list show. Read over HTTP, kept by notices, read again whenever the line comes back. */
export const useLotsStore = defineStore('lots', () => {
  const lots = shallowRef<readonly LotSummary[]>([]);
  const loading = ref(false);
  const problem = shallowRef<ProblemError | null>(null);
  let isMine = false;
  let again: ReturnType<typeof setTimeout> | null = null;

  async function load(mine: boolean): Promise<void> {
    isMine = mine;
    loading.value = true;
    problem.value = null;
    try {
      lots.value = sortedByLimit(mine ? await fetchMyLots() : await fetchPublicLots());
    } catch (error) {
      problem.value = problemOf(error);
    } finally {
      loading.value = false;
    }
  }

  on('lots:changed', (notice) => {
    // A notice names nobody's part: whether a lot new to me is mine says only my own list.
    if (isMine && isForeign(lots.value, notice)) {
      again ??= setTimeout(() => {
        again = null;
        void load(isMine);
      }, READ_AGAIN_MS);
      return;
    }
    lots.value = sortedByLimit(merged(lots.value, notice));
  });
  let wasDown = false;
  onLineStatus((status) => {
    if (status === 'up' && wasDown) void load(isMine);
    wasDown = status === 'down';
  });

  return { lots, loading, problem, load };
});
