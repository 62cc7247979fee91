import { freePort } from '@app/testing';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printFigure } from './lib/figure.js';

/**
 * Seconds from the start command to a system that answers, with everything installed and built: the first time in an empty home
 * (keys, databases, migrations), and the second time with its data.
 */
const READY = 'npm run demo';
const START_MS_MAX = 180_000;

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'gongping-bench-start-'));
  try {
    const names = ['MAIN', 'SUB_1', 'SUB_2', 'SUPERVISION', 'POSTGRES', 'REDIS'];
    const ports = await Promise.all(names.map(async (name) => [`GONGPING_${name}_PORT`, String(await freePort())] as const));
    const env = { GONGPING_HOME: home, ...Object.fromEntries(ports) };
    const first = await startAndStop(env);
    const second = await startAndStop(env);
    const shared = { bench: 'start', unit: 's', other: null, otherIs: 'none', better: 'lower' } as const;
    printFigure({ ...shared, figure: 'start to ready, empty home', ours: first, goal: 'shown, no goal', met: true });
    printFigure({ ...shared, figure: 'start to ready, second time', ours: second, goal: '< 10 s', met: second < 10 });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Seconds until the system says that it runs; ends it again as Ctrl-C does. */
function startAndStop(env: Readonly<Record<string, string>>): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], { env: { ...inherited(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let readyAt: number | null = null;
  const take = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    if (readyAt !== null || !output.includes(READY)) return;
    readyAt = performance.now();
    child.kill('SIGINT');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const stop = (): void => void child.kill('SIGINT');
  const limit = setTimeout(stop, START_MS_MAX);
  process.once('SIGTERM', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(limit);
      process.off('SIGTERM', stop);
      if (readyAt === null) reject(new Error(`the system did not start:\n${output}`));
      else resolve((readyAt - begun) / 1_000);
    });
  });
}

/** The environment as it is: a benchmark starts the same command as a person does. */
// eslint-disable-next-line no-restricted-properties -- passed on whole, nothing is read from it
const inherited = (): NodeJS.ProcessEnv => process.env;

await main();
