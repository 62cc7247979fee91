import { parseCanonical } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { actOf, disclosedAll, listedBids, manifestOf, own, recoverBox, ringOf } from '@app/evaluation';
import { checkBox, innerHeaderHash, innerHeaderOf, openBox, openInner } from '@app/sealing';
import type { Duty, NodeAct, Tools } from '../duty.js';
import { MAIN_PARTY } from '../duty.js';

/** Extraction, opening and the end of the window: what the platform does with bids (电子招标投标办法 30). */
export const openingDuties: readonly Duty[] = [
  {
    name: 'extract a bid',
    needsQuorum: false,
    due: async (state, _now, tools) => {
      if (!isDecrypting(state)) return null;
      for (const { bid } of listedBids(state)) {
        if (own(state.opening.bids, bid)?.status !== 'LOCKED') continue;
        const act = await extraction(state, bid, tools);
        if (act !== null) return act;
      }
      return null;
    },
  },
  {
    name: 'open a bid',
    needsQuorum: false,
    due: async (state, _now, tools) => {
      if (!isDecrypting(state)) return null;
      for (const { bid } of listedBids(state)) {
        if (own(state.opening.bids, bid)?.status === 'DECRYPTED') return opening(state, bid, tools);
      }
      return null;
    },
  },
  {
    name: 'close the decryption window',
    needsQuorum: false,
    due: (state, now) => {
      const { step, paused, bids, decryptUntil } = state.opening;
      if (state.status !== 'OPENING' || step !== 'DECRYPTING' || paused !== null) return null;
      const statuses = Object.values(bids).map(({ status }) => status);
      if (statuses.includes('LOCKED') || statuses.includes('DECRYPTED')) return null;
      const isOver = decryptUntil !== null && now >= decryptUntil;
      return isOver || !statuses.includes('EXTRACTED') ? { type: 'opening.close-decryption', payload: {} } : null;
    },
  },
  {
    name: 'commit to a contribution for K',
    needsQuorum: false,
    due: (state, _now, { profile, secrets }) => {
      if (!isDrawing(state) || own(state.opening.coefficient.commits, MAIN_PARTY) !== undefined) return null;
      const { salt, text } = secrets.nonce(state.origin, 'coefficient');
      return { type: 'opening.commit-coefficient', payload: { commitment: profile.commitment(salt, text) } };
    },
  },
  {
    name: 'draw K',
    needsQuorum: false,
    due: (state, _now, { secrets }) => {
      const { commits, reveals, closedAt, value } = state.opening.coefficient;
      if (!isDrawing(state) || closedAt === null || value !== null) return null;
      const waiting = Object.keys(commits).filter((party) => party !== MAIN_PARTY && own(reveals, party) === undefined);
      if (waiting.length > 0) return null;
      return { type: 'opening.draw-coefficient', payload: {}, openings: { nonce: secrets.nonce(state.origin, 'coefficient') } };
    },
  },
];

const isDrawing = (state: LotState): boolean => state.status === 'OPENING' && state.opening.step === 'COEFFICIENT_DRAW';
const isDecrypting = ({ status, opening: { step, paused } }: LotState): boolean =>
  status === 'OPENING' && paused === null && (step === 'LIST_PUBLISHED' || step === 'DECRYPTING');

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
  if (found.kind === 'misdealt') return { type: 'opening.extract-bid', payload: { bid, innerHeader: null } };
  if (found.kind === 'corrupt') return corrupt(bid, found.reason);
  const innerHeader = innerHeaderOf(found.inner);
  if (innerHeader === null || innerHeaderHash(tools.profile, innerHeader) !== own(state.bidding.bids, bid)?.innerHeaderHash)
    return corrupt(bid, 'the inner layer does not begin with the header that the bidder signed');
  return { type: 'opening.extract-bid', payload: { bid, innerHeader } };
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
    return { type: 'opening.open-bid', payload: { bid }, secrets: { index: parseCanonical(index), sheet: parseCanonical(openingSheet) } };
  }
  return corrupt(bid, opened.fault.message);
}
