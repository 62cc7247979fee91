import { listedBids } from '@app/evaluation';
import type { Clock } from '@app/platform';
import type { Office } from './acts/founding.js';
import { found, LONG_DEADLINE_SECONDS, trusteeKeys } from './acts/founding.js';
import { award, compare } from './acts/award.js';
import { bidders, deliverAll, type Bidder } from './acts/bidding.js';
import { drawExperts, seatMembers, type Member } from './acts/draw.js';
import { evaluate } from './acts/evaluation.js';
import { openBids } from './acts/opening.js';
import type { World } from './cast-of-lot.js';
import { actorAt, foundingParties } from './cast-of-lot.js';
import type { LotPlan } from '@app/testing/lots';
import type { Actor, StageFacts } from './stage.js';
import { Stage } from './stage.js';
import { isBeforeDeadline, LeftToPeople, type StageName } from './stages.js';
import { Timeline } from './timeline.js';

/** What is played: which lot, under which name, by the companies from which number on, until where (null: to the contract). */
export interface Performance {
  readonly lot: LotPlan;
  readonly name: string;
  readonly firstCompany: number;
  readonly until: StageName | null;
  /** Seconds from the creation to the deadline for bids, where the play goes beyond it. */
  readonly deadlineSeconds?: number;
  readonly timeline?: Timeline;
}

/** How far it came, and who is behind which party of the lot. */
export interface Played {
  readonly stage: Stage;
  readonly cast: ReadonlyMap<string, string>;
}

/** Where a new lot is played. A lot's name is its own for ever, so a second performance gets a number. Without a timeline nobody is told of it. */
export const stageFacts = (
  { profile, shelf, installation }: World,
  lot: string,
  clock: Clock,
  timeline = new Timeline(lot, () => undefined),
): StageFacts => ({ profile, shelf, installation, origin: `${installation}/lot/${lot}/1`, lot, round: 1, clock, timeline });

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
export const witnessesOf = (world: World): Promise<Actor[]> =>
  Promise.all(['sub-1', 'sub-2'].map((venue) => actorAt(world, `witness-${venue}`, `witness-${venue}`, venue)));

/** Plays a lot from its creation to where it is left to people, or to the contract; then it is compared with its worked numbers. */
export async function playLot(world: World, performance: Performance, clock: Clock): Promise<Played> {
  const { lot, name, firstCompany, until, timeline = new Timeline(lot.id) } = performance;
  const stage = new Stage({ ...stageFacts(world, name, clock, timeline), until });
  const all = isBeforeDeadline(until) ? [] : await bidders(world, lot, firstCompany, clock.instant());
  let members: readonly Member[] = [];
  try {
    await play(stage, world, performance, all, (seated) => (members = seated));
    for (const line of compare(stage, lot, all)) stage.facts.timeline.note(line);
  } catch (error) {
    if (!(error instanceof LeftToPeople)) throw error;
  }
  return { stage, cast: castOf(stage, lot, all, members) };
}

async function play(
  stage: Stage,
  world: World,
  { lot, until, deadlineSeconds }: Performance,
  all: readonly Bidder[],
  seat: (members: readonly Member[]) => void,
): Promise<void> {
  const { timeline } = stage.facts;
  const office = await officeFor(world, lot);
  stage.observeAs(office.supervisor.client);
  timeline.head(`${lot.name}　发布`);
  await found(stage, world, lot, office, isBeforeDeadline(until) ? LONG_DEADLINE_SECONDS : deadlineSeconds);
  timeline.head('投标');
  await deliverAll(stage, world, lot, all);
  timeline.head('开标');
  await openBids(stage, world, office, await witnessesOf(world), all);
  timeline.head('抽取专家');
  await drawExperts(stage, world, lot, office);
  timeline.head('评标');
  const members = await seatMembers(stage, world, lot);
  seat(members);
  await evaluate(stage, world, lot, office, all, members);
  timeline.head('定标');
  await award(stage, lot, office, all);
}

/** Party → person of the demonstration. */
function castOf(stage: Stage, lot: LotPlan, all: readonly Bidder[], members: readonly Member[]): ReadonlyMap<string, string> {
  const named = foundingParties(lot).flatMap(({ party, person }) => (person === null ? [] : [[party, person] as const]));
  const bids = listedBids(stage.state);
  const listed = all.flatMap(({ made, person }) =>
    bids.filter(({ bid }) => bid === made?.id).map(({ bidder }) => [bidder, person.id] as const),
  );
  return new Map([...named, ...listed, ...members.map(({ party, id }) => [party, id] as const)]);
}
