import type { ChildMemory } from './child.js';

/** One measured figure beside its floor or peer, from one run. Printed as a JSON line. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly unit: string;
  readonly ours: number;
  readonly other: number | null;
  readonly otherIs: string;
  /** ours / other; null without another. */
  readonly ratio: number | null;
  readonly better: 'higher' | 'lower';
  readonly goal: string;
  readonly met: boolean;
}

export function printFigure(figure: Omit<Figure, 'ratio'>): void {
  const ratio = figure.other === null ? null : round(figure.ours / figure.other, 3);
  process.stdout.write(
    `${JSON.stringify({ ...figure, ours: round(figure.ours), other: figure.other === null ? null : round(figure.other), ratio })}\n`,
  );
}

/** The repetition whose ratio is the median, with a goal on that ratio: at least `bound` where more is better, at most where less is. */
export function printRatio(
  figure: Pick<Figure, 'bench' | 'figure' | 'unit' | 'otherIs' | 'better'>,
  pairs: readonly Pair[],
  bound: number,
  goal = `ratio ${figure.better === 'higher' ? '>=' : '<='} ${String(bound)}`,
): void {
  const { ours, other } = medianPair(pairs);
  printFigure({ ...figure, ours, other, goal, met: figure.better === 'higher' ? ours / other >= bound : ours / other <= bound });
}

/** A growth of more than this with the size of a file would mean that the file is held. */
const GROWTH_MIB_MAX = 100;

/**
 * What a process took at most, with all that it loads (frameworks, source maps), and how much more that is than before it worked. The
 * largest of all runs. `largestMib`: the goal of the whole process; left out, the growth alone has one.
 */
export function printMemory(bench: string, who: string, runs: readonly ChildMemory[], largestMib = Number.POSITIVE_INFINITY): void {
  const growth = Math.max(...runs.map(({ memoryMib, idleMib }) => memoryMib - idleMib));
  const shared = { bench, unit: 'MiB', better: 'lower' } as const;
  printFigure({
    ...shared,
    figure: `growth of the ${who} process`,
    ours: growth,
    other: null,
    otherIs: 'none',
    goal: `< ${String(GROWTH_MIB_MAX)} MiB`,
    met: growth < GROWTH_MIB_MAX,
  });
  const largest = Math.max(...runs.map(({ memoryMib }) => memoryMib));
  printFigure({
    ...shared,
    figure: `largest memory of the ${who} process`,
    ours: largest,
    other: Math.max(...runs.map(({ idleMib }) => idleMib)),
    otherIs: 'the same process before it worked',
    goal: Number.isFinite(largestMib) ? `< ${String(largestMib)} MiB` : 'shown, no goal',
    met: largest < largestMib,
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Value below which `share` of the sorted values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Pair {
  readonly ours: number;
  readonly other: number;
}

/**
 * Runs both in turn, the order alternating, and keeps each repetition's pair: the host drifts, so only what ran next to each other
 * is compared. The first pair is a warm-up.
 */
export async function interleaved(
  repetitions: number,
  ours: () => Promise<number> | number,
  other: () => Promise<number> | number,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let turn = 0; turn <= repetitions; turn += 1) {
    const first = turn % 2 === 0;
    const a = first ? await ours() : await other();
    const b = first ? await other() : await ours();
    if (turn > 0) pairs.push(first ? { ours: a, other: b } : { ours: b, other: a });
  }
  return pairs;
}

/** The repetition whose ratio is the median: its two values belong together. */
export function medianPair(pairs: readonly Pair[]): Pair {
  const sorted = [...pairs].sort((a, b) => a.ours / a.other - b.ours / b.other);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));
