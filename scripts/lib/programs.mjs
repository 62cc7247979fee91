import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from './layout.mjs';
import { callerFolder, homeFolder, nodePath, ROOT } from './paths.mjs';
import { runningSystem } from './run-record.mjs';
import { System } from './system.mjs';
import { Trouble } from './trouble.mjs';

/**
 * Runs one of the built programs in the foreground, in the caller's folder; resolves to its exit code. Ctrl-C reaches it by the terminal;
 * another wish to end is passed on, so that the caller cleans up after it. `onLine` takes what it prints, line by line.
 */
export function runProgram(script, args, env = {}, { root = ROOT, cwd = callerFolder(), onLine } = {}) {
  const file = join(root, 'dist', script);
  if (!existsSync(file)) throw new Trouble(`${script} is not built.`, 'Run: node scripts/setup.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(nodePath(), ['--enable-source-maps', file, ...args], {
      cwd,
      stdio: ['inherit', onLine === undefined ? 'inherit' : 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    if (onLine !== undefined) createInterface({ input: child.stdout }).on('line', onLine);
    const ignore = () => undefined;
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', ignore);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, pass);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore);
      for (const name of ['SIGTERM', 'SIGHUP']) process.off(name, pass);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Calls `work` with a running system: the one of `npm start`, or a private one in a temporary folder that goes afterwards. */
export async function withSystem(work) {
  const running = runningSystem(homeFolder());
  if (running !== null) return work({ home: running.home, urls: running.urls });
  const home = mkdtempSync(join(tmpdir(), 'gongping-demo-'));
  console.log('No running system was found; starting one in a temporary folder.');
  const system = new System({ home, ports: await freePorts(), seed: false });
  const end = async () => {
    await system.stop();
    system.erase();
  };
  const interrupted = () => void end().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupted);
  try {
    await system.start();
    return await work({ home, urls: system.urls });
  } finally {
    await end();
  }
}
