import { computed, type ComputedRef } from 'vue';
import { useLotsStore } from './lots.js';
import type { OpenLot } from './open-lot.js';
import { usePageLot } from './use-lot.js';

/** The parties I am in a lot, by default the page's, in the order of the venue's list. None for the public. */
export function useMyParties(lot: ComputedRef<OpenLot> = usePageLot()): ComputedRef<readonly string[]> {
  const lots = useLotsStore();
  return computed(() => {
    const { name } = lot.value;
    const mine = lots.lots.find((known) => known.lot === name.lot && known.round === name.round);
    return mine?.parties.map(({ party }) => party) ?? [];
  });
}
