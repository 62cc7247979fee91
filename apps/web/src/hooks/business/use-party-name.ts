import { computed, type ComputedRef } from 'vue';
import { useLotStore } from '../../store/modules/lot.js';
import { namesOf } from '../../views/lot/board/bindings.js';
import { useWords } from './use-words.js';

/** Names of the open lot's parties that this reader may know, by pseudonym; bidders' from the published list. */
export function useKnownNames(): ComputedRef<ReadonlyMap<string, string>> {
  const store = useLotStore();
  return computed(() => (store.state === null ? new Map<string, string>() : namesOf(store.state)));
}

/** A party in one line of text: name and pseudonym where this reader may know the name, else the pseudonym in words. */
export function usePartyName(): (party: string) => string {
  const words = useWords();
  const store = useLotStore();
  const names = useKnownNames();
  return (party) => {
    const known = names.value.get(party);
    const pseudonym = words.party(party, store.state?.setup.regime);
    return known === undefined ? pseudonym : `${known} · ${pseudonym}`;
  };
}
