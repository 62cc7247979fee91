import { computed, shallowRef } from 'vue';
import type { SignedCommand } from '@app/contracts';
import { sendAct, signAct, type Act, type Acting } from '../../service/commands/act.js';
import { problemOf, type ProblemError } from '../../service/request/problem.js';
import { useClockStore } from '../../store/modules/clock.js';
import { useLotStore } from '../../store/modules/lot.js';
import { useSessionStore } from '../../store/modules/session.js';
import { useMyParty } from './use-my-party.js';

/** Doing one thing in the open lot: sign, send, say what became of it. A lost answer is asked for again with the same command. */
export function useAct() {
  const lot = useLotStore();
  const session = useSessionStore();
  const clock = useClockStore();
  const party = useMyParty();
  const working = shallowRef(false);
  const problem = shallowRef<ProblemError | null>(null);
  const doneSeq = shallowRef<number | null>(null);
  /** Signed and without an answer yet: sent again rather than signed anew. */
  let pending: { readonly key: string; readonly signed: SignedCommand } | null = null;

  const acting = computed((): Acting | null => {
    const { state } = lot;
    if (state === null || session.holder === null || party.value === null || clock.installation === null) return null;
    return { profile: lot.profile, holder: session.holder, state, party: party.value, answerKey: clock.installation.answerKey };
  });

  /** `key` names the thing to do, so that pressing again after a lost answer repeats the same command. True when it is recorded. */
  async function perform(key: string, make: (acting: Acting) => Act): Promise<boolean> {
    const now = acting.value;
    if (now === null || working.value) return false;
    working.value = true;
    problem.value = null;
    doneSeq.value = null;
    try {
      const signed: SignedCommand = pending?.key === key ? pending.signed : await signAct(now, make(now));
      pending = { key, signed };
      const outcome = await sendAct(now, signed);
      pending = null;
      doneSeq.value = outcome.seq;
      return true;
    } catch (error) {
      problem.value = problemOf(error);
      if (problem.value.code !== 'UNAVAILABLE') pending = null;
      return false;
    } finally {
      working.value = false;
    }
  }

  return { working, problem, doneSeq, perform, party, canAct: computed(() => acting.value !== null) };
}
