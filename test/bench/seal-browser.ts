import type { BidRequest } from '@app/sealing';
import { boxIdentity, generateKeeperKey, profileOf, recoverMaster, zBoxManifest } from '@app/sealing';
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { v7 } from 'uuid';
import { launch } from '../e2e/support/chromium.js';
import { buildPage, servePage } from '../e2e/support/own-page.js';
import { ageRecipient } from './lib/age.js';
import { interleaved, printFigure, printRatio } from './lib/figure.js';
import { sizeOption } from './lib/options.js';
import { writeRandomFile } from './lib/random-file.js';

/**
 * A bid of 1 GiB sealed in Chromium by the web client's own worker into the browser's own file system, beside the npm `age-encryption` run twice
 * over the same file in the same page; what the page took; and whether Debian's `age` takes off the outer layer of what came out.
 * `--mib=64 --repetitions=1` for a short run.
 */
const MIB = 1024 ** 2;
const SIZE_MIB = sizeOption('mib', 1_024);
const REPETITIONS = sizeOption('repetitions', 1);
const RATIO_MIN = 3;
const MEMORY_MIB_MAX = 300;
const PARTIES = ['tenderer', 'agency', 'supervisor', 'node:main', 'node:sub-1'];
const THRESHOLD = 3;
const shared = { bench: 'seal-browser' } as const;
const profile = profileOf('gp-std-1');

interface Sealed {
  readonly seconds: number;
  readonly manifest: unknown;
  readonly isNative: boolean;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-bench-seal-browser-'));
  const pages = join(folder, 'page');
  await buildPage('apps/web/test/seal-page', pages);
  const sealed = join(folder, 'outer.age');
  const server = servePage(pages, (request, response) => {
    void pipeline(request, createWriteStream(sealed)).then(() => response.end());
  });
  await once(server, 'listening');
  const browser = await launch();
  try {
    const content = join(folder, 'content');
    await writeRandomFile(content, SIZE_MIB * MIB);
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
    await page.locator('input').setInputFiles(content);
    const inPage = <T>(call: string, argument: unknown): Promise<T> => page.evaluate(`window.bench.${call}(${JSON.stringify(argument)})`);
    const keepers = PARTIES.map((party) => ({ party, ...generateKeeperKey(profile) }));
    const request: Omit<BidRequest, 'parts'> = {
      origin: 'gongping.bench/lot/lot-1/1',
      bidder: '91310000MA1FL0AB1X',
      bid: v7(),
      encryptionPublicKey: generateKeeperKey(profile).publicKey,
      threshold: THRESHOLD,
      keepers: keepers.map(({ party, publicKey }) => ({ party, publicKey })),
    };
    const recipients = ['one', 'two'].map((name) => ageRecipient(join(folder, name)));
    let manifest: unknown = null;
    let cipher = '';
    let memoryMib = 0;
    const pairs = await interleaved(
      REPETITIONS,
      async () => {
        const sealed = await inPage<Sealed>('ours', request);
        ({ manifest } = sealed);
        cipher = sealed.isNative ? 'its own' : 'the portable';
        memoryMib = Math.max(memoryMib, largestRendererMib());
        return (SIZE_MIB * MIB) / 1e6 / sealed.seconds;
      },
      async () => (SIZE_MIB * MIB) / 1e6 / (await inPage<Sealed>('peer', recipients)).seconds,
    );
    const figure = `sealing ${String(SIZE_MIB)} MiB in Chromium, two layers, by ${cipher} cipher, into its own file system`;
    const otherIs = 'npm age-encryption twice, same page, same file system';
    printRatio({ ...shared, figure, unit: 'MB/s', otherIs, better: 'higher' }, pairs, RATIO_MIN);
    const bound = { ...shared, other: null, otherIs: 'none', better: 'lower' } as const;
    const goal = `< ${String(MEMORY_MIB_MAX)} MiB`;
    printFigure({ ...bound, figure: 'largest memory of the page', unit: 'MiB', ours: memoryMib, goal, met: memoryMib < MEMORY_MIB_MAX });
    await inPage('send', '/sealed');
    const opens = opensWithAge(folder, sealed, manifest, keepers);
    printFigure({
      ...bound,
      figure: "outer layers that Debian's age opens",
      unit: 'of 1',
      ours: opens ? 1 : 0,
      goal: '1',
      met: opens,
      better: 'higher',
    });
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The largest resident set so far of the browser's processes that run pages (proc(5), VmHWM): those below this process. */
function largestRendererMib(): number {
  const statusOf = (pid: string): string => readFileSync(`/proc/${pid}/status`, 'utf8');
  const isBelow = (pid: string): boolean => {
    const parent = /^PPid:\s+(\d+)$/m.exec(statusOf(pid))?.[1] ?? '0';
    return parent === String(process.pid) || (parent !== '0' && isBelow(parent));
  };
  let largest = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer') || !isBelow(pid)) continue;
      largest = Math.max(largest, Number(/^VmHWM:\s+(\d+) kB$/m.exec(statusOf(pid))?.[1]) / 1024);
    } catch {
      // It ended meanwhile.
    }
  if (largest === 0) throw new Error('no page of this browser was found in /proc');
  return largest;
}

/** Three of the keepers give the key of the outer layer; whether Debian's age opens it with that, to the last byte. */
function opensWithAge(folder: string, file: string, manifest: unknown, keepers: readonly { party: string; privateKey: string }[]): boolean {
  const box = zBoxManifest.parse(manifest);
  const recovery = recoverMaster(profile, box, keepers.slice(0, THRESHOLD));
  if (recovery.status !== 'recovered') throw new Error(`the keepers recover nothing: ${recovery.status}`);
  const identity = join(folder, 'identity');
  writeFileSync(identity, `${boxIdentity(profile, box, recovery.master) ?? ''}\n`, { mode: 0o600 });
  try {
    execFileSync('age', ['-d', '-i', identity, '-o', '/dev/null', file], { stdio: ['ignore', 'ignore', 'inherit'] });
    return true;
  } catch {
    return false;
  }
}

await main();
