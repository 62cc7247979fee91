import { computed, type ComputedRef } from 'vue';
import { useLotStore } from './lot.js';
import { useLotsStore } from './lots.js';

/** The party I am in the open lot; the first one where I am several. Null for the public. */
export function useMyParty(): ComputedRef<string | null> {
  const lots = useLotsStore();
  const open = useLotStore();
  return computed(() => {
    const mine = lots.lots.find((lot) => lot.lot === open.key?.lot && lot.round === open.key.round);
    return mine?.parties[0]?.party ?? null;
  });
}
