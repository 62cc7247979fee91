import type { JsonObject } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { COEFFICIENT_PURPOSE, deliveredBid, manifestOf, bidSecrets, own, recoverBox, ringOf, sheetOfText } from '@app/evaluation';
import type { BidBox, BidCode, BidResult, CryptoProfile, OpenedBid } from '@app/sealing';
import { checkBox, innerHeaderHash, isBiddersFault } from '@app/sealing';
import type { NodeAct, Performer, Tools } from '../performer.js';
import { committedNonce, openedNonces, revealedNonce, sealedNonce } from './nonces.js';

/** What the platform does with bids (电子招标投标办法 30): takes the outer layer off, and reads what the bidder's key opened. */
export const extractBid: Performer = {
  command: 'opening.extract-bid',
  needsQuorum: false,
  isLong: true,
  act: (state, { subject: bid }, tools) => extraction(state, bid, tools),
};
export const openBid: Performer = {
  command: 'opening.open-bid',
  needsQuorum: false,
  isLong: true,
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

/** What is inside the outer box, or the fault that its bytes show; null while keys or the file are missing. */
async function extracted(state: LotState, bid: string, box: BidBox, { profile, bids }: BidTools): Promise<BidResult<string> | null> {
  const found = await bids.extract(box);
  if (found?.ok !== true) return found;
  if (found.value === null || innerHeaderHash(profile, found.value) !== own(state.bidding.bids, bid)?.innerHeaderHash)
    return { ok: false, fault: OTHER_HEADER };
  return { ok: true, value: found.value };
}
const OTHER_HEADER = { code: 'INNER_HEADER', message: 'the inner layer does not begin with the header that the bidder signed' } as const;

async function extraction(state: LotState, bid: string, tools: Tools): Promise<NodeAct | null> {
  const box = boxOf(state, bid, tools.profile);
  // That a box was dealt dishonestly the rules find themselves; that its body is broken only whoever has the file.
  if (box === 'misdealt') return { payload: { bid, innerHeader: null } };
  const found = box === null ? null : await extracted(state, bid, box, tools);
  if (found === null) return null;
  return found.ok ? { payload: { bid, innerHeader: found.value } } : corrupt(bid, found.fault);
}

/** What the bidder's key opens, with its opening sheet; null while something is missing. */
async function opened(state: LotState, bid: string, box: BidBox, { bids }: BidTools): Promise<BidResult<Opened> | null> {
  const delivered = deliveredBid(state, bid);
  if (delivered === null) return null;
  const found = await bids.open(box, delivered);
  if (found?.ok !== true) return found;
  const sheet = sheetOfText(found.value.texts.openingSheet);
  if (sheet === null) return { ok: false, fault: NO_SHEET };
  return { ok: true, value: { ...found.value, sheet, fileKey: delivered.fileKey } };
}
type Opened = OpenedBid & { readonly sheet: JsonObject; readonly fileKey: string };
const NO_SHEET = { code: 'PART', message: 'the opening sheet is no canonical JSON object' } as const;

async function opening(state: LotState, bid: string, tools: Tools): Promise<NodeAct | null> {
  const box = boxOf(state, bid, tools.profile);
  if (box === null || box === 'misdealt') return null;
  const found = await opened(state, bid, box, tools);
  if (found === null) return null;
  if (!found.ok) return corrupt(bid, found.fault);
  return { payload: { bid }, secrets: bidSecrets(state, found.value, found.value.sheet, found.value.fileKey) };
}

type BidTools = Pick<Tools, 'profile' | 'bids'>;

/**
 * Fact `fault` of `opening.fail-bid`: the bidder's fault that the bytes of this bid show when they are opened again, whoever says that they
 * are broken. Null where they show none.
 */
export async function fileFault(state: LotState, bid: string, tools: BidTools): Promise<{ code: BidCode; message: string } | null> {
  const box = boxOf(state, bid, tools.profile);
  const status = own(state.opening.bids, bid)?.status;
  if (box === null || box === 'misdealt') return null;
  let found: BidResult<unknown> | null = null;
  if (status === 'LOCKED') found = await extracted(state, bid, box, tools);
  if (status === 'DECRYPTED') found = await opened(state, bid, box, tools);
  return found === null || found.ok || !isBiddersFault(found.fault.code) ? null : { ...found.fault };
}

/** A fault that is not the bidder's is one of this node or its data, and no act: it throws. */
function corrupt(bid: string, { code, message }: { readonly code: BidCode; readonly message: string }): NodeAct {
  if (!isBiddersFault(code)) throw new Error(`bid ${bid}: ${code} ${message}`);
  return { type: 'opening.fail-bid', payload: { bid, result: 'FILE_CORRUPT', fault: 'BIDDER', explanation: message } };
}
