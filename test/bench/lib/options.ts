import { parseArgs } from 'node:util';

/** A whole number given as `--name=N` behind the benchmark's name, for a short run; the default is what the goal is stated for. */
export function sizeOption(name: string, fallback: number): number {
  const { values } = parseArgs({ strict: false, options: { [name]: { type: 'string' } } });
  const text = values[name];
  const value = typeof text === 'string' ? Number(text) : fallback;
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name}: a whole number is expected`);
  return value;
}
