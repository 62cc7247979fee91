import type { JsonObject, JsonValue } from '@app/contracts';
import { canonicalText, toBase64Url } from '@app/contracts';
import type { Candidate, DrawSlot, Turn } from '@app/evaluation';
import {
  DRAW_PURPOSE,
  nextExpert,
  nextTurn,
  personSeal,
  plannedSlots,
  PoolList,
  sealedName,
  wantedNames,
  wantedPlaces,
} from '@app/evaluation';
import type { Play } from './cast.js';
import { openBoxes, submitBox } from './evaluation.js';
import { binding } from './founding.js';
import { publishKeys, releaseKeys } from './keepers.js';

const CONTRIBUTORS = ['agency', 'supervisor', 'node:main', 'node:supervision'];

/** Ties pseudonyms to persons: a node's secret of this lot. */
const MAPPING = toBase64Url(new Uint8Array(32).fill(7));
export const personOf = ({ table }: Pick<Play, 'table'>, candidate: string): { id: string; salt: string } => {
  const id = `person-of-${candidate}`;
  return { id, salt: personSeal(table.profile, MAPPING, id).salt };
};

/** The registry's candidates as the main venue keeps them: what the lot's log knows only by root and count. */
export const poolOf = ({ plan, table }: Play, candidates = 40): PoolList =>
  PoolList.of(
    table.profile,
    Array.from({ length: candidates }, (_, index) => {
      const id = `pool-${index + 1}`;
      const { slots } = plan;
      const codes = [slots[index % slots.length]?.specialty ?? 'A04', ['A04', 'A0803', 'A06', 'A08'][index % 4] ?? 'A04'];
      const { seal } = personSeal(table.profile, MAPPING, `person-of-${id}`);
      return { id, specialties: codes, city: slots[index % slots.length]?.city ?? '', person: seal };
    }),
  );

/** The fact of `draw.freeze-pool`. */
export function poolFact({ table }: Play, list: PoolList): JsonObject {
  const { root, count } = list;
  return { index: table.profile.hashHex('registry'), root, count, blob: table.profile.hashHex(list.bytes()), recused: 2 };
}

/** Does the engine in force keep the pool as root, count and file? Engine 0.1.0 keeps the list in the log. */
const isByReference = ({ table }: Play): boolean => table.run.choices('draw.record-call', 'outcome').length > 0;
/** Does it seal where who accepts will sit? Engines up to 0.3.0 say the seat in public. */
const isPlaceSealed = ({ table }: Play): boolean => table.run.takes('draw.record-call');

export function requestDraw({ table, plan }: Play, reason: string | null = null): void {
  askFor({ table }, plan.slots, { reason });
}

interface Asking {
  readonly reason?: string | null;
  readonly nonceParties?: readonly string[];
}
/** What `draw.request` says, in the form that the engine in force takes. */
export function requestOf({ table }: Pick<Play, 'table'>, slots: readonly DrawSlot[], asking: Asking = {}): DrawRequestAct {
  const { reason = null, nonceParties = CONTRIBUTORS } = asking;
  const plan = { slots: slots.map((slot) => ({ ...slot })), reason };
  // Engines up to 0.3.0 say the plan to everybody.
  if (!table.run.takes('draw.request')) return { payload: { ...plan, nonceParties: [...nonceParties] }, secrets: {} };
  return { payload: { nonceParties: [...nonceParties] }, secrets: { plan } };
}
interface DrawRequestAct {
  readonly payload: JsonObject;
  readonly secrets: Record<string, JsonValue>;
}

export function askFor(play: Pick<Play, 'table'>, slots: readonly DrawSlot[], asking: Asking = {}): void {
  const { payload, secrets } = requestOf(play, slots, asking);
  play.table.act('agency', 'draw.request', payload, { secrets });
}

/** Code of the refusal; null: accepted. */
export function requestRefusal(play: Pick<Play, 'table'>, slots: readonly DrawSlot[], asking: Asking = {}): string | null {
  const { payload, secrets } = requestOf(play, slots, asking);
  return play.table.refusal('agency', 'draw.request', payload, { secrets });
}

/** A contributor seals this nonce to the keepers. */
export function contribute(play: Play, name: string, content: JsonValue = `nonce-of-${name.replace(':', '-')}-0123456789`): void {
  submitBox(play, name, 'draw.contribute', DRAW_PURPOSE, content);
}

/** The keepers release, and the main venue opens every box. */
export function openNonces(play: Play): void {
  releaseKeys(play);
  openBoxes(play, 'draw.open-nonces', play.table.state.draw.boxes);
}

export function seedDraw(play: Play, list = poolOf(play)): void {
  if (!isByReference(play)) {
    seedByReveal(play, list);
    return;
  }
  publishKeys(play);
  for (const name of CONTRIBUTORS) contribute(play, name);
  freezePool(play, list);
  openNonces(play);
}

/** As under engine 0.1.0. */
function seedByReveal(play: Play, list: PoolList): void {
  const { table } = play;
  const nonce = (name: string): { readonly opening: { salt: string; text: string } } => ({
    opening: { salt: table.salt(`nonce of ${name}`), text: canonicalText(`nonce-of-${name.replace(':', '-')}-0123456789`) },
  });
  for (const name of CONTRIBUTORS) {
    const { salt, text } = nonce(name).opening;
    table.act(name, 'draw.commit-nonce', { commitment: table.profile.commitment(salt, text) });
  }
  freezePool(play, list);
  for (const name of CONTRIBUTORS) table.act(name, 'draw.reveal-nonce', {}, { secrets: { nonce: nonce(name) } });
}

export function freezePool(play: Play, list = poolOf(play)): void {
  const { table } = play;
  if (isByReference(play)) {
    table.act('node:main', 'draw.freeze-pool', {}, { facts: { pool: poolFact(play, list) }, secrets: { mapping: MAPPING } });
    return;
  }
  const candidates = list.candidates.map(({ id, specialties, city }) => ({ id, specialties, city }));
  table.act('node:main', 'draw.fix-pool', {}, { facts: { pool: { index: table.profile.hashHex('registry'), candidates, recused: 2 } } });
}

const orders = new WeakMap<PoolList, { readonly seed: string; readonly order: readonly Candidate[] }>();
/** Ten thousand candidates are put in order once, not once for each call. */
function orderOf(list: PoolList, seed: string): readonly Candidate[] {
  const known = orders.get(list);
  if (known?.seed === seed) return known.order;
  const order = list.drawn(seed);
  orders.set(list, { seed, order });
  return order;
}

/** Whose turn it is, as the main venue finds it in its list. */
export function turnIn({ table }: Pick<Play, 'table'>, list: PoolList): Turn | null {
  const { pool, seed } = table.state.draw;
  const known = pool?.listed == null ? list : PoolList.of(table.profile, pool.listed);
  const next = seed === null ? null : nextTurn(table.state, orderOf(known, seed));
  return next === null ? null : known.turn(next.candidate, next.slot.slot);
}

/** Payload and secrets of a call with this outcome; whoever accepts becomes the next expert. */
export function callOf(play: Play, turn: Turn, outcome: string): { payload: JsonObject; secrets: Record<string, JsonValue> } {
  const { table } = play;
  const { id: candidate, person: seal } = turn.record;
  const isAccepted = outcome === 'ACCEPTED';
  const name = nextExpert(table.state);
  const seat = isAccepted ? `pod-${name}` : null;
  const call = {
    candidate,
    outcome,
    reason: isAccepted ? null : 'BUSY',
    evidence: table.profile.hashHex(`call to ${candidate}`),
  };
  const payload = isPlaceSealed(play) ? { ...call, place: isAccepted ? sealedName(table.state, turn.slot) : null } : { ...call, seat };
  const person = personOf(play, candidate);
  const who = { ...binding(name, `employer-of-${candidate}`, table.registry), person: { id: person.id, name: `某${name}` } };
  const bound = isAccepted ? { binding: who } : {};
  if (!isByReference(play)) return { payload, secrets: bound };
  const venue = plannedSlots(table.state).find(({ slot }) => slot === turn.slot)?.venue ?? '';
  const sits = isPlaceSealed(play) && isAccepted ? { seat: { venue, seat } } : {};
  return { payload, secrets: { turn: { ...turn }, ...(seal === null ? {} : { person }), ...bound, ...sits } };
}

/**
 * The venue's machine calls whoever is due; the first of all decline, the rest accept. Ends when every place is filled or nobody is left.
 */
export function contactExperts(play: Play, declines = 1, list = poolOf(play)): void {
  const { table } = play;
  const type = isByReference(play) ? 'draw.record-call' : 'draw.record-contact';
  let left = declines;
  for (let turn = turnIn(play, list); turn !== null; turn = turnIn(play, list)) {
    const { payload, secrets } = callOf(play, turn, left > 0 ? 'DECLINED' : 'ACCEPTED');
    left -= 1;
    table.act('node:main', type, payload, { secrets });
  }
  if (isByReference(play) && wantedPlaces(table.state) > 0)
    table.act('node:main', 'draw.record-exhaustion', isPlaceSealed(play) ? { places: wantedNames(table.state) ?? [] } : {});
}
