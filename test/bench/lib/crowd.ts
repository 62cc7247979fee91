import { PROSPECTIVE } from '@app/evaluation';
import { SystemClock } from '@app/platform';
import type { SealedBid } from '@app/sealing';
import { makeBid, openingSheetPart, profileOf } from '@app/sealing';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Bidder } from '../../../tools/demo/src/acts/bidding.js';
import { actBeforeDeadline, delivery, listed, openingSheet, sealedFor } from '../../../tools/demo/src/acts/bidding.js';
import { found, type Office } from '../../../tools/demo/src/acts/founding.js';
import type { World } from '../../../tools/demo/src/cast-of-lot.js';
import { actorAt, personOf } from '../../../tools/demo/src/cast-of-lot.js';
import { makeIdentities } from '../../../tools/demo/src/identities/make-identities.js';
import { writeIdentities } from '../../../tools/demo/src/identities/write-identities.js';
import { officeFor, stageFacts, witnessesOf } from '../../../tools/demo/src/play-lot.js';
import type { Actor } from '../../../tools/demo/src/stage.js';
import { Stage } from '../../../tools/demo/src/stage.js';
import { readWorld } from '../../../tools/demo/src/world.js';

/** A whole installation, every process its own, with a lot that very many companies bid for. */
export interface Crowd {
  readonly system: RunningSystem;
  readonly world: World;
  readonly stage: Stage;
  readonly office: Office;
  readonly witnesses: readonly Actor[];
  readonly bidders: readonly Bidder[];
  end(): Promise<void>;
}

export interface CrowdPlan {
  readonly bidders: number;
  /** Of the technical part of each bid. */
  readonly partBytes: number;
  /** From the creation of the lot to its deadline: all bids are made and uploaded in it. */
  readonly deadlineSeconds: number;
}

const INSTALLATION = 'gongping.demo';
/** Bids that are made, uploaded and handed in at a time. */
const TOGETHER = 8;
/** What an installation allows to one address, or one minute, when a thousand companies sit at one machine. */
const LIMITS = {
  LOG_LEVEL: 'error',
  ACTS_PER_MINUTE_MAX: '100000',
  CHALLENGES_PER_MINUTE_MAX: '1000000',
  LOGINS_REFUSED_PER_MINUTE_MAX: '1000000',
  UPLOADS_PER_MINUTE_MAX: '1000000',
  WATCHES_PER_MINUTE_MAX: '1000000',
  SOCKETS_ANONYMOUS_MAX: '100000',
  SOCKETS_ANONYMOUS_PER_ADDRESS_MAX: '100000',
};

const say = (line: string): void => void process.stderr.write(`  ${line}\n`);

/** Founds the lot, has everybody bid, and waits for the lock at the deadline. */
export async function gatherCrowd(lot: string, plan: CrowdPlan): Promise<Crowd> {
  const home = mkdtempSync(join(tmpdir(), 'gongping-crowd-'));
  const clock = new SystemClock();
  writeIdentities(
    home,
    await makeIdentities(profileOf('gp-std-1'), { installation: INSTALLATION, at: clock.instant(), urls: {}, crowd: plan.bidders }),
  );
  const system = await startSystem({ home, quiet: true, env: LIMITS });
  try {
    const world = await readWorld(home, JSON.stringify(system.urls));
    const stage = new Stage(stageFacts(world, lot, clock));
    const office = await officeFor(world, TV_E2E_01);
    stage.observeAs(office.supervisor.client);
    const bidders = await Promise.all(Array.from({ length: plan.bidders }, (_none, index) => bidderOf(world, index)));
    await found(stage, world, TV_E2E_01, office, plan.deadlineSeconds);
    say(`${String(plan.bidders)} companies bid`);
    await together(bidders, (bidder) => deliver(stage, world, bidder, plan.partBytes));
    say('all bids are in; the deadline comes');
    await untilInstant(stage.state.setup.schedule?.deadline ?? '');
    await stage.until('the lock at the deadline', ({ status }) => status === 'SUBMISSION_CLOSED');
    return { system, world, stage, office, witnesses: await witnessesOf(world), bidders, end: () => endSystem(system) };
  } catch (error) {
    await endSystem(system);
    throw error;
  }
}

/** Does it for all, a few at a time. */
async function together<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
    }),
  );
}

/** A session for each. */
export async function tokensOf(bidders: readonly Bidder[]): Promise<string[]> {
  const tokens: string[] = [];
  await together(bidders, async ({ actor }) => tokens.push((await actor.client.login()).token));
  return tokens;
}

/** The meeting begins, the list is published, and those of the bidders sign in. */
export async function startMeeting({ stage, office, witnesses }: Crowd, signing: readonly Bidder[]): Promise<void> {
  await stage.act(office.agency, 'opening.start', '');
  for (const actor of [office.tenderer, ...witnesses]) await stage.act(actor, 'opening.sign-in', '');
  await stage.act(office.agency, 'opening.publish-list', '');
  await stage.until('the published list', ({ opening }) => opening.step !== 'STARTED');
  await together(signing, (bidder) => stage.act(listed(stage, bidder), 'opening.sign-in', ''));
  await stage.sync();
}

export const OPINION = 'lot.give-opinion';

/** One more entry. */
export const opinion = ({ stage, office }: Crowd): Promise<void> =>
  stage.act(office.supervisor, OPINION, '', { payload: { text: 'a remark of usual length', target: 'schedule' } });

async function bidderOf(world: World, index: number): Promise<Bidder> {
  const id = `crowd-${String(index + 1).padStart(4, '0')}`;
  const person = personOf(world, id);
  const bid = {
    letter: id,
    company: person.organisation ?? id,
    price: `${String(9_000_000 + index)}.00`,
    duration: '180',
    lead: person.name,
  };
  return { bid, person, actor: await actorAt(world, id, PROSPECTIVE, 'main'), parts: [], made: null };
}

/** Only what proves the bid is kept of it: a hundred of fifty megabytes do not fit beside each other. */
async function deliver(stage: Stage, world: World, bidder: Bidder, partBytes: number): Promise<void> {
  const id = v7();
  await actBeforeDeadline(stage, bidder, 'bidding.download', '', { package: stage.state.setup.documentPackage });
  const technical = { type: 'TECHNICAL' as const, title: '技术标', media: 'application/pdf', content: new Uint8Array(partBytes) };
  const { ciphertext, ...made } = makeBid(world.profile, {
    ...sealedFor(stage, bidder.person, id),
    parts: [openingSheetPart(openingSheet(TV_E2E_01, bidder.bid)), technical],
  });
  await bidder.actor.client.upload(made.manifest.ciphertext.hash, ciphertext, { lot: stage.facts.lot });
  const sealed: SealedBid & { id: string } = { ...made, id };
  await actBeforeDeadline(stage, bidder, 'bidding.deliver', '', delivery(sealed));
  bidder.made = sealed;
}

const untilInstant = (instant: string): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(instant) - Date.now())));
