import { computed, onUnmounted, shallowRef, watch, type ComputedRef } from 'vue';
import { useClockStore } from '../../../core/installation/clock.js';
import type { OpenLot } from '../../../core/lots/open-lot.js';
import { useTrustStore } from '../../../core/trust/trust.js';
import { Trustee, type KeyStanding } from '@app/verifying';
import { localInstant } from '../../../utils/monotonic.js';

/** A head of this moment is asked for again after this time, while a key waits for nothing else. */
const ASK_AGAIN_MS = 5_000;

/** How the keys stand that these parties of mine owe here, as `<party>/<purpose>`; asks for a head of now where a key waits for one. */
export function useTrustee(lot: ComputedRef<OpenLot>, parties: ComputedRef<readonly string[]>) {
  const trust = useTrustStore();
  const clock = useClockStore();
  const trustees = new Map<string, Trustee>();
  const standings = shallowRef<ReadonlyMap<string, KeyStanding>>(new Map());
  const isWaiting = computed(() => [...standings.value.values()].some(({ kind }) => kind === 'head'));

  function trusteeOf(party: string): Trustee {
    const name = `${lot.value.state?.origin ?? ''} ${party}`;
    const known = trustees.get(name) ?? new Trustee(party);
    trustees.set(name, known);
    return known;
  }

  function look(): void {
    const read = { ...pick(lot.value), anchors: trust.state };
    standings.value = new Map(
      parties.value.flatMap((party) =>
        [...trusteeOf(party).look(read, localInstant())].map(([purpose, standing]) => [`${party}/${purpose}`, standing] as const),
      ),
    );
  }

  // The clock ticks every second; what it says is not asked.
  watch([() => lot.value.run, () => lot.value.head, () => lot.value.judgedSize, () => trust.state, () => clock.now, parties], look, {
    immediate: true,
  });

  let timer: ReturnType<typeof setInterval> | null = null;
  const ask = (): void => void lot.value.wantHead().catch(() => undefined);
  watch(
    isWaiting,
    (isNow) => {
      if (timer !== null) clearInterval(timer);
      timer = isNow ? setInterval(ask, ASK_AGAIN_MS) : null;
      if (isNow) ask();
    },
    { immediate: true },
  );
  onUnmounted(() => {
    if (timer !== null) clearInterval(timer);
  });

  const standingOf = (party: string, purpose: string): KeyStanding | null => standings.value.get(`${party}/${purpose}`) ?? null;
  return { standingOf };
}

const pick = ({ run, head, judging, entries, judgedSize }: OpenLot) => ({ run, head, judging, entries, judgedSize });
