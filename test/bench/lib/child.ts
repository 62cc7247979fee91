import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A process of a benchmark that is measured by itself: it sends one message when it is ready, and one when it is asked to end. */
export interface MeasuredChild<Ready, Ended> {
  readonly ready: Ready;
  /** Asks it to end; answers what it measured. */
  readonly end: () => Promise<Ended>;
}

export async function startChild<Ready, Ended>(file: URL, args: readonly string[]): Promise<MeasuredChild<Ready, Ended>> {
  const child = fork(file, args);
  const ready = await message<Ready>(child);
  return {
    ready,
    end: async () => {
      const ended = message<Ended>(child);
      child.send('end');
      const result = await ended;
      child.disconnect();
      return result;
    },
  };
}

async function message<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the measured process ended with ${String(code)}`);
  });
  const [value] = (await Promise.race([once(child, 'message'), ended])) as [T];
  ended.catch(() => undefined);
  return value;
}

/** The other side: tells that it is ready, waits to be asked to end, and tells its largest memory. `idleMib` where it worked before it was ready. */
export async function serveAsChild(ready: object, close: () => Promise<void>, idleMib = largestMemoryMib()): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  process.send?.(ready);
  await once(process, 'message');
  await close();
  const memory: ChildMemory = { memoryMib: largestMemoryMib(), idleMib };
  process.send?.(memory);
}

/**
 * The largest resident set of this program so far (proc(5), VmHWM). Not `maxRSS` of getrusage(2): Linux carries that over exec, so a process
 * that was just forked tells the size of whoever forked it.
 */
export function largestMemoryMib(): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  if (kib === undefined) throw new Error('this system does not tell the memory of a process in /proc');
  return Number(kib) / 1024;
}

/** In a measured process: closes and ends when it is told to, or when whoever measures is gone. */
export function endWith(close: () => Promise<unknown>): void {
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    void close().finally(() => process.exit());
  };
  process.once('SIGTERM', end);
  process.once('disconnect', end);
}

/** What was promised; throws with the words of `late` when it has not come after `ms` milliseconds: a benchmark ends. */
export async function within<T>(promised: Promise<T>, ms: number, late: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`after ${String(ms / 1_000)} s: ${late()}`));
    }, ms);
  });
  try {
    return await Promise.race([promised, limit]);
  } finally {
    clearTimeout(timer);
  }
}

export interface ChildMemory {
  /** The largest it ever was. */
  readonly memoryMib: number;
  /** The largest before it worked. */
  readonly idleMib: number;
}
