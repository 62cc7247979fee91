import { RequestError } from '@app/client';
import type { LotState } from '@app/evaluation';
import { computed, type Ref } from 'vue';
import { usePageLot } from '../../core/lots/use-lot.js';
import { LIVE_PAGES_MAX } from './model/page-layout.js';
import { boxOfBid, type ReadablePart, readableParts } from './model/readable-parts.js';
import type { Wanted } from './use-document.js';
import { useFiles } from './use-files.js';

/** Columns side by side at most. */
const COLUMNS_MAX = 3;
/** What stands beside the bid that is read: nothing, the tender document, or the same part of the next bids. */
export type Beside = 'none' | 'tender' | 'bidders';

interface Reading {
  readonly state: () => LotState;
  readonly party: () => string;
  readonly bidders: () => readonly string[];
  readonly bidder: Readonly<Ref<string>>;
  readonly partId: Readonly<Ref<string>>;
  readonly beside: Readonly<Ref<Beside>>;
}

/** Which documents the reader shows, column by column, as this member may read them now. */
export function useReaderDocuments({ state, party, bidders, bidder, partId, beside }: Reading) {
  const lot = usePageLot();
  const files = useFiles();
  const partsOf = (of: string): ReadablePart[] => readableParts(state(), party(), of);
  const parts = computed(() => partsOf(bidder.value));
  const part = computed(() => parts.value.find(({ id }) => id === partId.value) ?? parts.value[0] ?? null);

  /** What is to be opened of this part. The keys are asked of the state of now: a part that is closed to this member by then does not open. */
  function wantedOf(of: string, one: ReadablePart | null): Wanted | null {
    if (one === null) return null;
    return {
      name: `${one.bid}/${one.id}`,
      source: async (signal) => {
        const may = partsOf(of).find(({ id }) => id === one.id);
        const box = may === undefined ? null : boxOfBid(state(), may.bid);
        if (may === undefined || box === null) throw new RequestError('FORBIDDEN', 'this part may not be read now');
        return files.part(lot.value.profile, box, may, signal);
      },
    };
  }
  /** The same part of another bid: of its type, at its place among those of the type. */
  function alikeOf(other: string): ReadablePart | null {
    const own = part.value;
    if (own === null) return null;
    const place = parts.value.filter(({ type }) => type === own.type).findIndex(({ id }) => id === own.id);
    const theirs = partsOf(other).filter(({ type }) => type === own.type);
    return theirs[place] ?? theirs[0] ?? null;
  }
  const main = computed(() => wantedOf(bidder.value, part.value));
  const others = computed(() => {
    if (beside.value !== 'bidders') return [];
    const all = bidders();
    const at = all.indexOf(bidder.value);
    const order = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
    return order.slice(0, COLUMNS_MAX - 1).map((other) => ({ other, wanted: wantedOf(other, alikeOf(other)) }));
  });
  const tender = computed<Wanted | null>(() => {
    const hash = state().setup.documentPackage;
    return beside.value !== 'tender' || hash === null ? null : { name: hash, source: (signal) => files.open(hash, signal) };
  });
  const columns = computed(() => 1 + others.value.length + (beside.value === 'tender' ? 1 : 0));
  const liveMax = computed(() => Math.floor(LIVE_PAGES_MAX / columns.value));
  return { parts, part, alikeOf, main, others, tender, columns, liveMax };
}
