import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './layout.mjs';
import { callerFolder, homeFolder, inRoot, nodePath } from './paths.mjs';
import { runningSystem } from './run-record.mjs';
import { System } from './system.mjs';
import { Trouble } from './trouble.mjs';

/** Runs one of the built programs in the foreground, in the caller's folder; resolves to its exit code. Ctrl-C reaches it by the terminal. */
export function runProgram(script, args, env = {}) {
  const file = inRoot('dist', script);
  if (!existsSync(file)) throw new Trouble(`${script} is not built.`, 'Run: node scripts/setup.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(nodePath(), ['--enable-source-maps', file, ...args], {
      cwd: callerFolder(),
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
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
