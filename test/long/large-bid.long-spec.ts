import { own } from '@app/evaluation';
import { readVariable, SystemClock } from '@app/platform';
import type { SealedBid } from '@app/sealing';
import type { RunningSystem } from '@app/testing';
import { endSystem, startSystem } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { v7 } from 'uuid';
import type { Bidder } from '../../tools/demo/src/acts/bidding.js';
import { actBeforeDeadline, bidders, delivery, deliverAll, openingSheet, sealedFor } from '../../tools/demo/src/acts/bidding.js';
import { found } from '../../tools/demo/src/acts/founding.js';
import { openBids } from '../../tools/demo/src/acts/opening.js';
import type { World } from '../../tools/demo/src/cast-of-lot.js';
import { officeFor, stageFacts, witnessesOf } from '../../tools/demo/src/play-lot.js';
import { Stage, untilWitnessed } from '../../tools/demo/src/stage.js';
import { readWorld } from '../../tools/demo/src/world.js';
import type { ChildMemory } from '../bench/lib/child.js';
import { startChild } from '../bench/lib/child.js';
import type { BidOrder } from './lib/bid-sender.js';

/** The largest bid that an installation takes by default is 2 GiB: `BID_MIB=2048 npm run test:long -- test/long/large-bid`. */
const BID_MIB = Number(readVariable('BID_MIB') ?? 256);
const MIB = 1024 ** 2;
/** From the creation of the lot to its deadline: the bid is sealed and uploaded in it. */
const DEADLINE_SECONDS = 60 + BID_MIB / 4;
/** What a process may take for a bid of any size, beyond what it takes for itself. */
const GROWTH_MIB_MAX = 200;
const TEST_MS_MAX = 1_800_000;
const POLL_MS = 100;

const LOT = 'LARGE-BID-01';
const PLAN = { ...TV_E2E_01, bids: TV_E2E_01.bids.slice(0, 3) };
const SENDER = pathToFileURL(resolve('dist/test/long/lib/bid-sender.js'));

// Goal: a bid of gigabytes goes the whole way, and lies in nobody's memory. Method: a whole installation, every process its own; one of three
// bidders seals and uploads a bid of that size from a process of its own, the lot is opened by its venues, and a verifier of its own reads
// the archive, which is written to a file as it comes.
describe('a bid of gigabytes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-large-bid-'));
  let system: RunningSystem | undefined;
  let world: World;

  beforeAll(async () => {
    system = await startSystem({ quiet: true });
    world = await readWorld(system.home, JSON.stringify(system.urls));
  }, TEST_MS_MAX);
  afterAll(async () => {
    await endSystem(system);
    rmSync(folder, { recursive: true, force: true });
  }, TEST_MS_MAX);

  it(
    'is sealed, uploaded, delivered, opened, archived and verified, in memory that does not grow with it',
    async () => {
      if (system === undefined) throw new Error('no system');
      const { urls, pids } = system;
      const idleMib = memoryMib(pids.main);
      const clock = new SystemClock();
      const stage = new Stage(stageFacts(world, LOT, clock));
      const office = await officeFor(world, PLAN);
      stage.observeAs(office.supervisor.client);
      const all = await bidders(world, PLAN, 1, clock.instant());
      await found(stage, world, PLAN, office, DEADLINE_SECONDS);
      const [large, ...others] = all;
      if (large === undefined) throw new Error('no bidder');
      const sent = await deliverLarge(stage, large, urls.main);
      await deliverAll(stage, world, PLAN, others);
      // The smaller the bid beside the room for it, the longer it waits.
      await until((await stage.sync()).setup.schedule?.deadline ?? '');
      await openBids(stage, world, office, await witnessesOf(world), all);
      const opened = Object.values((await stage.sync()).opening.bids).map(({ status }) => status);
      expect(opened).toEqual(['OPENED', 'OPENED', 'OPENED']);
      expect(own(stage.state.opening.bids, large.made?.id ?? '')?.status).toBe('OPENED');
      await untilWitnessed(stage, office.supervisor.client);
      const archive = await download(`${urls.main}/api/lots/${LOT}/archive?round=1`, (await office.supervisor.client.login()).token);
      const grownMib = memoryMib(pids.main) - idleMib;
      const verified = await verify(archive, join(system.home, 'demo', 'trust.json'));
      const sites = (['sub-1', 'sub-2', 'supervision'] as const).map((site) => memoryMib(pids[site]));
      process.stdout.write(
        `large bid: ${BID_MIB} MiB; bidder ${sent.memoryMib.toFixed(0)} MiB, main venue +${grownMib.toFixed(0)} (${idleMib.toFixed(0)} at its start), ` +
          `sites ${sites.map((mib) => mib.toFixed(0)).join(', ')}, verifier ${verified.memoryMib.toFixed(0)}\n`,
      );
      expect(verified.checks).toMatchObject({ container: 'PASS', blobs: 'PASS', bids: 'PASS', root: 'PASS', signatures: 'PASS' });
      expect(Object.entries(verified.checks).filter(([, verdict]) => verdict === 'FAIL')).toEqual([]);
      for (const mib of [sent.memoryMib - sent.idleMib, grownMib]) expect(mib).toBeLessThan(GROWTH_MIB_MAX);
      expect(verified.memoryMib).toBeLessThan(2 * GROWTH_MIB_MAX);
    },
    TEST_MS_MAX,
  );

  async function deliverLarge(stage: Stage, bidder: Bidder, url: string): Promise<ChildMemory> {
    const id = v7();
    const { documentPackage } = stage.state.setup;
    await actBeforeDeadline(stage, bidder, 'bidding.download', '', { package: documentPackage });
    const order: BidOrder = {
      url,
      lot: LOT,
      person: bidder.person,
      request: sealedFor(stage, bidder.person, id),
      sheet: openingSheet(PLAN, bidder.bid),
      sizeBytes: BID_MIB * MIB,
    };
    writeFileSync(join(folder, 'order.json'), JSON.stringify(order));
    const sender = await startChild<SealedBid, ChildMemory>(SENDER, [folder]);
    const made = { ...sender.ready, id };
    bidder.made = made;
    await actBeforeDeadline(stage, bidder, 'bidding.deliver', '', delivery(made));
    return sender.end();
  }

  async function download(url: string, token: string): Promise<string> {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok || answer.body === null) throw new Error(`the archive: ${answer.status} ${await answer.text()}`);
    const file = join(folder, 'lot.zip');
    await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(file));
    return file;
  }
});

/** The largest resident set of a process so far. */
function memoryMib(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;
}

async function verify(archive: string, trust: string): Promise<{ checks: Record<string, string>; memoryMib: number }> {
  const program = resolve('dist/tools/verify/src/main.js');
  const child = spawn(process.execPath, [program, archive, '--trust', trust, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let largest = 0;
  const poll = setInterval(() => {
    largest = Math.max(largest, memoryMib(child.pid ?? 0) || 0);
  }, POLL_MS);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  clearInterval(poll);
  const report = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { checks: { id: string; verdict: string }[] };
  return { checks: Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict])), memoryMib: largest };
}

const until = (instant: string): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(instant) - Date.now())));
