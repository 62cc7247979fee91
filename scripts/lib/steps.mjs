import { spawn } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { Trouble } from './trouble.mjs';

const seconds = (startMs) => `${((Date.now() - startMs) / 1000).toFixed(1)} s`;

/** Runs one step of a set-up and says on standard error what was done and how long it took. The first line comes before a long wait, not after. */
export async function step(title, work) {
  const startMs = Date.now();
  console.error(`· ${title} …`);
  const result = await work();
  console.error(`✓ ${title} (${seconds(startMs)})`);
  return result;
}

/**
 * Runs a program to its end and answers all it printed; a non-zero end throws an error with `output`.
 * @param {{cwd?: string, env?: object, onLine?: (line: string) => void, patienceMs?: number, isNice?: boolean, signal?: AbortSignal}} options
 */
export function run(file, args, { cwd, env, onLine = () => undefined, patienceMs = 0, isNice = false, signal } = {}) {
  return new Promise((resolve, reject) => {
    const [program, given] = isNice ? ['nice', ['-n', '10', file, ...args]] : [file, args];
    const child = spawn(program, given, {
      cwd,
      env: env ?? process.env,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(patienceMs > 0 ? { timeout: patienceMs, killSignal: 'SIGKILL' } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk) => {
        output += chunk;
        for (const line of chunk.split('\n')) if (line !== '') onLine(line);
      });
    }
    child.once('error', (error) => {
      reject(
        error.code === 'ENOENT' ? new Trouble(`The program ${file} is not installed.`, 'Install it and run the command again.') : error,
      );
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else if (/ENOSPC|No space left on device/.test(output)) reject(Object.assign(new Error(output), { code: 'ENOSPC' }));
      else reject(Object.assign(new Error(`${file} ${args.join(' ')} ended with ${signal ?? code}`), { output, exitCode: code }));
    });
  });
}

/** Last lines of a program's output that say something. */
export const lastLines = (output, count = 6) =>
  output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');

/** Says so before a step begins that would run out of disk in its middle. */
export function needDisk(folder, bytes, what) {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const mb = (value) => `${Math.ceil(value / 1e6)} MB`;
  throw new Trouble(
    `The disk is too full for ${what}: ${mb(bytes)} are needed and ${mb(free)} are free at ${folder}.`,
    'Free some space and run the command again.',
  );
}
