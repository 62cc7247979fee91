import { asRequestError } from '@app/client';
import { computed, type ComputedRef } from 'vue';
import { useClockStore } from '../../core/installation/clock.js';
import { useSessionStore } from '../../core/identity/session.js';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { type Desk, type Intent, sendBidAct, signBidAct } from './model/delivery.js';
import { standingBid } from './model/kept-bid.js';
import type { useDraft } from './use-draft.js';

/** A bidder's acts before the deadline, each signed once, kept, and sent until it is answered. */
export function useBidActs(lot: ComputedRef<OpenLot>, { kept, change }: Pick<ReturnType<typeof useDraft>, 'kept' | 'change'>) {
  const { http } = useVenue();
  const session = useSessionStore();
  const clock = useClockStore();
  const standing = computed(() => standingBid(kept.value.acts));
  /** Signed and without an answer: sent again as it is, whatever else is asked. */
  const pending = computed(() => kept.value.acts.find(({ at }) => at === null) ?? null);
  const desk = computed((): Desk | null => {
    const { installation } = clock;
    const { state, profile } = lot.value;
    if (session.holder === null || installation === null || state === null) return null;
    const { answerKey, platformOrigin } = installation;
    return { profile, holder: session.holder, answerKey, http, platformOrigin, lot: { lot: state.lot, round: state.round } };
  });

  /** A refusal takes the act back: nothing of it stands. Without an answer it may stand, so it is kept. */
  async function act(intent: Intent): Promise<void> {
    const here = desk.value;
    if (here === null) return;
    const known = pending.value;
    const isSame = known?.type === intent.type && known.about === intent.about;
    const signed = isSame ? known : await signBidAct(here, intent);
    const others = kept.value.acts.filter(({ at }) => at !== null);
    await change({ acts: [...others, signed] });
    try {
      const done = await sendBidAct(here, signed);
      await change({ acts: [...others, done] });
    } catch (error) {
      if (asRequestError(error).code !== 'UNAVAILABLE') await change({ acts: others });
      throw error;
    }
  }

  return { standing, pending, desk, act };
}
