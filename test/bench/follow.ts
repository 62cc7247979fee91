import 'reflect-metadata';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { printFigure, quantile } from './lib/figure.js';
import { sizeOption } from './lib/options.js';
import { type FollowFacts, type Go, type Gone, LOT, runBare, runVenue } from './lib/follow-venue.js';
import { Watchers } from './lib/watchers.js';

/**
 * One entry to everybody who follows its lot: from the commit until the last of 10, 100 and 1,000 watchers has it. They are of three classes
 * (agency, tenderer, supervisor), each with parts of its own. Floor: bare socket.io that sends the same bytes to as many. Three processes
 * (venue, floor, this one with all watchers), entries in turn. `--entries=10 --watchers=100` for a short run.
 */
const WATCHERS_MAX = sizeOption('watchers', 1_000);
const WATCHERS = [10, 100, 1_000].filter((count) => count <= WATCHERS_MAX);
const ENTRIES = sizeOption('entries', 100);
const WARM_UP = 5;
/** After an entry of the venue: what it tells of a lot's standing (150 ms later) must not fall into the next one. */
const PAUSE_MS = 300;
const RATIO_MAX = 1.5;

/** A server in a process of its own, with its watchers. */
class Hall {
  private constructor(
    private readonly child: ChildProcess,
    readonly watchers: Watchers,
  ) {}

  static async start(role: 'venue' | 'bare'): Promise<Hall> {
    const child = fork(import.meta.filename, [role], { stdio: 'inherit' });
    const { url, tokens } = await new Promise<FollowFacts>((resolve, reject) => {
      child.once('message', (message) => {
        resolve(message as FollowFacts);
      });
      child.once('exit', (code) => {
        reject(new Error(`${role} ended with ${String(code)}`));
      });
    });
    return new Hall(child, new Watchers(url, role === 'venue' ? { lot: LOT, round: 1 } : null, tokens));
  }

  /** Milliseconds from the commit to the last watcher. Throws when one of them does not get it. */
  once(go: Go): Promise<number> {
    return this.watchers.once(async () => {
      const gone = once(this.child, 'message');
      this.child.send(go);
      const [{ atMs }] = (await gone) as [Gone];
      return atMs;
    });
  }

  stop(): void {
    this.watchers.stop();
    this.child.kill('SIGTERM');
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

async function runClient(): Promise<void> {
  const venue = await Hall.start('venue');
  const bare = await Hall.start('bare');
  try {
    for (const watchers of WATCHERS) await measure(venue, bare, watchers);
  } finally {
    venue.stop();
    bare.stop();
  }
}

async function measure(venue: Hall, bare: Hall, watchers: number): Promise<void> {
  await venue.watchers.fill(watchers);
  await bare.watchers.fill(watchers);
  await pause();
  const ours: number[] = [];
  const other: number[] = [];
  for (let turn = 0; turn < ENTRIES + WARM_UP; turn += 1) {
    const a = await venue.once({ notice: null });
    await pause();
    const b = await bare.once({ notice: venue.watchers.last });
    if (turn < WARM_UP) continue;
    ours.push(a);
    other.push(b);
  }
  const p99 = { ours: quantile(ours, 0.99), other: quantile(other, 0.99) };
  const isJudged = watchers === 1_000;
  printFigure({
    bench: 'follow',
    figure: `p99 from the commit of an entry to the last of ${String(watchers)} watchers`,
    unit: 'ms',
    ...p99,
    otherIs: `bare socket.io broadcast of the same bytes to as many, same run, ${String(ENTRIES)} entries`,
    better: 'lower',
    goal: isJudged ? `ratio <= ${String(RATIO_MAX)}` : 'for reference',
    met: !isJudged || p99.ours <= p99.other * RATIO_MAX,
  });
}

// After the class, which is not there before its declaration.
if (process.argv[2] === 'venue') await runVenue();
else if (process.argv[2] === 'bare') runBare();
else await runClient();
