import { computed, onUnmounted, shallowRef, type ComputedRef } from 'vue';
import type { Outcome, SignedCommand } from '@app/contracts';
import { asRequestError, type HttpClient, type RequestError } from '@app/client';
import { readAnswer, sendAct, signAct, type Act, type Acting, type Sending } from './act.js';
import { useClockStore } from '../installation/clock.js';
import type { OpenLot } from '../lots/open-lot.js';
import { usePageLot } from '../lots/use-lot.js';
import { useVenue } from '../request/venue.js';
import { useSessionStore } from '../identity/session.js';
import { useMyParty } from '../lots/use-my-party.js';

/** While a site keeps a command, its answer is asked for this often; the site also tells it by itself. */
const ASK_AGAIN_MS = 4_000;

/**
 * Doing one thing in a lot, by default the page's: sign, send, say what became of it. A lost answer is asked for again with the same command, and a
 * command that the site keeps while its line is cut stays `queued` until the main venue has decided.
 */
export function useAct(lot: ComputedRef<OpenLot> = usePageLot()) {
  const venue = useVenue();
  const party = useMyParty(lot);
  const acting = useActing(lot, party, venue.http);
  const working = shallowRef(false);
  const queued = shallowRef(false);
  const problem = shallowRef<RequestError | null>(null);
  const doneSeq = shallowRef<number | null>(null);
  /** Signed and without an answer yet: sent again rather than signed anew. */
  let pending: { readonly key: string; readonly signed: SignedCommand } | null = null;

  /** `key` names the thing to do, so that pressing again after a lost answer repeats the same command. True when it is recorded. */
  async function perform(key: string, make: (acting: Acting) => Act): Promise<boolean> {
    const now = acting.value;
    if (now === null || working.value || queued.value) return false;
    working.value = true;
    problem.value = null;
    doneSeq.value = null;
    try {
      const signed: SignedCommand = pending?.key === key ? pending.signed : await signAct(now, make(now));
      pending = { key, signed };
      settle(await sendAct(now, signed));
      return true;
    } catch (error) {
      fail(asRequestError(error));
      return false;
    } finally {
      working.value = false;
    }
  }

  function settle(outcome: Extract<Outcome, { ok: true }>): void {
    pending = null;
    queued.value = false;
    doneSeq.value = outcome.seq;
  }

  function fail(found: RequestError): void {
    queued.value = found.code === 'QUEUED';
    if (found.code !== 'QUEUED') problem.value = found;
    // Without an answer the command may be on the record; with a refusal it is not.
    if (found.code !== 'QUEUED' && found.code !== 'UNAVAILABLE') pending = null;
  }

  async function askAgain(): Promise<void> {
    const now = acting.value;
    if (!queued.value || pending === null || now === null) return;
    try {
      settle(await sendAct(now, pending.signed));
    } catch (error) {
      const found = asRequestError(error);
      // The line to our own server may be cut too: it is still kept there.
      if (found.code !== 'UNAVAILABLE') fail(found);
    }
  }

  const timer = setInterval(() => void askAgain(), ASK_AGAIN_MS);
  const stop = venue.line('/lots').on('command:answered', (answer) => {
    const now = acting.value;
    if (!queued.value || now === null || answer.outcome.id !== pending?.signed.command.id) return;
    try {
      settle(readAnswer(now, answer));
    } catch (error) {
      fail(asRequestError(error));
    }
  });
  onUnmounted(() => {
    clearInterval(timer);
    stop();
  });

  return { working, queued, problem, doneSeq, perform, party, canAct: computed(() => acting.value !== null && !queued.value) };
}

/** Everything an act of mine in the open lot needs; null while something of it is missing. */
function useActing(lot: ComputedRef<OpenLot>, party: ComputedRef<string | null>, http: HttpClient) {
  const session = useSessionStore();
  const clock = useClockStore();
  return computed((): Sending | null => {
    const { state, profile } = lot.value;
    if (state === null || session.holder === null || party.value === null || clock.installation === null) return null;
    const { answerKey } = clock.installation;
    return { profile, holder: session.holder, state, party: party.value, answerKey, http };
  });
}
