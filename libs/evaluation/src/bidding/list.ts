import { canonicalText, type JsonObject, type JsonValue, type LotEvent } from '@app/contracts';
import { z } from 'zod';
import { type Binding, bindingOf, profileFor } from '../lot/index.js';
import { disclosed, type LotState } from '../kernel/state.js';
import type { StandingBid } from './act-book.js';
import { type RecordedAct, zActs } from './commands.js';
import { standingAfter } from './acts.js';
import { type DroppedAct, zListFacts } from './events.js';
import { listedBids } from './selectors.js';

/** Part of the lock's entry that holds the list until it is told; its commitment in the header is what everybody sees of it. */
export const LIST_PART = 'd:list';

/** The list as the lock seals it: the acts by which bids stand, oldest delivery first. */
const zSealedList = z.strictObject({ acts: zActs, ...zListFacts });

export function sealedList(
  bids: readonly StandingBid<RecordedAct>[],
  acts: readonly RecordedAct[],
  dropped: readonly DroppedAct[],
): JsonObject {
  const count = (type: string): number => acts.filter(({ command: { type: given } }) => given === type).length;
  return {
    acts: bids.map(({ act }) => ({ ...act })),
    counts: {
      downloads: count('bidding.download'),
      deliveries: count('bidding.deliver'),
      replacements: count('bidding.replace'),
      withdrawals: count('bidding.withdraw'),
    },
    dropped: [...dropped],
    platform: [...new Set(acts.map(({ platform: { seq } }) => seq))].sort((a, b) => a - b),
  };
}

const bidderName = (index: number): string => `bidder-${index + 1}`;

/** The list as it is told: what comes of it in the log, and who bids. */
interface ToldList {
  readonly events: readonly LotEvent[];
  readonly derived: Readonly<Record<string, JsonValue>>;
  readonly bidders: readonly { readonly party: string; readonly name: string }[];
}

/**
 * Which bids stand, and who is who (电子招标投标办法 21, 29): whoever sees it may open {@link LIST_PART} and compare. Null when this reader
 * was not given the list.
 */
export function toldList(state: LotState, at: string): ToldList | null {
  const { seq, listSeq } = state.bidding;
  if (listSeq !== null) return { events: [], derived: {}, bidders: toldBefore(state) };
  const read = seq === null ? undefined : zSealedList.safeParse(disclosed(state, seq, LIST_PART));
  if (read?.success !== true) return null;
  const { acts, counts, dropped, platform } = read.data;
  const bids = acts.map((act, index) => listed(state, act, bidderName(index)));
  const admitted = acts.map((_act, index): LotEvent => {
    return { type: 'lot.party-admitted', party: bidderName(index), roles: ['bidder'], venue: null, seat: null };
  });
  return {
    events: [{ type: 'bidding.list-opened', at, bids, counts, dropped, platform }, ...admitted],
    derived: secrets(acts),
    bidders: acts.map(({ organisation }, index) => ({ party: bidderName(index), name: organisation.name })),
  };
}

/** A lot that was locked under an engine before 0.4.0: the lock told the list. */
const toldBefore = (state: LotState): ToldList['bidders'] =>
  listedBids(state).map(({ bidder }) => ({ party: bidder, name: bindingOf(state, bidder)?.organisation?.name ?? '' }));

function listed(state: LotState, act: RecordedAct, bidder: string): JsonObject {
  const delivery = standingAfter(act.command, null);
  if (delivery === null) throw new Error('an act on the list delivers a bid');
  const { bid, manifest, innerHeaderHash, indexCommitment } = delivery;
  return {
    bid,
    bidder,
    deliveredAt: act.at,
    manifestHash: profileFor(state).hashHex(canonicalText(manifest)),
    ciphertext: manifest.ciphertext,
    innerHeaderHash,
    indexCommitment,
  };
}

function secrets(acts: readonly RecordedAct[]): Record<string, JsonValue> {
  const parts: Record<string, JsonValue> = {};
  acts.forEach((act, index) => {
    const { person, organisation, certificate } = act;
    const binding: Binding = { party: bidderName(index), person, organisation, certificate, nodeKey: null };
    parts[`binding:${bidderName(index)}`] = binding;
    parts[`act:${standingAfter(act.command, null)?.bid ?? ''}`] = act;
  });
  return parts;
}
