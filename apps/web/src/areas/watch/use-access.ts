import { asRequestError, RequestError, signWish } from '@app/client';
import {
  ACCESS_COMMANDS,
  type AccessCommand,
  type AccessEntry,
  accessOrigin,
  type JsonObject,
  type Looked,
  type SignedCommand,
} from '@app/contracts';
import { generateKeeperKey, type KeeperKey } from '@app/sealing';
import { computed, ref, shallowRef, type ComputedRef } from 'vue';
import { identityOf, readAnswer } from '../../core/commands/act.js';
import { type Holder, useSessionStore } from '../../core/identity/session.js';
import { useClockStore } from '../../core/installation/clock.js';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { localInstant } from '../../utils/monotonic.js';
import { fetchAccess, sendAccess } from './api.js';
import { accessFacts } from './model/marks.js';
import { SegmentKeys } from './model/segment-keys.js';

/** Why a venue gave no keys. */
export interface Refused {
  readonly venue: string;
  readonly problem: RequestError;
}

/**
 * The access log (查阅日志) of the page's lot, and acts in it as `party`. A look or an export is on the record before its keys come; the keys stay in memory. What
 * got no answer is sent again as it was signed.
 */
export function useAccess(open: ComputedRef<OpenLot>, party: ComputedRef<string | null>) {
  const { http } = useVenue();
  const session = useSessionStore();
  const clock = useClockStore();
  const entries = shallowRef<readonly AccessEntry[]>([]);
  const facts = computed(() => accessFacts(entries.value));
  const keys = shallowRef<SegmentKeys | null>(null);
  const refused = shallowRef<readonly Refused[]>([]);
  const problem = shallowRef<RequestError | null>(null);
  const isWorking = ref(false);
  let pending: { readonly what: string; readonly signed: SignedCommand; readonly key: KeeperKey } | null = null;

  async function readLog(): Promise<void> {
    try {
      entries.value = await fetchAccess(http, open.value.name);
    } catch (error) {
      problem.value = asRequestError(error);
    }
  }

  /** What came of it once it is on the record; null where it is not. `payload`: without the key that keys are sealed to, which is made here. */
  async function act(type: AccessCommand, payload: JsonObject): Promise<Looked | null> {
    if (isWorking.value) return null;
    isWorking.value = true;
    problem.value = null;
    try {
      const what = JSON.stringify([type, payload]);
      if (pending?.what !== what) pending = { what, ...(await sign(open.value, session.holder, party.value, type, payload)) };
      const looked = await send(pending);
      await readLog();
      return looked;
    } catch (error) {
      problem.value = asRequestError(error);
      // Without an answer it may be on the record; with a refusal it is not.
      if (!problem.value.isPassing) pending = null;
      return null;
    } finally {
      isWorking.value = false;
    }
  }

  async function send({ signed, key }: { readonly signed: SignedCommand; readonly key: KeeperKey }): Promise<Looked> {
    const { name, profile, state } = open.value;
    const looked = await sendAccess(http, name, signed);
    readAnswer({ profile, answerKey: clock.installation?.answerKey ?? '' }, looked.answer);
    const held = new SegmentKeys(state?.origin ?? '', keys.value);
    const without: Refused[] = [];
    for (const given of looked.keys) {
      const { venue } = given;
      if ('code' in given) without.push({ venue, problem: new RequestError(given.code, given.message) });
      else if (!held.add(profile, venue, given.sealed, key)) without.push({ venue, problem: new RequestError('MALFORMED', 'keys') });
    }
    if (looked.keys.length > 0) {
      keys.value = held;
      refused.value = without;
    }
    // A venue that is cut off gives its keys to the same look later.
    if (without.every((one) => one.problem.code !== 'UNAVAILABLE')) pending = null;
    return looked;
  }

  return { entries, facts, keys, refused, problem, isWorking, readLog, act };
}

/** Signs an act of the access log, with a key of its own where keys are asked for. Throws {@link RequestError} for another form. */
async function sign(
  { state, profile }: Pick<OpenLot, 'state' | 'profile'>,
  holder: Holder | null,
  party: string | null,
  type: AccessCommand,
  payload: JsonObject,
): Promise<{ signed: SignedCommand; key: KeeperKey }> {
  if (state === null || holder === null || party === null) throw new RequestError('UNAUTHENTICATED', 'nobody is here');
  const key = generateKeeperKey(profile);
  const isLook = type === 'access.look' || type === 'access.export';
  const whole = isLook ? { ...payload, recipient: key.publicKey } : payload;
  const checked = ACCESS_COMMANDS[type].safeParse(whole);
  if (!checked.success) throw new RequestError('E_INPUT', checked.error.issues[0]?.message ?? '');
  const installation = state.origin.split('/')[0] ?? '';
  const target = { origin: accessOrigin(installation, state.lot, state.round), lot: state.lot, round: state.round };
  const wish = { type, payload: whole, party, at: localInstant(), basis: 0 };
  return { signed: await signWish(profile, identityOf(holder), target, wish), key };
}

export type Access = ReturnType<typeof useAccess>;
