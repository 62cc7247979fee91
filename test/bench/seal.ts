import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgeTwice } from './lib/age.js';
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

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-bench-seal-'));
  try {
    const content = join(folder, 'content');
    await writeRandomFile(content, sizeMib * MIB);
    const age = new AgeTwice(folder);
    const sealSeconds = await seconds(() => age.seal(content));
    await age.tidy();
    const openSeconds = await seconds(() => {
      age.open();
    });
    const other = { seal: sealSeconds, open: openSeconds };
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
