import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * When a process began, in clock ticks since boot (Linux): with the number it names one process for good, so that a number
 * used again after a crash is never mistaken for ours. Null when there is no such process or only its zombie.
 */
export function startTicks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command's name stands in parentheses and may hold anything; the fields after it are plain.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields[19];
  } catch {
    return null;
  }
}

export const isAlive = ({ pid, ticks }) => pid > 0 && startTicks(pid) !== null && startTicks(pid) === ticks;

/** Ends one recorded process: `signal` first, SIGKILL when it still lives after `patienceMs`. True when it is gone. */
export async function endProcess(recorded, signal = 'SIGTERM', patienceMs = 10_000) {
  const send = (name) => {
    try {
      if (isAlive(recorded)) process.kill(recorded.pid, name);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  send(signal);
  const endMs = Date.now() + patienceMs;
  while (isAlive(recorded) && Date.now() < endMs) await sleep(20);
  send('SIGKILL');
  for (let waited = 0; isAlive(recorded) && waited < 5_000; waited += 20) await sleep(20);
  return !isAlive(recorded);
}
