import { parseCanonical } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { actOf, disclosedAll, manifestOf, own, recoverBox, ringOf } from '@app/evaluation';
import { checkBox, innerHeaderHash, innerHeaderOf, openBox, openInner } from '@app/sealing';
import type { NodeAct, Performer, Tools } from '../performer.js';

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

const COEFFICIENT = 'coefficient';
/** The main venue's share of K: committed before anybody else's, revealed with the draw. */
export const commitCoefficient: Performer = {
  command: 'opening.commit-coefficient',
  needsQuorum: false,
  act: ({ origin }, _duty, { profile, secrets }) => {
    const { salt, text } = secrets.nonce(origin, COEFFICIENT);
    return { payload: { commitment: profile.commitment(salt, text) } };
  },
};
export const drawCoefficient: Performer = {
  command: 'opening.draw-coefficient',
  needsQuorum: false,
  act: ({ origin }, _duty, { secrets }) => ({ payload: {}, openings: { nonce: secrets.nonce(origin, COEFFICIENT) } }),
};

/** What the outer box holds: the inner layer, or why there is none. Null while keys or the file are missing. */
async function innerOf(state: LotState, bid: string, { profile, blobs }: Tools): Promise<Found | null> {
  const manifest = manifestOf(state, bid);
  if (manifest === null) return null;
  const recovery = recoverBox(ringOf(state), manifest);
  if (recovery.status === 'waiting') return null;
  if (recovery.status === 'invalid' || checkBox(profile, manifest, recovery.master) !== null) return { kind: 'misdealt' };
  const ciphertext = await blobs.read(manifest.ciphertext.hash);
  if (ciphertext === null) return null;
  const box = openBox(profile, manifest, ciphertext, recovery.master);
  return box.ok ? { kind: 'inner', inner: box.content } : { kind: 'corrupt', reason: box.fault.message };
}
type Found = { kind: 'misdealt' } | { kind: 'corrupt'; reason: string } | { kind: 'inner'; inner: Uint8Array };

async function extraction(state: LotState, bid: string, tools: Tools): Promise<NodeAct | null> {
  const found = await innerOf(state, bid, tools);
  if (found === null) return null;
  // That a box was dealt dishonestly the rules find themselves; that its body is broken only whoever has the file.
  if (found.kind === 'misdealt') return { payload: { bid, innerHeader: null } };
  if (found.kind === 'corrupt') return corrupt(bid, found.reason);
  const innerHeader = innerHeaderOf(found.inner);
  if (innerHeader === null || innerHeaderHash(tools.profile, innerHeader) !== own(state.bidding.bids, bid)?.innerHeaderHash)
    return corrupt(bid, 'the inner layer does not begin with the header that the bidder signed');
  return { payload: { bid, innerHeader } };
}

const corrupt = (bid: string, explanation: string): NodeAct => ({
  type: 'opening.fail-bid',
  payload: { bid, result: 'FILE_CORRUPT', fault: 'BIDDER', explanation },
});

async function opening(state: LotState, bid: string, tools: Tools): Promise<NodeAct | null> {
  const listed = own(state.bidding.bids, bid);
  const found = await innerOf(state, bid, tools);
  if (listed === undefined || found?.kind !== 'inner') return null;
  const fileKey = disclosedAll(state, 'x:file-key').find(
    ({ seq }) => own(state.secretEntries, String(seq))?.party === listed.bidder,
  )?.value;
  if (typeof fileKey !== 'string') return null;
  const bidder = actOf(state, bid)?.creditCode ?? '';
  const opened = openInner(tools.profile, found.inner, {
    origin: state.origin,
    bidder,
    bid,
    fileKey,
    innerHeaderHash: listed.innerHeaderHash,
    indexCommitment: listed.indexCommitment,
  });
  if (opened.ok) {
    const { index, openingSheet } = opened.bid.texts;
    return { payload: { bid }, secrets: { index: parseCanonical(index), sheet: parseCanonical(openingSheet) } };
  }
  return corrupt(bid, opened.fault.message);
}
