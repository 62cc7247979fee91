import { createHash } from 'node:crypto';
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DEBIAN, installDebian } from './debian.mjs';
import { cacheFolder, inRoot } from './paths.mjs';
import { lastLines, needDisk, run, step } from './steps.mjs';
import { Trouble } from './trouble.mjs';

const PACKAGE = inRoot('node_modules', 'mediasoup');
const RECIPE = inRoot('scripts', 'mediasoup');
/** Where mediasoup looks for its worker by default. */
const WORKER = join(PACKAGE, 'worker', 'out', 'Release', 'mediasoup-worker');
const BUILD_BYTES = 1_000_000_000;
const PROGRESS_MS = 30_000;

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function recipeFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** One kept binary per mediasoup version, machine and recipe. It links Debian's libraries, so it says which Debian too. */
function keptFile() {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const hash = createHash('sha256');
  for (const file of recipeFiles(RECIPE)) hash.update(readFileSync(file));
  if (existsSync('/etc/os-release')) hash.update(/^VERSION_ID=.*$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[0] ?? '');
  return join(cacheFolder(), `mediasoup-worker-${version}-${process.arch}-${hash.digest('hex').slice(0, 12)}`);
}

/** Started by hand the worker refuses with this code: it has loaded, so it fits this machine's libraries. */
const NO_PARENT_CODE = 41;

async function runsHere(file) {
  try {
    await run(file, [], { env: { PATH: process.env.PATH }, patienceMs: 5_000 });
    return false;
  } catch (error) {
    return error.exitCode === NO_PARENT_CODE;
  }
}

function putInPlace(from) {
  mkdirSync(join(PACKAGE, 'worker', 'out', 'Release'), { recursive: true });
  copyFileSync(from, `${WORKER}.new`);
  renameSync(`${WORKER}.new`, WORKER);
}

async function build(kept) {
  await installDebian(DEBIAN.mediaBuild, 'building the media worker');
  needDisk(inRoot(), BUILD_BYTES, 'building the media worker');
  mkdirSync(cacheFolder(), { recursive: true });
  await step('media worker from source (about six minutes, once)', async () => {
    let saidMs = Date.now();
    const onLine = (line) => {
      const progress = /^progress (\d+)\/(\d+)/.exec(line);
      if (progress === null || Date.now() - saidMs < PROGRESS_MS) return;
      saidMs = Date.now();
      console.error(`  ${progress[1]} of ${progress[2]} files are compiled`);
    };
    try {
      await run(join(RECIPE, 'build-worker.sh'), [PACKAGE, kept], { onLine, isNice: true });
    } catch (error) {
      if (error.code === 'ENOSPC' || error instanceof Trouble) throw error;
      const said = lastLines((error.output ?? error.message).replace(/^progress .*$/gm, ''));
      throw new Trouble(
        'The media worker could not be built.',
        `Set MEDIASOUP_WORKER_BIN to a mediasoup-worker of this version, or mend what the compiler says:\n${said}`,
      );
    }
  });
}

/**
 * Sees to it that mediasoup has its worker: there already, kept from an earlier clone, or built from the sources of the npm package, which
 * the lock file pins, with Debian's libraries. mediasoup's own install step would fetch a binary that no hash pins: it never runs.
 */
export async function ensureMediaWorker() {
  const own = process.env.MEDIASOUP_WORKER_BIN;
  if (own !== undefined && own !== '') {
    if (isExecutable(own)) return;
    throw new Trouble(`MEDIASOUP_WORKER_BIN names ${own}, which cannot be run.`, 'Correct or remove the variable.');
  }
  if (isExecutable(WORKER)) return;
  const kept = keptFile();
  if (isExecutable(kept) && (await runsHere(kept))) {
    putInPlace(kept);
    return;
  }
  await build(kept);
  if (!(await runsHere(kept)))
    throw new Trouble('The media worker that was built does not run.', `Remove ${kept} and run the command again.`);
  putInPlace(kept);
}
