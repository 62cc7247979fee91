import { asRequestError, type RequestError } from '@app/client';
import { visibleEntry } from '@app/contracts';
import { landingsOf } from '@app/verifying';
import { computed, ref, shallowRef, type ComputedRef } from 'vue';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { fetchLanding } from './api.js';
import { type Footage, footageOf, type PlacedLanding } from './model/footage.js';

/** Landings that are fetched at a time. */
const AT_ONCE = 6;

/** The landings of the page's lot, read once and again on a press: what is being looked at does not move. */
export function useFootage(open: ComputedRef<OpenLot>) {
  const { http } = useVenue();
  const footage = shallowRef<Footage | null>(null);
  const problem = shallowRef<RequestError | null>(null);
  const isReading = ref(false);
  const progress = ref({ read: 0, of: 0 });
  /** Entries that the footage rests on. */
  const readUntil = ref(0);
  const files = new Map<string, Uint8Array>();
  const news = computed(() => open.value.entries.slice(readUntil.value).filter(({ header }) => header.type === 'recording.land').length);

  async function read(): Promise<void> {
    if (isReading.value) return;
    isReading.value = true;
    problem.value = null;
    try {
      const { entries, name, profile, state } = open.value;
      const placed = entries.flatMap((entry) =>
        landingsOf(visibleEntry(entry)).map((landed) => ({ seq: entry.header.seq, at: entry.header.at, landed })),
      );
      progress.value = { read: 0, of: placed.length };
      const waiting = placed.map(({ landed }) => landed.landing).filter((hash) => !files.has(hash));
      const work = async (): Promise<void> => {
        for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
          const file = await fetchLanding(http, name, hash);
          if (file !== null) files.set(hash, file);
          progress.value = { ...progress.value, read: progress.value.read + 1 };
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      const landings = placed.map((one): PlacedLanding => ({ ...one, bytes: files.get(one.landed.landing) ?? null }));
      const digests = { sha256: () => profile.primitives.newHash(), crc32: profile.primitives.crc32 };
      footage.value = footageOf(state?.origin ?? '', landings, digests);
      readUntil.value = entries.length;
    } catch (error) {
      problem.value = asRequestError(error);
    } finally {
      isReading.value = false;
    }
  }

  return { footage, problem, isReading, progress, news, read };
}
