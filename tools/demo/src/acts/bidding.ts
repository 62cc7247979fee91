import type { JsonObject } from '@app/contracts';
import { signWish } from '@app/client';
import { capitalAmount, keeperPlan, ringOf, listedBids, PROSPECTIVE } from '@app/evaluation';
import type { BidRequest, MadeBid, PartInMemory, SealedBid } from '@app/sealing';
import { makeBid, openingSheetPart } from '@app/sealing';
import { v7 } from 'uuid';
import type { World } from '../cast-of-lot.js';
import { actorAt, personOf } from '../cast-of-lot.js';
import { bidParts } from '../files/bid-parts.js';
import type { LotPlan, PlannedBid } from '@app/testing/lots';
import type { DemoPerson } from '../people.js';
import type { Actor, Stage } from '../stage.js';

/** A bidder with what only it holds. Before the lock it acts without a name of the lot. */
export interface Bidder {
  readonly bid: PlannedBid;
  readonly person: DemoPerson;
  readonly actor: Actor;
  /** Written before the lot is published: a real bidder has weeks for it, a demonstration seconds. */
  readonly parts: readonly PartInMemory[];
  made: (SealedBid & { readonly id: string }) | null;
}

const QUALITY = { construction: '合格', 'water-works': '合格', goods: '符合国家标准', services: '合格' } as const;

/** Companies are numbered through both lots, in the order of their bids. */
export async function bidders(world: World, lot: LotPlan, firstCompany: number, at: string): Promise<Bidder[]> {
  return Promise.all(
    lot.bids.map(async (bid, index) => {
      const id = `bidder-${String(firstCompany + index).padStart(2, '0')}`;
      const actor = await actorAt(world, id, PROSPECTIVE, 'main');
      return { bid, person: personOf(world, id), actor, parts: await bidParts(lot, bid, at), made: null };
    }),
  );
}

/** 下载招标文件, 编制并加密投标文件, 上传, 递交; one of them replaces its bid. */
export async function deliverAll(stage: Stage, world: World, lot: LotPlan, all: readonly Bidder[]): Promise<void> {
  const { documentPackage } = stage.state.setup;
  for (const bidder of all) {
    await actBeforeDeadline(stage, bidder, 'bidding.download', '下载招标文件', { package: documentPackage });
    await deliver(stage, world, lot, bidder);
  }
  const [first] = all;
  if (first?.made === null || first === undefined) return;
  await deliver(stage, world, lot, first, first.made.id);
}

/** Seals, uploads and hands in; `replaces`: the bid that was handed in before. */
async function deliver(stage: Stage, world: World, lot: LotPlan, bidder: Bidder, replaces?: string): Promise<void> {
  const made = make(stage, world, lot, bidder);
  bidder.made = made;
  await bidder.actor.client.upload(made.manifest.ciphertext.hash, made.ciphertext, { lot: stage.facts.lot });
  if (replaces === undefined)
    await actBeforeDeadline(stage, bidder, 'bidding.deliver', `递交加密投标文件（${made.ciphertext.length} 字节）`, delivery(made));
  else await actBeforeDeadline(stage, bidder, 'bidding.replace', '撤换投标文件', { ...delivery(made), replaces });
}

function make(stage: Stage, world: World, lot: LotPlan, { bid, person, parts }: Bidder): MadeBid & { id: string } {
  const id = v7();
  const made = makeBid(world.profile, {
    ...sealedFor(stage, person, id),
    parts: [openingSheetPart(openingSheet(lot, bid)), ...parts],
  });
  return { ...made, id };
}

/** Whose bid it is, and to whom it is sealed. */
export const sealedFor = ({ facts, state }: Stage, person: DemoPerson, bid: string): Omit<BidRequest, 'parts'> => ({
  origin: facts.origin,
  bidder: person.creditCode ?? '',
  bid,
  encryptionPublicKey: person.encryptionPublicKey,
  keepers: ringOf(state).keepers('bids').keepers,
  threshold: keeperPlan(state, 'bids').threshold,
});

export const openingSheet = (lot: LotPlan, bid: PlannedBid): JsonObject => ({
  v: 1,
  price: bid.price,
  priceWords: capitalAmount(bid.price) ?? '',
  duration: `${bid.duration} 日历天`,
  quality: QUALITY[lot.projectType],
  projectLead: bid.lead,
  validityDays: 90,
  security: { kind: '电子保函', amount: '20000.00' },
  claims: { smallMicro: bid.smallMicro === true, domestic: false },
});

export const delivery = ({ id, manifest, innerHeaderHash, indexCommitment }: SealedBid & { id: string }): JsonObject => ({
  bid: id,
  manifest,
  innerHeaderHash,
  indexCommitment,
});

/** Acts before the deadline go to the platform log: the answer is a receipt, no entry of the lot. */
export async function actBeforeDeadline(stage: Stage, bidder: Bidder, type: string, label: string, payload: JsonObject): Promise<void> {
  const { profile, installation, lot, round, clock, timeline } = stage.facts;
  const { actor } = bidder;
  const wish = { type, payload, party: PROSPECTIVE, at: clock.instant(), basis: 0 };
  const signed = await signWish(profile, actor.identity, { origin: `${installation}/platform`, lot, round }, wish);
  const { outcome } = await actor.client.submit(signed);
  if (!outcome.ok) throw new Error(`${actor.name} ${type}: ${outcome.code} ${outcome.message}`);
  timeline.line(outcome.at, null, actor.venue, bidder.bid.company, label, type);
}

/** The bidder under the name that the opened list gave it. */
export function listed(stage: Stage, bidder: Bidder): Actor {
  const found = listedBids(stage.state).find(({ bid }) => bid === bidder.made?.id);
  if (found === undefined) throw new Error(`${bidder.bid.company} is not on the list`);
  return { ...bidder.actor, party: found.bidder, name: bidder.bid.company };
}

export const partyOf = (stage: Stage, all: readonly Bidder[], letter: string): string => {
  const bidder = all.find(({ bid }) => bid.letter === letter);
  if (bidder === undefined) throw new Error(`there is no bid ${letter}`);
  return listed(stage, bidder).party;
};
