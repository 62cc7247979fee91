import type { Clock } from '@app/platform';
import type { Office } from './acts/founding.js';
import { found, trusteeKeys } from './acts/founding.js';
import { award, compare } from './acts/award.js';
import { bidders, deliverAll } from './acts/bidding.js';
import { drawExperts, seatMembers } from './acts/draw.js';
import { evaluate } from './acts/evaluation.js';
import { openBids } from './acts/opening.js';
import type { World } from './cast-of-lot.js';
import { actorAt } from './cast-of-lot.js';
import type { LotPlan } from '@app/testing/lots';
import type { Actor } from './stage.js';
import { Stage } from './stage.js';
import { Timeline } from './timeline.js';

/** A stage for a new lot. A lot's name is its own for ever, so a second performance gets a number. */
export function stageFor(world: World, lot: LotPlan, name: string, clock: Clock): Stage {
  const origin = `${world.installation}/lot/${name}/1`;
  return new Stage({
    profile: world.profile,
    shelf: world.shelf,
    installation: world.installation,
    origin,
    lot: name,
    round: 1,
    clock,
    timeline: new Timeline(lot.id),
  });
}

export async function officeFor(world: World, lot: LotPlan): Promise<Office> {
  const isGov = lot.regime === 'GOV_PROCUREMENT';
  const [agency, tenderer, supervisor] = await Promise.all([
    actorAt(world, 'host', 'agency', 'main'),
    actorAt(world, isGov ? 'purchaser-rep' : 'tenderer-rep', 'tenderer', 'main'),
    actorAt(world, 'supervisor', 'supervisor', 'main'),
  ]);
  return { agency, tenderer, supervisor, trusteeKeys: trusteeKeys(world) };
}

/** 见证人员 of the sub-venues, once their sites know the lot. */
const witnessesOf = (world: World): Promise<Actor[]> =>
  Promise.all(['sub-1', 'sub-2'].map((venue) => actorAt(world, `witness-${venue}`, `witness-${venue}`, venue)));

/** Plays a lot from its creation to the contract and compares it with its worked numbers. */
export async function playLot(world: World, lot: LotPlan, name: string, firstCompany: number, clock: Clock): Promise<Stage> {
  const stage = stageFor(world, lot, name, clock);
  const { timeline } = stage.facts;
  const office = await officeFor(world, lot);
  const all = await bidders(world, lot, firstCompany, clock.instant());
  stage.observeAs(office.supervisor.client);
  timeline.head(`${lot.name}　发布`);
  await found(stage, world, lot, office);
  timeline.head('投标');
  await deliverAll(stage, world, lot, all);
  timeline.head('开标');
  await openBids(stage, world, office, await witnessesOf(world), all);
  timeline.head('抽取专家');
  await drawExperts(stage, world, lot, office);
  timeline.head('评标');
  await evaluate(stage, world, lot, office, all, await seatMembers(stage, world, lot));
  timeline.head('定标');
  await award(stage, lot, office, all);
  for (const line of compare(stage, lot, all)) timeline.note(line);
  return stage;
}
