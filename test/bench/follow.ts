import 'reflect-metadata';
import type { Ack } from '@app/contracts';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { io, type Socket } from 'socket.io-client';
import { within } from './lib/child.js';
import { printFigure, quantile } from './lib/figure.js';
import { sizeOption } from './lib/options.js';
import { type FollowFacts, type Go, type Gone, LOT, type Notice, nowMs, runBare, runVenue } from './lib/follow-venue.js';

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
/** A watcher that has not got its notice after this long never gets it. */
const NOTICE_MS_MAX = 60_000;
const RATIO_MAX = 1.5;

/** A server with its watchers. */
class Hall {
  #waiting: { left: number; done: (lastMs: number) => void } | null = null;
  #last: Notice | null = null;
  #gone: ((gone: Gone) => void) | null = null;
  readonly #sockets: Socket[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly facts: FollowFacts,
  ) {
    child.on('message', (message) => this.#gone?.(message as Gone));
  }

  static async start(role: 'venue' | 'bare'): Promise<Hall> {
    const child = fork(import.meta.filename, [role], { stdio: 'inherit' });
    const facts = await new Promise<FollowFacts>((resolve, reject) => {
      child.once('message', (message) => {
        resolve(message as FollowFacts);
      });
      child.once('exit', (code) => {
        reject(new Error(`${role} ended with ${String(code)}`));
      });
    });
    return new Hall(child, facts);
  }

  async fill(count: number): Promise<void> {
    while (this.#sockets.length < count) this.#sockets.push(await this.#watcher(this.#sockets.length));
  }

  /** The newest notice, as it came. */
  get last(): Notice | null {
    return this.#last;
  }

  /** Milliseconds from the commit to the last watcher. Throws when one of them does not get it. */
  async once(go: Go): Promise<number> {
    const lastMs = new Promise<number>((resolve) => (this.#waiting = { left: this.#sockets.length, done: resolve }));
    const gone = new Promise<Gone>((resolve) => (this.#gone = resolve));
    this.child.send(go);
    const [end, { atMs }] = await within(Promise.all([lastMs, gone]), NOTICE_MS_MAX, () => {
      const deaf = this.#sockets.filter((socket) => !socket.connected).length;
      return `${String(this.#waiting?.left)} of ${String(this.#sockets.length)} watchers got no notice, ${String(deaf)} have lost their line`;
    });
    return end - atMs;
  }

  stop(): void {
    for (const socket of this.#sockets) socket.disconnect();
    this.child.kill('SIGTERM');
  }

  async #watcher(index: number): Promise<Socket> {
    const token = this.facts.tokens[index % Math.max(1, this.facts.tokens.length)];
    const socket = io(`${this.facts.url}/lots`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: token === undefined ? {} : { token },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    if (token !== undefined) await watch(socket);
    socket.on('entries:appended', (notice: Notice) => {
      this.#last = notice;
      if (this.#waiting === null) return;
      this.#waiting.left -= 1;
      if (this.#waiting.left === 0) this.#waiting.done(nowMs());
    });
    return socket;
  }
}

/** Follows from the end of the log on. */
async function watch(socket: Socket): Promise<void> {
  const asked = (from: number): Promise<Parameters<Ack<{ size: number }>>[0]> =>
    new Promise((resolve) => socket.emit('lot:watch', { lot: LOT, round: 1, from }, resolve));
  const first = await asked(0);
  const reply = first.ok ? await asked(first.data.size) : first;
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
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
  await venue.fill(watchers);
  await bare.fill(watchers);
  await pause();
  const ours: number[] = [];
  const other: number[] = [];
  for (let turn = 0; turn < ENTRIES + WARM_UP; turn += 1) {
    const a = await venue.once({ notice: null });
    await pause();
    const b = await bare.once({ notice: venue.last });
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
