import type { LotSummary } from '@app/contracts';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { fetchMyLots, fetchPublicLots } from '../../service/api/lots.js';
import { on, onLineStatus } from '../../service/realtime/realtime.js';
import { problemOf, type ProblemError } from '../../service/request/problem.js';
import { merged, sortedByLimit } from './lot-order.js';

/** Lots that the rail and the list show. Read over HTTP, kept by notices, read again whenever the line comes back. */
export const useLotsStore = defineStore('lots', () => {
  const lots = shallowRef<readonly LotSummary[]>([]);
  const loading = ref(false);
  const problem = shallowRef<ProblemError | null>(null);
  let isMine = false;

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
    lots.value = sortedByLimit(merged(lots.value, notice));
  });
  let wasDown = false;
  onLineStatus((status) => {
    if (status === 'up' && wasDown) void load(isMine);
    wasDown = status === 'down';
  });

  return { lots, loading, problem, load };
});
