import type { Archive } from '@app/archive';
import type { LotState } from '@app/evaluation';
import { actOf, disclosedAll, listedBids, manifestOf, own, recoverBox, ringOf } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import { openBox, openInner } from '@app/sealing';
import { Findings } from '../findings.js';
import type { CheckResult } from '../findings.js';

/**
 * The bids themselves. That every box was dealt honestly is part of asking the rules again; here the ciphertexts are opened with
 * what the keepers and bidders released, and every file is compared with the index that the bidder signed. `hashes` are those that the
 * blobs really have, by the names they bear.
 */
export async function checkBoxes(
  archive: Archive,
  state: LotState,
  profile: CryptoProfile,
  hashes: ReadonlyMap<string, string>,
): Promise<CheckResult[]> {
  const blobs = new Findings('blobs', 'every file is the one its name says, and belongs to the lot');
  const bids = new Findings('bids', 'every bid that was opened is the bid that was delivered, file by file');
  const named = new Set<string>();
  for (const [name, hash] of hashes) blobs.check(hash === name, `blobs/${name}`, 'the content has another hash');
  for (const { bid, bidder } of listedBids(state)) {
    const hash = own(state.bidding.bids, bid)?.ciphertext.hash ?? '';
    named.add(hash);
    const blob = archive.blobs.get(hash);
    if (blob === undefined || manifestOf(state, bid) === null) bids.hidden();
    else if (isOpened(state, bid)) openBid(state, profile, bid, bidder, await blob.read(0, blob.size), bids);
  }
  const { pool } = state.draw;
  if (pool !== null && pool.blob !== null) named.add(pool.blob);
  for (const hash of archive.blobs.keys()) blobs.check(named.has(hash), `blobs/${hash}`, 'no bid and no pool of this lot names it');
  return [blobs.result(), bids.result()];
}

const isOpened = (state: LotState, bid: string): boolean => own(state.opening.bids, bid)?.status === 'OPENED';

function openBid(state: LotState, profile: CryptoProfile, bid: string, bidder: string, ciphertext: Uint8Array, findings: Findings): void {
  const where = `bid of ${bidder}`;
  const manifest = manifestOf(state, bid);
  const act = actOf(state, bid);
  const listed = own(state.bidding.bids, bid);
  if (manifest === null || act === null || listed === undefined) return;
  const recovery = recoverBox(ringOf(state), manifest);
  if (recovery.status === 'waiting') {
    findings.hidden();
    return;
  }
  if (recovery.status === 'invalid') {
    findings.fail(where, recovery.fault.message);
    return;
  }
  const outer = openBox(profile, manifest, ciphertext, recovery.master);
  if (!outer.ok) {
    findings.fail(where, outer.fault.message);
    return;
  }
  const fileKey = disclosedAll(state, 'x:file-key').find(({ seq }) => own(state.secretEntries, String(seq))?.party === bidder)?.value;
  if (typeof fileKey !== 'string') {
    findings.hidden();
    return;
  }
  const { innerHeaderHash, indexCommitment } = listed;
  const inner = openInner(profile, outer.content, {
    origin: state.origin,
    bidder: act.creditCode,
    bid,
    fileKey,
    innerHeaderHash,
    indexCommitment,
  });
  if (!inner.ok) findings.fail(where, inner.fault.message);
  else findings.good(inner.bid.files.size);
}
