import type { Archive } from '@app/archive';
import type { LotState } from '@app/evaluation';
import { deliveredBid, listedBids, manifestOf, own, recoverBox, ringOf } from '@app/evaluation';
import type { ByteSource, CryptoProfile } from '@app/sealing';
import { opening, passSource } from '@app/sealing';
import { Findings } from '../findings.js';
import type { CheckResult } from '../findings.js';

/**
 * The bids themselves. That every box was dealt honestly is part of asking the rules again; here the ciphertexts are opened with
 * what the keepers and bidders released, and every part is compared with the index that the bidder signed. A bid is read once, from front to
 * back, and lies in memory at no time. `hashes` are those that the blobs really have, by the names they bear.
 */
export async function checkBoxes(
  archive: Archive,
  state: LotState,
  profile: CryptoProfile,
  hashes: ReadonlyMap<string, string>,
): Promise<CheckResult[]> {
  const blobs = new Findings('blobs', 'every file is the one its name says, and belongs to the lot');
  const bids = new Findings('bids', 'every bid that was opened is the bid that was delivered, part by part');
  const named = new Set<string>();
  for (const [name, hash] of hashes) blobs.check(hash === name, `blobs/${name}`, 'the content has another hash');
  for (const { bid, bidder } of listedBids(state)) {
    const hash = own(state.bidding.bids, bid)?.ciphertext.hash ?? '';
    named.add(hash);
    const blob = archive.blobs.get(hash);
    if (blob === undefined || manifestOf(state, bid) === null) bids.hidden();
    else if (isOpened(state, bid)) await openBid(state, profile, bid, bidder, blob, bids);
  }
  const { pool } = state.draw;
  if (pool !== null && pool.blob !== null) named.add(pool.blob);
  for (const hash of archive.blobs.keys()) blobs.check(named.has(hash), `blobs/${hash}`, 'no bid and no pool of this lot names it');
  return [blobs.result(), bids.result()];
}

const isOpened = (state: LotState, bid: string): boolean => own(state.opening.bids, bid)?.status === 'OPENED';

async function openBid(
  state: LotState,
  profile: CryptoProfile,
  bid: string,
  bidder: string,
  ciphertext: ByteSource,
  findings: Findings,
): Promise<void> {
  const where = `bid of ${bidder}`;
  const manifest = manifestOf(state, bid);
  if (manifest === null) return;
  const recovery = recoverBox(ringOf(state), manifest);
  if (recovery.status === 'invalid') {
    findings.fail(where, recovery.fault.message);
    return;
  }
  const delivered = deliveredBid(state, bid);
  if (recovery.status === 'waiting' || delivered === null) {
    findings.hidden();
    return;
  }
  const opened = await passSource(opening(profile, { manifest, master: recovery.master }, delivered), ciphertext);
  if (opened.ok) findings.good(opened.value.index.parts.length);
  else findings.fail(where, `${opened.fault.code}: ${opened.fault.message}`);
}
