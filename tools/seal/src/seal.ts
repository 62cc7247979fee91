import { openingSheetOf, partsToSeal, sealedBidFile } from '@app/bid-making';
import { type KeeperKey, unwrapFileKey } from '@app/sealing';
import { BidThread } from '@app/sealing/node';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { BidToSeal } from './bid-file.js';
import type { SealingBidder } from './bidder.js';
import type { LotToBid } from './lot.js';
import { Refusal } from './refusal.js';

/** The two files that are handed in. */
export interface SealedFiles {
  readonly bid: string;
  readonly statement: string;
  readonly ciphertext: string;
  /** SHA-256 of the ciphertext, as the receipt will name it, and its bytes. */
  readonly hash: string;
  readonly size: number;
}

/** Seals into a folder as the page does, opens what it made by the bidder's own key (试解密), and signs what it is. */
export async function seal(
  lot: LotToBid,
  draft: BidToSeal,
  bidder: SealingBidder & { readonly bidKey: KeeperKey },
  { folder, at }: { readonly folder: string; readonly at: string },
): Promise<SealedFiles> {
  const { bidKey } = bidder;
  const { profile, keepers, threshold } = lot;
  const bid = v7();
  const owner = { origin: lot.state.origin, bidder: bidder.creditCode };
  const [statement, ciphertext] = [join(folder, `${bid}.json`), join(folder, `${bid}.age`)];
  const files = draft.parts.map((part) => ({ type: part.type, title: part.title, path: draft.pathOf(part) }));
  const parts = partsToSeal(openingSheetOf(draft.sheet), files);
  await mkdir(folder, { recursive: true });
  const thread = new BidThread(profile);
  try {
    const request = { ...owner, bid, encryptionPublicKey: bidKey.publicKey, keepers, threshold, parts };
    const sealed = await thread.seal({ request, to: ciphertext });
    if (unwrapFileKey(profile, sealed.innerHeader, bidKey.privateKey) === null)
      throw new Refusal('E_KEY_MISMATCH', 'the encryption key of the identity file does not open what was sealed to it');
    const made = sealedBidFile(bidder.signer, owner, { bid, at, sealed });
    await writeFile(statement, `${JSON.stringify(made, null, 2)}\n`, { flag: 'wx' });
    return { bid, statement, ciphertext, ...sealed.manifest.ciphertext };
  } catch (error) {
    await rm(ciphertext, { force: true });
    throw error;
  } finally {
    await thread.close();
  }
}
