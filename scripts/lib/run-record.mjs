import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.mjs';
import { removeCluster } from './postgres.mjs';
import { endProcess, isAlive, startTicks } from './processes.mjs';

/** Writes a JSON file that is either the old one or the new one, never half of it. */
export function writeWhole(file, value, mode = 0o600) {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode });
  renameSync(`${file}.new`, file);
}

/** The file's content, or null when it is missing or damaged. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Under root PostgreSQL runs as `nobody` and must be able to pass through the home; keys lie in a closed folder of their own. */
export function makeHome(home) {
  makeFolder(home);
  chmodSync(home, 0o711);
}

const recordFile = (home) => join(home, 'run.json');

/** Says in `run.json` who runs here, so that the next start finds it, or heals what a kill left behind. */
export function recordRun(home, keepers, more = {}) {
  writeWhole(recordFile(home), {
    supervisor: { pid: process.pid, ticks: startTicks(process.pid) },
    home,
    ...more,
    processes: Object.fromEntries([...keepers].map(([name, keeper]) => [name, keeper.recorded])),
  });
}

/** The record of a system that runs from `home` now, or null. */
export function runningSystem(home) {
  const run = readJson(recordFile(home));
  return run !== null && isAlive(run.supervisor) ? run : null;
}

/** Forgets the record of this process's own run; another's, whose home this one was refused, stays. */
export function forgetRun(home) {
  if (readJson(recordFile(home))?.supervisor.pid === process.pid) rmSync(recordFile(home), { force: true });
}

/** Ends the processes that outlived a killed supervisor, the services last. */
export async function endLeftovers(home, say = () => undefined) {
  const run = readJson(recordFile(home));
  if (run === null || isAlive(run.supervisor)) return;
  for (const [name, recorded] of Object.entries(run.processes).reverse()) {
    if (!isAlive(recorded)) continue;
    say(`ending ${name} (pid ${recorded.pid}), left over from a run that was killed`);
    await endProcess(recorded, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  }
  rmSync(recordFile(home), { force: true });
}

/** Removes the folder of a private system or service pair that is stopped. */
export function eraseHome(home) {
  removeCluster(join(home, 'postgres'));
  rmSync(home, { recursive: true, force: true });
}
