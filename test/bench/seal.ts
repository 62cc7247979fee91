import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildMemory } from './lib/child.js';
import { startChild } from './lib/child.js';
import { printFigure, seconds } from './lib/figure.js';
import { sizeOption } from './lib/options.js';
import { writeRandomFile } from './lib/random-file.js';
import type { SealTimes } from './lib/seal-process.js';

/**
 * A bid of 1 GiB sealed into its two layers and opened again, from file to file on a thread of its own, beside Debian's `age` run twice over
 * the same bytes in the same run. `--mib=N` for a short run.
 */
const MIB = 1024 ** 2;
const sizeMib = sizeOption('mib', 1_024);
const MEMORY_MIB_MAX = 200;
const STALL_MS_MAX = 50;

const age = (...args: string[]): unknown => execFileSync('age', args, { stdio: ['ignore', 'ignore', 'inherit'] });

/** A file is on the disk when its writer says so; ours is. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

async function ageTwice(folder: string, content: string): Promise<{ seal: number; open: number }> {
  const at = (name: string): string => join(folder, name);
  const recipients = ['one', 'two'].map((name) => {
    execFileSync('age-keygen', ['-o', at(name)], { stdio: 'ignore' });
    return /public key: (age1\S+)/.exec(readFileSync(at(name), 'utf8'))?.[1] ?? '';
  });
  const seal = await seconds(async () => {
    age('-r', recipients[0] ?? '', '-o', at('inner.age'), content);
    age('-r', recipients[1] ?? '', '-o', at('outer.age'), at('inner.age'));
    await flush(at('outer.age'));
  });
  await rm(at('inner.age'));
  // Ours keeps nothing of what it opens: neither does the second of these.
  const opened = await seconds(() => {
    age('-d', '-i', at('two'), '-o', at('inner.age'), at('outer.age'));
    age('-d', '-i', at('one'), at('inner.age'));
  });
  return { seal, open: opened };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-bench-seal-'));
  try {
    const content = join(folder, 'content');
    await writeRandomFile(content, sizeMib * MIB);
    const other = await ageTwice(folder, content);
    const child = await startChild<SealTimes, ChildMemory>(new URL('./lib/seal-process.js', import.meta.url), [folder, content]);
    const { seal, open: opened, stallMs } = child.ready;
    const { memoryMib } = await child.end();
    const speed = { bench: 'seal', unit: 'MB/s', otherIs: "Debian's age run twice, same run", better: 'higher' } as const;
    const sizeMb = (sizeMib * MIB) / 1e6;
    const figure = (name: string, ours: number, theirs: number, goal: number): void => {
      const values = { ours: sizeMb / ours, other: sizeMb / theirs };
      printFigure({
        ...speed,
        figure: `${name} ${String(sizeMib)} MiB, two layers`,
        ...values,
        goal: `>= ${String(goal)} of age`,
        met: theirs / ours >= goal,
      });
    };
    figure('sealing', seal, other.seal, 0.5);
    figure('opening', opened, other.open, 0.85);
    const bound = { bench: 'seal', other: null, otherIs: 'none', better: 'lower' } as const;
    printFigure({
      ...bound,
      figure: 'largest memory',
      unit: 'MiB',
      ours: memoryMib,
      goal: `< ${String(MEMORY_MIB_MAX)}`,
      met: memoryMib < MEMORY_MIB_MAX,
    });
    printFigure({
      ...bound,
      figure: 'longest stop of the event loop',
      unit: 'ms',
      ours: stallMs,
      goal: `<= ${String(STALL_MS_MAX)}`,
      met: stallMs <= STALL_MS_MAX,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
