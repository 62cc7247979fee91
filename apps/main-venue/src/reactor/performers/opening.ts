import { parseCanonical } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { COEFFICIENT_PURPOSE, deliveredBid, manifestOf, own, partKeySecrets, recoverBox, ringOf } from '@app/evaluation';
import type { BidBox, BidCode, CryptoProfile } from '@app/sealing';
import { checkBox, innerHeaderHash, isBiddersFault } from '@app/sealing';
import type { NodeAct, Performer, Tools } from '../performer.js';
import { committedNonce, openedNonces, revealedNonce, sealedNonce } from './nonces.js';

/** What the platform does with bids (电子招标投标办法 30): takes the outer layer off, and reads what the bidder's key opened. */
export const extractBid: Performer = {
  command: 'opening.extract-bid',
  needsQuorum: false,
  act: (state, { subject: bid }, tools) => extraction(state, bid, tools),
};
export const openBid: Performer = {
  command: 'opening.open-bid',
  needsQuorum: false,
  act: (state, { subject: bid }, tools) => opening(state, bid, tools),
};

/** The draw of K (系数抽取). */
export const contributeToK = sealedNonce('opening.contribute', COEFFICIENT_PURPOSE);
export const openContributions = openedNonces('opening.open-contributions', ({ opening: { coefficient } }) => coefficient.boxes);
/** Of a lot under engine 0.2.0 or earlier. */
export const commitCoefficient = committedNonce('opening.commit-coefficient', COEFFICIENT_PURPOSE);
export const drawCoefficient = revealedNonce('opening.draw-coefficient', COEFFICIENT_PURPOSE, false);

/** The outer box with the master that keepers gave. Null while keys are missing; `misdealt` where the rules themselves find it so. */
function boxOf(state: LotState, bid: string, profile: CryptoProfile): BidBox | 'misdealt' | null {
  const manifest = manifestOf(state, bid);
  if (manifest === null) return null;
  const recovery = recoverBox(ringOf(state), manifest);
  if (recovery.status === 'waiting') return null;
  if (recovery.status === 'invalid' || checkBox(profile, manifest, recovery.master) !== null) return 'misdealt';
  return { manifest, master: recovery.master };
}

async function extraction(state: LotState, bid: string, { profile, bids }: Tools): Promise<NodeAct | null> {
  const box = boxOf(state, bid, profile);
  // That a box was dealt dishonestly the rules find themselves; that its body is broken only whoever has the file.
  if (box === 'misdealt') return { payload: { bid, innerHeader: null } };
  const found = box === null ? null : await bids.extract(box);
  if (found === null) return null;
  if (!found.ok) return corrupt(bid, found.fault);
  if (found.value === null || innerHeaderHash(profile, found.value) !== own(state.bidding.bids, bid)?.innerHeaderHash)
    return corrupt(bid, { code: 'INNER_HEADER', message: 'the inner layer does not begin with the header that the bidder signed' });
  return { payload: { bid, innerHeader: found.value } };
}

async function opening(state: LotState, bid: string, { profile, bids }: Tools): Promise<NodeAct | null> {
  const delivered = deliveredBid(state, bid);
  const box = boxOf(state, bid, profile);
  if (delivered === null || box === null || box === 'misdealt') return null;
  const found = await bids.open(box, delivered);
  if (found === null) return null;
  if (!found.ok) return corrupt(bid, found.fault);
  const { index, texts } = found.value;
  const keys = partKeySecrets(state, index, delivered.fileKey);
  return { payload: { bid }, secrets: { index: parseCanonical(texts.index), sheet: parseCanonical(texts.openingSheet), ...keys } };
}

/** A fault that is not the bidder's is one of this node or its data, and no act: it throws. */
function corrupt(bid: string, { code, message }: { readonly code: BidCode; readonly message: string }): NodeAct {
  if (!isBiddersFault(code)) throw new Error(`bid ${bid}: ${code} ${message}`);
  return { type: 'opening.fail-bid', payload: { bid, result: 'FILE_CORRUPT', fault: 'BIDDER', explanation: message } };
}
