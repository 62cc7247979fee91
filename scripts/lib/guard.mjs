// Clears up after a private system whose supervisor was killed: node guard.mjs HOME, with the supervisor at the other end of
// standard input. Ends when that end is closed, however its owner ended.
import { eraseHome, endLeftovers, runningSystem } from './run-record.mjs';
import { setTimeout as sleep } from 'node:timers/promises';

const SUPERVISOR_MS_MAX = 10_000;
const [home] = process.argv.slice(2);

process.stdin.resume();
process.stdin.once('close', async () => {
  // Its files are closed a moment before it is gone.
  for (let waited = 0; runningSystem(home) !== null && waited < SUPERVISOR_MS_MAX; waited += 50) await sleep(50);
  await endLeftovers(home);
  eraseHome(home);
});
