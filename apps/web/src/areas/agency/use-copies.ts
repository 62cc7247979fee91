import type { HttpClient } from '@app/client';
import type { LotSummary } from '@app/contracts';
import { computed, type Ref, shallowRef } from 'vue';
import { fetchPublicLots } from '../../core/lots/api.js';
import { useLotsStore } from '../../core/lots/lots.js';

/** Rows that are offered at once; the filter finds the others. */
const ROWS_MAX = 20;

/** Lots whose notice may be copied: mine and the public ones, each once. */
export function useCopies(http: HttpClient, filter: Ref<string>) {
  const mine = useLotsStore();
  const open = shallowRef<readonly LotSummary[]>([]);
  const all = computed(() => new Map([...open.value, ...mine.lots].map((lot) => [lot.origin, lot])));
  const lots = computed(() => {
    const text = filter.value.trim().toLowerCase();
    return [...all.value.values()].filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(text)).slice(0, ROWS_MAX);
  });
  const statusOf = (lot: string): string | null => mine.lots.find((known) => known.lot === lot)?.status ?? null;
  void fetchPublicLots(http).then(
    (found) => (open.value = found),
    () => undefined,
  );
  return { lots, statusOf };
}
