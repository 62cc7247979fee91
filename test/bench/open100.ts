import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decrypt, release } from '../../tools/demo/src/acts/opening.js';
import { trusteesOf } from '../../tools/demo/src/acts/founding.js';
import { AgeTwice } from './lib/age.js';
import type { Crowd } from './lib/crowd.js';
import { gatherCrowd, OPINION, opinion, startMeeting, tokensOf } from './lib/crowd.js';
import { printFigure, quantile, seconds } from './lib/figure.js';
import { sizeOption } from './lib/options.js';
import { writeRandomFile } from './lib/random-file.js';
import { nowMs, Watchers } from './lib/watchers.js';

/**
 * 100 bids of 50 MiB opened in one hall of a whole running system: from the last trustee's key to the last bid opened, each bidder decrypting
 * as soon as its outer box is off, beside Debian's `age -d` run twice for each; and how long an entry takes to everybody meanwhile.
 * `--bidders=10 --mib=5` for a short run.
 */
const BIDDERS = sizeOption('bidders', 100);
const SIZE_MIB = sizeOption('mib', 50);
const MIB = 1024 ** 2;
const RATIO_MAX = 1.3;
const MESSAGE_MS_MAX = 100;
const OPINION_MS = 500;
/** Sealed and uploaded, a few at a time. */
const MIB_A_SECOND = 15;
const LOT = 'OPEN-100';
const shared = { bench: 'open100', better: 'lower' } as const;

async function main(): Promise<void> {
  const deadlineSeconds = 60 + Math.ceil((BIDDERS * SIZE_MIB) / MIB_A_SECOND);
  const crowd = await gatherCrowd(LOT, { bidders: BIDDERS, partBytes: SIZE_MIB * MIB, deadlineSeconds });
  try {
    await measure(crowd);
  } finally {
    await crowd.end();
  }
}

async function measure(crowd: Crowd): Promise<void> {
  const { stage, world, office, bidders, system } = crowd;
  await startMeeting(crowd, bidders);
  const tokens = await tokensOf(bidders);
  const messages: number[] = [];
  const hall = new Watchers(system.urls.main, { lot: LOT, round: 1 }, tokens, ({ type, at }) => {
    if (type === OPINION) messages.push(nowMs() - Date.parse(at));
  });
  await hall.fill(BIDDERS);
  const [last, ...others] = trusteesOf(office);
  if (last === undefined) throw new Error('no trustees');
  for (const trustee of others) await release(stage, office, trustee);
  const opened = new AbortController();
  const talking = (async () => {
    while (!opened.signal.aborted) {
      await opinion(crowd);
      await sleep(OPINION_MS);
    }
  })();
  const ours = await seconds(async () => {
    await release(stage, office, last);
    await decrypt(stage, world, bidders);
    await stage.until('every bid opened', ({ opening }) => opening.step === 'READ_OUT');
  });
  opened.abort();
  await talking;
  hall.stop();
  const other = await floor();
  printFigure({
    ...shared,
    figure: `${String(BIDDERS)} bids of ${String(SIZE_MIB)} MiB, from the last key to the last bid opened`,
    unit: 's',
    ours,
    other,
    otherIs: "Debian's age -d run twice on as many files of that size, same run",
    goal: `ratio <= ${String(RATIO_MAX)}`,
    met: ours <= other * RATIO_MAX,
  });
  const p99 = quantile(messages, 0.99);
  printFigure({
    ...shared,
    figure: 'p99 from the time of an entry to each of the bidders meanwhile',
    unit: 'ms',
    ours: p99,
    other: null,
    otherIs: 'none',
    goal: `<= ${String(MESSAGE_MS_MAX)} ms`,
    met: p99 <= MESSAGE_MS_MAX,
  });
}

async function floor(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-bench-open100-'));
  try {
    const content = join(folder, 'content');
    await writeRandomFile(content, SIZE_MIB * MIB);
    const age = new AgeTwice(folder);
    await age.seal(content);
    return await seconds(() => {
      for (let bid = 0; bid < BIDDERS; bid += 1) age.open();
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
