import { readFileSync } from 'node:fs';
import type { Trust } from '../trust.js';
import { zTrust } from '../trust.js';

/** Thrown for a file that cannot be read, or is another kind of file. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`${file}: ${reason}`);
  }
}

/** Throws {@link UnreadableFile}. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UnreadableFile(file, messageOf(error));
  }
}

/** Throws {@link UnreadableFile}. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new UnreadableFile(file, `not a readable JSON file (${messageOf(error)})`);
  }
}

/** A trust file. Throws {@link UnreadableFile}. */
export function readTrust(file: string): Trust {
  const read = zTrust.safeParse(readJson(file));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new UnreadableFile(file, `no trust file: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong form'}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
