import 'reflect-metadata';
import type { Ack, Answer, SignedCommand } from '@app/contracts';
import { signWish } from '@app/client';
import { platformOrigin, PROSPECTIVE } from '@app/evaluation';
import { SystemClock } from '@app/platform';
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { INSTALLATION, profile } from '../../apps/main-venue/test/support/people.js';
import type { Pair } from './lib/figure.js';
import { medianPair, printFigure, printRatio, quantile } from './lib/figure.js';
import type { FloodBidder, FloodFacts } from './lib/flood-venue.js';
import { runFloodVenue } from './lib/flood-venue.js';
import { sizeOption } from './lib/options.js';

/**
 * The last minute before a deadline: 100 bidders send five acts each over socket.io to a booted main venue with its own limits, in a lot where
 * one more party sends 5,000, and in a lot where nobody does; each act when it is due, whatever became of the one before. In turn, each time in
 * a lot of its own. `--flood=500 --bidders=20 --seconds=10 --repetitions=1` for a short run.
 */
const FLOOD = sizeOption('flood', 5_000);
const BIDDERS = sizeOption('bidders', 100);
const SECONDS = sizeOption('seconds', 60);
const REPETITIONS = sizeOption('repetitions', 3);
const ACTS_EACH = 5;
const FLOOD_CONNECTIONS = 20;
const WARM_UP_SECONDS = 5;
/** Warm-up and each repetition: one lot with the flood, one without. */
const LOTS = 2 * (REPETITIONS + 1);
const RATIO_MAX = 1.5;
const DOWNLOAD = { package: '0'.repeat(64) };
const clock = new SystemClock();

type Reply = Parameters<Ack<Answer>>[0];

interface Minute {
  /** Milliseconds from sending to the answer, of everybody but who floods. */
  readonly waits: readonly number[];
  /** Acts of the flood that were recorded, and that were turned away. */
  readonly taken: number;
  readonly refused: number;
}

if (process.argv[2] === 'venue') await runFloodVenue(LOTS, BIDDERS + 1);
else await runClients();

async function runClients(): Promise<void> {
  const sizes = [`--bidders=${String(BIDDERS)}`, `--repetitions=${String(REPETITIONS)}`];
  const child = fork(import.meta.filename, ['venue', ...sizes], { stdio: 'inherit' });
  try {
    const facts = await new Promise<FloodFacts>((resolve, reject) => {
      child.once('message', (message) => {
        resolve(message as FloodFacts);
      });
      child.once('exit', (code) => {
        reject(new Error(`the venue ended with ${String(code)}`));
      });
    });
    await measure(facts);
  } finally {
    child.kill('SIGTERM');
  }
}

async function measure(facts: FloodFacts): Promise<void> {
  const pairs: Pair[] = [];
  let last: Minute | null = null;
  let lot = 0;
  for (let turn = 0; turn <= REPETITIONS; turn += 1) {
    const seconds = turn === 0 ? Math.min(WARM_UP_SECONDS, SECONDS) : SECONDS;
    const minute = (isFlooded: boolean): Promise<Minute> => lastMinute(facts, `lot-${String(lot++)}`, isFlooded ? FLOOD : 0, seconds);
    const isFirst = turn % 2 === 0;
    const [a, b] = [await minute(isFirst), await minute(!isFirst)];
    if (turn === 0) continue;
    const [flooded, quiet] = isFirst ? [a, b] : [b, a];
    pairs.push({ ours: quantile(flooded.waits, 0.99), other: quantile(quiet.waits, 0.99) });
    last = flooded;
    process.stderr.write(
      `  turn ${String(turn)}: p99 ${pairs.at(-1)?.ours.toFixed(0) ?? ''} ms in the flood, ${pairs.at(-1)?.other.toFixed(0) ?? ''} ms without; of the flood ${String(flooded.taken)} taken, ${String(flooded.refused)} refused\n`,
    );
  }
  const shared = { bench: 'flood', better: 'lower', otherIs: 'the same without the flood, same run' } as const;
  const figure = `p99 of ${String(BIDDERS)} bidders' acts while one party sends ${String(FLOOD)} in ${String(SECONDS)} s`;
  printRatio({ ...shared, figure, unit: 'ms' }, pairs, RATIO_MAX);
  const { ours } = medianPair(pairs);
  if (!Number.isFinite(ours) || last === null) throw new Error('nothing was measured');
  const rest = { unit: 'acts', ours: last.taken, other: last.refused, otherIs: 'its acts that were turned away', goal: 'shown, no goal' };
  printFigure({ ...shared, ...rest, figure: 'acts of the flood that were recorded', met: true });
}

/** Acts that nobody has sent yet; signed before the clock starts. */
async function signed({ privateKey, ref }: FloodBidder, lot: string, count: number): Promise<SignedCommand[]> {
  const identity = { signer: profile.signerFrom(privateKey), ref };
  const target = { origin: platformOrigin(INSTALLATION), lot, round: 1 };
  const made: SignedCommand[] = [];
  for (let index = 0; index < count; index += 1)
    made.push(
      await signWish(profile, identity, target, {
        type: 'bidding.download',
        payload: DOWNLOAD,
        party: PROSPECTIVE,
        at: clock.instant(),
        basis: 0,
      }),
    );
  return made;
}

async function lastMinute({ url, bidders }: FloodFacts, lot: string, flood: number, seconds: number): Promise<Minute> {
  const [flooder, ...others] = bidders;
  if (flooder === undefined) throw new Error('nobody floods');
  const acts = await Promise.all(others.map((bidder) => signed(bidder, lot, ACTS_EACH)));
  const flooding = await signed(flooder, lot, flood);
  const sockets = await Promise.all([...others, ...Array.from({ length: FLOOD_CONNECTIONS })].map(() => connected(`${url}/lots`)));
  const begun = performance.now();
  const spanMs = seconds * 1_000;
  const waits: number[] = [];
  const counts = { taken: 0, refused: 0 };
  const due = async (share: number): Promise<void> => {
    await sleep(Math.max(0, begun + share * spanMs - performance.now()));
  };
  const sent: Promise<void>[] = acts.flatMap((own, bidder) =>
    own.map(async (act, index) => {
      // Spread over the minute, no two bidders at one instant.
      await due((index + bidder / others.length) / ACTS_EACH);
      const from = performance.now();
      const reply = await submit(sockets[bidder], act);
      waits.push(performance.now() - from);
      if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
      if (!reply.data.outcome.ok) throw new Error(`${reply.data.outcome.code}: ${reply.data.outcome.message}`);
    }),
  );
  const storm = flooding.map(async (act, index) => {
    await due(index / flooding.length);
    const reply = await submit(sockets[others.length + (index % FLOOD_CONNECTIONS)], act);
    if (reply.ok && reply.data.outcome.ok) counts.taken += 1;
    else counts.refused += 1;
  });
  await Promise.all([...sent, ...storm]);
  for (const socket of sockets) socket.disconnect();
  return { waits, ...counts };
}

function submit(socket: Socket | undefined, act: SignedCommand): Promise<Reply> {
  if (socket === undefined) throw new Error('no line');
  return new Promise((resolve) => socket.emit('command:submit', act, resolve));
}

function connected(url: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('connect_error', reject);
  });
}
