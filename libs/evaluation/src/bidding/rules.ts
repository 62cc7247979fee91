import { canonicalText, type JsonValue, type LotEvent } from '@app/contracts';
import { type Binding, bindingAudience, failed, ownersAudience, profileFor, ruleSetOf } from '../lot/index.js';
import { accept, type Audience, command, type Decision, refuse } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { zNothing } from '../kernel/fields.js';
import { replayActs, type StandingBid } from './act-book.js';
import { type RecordedAct, zActs } from './commands.js';
import type { DroppedAct } from './events.js';
import { isListPublished } from './selectors.js';

/** Part `act:<bid>`, the signed delivery: its bidder, the supervisor; everybody when the list is published. */
const actsAudience: Audience = (viewer, state, entry, part) =>
  ownersAudience(viewer, state, entry, part) || (viewer.party !== null && viewer.roles.includes('node'));

const actAudience: Audience = (viewer, state, entry, part) => {
  if (ownersAudience(viewer, state, entry, part) || isListPublished(state)) return true;
  const bid = own(state.bidding.bids, part.slice('d:act:'.length));
  return viewer.party !== null && bid?.bidder === viewer.party;
};

export const biddingCommands = {
  'bidding.lock': command({
    schema: zNothing,
    secrets: { acts: zActs },
    roles: ['node'],
    states: ['SUBMISSION_OPEN'],
    assurance: 'node',
    // Who downloaded, replaced or withdrew is for the supervisor (电子招标投标办法 21) and for the nodes, whose keys go by this entry.
    audience: { 'x:acts': actsAudience, 'd:act:*': actAudience, 'd:binding:*': bindingAudience },
    decide: (state, { party, opened }, { at }): Decision => {
      if (party !== 'node:main') return refuse('FORBIDDEN', 'the main venue locks the lot');
      // 电子招标投标办法 27, 29: at the deadline instant, never before; the opening follows at once.
      if (at < (state.setup.schedule?.deadline ?? '')) return refuse('E_TOO_EARLY', 'the deadline has not come');
      const acts = zActs.safeParse(opened['acts']);
      if (!acts.success) return refuse('E_INPUT', 'secrets.acts: missing');
      const { bids, dropped } = replayActs(state, acts.data);
      const events = listed(state, bids, acts.data, dropped, at);
      const few = bids.length < ruleSetOf(state).thresholds.bidsMin;
      // 招标投标法 28, 条例 44, 87号令 41: fewer than three, no opening (A-109, B-018, B-033).
      if (few) events.push(failed(at, 'LT3_SUBMITTED', `${bids.length} bids at the deadline; they stay sealed and are returned`));
      return accept(events, secrets(bids));
    },
  }),
} as const;

const bidderName = (index: number): string => `bidder-${index + 1}`;

function listed(
  state: LotState,
  bids: readonly StandingBid<RecordedAct>[],
  acts: readonly RecordedAct[],
  dropped: readonly DroppedAct[],
  at: string,
): LotEvent[] {
  const count = (type: string): number => acts.filter(({ command: { type: given } }) => given === type).length;
  return [
    {
      type: 'bidding.list-opened',
      at,
      bids: bids.map(({ delivery: { bid, manifest, innerHeaderHash, indexCommitment }, act }, index) => ({
        bid,
        bidder: bidderName(index),
        deliveredAt: act.at,
        manifestHash: profileFor(state).hashHex(canonicalText(manifest)),
        ciphertext: manifest.ciphertext,
        innerHeaderHash,
        indexCommitment,
      })),
      counts: {
        downloads: count('bidding.download'),
        deliveries: count('bidding.deliver'),
        replacements: count('bidding.replace'),
        withdrawals: count('bidding.withdraw'),
      },
      dropped: [...dropped],
      platform: [...new Set(acts.map(({ platform: { seq } }) => seq))].sort((a, b) => a - b),
    },
    ...bids.map((_, index): LotEvent => ({
      type: 'lot.party-admitted',
      party: bidderName(index),
      roles: ['bidder'],
      venue: null,
      seat: null,
    })),
  ];
}

function secrets(bids: readonly StandingBid<RecordedAct>[]): Record<string, JsonValue> {
  const parts: Record<string, JsonValue> = {};
  bids.forEach(({ delivery, act }, index) => {
    const { person, organisation, certificate } = act;
    const binding: Binding = { party: bidderName(index), person, organisation, certificate, nodeKey: null };
    parts[`binding:${bidderName(index)}`] = binding;
    parts[`act:${delivery.bid}`] = act;
  });
  return parts;
}
