import 'reflect-metadata';
import { BIDS_MAX } from '@app/evaluation';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd } from './lib/crowd.js';
import { gatherCrowd, opinion, startMeeting, tokensOf } from './lib/crowd.js';
import { printFigure, quantile, seconds } from './lib/figure.js';
import { type FollowFacts, type Go, type Gone, runBare } from './lib/follow-venue.js';
import { sizeOption } from './lib/options.js';
import { type Watcher, Watchers } from './lib/watchers.js';

/**
 * A hall of as many bidders as a lot takes, each a party with a session of its own, and 1,000 sockets of theirs, at a whole running system: how
 * long it takes until all of them are in (before the meeting, and after a cut of every line), one entry to all of them beside a bare broadcast
 * of the same bytes, and what is missed when lines are cut while entries come. `--bidders=50 --sockets=50 --entries=20 --cuts=20` for a short run.
 */
const BIDDERS = sizeOption('bidders', BIDS_MAX);
const SOCKETS = sizeOption('sockets', 1_000);
const ENTRIES = sizeOption('entries', 100);
const CUTS = sizeOption('cuts', 100);
const SIGN_INS = sizeOption('sign-ins', 100);
const WARM_UP = 5;
/** A bid of a few hundred bytes takes so long with its keys, upload and acts. */
const SECONDS_A_BID = 0.12;
const JOIN_SECONDS_MAX = 10;
const RATIO_MAX = 1.5;
const PART_BYTES = 1_000;
/** After an entry: what the venue tells of a lot's standing and rights must not fall into the next one. */
const PAUSE_MS = 300;
/** Between two entries while lines are cut. */
const GAP_MS = 50;
const LEVEL_MS_MAX = 60_000;
const LOT = 'HALL-01';
const shared = { bench: 'hall', unit: 's', better: 'lower', other: null, otherIs: 'none' } as const;

async function main(): Promise<void> {
  const plan = { bidders: BIDDERS, partBytes: PART_BYTES, deadlineSeconds: 60 + Math.ceil(BIDDERS * SECONDS_A_BID) };
  const crowd = await gatherCrowd(LOT, plan);
  try {
    await measure(crowd);
  } finally {
    await crowd.end();
  }
}

async function measure(crowd: Crowd): Promise<void> {
  const { stage, bidders, system } = crowd;
  const tokens = await tokensOf(bidders);
  const hall = new Watchers(system.urls.main, { lot: LOT, round: 1 }, tokens);
  const bare = fork(import.meta.filename, ['bare'], { stdio: 'inherit' });
  const [{ url }] = (await once(bare, 'message')) as [FollowFacts];
  const floor = new Watchers(url, null, []);
  try {
    const joined = await seconds(() => hall.fill(SOCKETS, SOCKETS));
    printJoin(`${String(SOCKETS)} sockets of ${String(BIDDERS)} bidders enter the hall at once, each with every entry`, joined);
    const signing = bidders.slice(0, SIGN_INS);
    const met = await seconds(async () => {
      await startMeeting(crowd, signing);
      await level(hall, stage.state.size);
    });
    const figure = `the meeting begins, the list is published, ${String(signing.length)} of them sign in: every entry told to all`;
    printFigure({ ...shared, figure, ours: met, goal: 'shown, no goal', met: true });
    await floor.fill(SOCKETS);
    await broadcast(crowd, hall, floor, async (go) => {
      const gone = once(bare, 'message');
      bare.send(go);
      return ((await gone) as [Gone])[0].atMs;
    });
    await cutSome(crowd, hall);
    const back = await seconds(async () => {
      for (const watcher of hall.all) watcher.cut();
      await sleep(GAP_MS);
      await opinion(crowd);
      await level(hall, (await stage.sync()).size);
    });
    printJoin(`every line of ${String(SOCKETS)} is cut at once: all are back and level`, back);
    const sum = (count: (watcher: Watcher) => number): number => hall.all.reduce((total, one) => total + count(one), 0);
    const counted = (name: string, ours: number, goal: string, met: boolean): void => {
      printFigure({ ...shared, figure: name, unit: 'times', ours, goal, met });
    };
    const gaps = sum((one) => one.gaps);
    counted('an entry was missed by anybody', gaps, '0', gaps === 0);
    const refolds = sum((one) => one.refolds);
    counted('somebody read from the start after the first time', refolds, 'shown, no goal', true);
    const retries = sum((one) => one.retries);
    counted('the venue was too busy to answer, and was asked again', retries, 'shown, no goal', true);
  } finally {
    hall.stop();
    floor.stop();
    bare.kill('SIGTERM');
  }
}

function printJoin(figure: string, ours: number): void {
  printFigure({ ...shared, figure, ours, goal: `<= ${String(JOIN_SECONDS_MAX)} s`, met: ours <= JOIN_SECONDS_MAX });
}

/** Resolves when everybody has so many entries. Throws when somebody has not after a minute. */
async function level(hall: Watchers, size: number): Promise<void> {
  const end = performance.now() + LEVEL_MS_MAX;
  for (;;) {
    const behind = hall.all.filter(({ next }) => next < size).length;
    if (behind === 0) return;
    if (performance.now() > end) throw new Error(`${String(behind)} of ${String(hall.all.length)} are behind entry ${String(size)}`);
    await sleep(GAP_MS);
  }
}

/** One more entry; the time that the venue gave it, before it was committed, in milliseconds since 1970. */
async function timedOpinion(crowd: Crowd): Promise<number> {
  await opinion(crowd);
  return Date.parse((await crowd.stage.sync()).at ?? '');
}

async function broadcast(crowd: Crowd, hall: Watchers, floor: Watchers, bareOnce: (go: Go) => Promise<number>): Promise<void> {
  const ours: number[] = [];
  const other: number[] = [];
  for (let turn = 0; turn < ENTRIES + WARM_UP; turn += 1) {
    const a = await hall.once(() => timedOpinion(crowd));
    await sleep(PAUSE_MS);
    const b = await floor.once(() => bareOnce({ notice: hall.last }));
    if (turn < WARM_UP) continue;
    ours.push(a);
    other.push(b);
  }
  const p99 = { ours: quantile(ours, 0.99), other: quantile(other, 0.99) };
  printFigure({
    ...shared,
    ...p99,
    figure: `p99 from the time of an entry to the last of ${String(SOCKETS)} sockets`,
    unit: 'ms',
    otherIs: `bare socket.io broadcast of the same bytes to as many, same run, ${String(ENTRIES)} entries`,
    goal: `ratio <= ${String(RATIO_MAX)}`,
    met: p99.ours <= p99.other * RATIO_MAX,
  });
}

/** Lines are cut one after the other while entries come. */
async function cutSome(crowd: Crowd, hall: Watchers): Promise<void> {
  for (let cut = 0; cut < CUTS; cut += 1) {
    hall.all[Math.floor((cut * hall.all.length) / CUTS)]?.cut();
    if (cut % 5 === 0) await opinion(crowd);
    await sleep(GAP_MS);
  }
  await level(hall, (await crowd.stage.sync()).size);
}

if (process.argv[2] === 'bare') runBare();
else await main();
