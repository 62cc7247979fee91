import type { LotSummary } from '@app/contracts';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { asRequestError, type RequestError } from '@app/client';
import { fetchMyLots, fetchPublicLots } from './api.js';
import { useVenue } from '../request/venue.js';
import { isForeign, merged, sortedByLimit } from './lot-order.js';

/** Notices about many new lots make one reading of the list. */
const READ_AGAIN_MS = 1_000;

/** Lots that the rail and the list show. Read over HTTP, kept by notices, read again whenever the line comes back. */
export const useLotsStore = defineStore('lots', () => {
  const venue = useVenue();
  const { http } = venue;
  const line = venue.line('/lots');
  const lots = shallowRef<readonly LotSummary[]>([]);
  const loading = ref(false);
  const problem = shallowRef<RequestError | null>(null);
  let isMine = false;
  let again: ReturnType<typeof setTimeout> | null = null;

  async function load(mine: boolean): Promise<void> {
    isMine = mine;
    loading.value = true;
    problem.value = null;
    try {
      lots.value = sortedByLimit(mine ? await fetchMyLots(http) : await fetchPublicLots(http));
    } catch (error) {
      problem.value = asRequestError(error);
    } finally {
      loading.value = false;
    }
  }

  line.on('lots:changed', (notice) => {
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
  line.onStatus((status) => {
    if (status === 'up' && wasDown) void load(isMine);
    wasDown = status === 'down';
  });

  return { lots, loading, problem, load };
});
