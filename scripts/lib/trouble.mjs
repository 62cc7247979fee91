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
    const known = error instanceof Trouble ? error : explain(error);
    console.error(known === undefined ? error : `\n✗ ${known.message}`);
    process.exit(1);
  }
}

/** Sentences for the failures of the operating system that any step can meet. */
export function explain(error) {
  const path = error?.path ?? error?.dest ?? 'a file';
  switch (error?.code) {
    case 'ENOSPC':
      return new Trouble('The disk is full.', 'Free some space (about 2 GB) and run the command again.');
    case 'EACCES':
    case 'EPERM':
      return new Trouble(`No permission for ${path}.`, 'Run as the user who owns this folder, or give it to yourself (chown).');
    case 'EROFS':
      return new Trouble(`${path} is on a read-only file system.`, 'Clone the project to a writable place.');
    case 'EMFILE':
      return new Trouble('Too many open files.', 'Raise the limit (ulimit -n 4096) and run the command again.');
    default:
      return undefined;
  }
}
