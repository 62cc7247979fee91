import type { Archive } from '@app/archive';
import type { LotState, OpenedBid } from '@app/evaluation';
import { deliveredBid, listedBids, manifestOf, own, recoverBox, ringOf, sheetOfText, zOpeningSheet } from '@app/evaluation';
import type { BidBox, ByteSource, CryptoProfile } from '@app/sealing';
import { extraction, innerHeaderHash, opening, passSource } from '@app/sealing';
import { Findings } from '../findings.js';
import type { CheckResult } from '../findings.js';

/**
 * The bids themselves. That every box was dealt honestly is part of asking the rules again; here the ciphertexts are opened with
 * what the keepers and bidders released, and every part is compared with the index that the bidder signed. Bids that were thrown out as
 * broken are opened again; `retested` says by bid what came of it. A bid is read once, from front to
 * back, and lies in memory at no time. `hashes` are those that the blobs really have, by the names they bear.
 */
export async function checkBoxes(
  archive: Pick<Archive, 'blobs'>,
  state: LotState,
  profile: CryptoProfile,
  hashes: ReadonlyMap<string, string>,
): Promise<{ readonly results: readonly CheckResult[]; readonly retested: ReadonlyMap<string, string> }> {
  const retested = new Map<string, string>();
  const blobs = new Findings('blobs', 'every file is the one its name says, and belongs to the lot');
  const bids = new Findings('bids', 'every bid that was opened is the bid that was delivered, and what was thrown out as broken is');
  const named = new Set<string>();
  for (const [name, hash] of hashes) blobs.check(hash === name, `blobs/${name}`, 'the content has another hash');
  for (const { bid, bidder } of listedBids(state)) {
    const hash = own(state.bidding.bids, bid)?.ciphertext.hash ?? '';
    named.add(hash);
    const blob = archive.blobs.get(hash);
    if (blob === undefined || manifestOf(state, bid) === null) {
      bids.hidden();
      retested.set(bid, 'not tested again: the bid is not here');
    } else {
      const listed: Listed = { state, profile, bid, bidder, where: `bid of ${bidder}`, ciphertext: blob };
      if (isOpened(state, bid)) await openBid(listed, bids);
      else if (isTestable(state, bid, bidder)) retested.set(bid, await testAgain(listed, bids));
      else retested.set(bid, 'nothing to test again: its bidder gave no key');
    }
  }
  const { pool } = state.draw;
  if (pool !== null && pool.blob !== null) named.add(pool.blob);
  for (const hash of archive.blobs.keys()) blobs.check(named.has(hash), `blobs/${hash}`, 'no bid and no pool of this lot names it');
  return { results: [blobs.result(), bids.result()], retested };
}

const statusOf = (state: LotState, bid: string): OpenedBid | undefined => own(state.opening.bids, bid);
const isOpened = (state: LotState, bid: string): boolean => statusOf(state, bid)?.status === 'OPENED';
/** Thrown out as broken, or by whatever sentence after its bidder had given the key: anybody can test that again. */
const isTestable = (state: LotState, bid: string, bidder: string): boolean => {
  const { status, result } = statusOf(state, bid) ?? { status: 'LOCKED', result: null };
  return result === 'FILE_CORRUPT' || (status.startsWith('FAILED') && hasDecrypted(state, bidder));
};
/** The bidder gave the key, whether or not this reader sees it. */
const hasDecrypted = (state: LotState, bidder: string): boolean =>
  Object.values(state.secretEntries).some(({ party, header }) => party === bidder && Object.hasOwn(header.parts, 'x:file-key'));

interface Listed {
  readonly state: LotState;
  readonly profile: CryptoProfile;
  readonly bid: string;
  readonly bidder: string;
  readonly where: string;
  readonly ciphertext: ByteSource;
}

async function openBid({ state, profile, bid, where, ciphertext }: Listed, findings: Findings): Promise<void> {
  const box = boxOf(state, bid);
  if (box !== null && 'fault' in box) {
    findings.fail(where, box.fault);
    return;
  }
  const delivered = deliveredBid(state, bid);
  if (box === null || delivered === null) {
    findings.hidden();
    return;
  }
  const opened = await passSource(opening(profile, box, delivered), ciphertext);
  if (opened.ok) findings.good(opened.value.index.parts.length);
  else findings.fail(where, `${opened.fault.code}: ${opened.fault.message}`);
}

/** A sentence throws no bid out: what was called broken is opened again as far as its keys are known. Answers what came of it. */
async function testAgain({ state, profile, bid, bidder, where, ciphertext }: Listed, findings: Findings): Promise<string> {
  const unseen = (): string => {
    findings.hidden();
    return 'not tested again: its keys are not shown here';
  };
  const box = boxOf(state, bid);
  if (box === null) return unseen();
  if ('fault' in box) {
    findings.good();
    return `tested again, its box is broken: ${box.fault}`;
  }
  const header = await passSource(extraction(profile, box), ciphertext);
  const begins =
    header.ok && header.value !== null && innerHeaderHash(profile, header.value) === own(state.bidding.bids, bid)?.innerHeaderHash;
  const delivered = deliveredBid(state, bid);
  if (begins && delivered === null && hasDecrypted(state, bidder)) return unseen();
  if (begins && delivered === null) {
    findings.fail(where, 'was thrown out as broken before its bidder gave the key, and what can be opened of it is whole');
    return 'tested again, what can be opened of it is whole';
  }
  const opened = begins && delivered !== null ? await passSource(opening(profile, box, delivered), ciphertext) : null;
  const isWhole = opened?.ok === true && zOpeningSheet.safeParse(sheetOfText(opened.value.texts.openingSheet)).success;
  findings.check(!isWhole, where, 'was thrown out, and it opens: every part is the one that the bidder signed');
  if (isWhole) return 'tested again, it opens';
  const fault = opened?.ok === false ? opened.fault : header.ok ? null : header.fault;
  return `tested again, it does not open: ${fault === null ? 'it is not what its bidder described' : `${fault.code}: ${fault.message}`}`;
}

/** Null while keepers' keys are missing or not visible. */
function boxOf(state: LotState, bid: string): BidBox | { readonly fault: string } | null {
  const manifest = manifestOf(state, bid);
  const recovery = manifest === null ? null : recoverBox(ringOf(state), manifest);
  if (manifest === null || recovery === null || recovery.status === 'waiting') return null;
  return recovery.status === 'invalid' ? { fault: recovery.fault.message } : { manifest, master: recovery.master };
}
