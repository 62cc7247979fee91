import { computed } from 'vue';
import { useLotStore } from '../../store/modules/lot.js';
import { namesOf } from '../../views/lot/board/bindings.js';
import { useWords } from './use-words.js';

/** A party as people call it: the organisation or person, where this reader may see the binding; else the pseudonym in words. */
export function usePartyName(): (party: string) => string {
  const words = useWords();
  const store = useLotStore();
  const names = computed(() => (store.state === null ? new Map<string, string>() : namesOf(store.state)));
  return (party) => {
    const known = names.value.get(party);
    const pseudonym = words.party(party, store.state?.setup.regime);
    return known === undefined ? pseudonym : `${known} · ${pseudonym}`;
  };
}
