import { computed, type ComputedRef } from 'vue';
import { usePageLot } from './use-lot.js';
import { namesOf } from './names.js';
import { useWords } from '../words/use-words.js';

/** Names of the page's lot's parties that this reader may know, by pseudonym; bidders' from the published list. */
export function useKnownNames(): ComputedRef<ReadonlyMap<string, string>> {
  const lot = usePageLot();
  return computed(() => (lot.value.state === null ? new Map<string, string>() : namesOf(lot.value.state)));
}

/** A party in one line of text: name and pseudonym where this reader may know the name, else the pseudonym in words. */
export function usePartyName(): (party: string) => string {
  const words = useWords();
  const lot = usePageLot();
  const names = useKnownNames();
  return (party) => {
    const known = names.value.get(party);
    const pseudonym = words.party(party, lot.value.state?.setup.regime);
    return known === undefined ? pseudonym : `${known} · ${pseudonym}`;
  };
}
