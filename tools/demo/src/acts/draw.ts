import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import { DRAW_PURPOSE, keeperPlan, openPlaces, placeOf, ringOf } from '@app/evaluation';
import { boxContext, sealBox } from '@app/sealing';
import type { World } from '../cast-of-lot.js';
import { actorAt, REPRESENTATIVES, seated } from '../cast-of-lot.js';
import type { LotPlan } from '@app/testing/lots';
import { patiently } from '../patience.js';
import { randomNonce } from '../people.js';
import type { Actor, Stage } from '../stage.js';
import type { Office } from './founding.js';

/** A member of the committee at his seat: the certificate for legal acts, a session key for ordinary ones. */
export interface Member {
  readonly party: string;
  /** Id of the person in the demonstration. */
  readonly id: string;
  readonly seat: string;
  readonly person: Actor;
  readonly workstation: Actor;
}

const CITY: Readonly<Record<string, string>> = { main: '永康', 'sub-1': '杭州', 'sub-2': '温州' };
const CONTRIBUTORS = ['agency', 'supervisor', 'node:main'] as const;

/** 专家抽取: plan, sealed nonces of agency, supervisor and the main venue's node, then the venue calls whoever is drawn. Waits until every place is taken. */
export async function drawExperts(stage: Stage, world: World, lot: LotPlan, office: Office): Promise<void> {
  await stage.leaveAt('draw');
  const specialty = lot.regime === 'TENDER_LAW' ? 'A' : 'B';
  const slots = lot.slots.map(({ slot, venue }) => ({ slot, specialty, city: CITY[venue] ?? null, venue }));
  await stage.act(office.agency, 'draw.request', `申请抽取专家 ${slots.length} 名`, {
    payload: { nonceParties: [...CONTRIBUTORS] },
    secrets: { plan: { slots, reason: null } },
  });
  await stage.until('every keeper’s key for the draw', (state) => ringOf(state).keepers(DRAW_PURPOSE).missing === null);
  for (const actor of [office.agency, office.supervisor]) {
    const { state } = stage;
    const { threshold } = keeperPlan(state, DRAW_PURPOSE);
    const context = boxContext(state.origin, actor.party, DRAW_PURPOSE);
    const request = { purpose: DRAW_PURPOSE, context, threshold, keepers: ringOf(state).keepers(DRAW_PURPOSE).keepers };
    const { manifest, ciphertext } = sealBox(world.profile, request, utf8(canonicalText(randomNonce(world.profile))));
    await stage.act(actor, 'draw.contribute', '密封提交抽取随机数', {
      payload: { manifest },
      secrets: { ciphertext: toBase64Url(ciphertext) },
    });
  }
  await stage.until('every expert called', (state) => state.draw.seed !== null && openPlaces(state) === 0);
}

/** Experts, then representatives, in the order of their names: the columns of the worked tables. */
export async function seatMembers(stage: Stage, world: World, lot: LotPlan): Promise<Member[]> {
  const isGov = lot.regime === 'GOV_PROCUREMENT';
  const representatives = (isGov ? REPRESENTATIVES.slice(1) : REPRESENTATIVES.slice(0, 1)).map((person, index) => {
    const party = `representative-${index + 1}`;
    return { person, party, ...placeOf(stage.state, party) };
  });
  const experts = await findExperts(stage, world);
  const members: Member[] = [];
  for (const { person, party, ...place } of [...experts, ...representatives]) {
    const venue = place.venue ?? 'main';
    const seat = place.seat ?? `${venue}-r1-s7`;
    const actor = await actorAt(world, person, party, venue);
    members.push({ party, id: person, seat, person: actor, workstation: seated(world, actor, person, stage, seat) });
  }
  return members;
}

interface Called {
  readonly person: string;
  readonly party: string;
  readonly venue: string;
  readonly seat: string | null;
}

/** Drawn experts learn it from their own list of calls: nobody else is told their names. */
async function findExperts(stage: Stage, world: World): Promise<Called[]> {
  const found: Called[] = [];
  for (const id of [...world.people.keys()].filter((name) => /^expert-\d+$/.test(name))) {
    const { client } = await actorAt(world, id, id, 'main');
    const call = (await patiently(() => client.calls())).find(
      ({ signIn }) => signIn?.lot === stage.facts.lot && signIn.round === stage.facts.round,
    );
    if (call?.signIn != null) found.push({ person: id, party: call.signIn.party, venue: call.venue, seat: call.seat });
  }
  return found.sort((a, b) => a.party.localeCompare(b.party, 'en', { numeric: true }));
}
