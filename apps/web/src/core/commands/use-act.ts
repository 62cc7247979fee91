import { computed, onUnmounted, shallowRef, type ComputedRef } from 'vue';
import type { Outcome, SignedCommand } from '@app/contracts';
import { asRequestError, type HttpClient, type RequestError } from '@app/client';
import { isMember, own, type LotRun } from '@app/evaluation';
import { readAnswer, sendAct, signAct, type Act, type Acting, type Sending } from './act.js';
import { useClockStore } from '../installation/clock.js';
import type { OpenLot } from '../lots/open-lot.js';
import { usePageLot } from '../lots/use-lot.js';
import { useVenue } from '../request/venue.js';
import { lotKeyOf } from '../identity/lot-keys.js';
import { useSessionStore } from '../identity/session.js';

/** While a site keeps a command, its answer is asked for this often; the site also tells it by itself. */
const ASK_AGAIN_MS = 4_000;

/**
 * Doing one thing in a lot, by default the page's: sign, send, say what became of it. A lost answer is asked for again with the same
 * command, and a command that the site keeps while its line is cut stays `queued` until the main venue has decided.
 */
export function useAct(lot: ComputedRef<OpenLot> = usePageLot()) {
  const venue = useVenue();
  const here = useHere(lot, venue.http);
  const working = shallowRef(false);
  const queued = shallowRef(false);
  const problem = shallowRef<RequestError | null>(null);
  const doneSeq = shallowRef<number | null>(null);
  /** Signed and without an answer yet: sent again rather than signed anew. */
  let pending: { readonly key: string; readonly signed: SignedCommand } | null = null;

  /**
   * As `party`, the one of mine that the act is owed by. `what` names the thing to do, so that pressing again after a lost answer repeats
   * the same command. True when it is recorded.
   */
  async function perform(party: string, what: string, make: (acting: Acting) => Act): Promise<boolean> {
    const now = here.value;
    if (now === null || working.value || queued.value) return false;
    working.value = true;
    problem.value = null;
    doneSeq.value = null;
    try {
      const key = `${party}/${what}`;
      const signed: SignedCommand = pending?.key === key ? pending.signed : await sign(lot.value.run, { ...now, party }, make);
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
    const now = here.value;
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
    const now = here.value;
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

  return { working, queued, problem, doneSeq, perform, canAct: computed(() => here.value !== null && !queued.value) };
}

/** Everything an act of mine in the open lot needs but the party; null while something of it is missing. */
function useHere(lot: ComputedRef<OpenLot>, http: HttpClient) {
  const session = useSessionStore();
  const clock = useClockStore();
  return computed((): (Sending & Omit<Acting, 'party'>) | null => {
    const { state, profile } = lot.value;
    if (state === null || session.holder === null || clock.installation === null) return null;
    const { answerKey } = clock.installation;
    return { profile, holder: session.holder, state, answerKey, http };
  });
}

/** A member signs with his key of the lot too, which his first act here binds. */
async function sign(run: LotRun | null, acting: Sending & Acting, make: (acting: Acting) => Act): Promise<SignedCommand> {
  const { profile, state, party } = acting;
  const isKeyed = run?.takes('committee.bind-key') === true && isMember(state, party);
  const keyed = isKeyed ? { ...acting, lotKey: await lotKeyOf(profile, state.origin, party) } : acting;
  const act = make(keyed);
  if (keyed.lotKey !== undefined && own(state.committee.keys, keyed.lotKey.publicKey) === undefined && act.type !== 'committee.sign-in')
    await bind(keyed);
  return signAct(keyed, act);
}

async function bind(acting: Sending & Acting): Promise<void> {
  try {
    await sendAct(acting, await signAct(acting, { type: 'committee.bind-key', payload: {} }));
  } catch (error) {
    // Kept by the site: it is decided before the act that follows it. Done already: an answer was lost.
    const { code } = asRequestError(error);
    if (code !== 'QUEUED' && code !== 'E_ALREADY_DONE') throw error;
  }
}
