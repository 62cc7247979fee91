import { DomainError } from '@app/platform';
import { open, stat } from 'node:fs/promises';

/** Size of a file in bytes; null when there is none. */
export async function fileSize(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Makes what was renamed or written in a folder outlive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function errnoOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const FULL: ReadonlySet<string | null> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A full disk as the refusal that it is; every other error as it came. */
export function asRefusal(error: unknown): unknown {
  if (!FULL.has(errnoOf(error))) return error;
  return new DomainError('STORAGE_FULL', 'The disk of the venue is full. What has arrived is kept; go on when there is room.', {
    cause: error,
  });
}
