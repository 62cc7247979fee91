import type { VenueLine } from '@app/contracts';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { fetchVenues } from './api.js';
import type { LineStatus } from '../realtime/line.js';
import { useVenue } from '../request/venue.js';

const ORDER: Record<VenueLine['role'], number> = { main: 0, sub: 1, supervision: 2 };
const sorted = (lines: readonly VenueLine[]): readonly VenueLine[] =>
  [...lines].sort((a, b) => ORDER[a.role] - ORDER[b.role] || (a.venue < b.venue ? -1 : 1));

/** Lines: of the venues to the main venue, and of this browser to its server. */
export const useVenuesStore = defineStore('venues', () => {
  const venue = useVenue();
  const line = venue.line('/lots');
  const lines = shallowRef<readonly VenueLine[]>([]);
  const own = ref<LineStatus>(line.status);

  line.on('venues:changed', (notice) => {
    lines.value = sorted(notice);
  });
  line.onStatus((status) => {
    own.value = status;
    if (status === 'up') void load();
  });

  async function load(): Promise<void> {
    // The bar goes without them until the next notice; the lot page says so itself.
    lines.value = sorted(await fetchVenues(venue.http).catch(() => []));
  }

  if (own.value === 'up') void load();
  return { lines, own, load };
});
