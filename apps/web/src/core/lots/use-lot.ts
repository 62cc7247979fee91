import { defineStore } from 'pinia';
import {
  computed,
  inject,
  onScopeDispose,
  provide,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type InjectionKey,
  type MaybeRefOrGetter,
} from 'vue';
import { useClockStore } from '../installation/clock.js';
import { useTrustStore } from '../trust/trust.js';
import { useVenue } from '../request/venue.js';
import type { LotName } from './api.js';
import { LotBook } from './lot-book.js';
import { openLot, type OpenLot } from './open-lot.js';

/** The book of this window. */
const useBook = defineStore('lot-book', () => {
  const venue = useVenue();
  const clock = useClockStore();
  const trust = useTrustStore();
  const book = new LotBook((name) => {
    const lot = openLot(name, {
      venue,
      logKey: () => trust.pinned?.logKey ?? clock.installation?.logKey ?? '',
      pinned: () => trust.pinned,
      anchors: () => trust.state,
      foundingRules: () => clock.installation?.foundingRules ?? 'released',
    });
    void lot.refold();
    return lot;
  });
  return {
    hold: (name: LotName): OpenLot => book.hold(name),
    release: (name: LotName): void => {
      book.release(name);
    },
  };
});

/**
 * The lot of that name, open for as long as this component lives or the name stays; null for no name. Everybody who asks for the same
 * lot gets the same one.
 */
export function useLot(name: MaybeRefOrGetter<LotName | null>): ComputedRef<OpenLot | null> {
  const book = useBook();
  const held = shallowRef<OpenLot | null>(null);
  const change = (next: LotName | null): void => {
    const before = held.value;
    // The new one first: a lot that stays is not closed in between.
    held.value = next === null ? null : book.hold(next);
    if (before !== null) book.release(before.name);
  };
  watch(
    () => {
      const wanted = toValue(name);
      return wanted === null ? null : `${wanted.round}/${wanted.lot}`;
    },
    () => {
      const wanted = toValue(name);
      change(wanted === null ? null : { lot: wanted.lot, round: wanted.round });
    },
    { immediate: true },
  );
  // Kept for whoever below still looks while the page goes away; it is closed when nobody holds it.
  onScopeDispose(() => {
    if (held.value !== null) book.release(held.value.name);
  });
  return computed(() => held.value);
}

const PAGE_LOT: InjectionKey<ComputedRef<OpenLot>> = Symbol('page lot');

/** For a page about one lot: opens it and hands it to everything below. */
export function providePageLot(name: () => LotName): ComputedRef<OpenLot> {
  const held = useLot(name);
  const lot = computed(() => {
    if (held.value === null) throw new Error('a page about a lot names it');
    return held.value;
  });
  provide(PAGE_LOT, lot);
  return lot;
}

/** The lot of the page that this component stands on. */
export function usePageLot(): ComputedRef<OpenLot> {
  const lot = inject(PAGE_LOT, null);
  if (lot === null) throw new Error('not below a page about a lot');
  return lot;
}
