import { asRequestError, type RequestError, signWish, uploadFile, type UploadSource } from '@app/client';
import type { SignedCommand } from '@app/contracts';
import { profileOf } from '@app/sealing';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { identityOf, sendAct } from '../../core/commands/act.js';
import { useClockStore } from '../../core/installation/clock.js';
import { useSessionStore } from '../../core/identity/session.js';
import { useLotsStore } from '../../core/lots/lots.js';
import { useVenue } from '../../core/request/venue.js';
import { localInstant } from '../../utils/monotonic.js';
import type { DraftDocument } from './model/faults.js';
import type { Plan } from './model/plan.js';

const PROFILE = profileOf('gp-std-1');

/**
 * 登记标段: the one act before there is a lot to open. Whether it is founded is read from the list of my lots, so an answer that was lost, a
 * reload or a crash leave nothing undecided; a lot's name is its own, so founding it twice founds it once.
 */
export function useFounding(lot: string) {
  const { http } = useVenue();
  const session = useSessionStore();
  const clock = useClockStore();
  const lots = useLotsStore();
  const working = ref(false);
  const problem = shallowRef<RequestError | null>(null);
  let pending: SignedCommand | null = null;
  const summary = computed(() => lots.lots.find((known) => known.lot === lot && known.round === 1) ?? null);

  async function found(origin: string, { founder, facts, parties, bindings }: Plan): Promise<void> {
    const { holder } = session;
    const answerKey = clock.installation?.answerKey;
    if (holder === null || answerKey === undefined || working.value) return;
    working.value = true;
    problem.value = null;
    try {
      // Without an answer it may be on the record: the very same is sent again, and a change of the draft is handed in afterwards.
      const wish = { type: 'lot.create', payload: { ...facts, parties: [...parties] }, secrets: { bindings: [...bindings] } };
      pending ??= await signWish(
        PROFILE,
        identityOf(holder),
        { origin, lot, round: 1 },
        { ...wish, party: founder, at: localInstant(), basis: 0 },
      );
      await sendAct({ profile: PROFILE, answerKey, http }, pending);
      pending = null;
    } catch (error) {
      const found = asRequestError(error);
      if (found.code !== 'UNAVAILABLE') pending = null;
      if (found.code !== 'E_ALREADY_DONE') problem.value = found;
    }
    await lots.load(true);
    working.value = false;
  }

  return { working, problem, summary, found };
}

/** The document goes up before the notice names it. The same call goes on where an earlier one stopped. */
export function useDocumentUpload(lot: string) {
  const { http } = useVenue();
  const sent = ref<number | null>(null);
  const ending = new AbortController();

  async function upload(file: Blob, { hash }: DraftDocument): Promise<void> {
    const source: UploadSource = { size: file.size, slice: (from, to) => Promise.resolve(file.slice(from, to)) };
    const onProgress = (done: number, total: number): void => {
      sent.value = total === 0 ? 0 : Math.floor((100 * done) / total);
    };
    sent.value = 0;
    try {
      await uploadFile(window.location.origin, source, { ...http.options(), hash, lot, onProgress, signal: ending.signal });
    } finally {
      sent.value = null;
    }
  }

  onScopeDispose(() => {
    ending.abort();
  });
  return { sent, upload };
}
