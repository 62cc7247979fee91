import type { CalendarYear, FoundingPerson, FoundingVenue } from '@app/contracts';
import { type EngineShelf, lotOrigin, openShelf } from '@app/evaluation';
import { asRequestError, type RequestError } from '@app/client';
import { computed, type ComputedRef, shallowRef } from 'vue';
import { useClockStore } from '../../core/installation/clock.js';
import { useSessionStore } from '../../core/identity/session.js';
import { useVenue } from '../../core/request/venue.js';
import { useTrustStore } from '../../core/trust/trust.js';
import { fetchCalendar, fetchFoundingVenues } from './api.js';
import { faultsOf, type Fault } from './model/faults.js';
import type { KeptDraft } from './model/kept-draft.js';
import { type Plan, planFor, planOf } from './model/plan.js';
import { rehearse, type Rehearsal } from './model/rehearsal.js';

/** The rules are asked again when so much time has passed: a date that was lawful may not be so any more. */
const ASK_AGAIN_MS = 10_000;

/** What the rules say of a draft as it stands, asked here; nothing of it leaves this browser. */
export function useRehearsal(kept: ComputedRef<KeptDraft | null>) {
  const { http } = useVenue();
  const session = useSessionStore();
  const clock = useClockStore();
  const trust = useTrustStore();
  const shelf = shallowRef<EngineShelf | null>(null);
  const venues = shallowRef<readonly FoundingVenue[] | null>(null);
  const calendar = shallowRef<readonly CalendarYear[]>([]);
  const problem = shallowRef<RequestError | null>(null);

  async function load(): Promise<void> {
    problem.value = null;
    try {
      [shelf.value, venues.value, calendar.value] = await Promise.all([openShelf(), fetchFoundingVenues(http), fetchCalendar(http)]);
    } catch (error) {
      problem.value = asRequestError(error);
    }
  }

  const founder = computed((): FoundingPerson | null => {
    const { session: now, holder } = session;
    if (now === null || holder === null) return null;
    return { person: now.person, organisation: now.organisation, certificate: holder.certificate.fingerprint };
  });
  const installation = computed(() => clock.installation?.platformOrigin.split('/')[0] ?? null);
  const origin = computed(() =>
    kept.value === null || installation.value === null ? null : lotOrigin(installation.value, kept.value.lot, 1),
  );
  const minute = computed(() => Math.floor(clock.now / ASK_AGAIN_MS) * ASK_AGAIN_MS);

  /** With the rules that this installation founds lots under. */
  const founding = computed(() => shelf.value?.foundedUnder(clock.installation?.foundingRules ?? 'released') ?? null);
  /** Does the engine that this lot would get know a field, or a choice, of this name? */
  const isKnown = (name: string): boolean =>
    founding.value?.names('lot.create', name, founding.value.founding(kept.value?.draft.jurisdiction)) === true;
  function planWith(witnessPolicy: string): Plan | null {
    if (kept.value === null || founder.value === null || venues.value === null || founding.value === null) return null;
    const { draft } = kept.value;
    const plan = planOf(draft, founder.value, venues.value, witnessPolicy);
    return planFor(plan, isKnown);
  }

  /** Null while something that is needed is not here yet. */
  const rehearsal = computed((): Rehearsal | null => {
    const { told, pinned } = trust;
    const standing = told ?? pinned;
    if (founding.value === null || kept.value === null || origin.value === null || standing === null || planWith('') === null) return null;
    return rehearse((policy) => planWith(policy) ?? EMPTY_PLAN, {
      shelf: founding.value,
      origin: origin.value,
      lot: kept.value.lot,
      at: new Date(minute.value).toISOString(),
      standingPolicy: standing.policy,
      calendar: calendar.value,
    });
  });
  const faults = computed((): readonly Fault[] | null => {
    if (rehearsal.value === null || kept.value === null) return null;
    return faultsOf(kept.value.draft, kept.value.document, rehearsal.value.faults);
  });
  /** What is signed: the plan under the policy that the rehearsal found. */
  const plan = computed(() => (rehearsal.value === null ? null : planWith(rehearsal.value.witnessPolicy)));

  return { venues, origin, faults, plan, problem, load, isKnown };
}
const EMPTY_PLAN: Plan = { founder: '', facts: {}, parties: [], bindings: [] };
