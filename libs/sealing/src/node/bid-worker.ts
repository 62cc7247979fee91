import { open, rm } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import type { OpenedBid } from '../bid/bid-contents.js';
import type { BidPass, BidResult } from '../bid/open-bid.js';
import { extraction, opening, passSource, reopening } from '../bid/open-bid.js';
import type { SealedBid } from '../bid/seal-bid.js';
import { sealBid } from '../bid/seal-bid.js';
import { bytesAsSource } from '../container/byte-source.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { createProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import { accelerate, profileOf } from '../profile/profiles.js';
import type { BidAnswer, BidTask, BidWork } from './bid-work.js';
import type { FileSource } from './file-source.js';
import { openFile } from './file-source.js';
import { HashThread } from './hash-thread.js';

/** The other thread of {@link BidThread}: one task after the other, a few chunks of a file in memory at a time. */
accelerate('gp-std-1', NODE_PRIMITIVES);

/** Below it, handing bytes to another thread and waiting for its answer costs more than hashing them. */
const APART_BYTES_MIN = 4 * 1024 ** 2;
let hashes: HashThread | null = null;

/** The profile with which so many bytes are gone over. */
function profileFor(id: string, size: number): CryptoProfile {
  const profile = profileOf(id);
  if (size < APART_BYTES_MIN) return profile;
  const thread = (hashes ??= new HashThread());
  return createProfile(profile.id, { ...profile.primitives, newHash: () => thread.newHash() });
}

async function perform({ profile, kind, asked }: BidTask): Promise<BidWork[keyof BidWork]['answer']> {
  if (kind === 'extract') return pass(asked.path, (size) => extraction(profileFor(profile, size), asked.box));
  if (kind === 'open') return reopened(profile, asked);
  return seal(profile, asked);
}

/** A bid is opened after its outer layer was taken off; where that gives no bid, all of it is gone over for whose fault it is. */
async function reopened(profile: string, { path, box, delivered }: BidWork['open']['asked']): Promise<BidResult<OpenedBid>> {
  const again = await pass(path, (size) => reopening(profileFor(profile, size), box, delivered));
  return again.ok ? again : pass(path, (size) => opening(profileFor(profile, size), box, delivered));
}

async function pass<T>(path: string, begin: (size: number) => BidPass<T>): Promise<BidResult<T>> {
  const source = await openFile(path, { overwrites: true });
  try {
    return await passSource(begin(source.size), source);
  } finally {
    await source.close();
  }
}

/** The ciphertext is whole and on the disk, or not there. */
async function seal(profile: string, { request, to }: BidWork['seal']['asked']): Promise<SealedBid> {
  const sources: FileSource[] = [];
  try {
    const parts = [];
    for (const part of request.parts) {
      if ('content' in part) {
        parts.push({ ...part, source: bytesAsSource(part.content) });
        continue;
      }
      const { path, ...facts } = part;
      const source = await openFile(path, { overwrites: true });
      sources.push(source);
      parts.push({ ...facts, source });
    }
    const out = await open(to, 'wx', 0o600);
    try {
      const size = sources.reduce((sum, source) => sum + source.size, 0);
      const sealed = await sealBid(profileFor(profile, size), { ...request, parts }, async (pieces) => {
        await out.writev(pieces);
      });
      await out.sync();
      return sealed;
    } catch (error) {
      await rm(to, { force: true });
      throw error;
    } finally {
      await out.close();
    }
  } finally {
    for (const source of sources) await source.close();
  }
}

let last = Promise.resolve();
parentPort?.on('message', (task: BidTask) => {
  last = last.then(async () => {
    let answer: BidAnswer;
    try {
      answer = { id: task.id, value: await perform(task) };
    } catch (error) {
      answer = { id: task.id, error: error instanceof Error ? error.message : String(error) };
    }
    parentPort?.postMessage(answer);
  });
});
