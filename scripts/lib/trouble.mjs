import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { homeFolder, ROOT } from './paths.mjs';

/** Below this nothing goes on: PostgreSQL alone writes its log in pieces of 16 MB. */
const DISK_FREE_BYTES_MIN = 32_000_000;

/** An expected failure of a script: one sentence that says what is wrong, and one that says what to do about it. */
export class Trouble extends Error {
  constructor(cause, remedy) {
    super(`${cause} ${remedy}`);
    this.name = 'Trouble';
  }
}

/** Runs a script's body; a {@link Trouble} is printed as its sentence alone, anything else with its stack. Never returns normally on failure. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    // A program that dies of a full disk seldom says so, and its death looks like something else.
    const known = explain(error) ?? fullDisk() ?? (error instanceof Trouble ? error : undefined);
    console.error(known === undefined ? error : `\n✗ ${known.message}`);
    process.exit(1);
  }
}

/** Sentences for the failures of the operating system that any step can meet. */
export function explain(error) {
  const path = error?.path ?? error?.dest ?? 'a file';
  switch (error?.code) {
    case 'ENOSPC':
    case '53100': // PostgreSQL's word for it
      return diskFull();
    case 'EACCES':
    case 'EPERM':
      return new Trouble(`No permission for ${path}.`, 'Run as the user who owns this folder, or give it to yourself (chown).');
    case 'EROFS':
      return new Trouble(`${path} is on a read-only file system.`, 'Clone the project to a writable place, or set GONGPING_HOME to one.');
    case 'ENOTDIR':
    case 'EEXIST':
      return new Trouble(
        `There is a file where a folder is needed: ${path}.`,
        'Remove the file, or name another place (GONGPING_HOME, --out).',
      );
    case 'ENOENT':
      if (error.syscall !== 'mkdir') return undefined;
      return new Trouble(`There can be no folder ${path}.`, 'Name another place (GONGPING_HOME, --out).');
    case 'EMFILE':
      return new Trouble('Too many open files.', 'Raise the limit (ulimit -n 4096) and run the command again.');
    default:
      return undefined;
  }
}

const diskFull = () => new Trouble('The disk is full.', 'Free some space (about 2 GB) and run the command again.');

/** The same for a failure that does not name it, when there is next to no room where we write. */
function fullDisk() {
  return [homeFolder(), ROOT, tmpdir()].some((folder) => freeBytes(folder) < DISK_FREE_BYTES_MIN) ? diskFull() : undefined;
}

/** Room for this user where `folder` is or will be; no limit where the system does not tell. */
function freeBytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return folder === dirname(folder) ? Number.POSITIVE_INFINITY : freeBytes(dirname(folder));
  }
}
