import { computed, type ComputedRef } from 'vue';
import { useLotsStore } from './lots.js';
import type { OpenLot } from './open-lot.js';
import { usePageLot } from './use-lot.js';

/** The party I am in a lot, by default the page's; the first one where I am several. Null for the public. */
export function useMyParty(lot: ComputedRef<OpenLot> = usePageLot()): ComputedRef<string | null> {
  const lots = useLotsStore();
  return computed(() => {
    const { name } = lot.value;
    const mine = lots.lots.find((known) => known.lot === name.lot && known.round === name.round);
    return mine?.parties[0]?.party ?? null;
  });
}
