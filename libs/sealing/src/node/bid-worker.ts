import { open, rm } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import type { BidPass, BidResult } from '../bid/open-bid.js';
import { extraction, opening, passSource } from '../bid/open-bid.js';
import type { SealedBid } from '../bid/seal-bid.js';
import { sealBid } from '../bid/seal-bid.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import { accelerate, profileOf } from '../profile/profiles.js';
import type { BidAnswer, BidTask, BidWork } from './bid-work.js';
import type { FileSource } from './file-source.js';
import { openFile } from './file-source.js';

/** The other thread of {@link BidThread}: one task after the other, a few chunks of a file in memory at a time. */
accelerate('gp-std-1', NODE_PRIMITIVES);

async function perform(task: BidTask): Promise<BidWork[keyof BidWork]['answer']> {
  const profile = profileOf(task.profile);
  if (task.kind === 'extract') return pass(extraction(profile, task.asked.box), task.asked.path);
  if (task.kind === 'open') return pass(opening(profile, task.asked.box, task.asked.delivered), task.asked.path);
  return seal(profile, task.asked);
}

async function pass<T>(over: BidPass<T>, path: string): Promise<BidResult<T>> {
  const source = await openFile(path, { overwrites: true });
  try {
    return await passSource(over, source);
  } finally {
    await source.close();
  }
}

/** The ciphertext is whole and on the disk, or not there. */
async function seal(profile: CryptoProfile, { request, to }: BidWork['seal']['asked']): Promise<SealedBid> {
  const sources: FileSource[] = [];
  try {
    const parts = [];
    for (const { path, ...facts } of request.parts) {
      const source = await openFile(path, { overwrites: true });
      sources.push(source);
      parts.push({ ...facts, source });
    }
    const out = await open(to, 'wx', 0o600);
    try {
      const sealed = await sealBid(profile, { ...request, parts }, async (pieces) => {
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
