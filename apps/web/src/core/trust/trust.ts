import type { Trust } from '@app/contracts';
import { asRequestError, type RequestError } from '@app/client';
import { profileOf } from '@app/sealing';
import { type Anchor, type AnchorState, anchorsOf, otherAnchors, readTrustChange, trustFingerprint } from '@app/verifying';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { localInstant } from '../../utils/monotonic.js';
import { fetchTrust } from '../installation/api.js';
import { useVenue } from '../request/venue.js';
import { forgetPins, keepPins, loadPins, type Pins } from './pin-store.js';

/** Keys of an installation are written in the platform's profile. */
const PROFILE = profileOf('gp-std-1');

/** Whom this device believes before it reads a log: keys that a person compared, beside those that the venue names. */
export const useTrustStore = defineStore('trust', () => {
  const { http } = useVenue();
  const pins = shallowRef<Pins | null>(null);
  /** What the venue names; null while it could not be asked. */
  const told = shallowRef<Trust | null>(null);
  const problem = shallowRef<RequestError | null>(null);
  /** How often a person has pinned or forgotten keys. */
  let changes = 0;
  /** Whether the keys are being looked at. */
  const isShown = ref(false);
  /** Pinned keys in whose place the venue names another, or none. */
  const changed = computed((): readonly Anchor[] =>
    pins.value === null || told.value === null ? [] : otherAnchors(PROFILE, pins.value.trust, told.value),
  );
  const state = computed((): AnchorState => (pins.value === null ? 'none' : changed.value.length > 0 ? 'changed' : 'pinned'));
  const pinned = computed(() => pins.value?.trust ?? null);
  const fingerprint = computed(() => {
    const trust = pinned.value ?? told.value;
    return trust === null ? '' : trustFingerprint(PROFILE, trust);
  });

  /** Reads what is pinned here and what the venue names. Without the latter, what is pinned stands all the same. */
  async function load(installation: string): Promise<void> {
    const before = changes;
    const [kept, named] = await Promise.all([loadPins(installation).catch(() => null), fetchTrust(http).catch(() => null)]);
    told.value = named;
    // What a person pinned or forgot meanwhile stands: what was read is older.
    if (changes === before) pins.value = kept;
  }

  /** The keys that are pinned, or those that the venue names while none are. */
  const shown = computed((): readonly Anchor[] => {
    const trust = pinned.value ?? told.value;
    return trust === null ? [] : anchorsOf(PROFILE, trust);
  });

  /** Takes a trust file. True when it is pinned now; else {@link problem} says why not. */
  async function importFile(installation: string, text: string): Promise<boolean> {
    problem.value = null;
    try {
      return await pin(readTrustChange(PROFILE, text, installation, pinned.value), 'file');
    } catch (error) {
      problem.value = asRequestError(error);
      return false;
    }
  }

  /** The person has compared the fingerprint of what the venue names with the printed one. Never takes the place of what is pinned. */
  async function pinCompared(): Promise<void> {
    if (told.value !== null && pins.value === null) await pin(told.value, 'compared');
  }

  async function pin(trust: Trust, by: Pins['by']): Promise<true> {
    const next = { trust, since: localInstant(), by };
    await keepPins(next);
    changes += 1;
    pins.value = next;
    return true;
  }

  async function forget(): Promise<void> {
    if (pinned.value !== null) await forgetPins(pinned.value.installation);
    changes += 1;
    pins.value = null;
    problem.value = null;
  }

  return { pins, pinned, told, changed, shown, state, fingerprint, problem, isShown, load, importFile, pinCompared, forget };
});
