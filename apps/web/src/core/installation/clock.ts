import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Installation } from '@app/contracts';
import { useVenue } from '../request/venue.js';
import { fetchInstallation } from './api.js';
import { localNow } from '../../utils/monotonic.js';
import { bestSample, offsetMs, type ClockSample } from './clock-sample.js';

const SAMPLES = 5;
const TICK_MS = 250;
const RESAMPLE_MS = 60_000;

/** Installation facts and the venue's clock: every countdown of the client runs on `now`, none on the machine's clock. */
export const useClockStore = defineStore('clock', () => {
  const { http } = useVenue();
  const installation = shallowRef<Installation | null>(null);
  const samples = shallowRef<readonly ClockSample[]>([]);
  const local = ref(localNow());
  const offset = computed(() => {
    const best = bestSample(samples.value);
    return best === null ? 0 : offsetMs(best);
  });
  /** Venue's time in epoch ms, ticking four times a second. */
  const now = computed(() => local.value + offset.value);

  async function sample(): Promise<void> {
    const sentMs = localNow();
    const facts = await fetchInstallation(http);
    const taken = { sentMs, receivedMs: localNow(), serverMs: Date.parse(facts.now) };
    installation.value = facts;
    samples.value = [...samples.value, taken].slice(-SAMPLES);
  }

  function start(): void {
    setInterval(() => {
      local.value = localNow();
    }, TICK_MS);
    setInterval(() => void sample().catch(() => undefined), RESAMPLE_MS);
  }

  return { installation, offset, now, sample, start };
});
