import 'reflect-metadata';
import type { Ack, Answer, SignedCommand } from '@app/contracts';
import { signWish } from '@app/client';
import { SystemClock } from '@app/platform';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { INSTALLATION, profile } from '../../apps/main-venue/test/support/people.js';
import { printFigure, printRatio, quantile } from './lib/figure.js';
import { runFloor } from './lib/ledger-floor.js';
import type { VenueFacts } from './lib/ledger-venue.js';
import { runVenue } from './lib/ledger-venue.js';
import { compareWithHypercore } from './lib/ledger-store.js';
import { sizeOption } from './lib/options.js';

/**
 * The whole way of a command: distinct signed commands over socket.io from 100 connections into 100 lots of a booted main venue,
 * decided, group-committed with fsync, answered with a signature. Floors: bare socket.io and one autocommitted prepared INSERT of
 * the same message per command, on 20 connections, without and with a check of its signature. Three processes (venue, floor, this one as
 * client), runs in turn.
 * `--commands=200 --repetitions=1` for a short run.
 */
const CONNECTIONS = 100;
export const LOTS = 100;
const COMMANDS = sizeOption('commands', 4_000);
const REPETITIONS = sizeOption('repetitions', 5);
const clock = new SystemClock();

interface Run {
  readonly perSecond: number;
  readonly p99Ms: number;
}
type Send = (socket: Socket, signed: SignedCommand) => Promise<void>;

if (process.argv[2] === 'venue') await runVenue(LOTS);
else if (process.argv[2] === 'floor') await runFloor();
else await runClient();

async function runClient(): Promise<void> {
  const venue = await started('venue');
  const floor = await started('floor');
  try {
    await commands(venue.facts, floor.facts.url);
  } finally {
    venue.child.kill('SIGTERM');
    floor.child.kill('SIGTERM');
  }
  await compareWithHypercore(REPETITIONS);
}

async function started(role: 'venue' | 'floor'): Promise<{ child: ChildProcess; facts: VenueFacts }> {
  const child = fork(import.meta.filename, [role], { stdio: 'inherit' });
  const facts = await new Promise<VenueFacts>((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as VenueFacts);
    });
    child.once('exit', (code) => {
      reject(new Error(`${role} ended with ${String(code)}`));
    });
  });
  return { child, facts };
}

async function commands(venue: VenueFacts, floorUrl: string): Promise<void> {
  const sides = {
    ours: () => runOurs(venue),
    bare: () => runFloorBy('keep', venue, floorUrl),
    checked: () => runFloorBy('check', venue, floorUrl),
  };
  const names = ['ours', 'bare', 'checked'] as const;
  const turns: Record<(typeof names)[number], Run>[] = [];
  for (let turn = 0; turn <= REPETITIONS; turn += 1) {
    const runs: Partial<Record<(typeof names)[number], Run>> = {};
    // Each is first, second and last in turn: what the machine does meanwhile meets all of them.
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(turn + place) % names.length] ?? 'ours';
      runs[name] = await sides[name]();
    }
    const { ours, bare, checked } = runs;
    // The first turn warms up the write-ahead log, the compiler and the caches.
    if (turn === 0 || ours === undefined || bare === undefined || checked === undefined) continue;
    turns.push({ ours, bare, checked });
    const words = names.map((name) => `${name} ${runs[name]?.perSecond.toFixed(0) ?? ''}/s p99 ${runs[name]?.p99Ms.toFixed(0) ?? ''} ms`);
    process.stderr.write(`  turn ${String(turn)}: ${words.join(', ')}\n`);
  }
  const bare = 'bare socket.io + one autocommitted prepared INSERT per command on 20 connections, same run';
  const pairs = (value: keyof Run, floor: 'bare' | 'checked') => turns.map((run) => ({ ours: run.ours[value], other: run[floor][value] }));
  const speed = { bench: 'ledger', unit: '1/s', better: 'higher' } as const;
  const wait = { bench: 'ledger', unit: 'ms', better: 'lower' } as const;
  printRatio({ ...speed, figure: 'durable signed commands', otherIs: bare }, pairs('perSecond', 'bare'), 0.85, 'ratio >= 0.85, aim 1.0');
  printRatio({ ...wait, figure: 'p99 of a command', otherIs: bare }, pairs('p99Ms', 'bare'), 1);
  const otherIs = `${bare}, each signature checked by the same library on as many threads`;
  printRatio({ ...speed, figure: 'durable signed commands beside a floor that checks', otherIs }, pairs('perSecond', 'checked'), 1);
  printRatio({ ...wait, figure: 'p99 of a command beside a floor that checks', otherIs }, pairs('p99Ms', 'checked'), 1.3);
  const fsyncs = await fsyncsPerSecond();
  printFigure({
    ...speed,
    figure: 'fdatasync of 8 KiB',
    ours: fsyncs,
    other: null,
    otherIs: 'this disk',
    goal: 'for reference',
    met: true,
  });
}

async function runOurs(venue: VenueFacts): Promise<Run> {
  const sent = await signed(venue);
  return drive(`${venue.url}/lots`, sent, async (socket, command) => {
    const reply = await new Promise<Parameters<Ack<Answer>>[0]>((resolve) => socket.emit('command:submit', command, resolve));
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
    if (!reply.data.outcome.ok) throw new Error(`${reply.data.outcome.code}: ${reply.data.outcome.message}`);
  });
}

async function runFloorBy(way: 'keep' | 'check', venue: VenueFacts, url: string): Promise<Run> {
  return drive(url, await signed(venue), async (socket, command) => {
    await new Promise<void>((resolve) => socket.emit(way, command, resolve));
  });
}

/** Commands that nobody has sent yet, one session key for each connection; made before the clock starts. */
async function signed(venue: VenueFacts): Promise<SignedCommand[]> {
  const identities = venue.identities.map(({ privateKey, ref }) => ({ signer: profile.signerFrom(privateKey), ref }));
  const made: SignedCommand[] = [];
  for (let index = 0; index < COMMANDS; index += 1) {
    const identity = identities[index % identities.length];
    if (identity === undefined) throw new Error('no identity');
    const lot = `lot-${String(index % LOTS)}`;
    const target = { origin: `${INSTALLATION}/lot/${lot}/1`, lot, round: 1 };
    const payload = { text: `opinion ${String(index)}`, target: 'schedule' };
    made.push(
      await signWish(profile, identity, target, { type: 'lot.give-opinion', payload, party: 'supervisor', at: clock.instant(), basis: 0 }),
    );
  }
  return made;
}

/** 100 connections, each sending its next command when the last is answered. */
async function drive(url: string, sent: readonly SignedCommand[], send: Send): Promise<Run> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => connected(url)));
  const latencies: number[] = [];
  const begin = performance.now();
  await Promise.all(
    sockets.map(async (socket, index) => {
      for (let at = index; at < sent.length; at += CONNECTIONS) {
        const command = sent[at];
        if (command === undefined) return;
        const from = performance.now();
        await send(socket, command);
        latencies.push(performance.now() - from);
      }
    }),
  );
  const elapsedMs = performance.now() - begin;
  for (const socket of sockets) socket.disconnect();
  return { perSecond: (sent.length / elapsedMs) * 1_000, p99Ms: quantile(latencies, 0.99) };
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

async function fsyncsPerSecond(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-fsync-'));
  const file = await open(join(folder, 'wal'), 'w');
  const page = Buffer.alloc(8_192, 7);
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < 1_000) {
    await file.write(page, 0, page.length, 0);
    await file.datasync();
    count += 1;
  }
  await file.close();
  rmSync(folder, { recursive: true });
  return count;
}
