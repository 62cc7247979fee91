import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUrls, ensureDatabase, ensureLogins } from './databases.mjs';
import { INSTALLATION, venueEnvironment } from './environment.mjs';
import { Keeper } from './keeper.mjs';
import { inRoot, nodePath } from './paths.mjs';
import { freePorts, PORTS, VENUES } from './layout.mjs';
import { isPortFree } from './ports.mjs';
import { preparePostgres } from './postgres.mjs';
import { Preparation } from './preparation.mjs';
import { prepareRedis } from './redis.mjs';
import { endLeftovers, eraseHome, forgetRun, makeHome, readJson, recordRun, runningSystem, writeWhole } from './run-record.mjs';
import { Trouble } from './trouble.mjs';

const HEALTH_MS_MAX = 120_000;

/**
 * One whole installation on this machine: PostgreSQL, Redis, the main venue, two sites and the supervision authority, each a
 * process of its own, kept running until {@link System.stop}.
 */
export class System {
  #keepers = new Map();
  #stopping = null;
  #passwords = null;
  #guard = null;
  #offering = new AbortController();
  #preparation = new Preparation(this);

  /**
   * `env` is for every process, `venueEnv` for one venue's, by its id: a site that reaches the main venue by another line.
   * A `isPrivate` system does not outlive its supervisor: when that is killed, its processes are ended and its home is erased.
   * @param {{home: string, isPrivate?: boolean, ports: Record<string, number>, say?: (line: string) => void, fsync?: boolean, env?: Record<string, string>, venueEnv?: Record<string, Record<string, string>>, seed?: boolean}} options
   */
  constructor({ home, ports, say = () => undefined, fsync = true, env = {}, venueEnv = {}, seed = true, isPrivate = false }) {
    Object.assign(this, { home, ports, say, fsync, env, venueEnv, seed, isPrivate });
    this.urls = Object.fromEntries(VENUES.map(({ id }) => [id, `http://127.0.0.1:${ports[id]}`]));
  }

  get pids() {
    return Object.fromEntries([...this.#keepers].map(([name, keeper]) => [name, keeper.pid]));
  }
  /** How often each process had to be started again. */
  get restarts() {
    return Object.fromEntries([...this.#keepers].map(([name, keeper]) => [name, keeper.restarts]));
  }
  get databases() {
    return Object.fromEntries(VENUES.map((venue) => [venue.id, databaseUrls(this.ports.postgres, this.#passwords, venue)]));
  }

  async start() {
    const running = runningSystem(this.home);
    if (running !== null) {
      throw new Trouble(
        `A system runs from ${this.home} already (pid ${running.supervisor.pid}, ${running.urls.main}).`,
        'Stop it first (Ctrl-C in its terminal).',
      );
    }
    makeHome(this.home);
    mkdirSync(join(this.home, 'keys'), { recursive: true, mode: 0o700 });
    await endLeftovers(this.home, this.say);
    if (this.isPrivate) this.#guard = guardOf(this.home);
    await this.#checkPorts();
    this.#passwords = this.#loadPasswords();
    await this.#startServices();
    await this.#preparation.run();
    await Promise.all(VENUES.map((venue) => this.#startVenue(venue)));
    if (this.seed) await this.#preparation.offer([]);
    return this;
  }

  /** Whether every lot of {@link offer} was played, at this start or an earlier one. */
  get isOffered() {
    return this.#preparation.isOffered;
  }

  /**
   * Leaves lots at several stages to people, once; the venues serve meanwhile. `onLine` hears of each lot. Resolves when they are played or
   * the system stops; rejects with the first line of what went wrong otherwise.
   */
  async offer(onLine) {
    if (this.isOffered || this.#stopping !== null) return;
    try {
      await this.#preparation.offer(['--all'], { onLine, signal: this.#offering.signal });
    } catch (error) {
      if (this.#stopping === null) throw error;
    }
  }

  /** Ends everything in order: the play of lots, the venues, Redis, PostgreSQL. Calling it again waits for the first call. */
  stop() {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** SIGKILL to one process by name (`main`, `sub-1`, …, `postgres`, `redis`). It is started again by itself. */
  kill(name) {
    this.#keeper(name).kill();
  }
  /** Stops one process and leaves it stopped, until {@link startOne}. */
  async stopOne(name) {
    await this.#keeper(name).stop();
  }
  async startOne(name) {
    await this.#keeper(name).start();
  }
  /** Resolves when a process that was killed answers again. */
  async ready(name) {
    await this.#keeper(name).ready();
  }
  logFile(name) {
    return join(this.home, 'logs', `${name}.log`);
  }

  #keeper(name) {
    const keeper = this.#keepers.get(name);
    if (keeper === undefined) throw new Error(`no process is named ${name}`);
    return keeper;
  }

  async #checkPorts() {
    for (const [name, port] of Object.entries(this.ports)) {
      if (await isPortFree(port)) continue;
      throw new Trouble(
        `Port ${port} (${name}) is in use.`,
        `End the program that uses it, or set ${PORTS[name].variable} to another port.`,
      );
    }
  }

  #loadPasswords() {
    const file = join(this.home, 'keys', 'services.json');
    const found = readJson(file) ?? {};
    const wanted = ['super', 'redis', ...VENUES.flatMap(({ logins }) => Object.values(logins))];
    // What an older build made beside these is of logins that are none any more.
    const all = Object.fromEntries(wanted.map((name) => [name, found[name] ?? randomBytes(24).toString('hex')]));
    if (JSON.stringify(found) !== JSON.stringify(all)) writeWhole(file, all);
    return all;
  }

  async #keep(name, prepared) {
    if (this.#stopping !== null) throw new Error('stopping');
    const keeper = new Keeper({ name, prepared, logFile: this.logFile(name), say: this.say, onChange: () => this.#record() });
    this.#keepers.set(name, keeper);
    await keeper.start();
  }

  #record() {
    recordRun(this.home, this.#keepers, { installation: INSTALLATION, urls: this.urls });
  }

  async #startServices() {
    const passwords = this.#passwords;
    const postgres = await preparePostgres({
      folder: join(this.home, 'postgres'),
      port: this.ports.postgres,
      fsync: this.fsync,
      superPassword: passwords.super,
    });
    const redis = prepareRedis({
      folder: join(this.home, 'redis'),
      port: this.ports.redis,
      password: passwords.redis,
      durable: this.fsync,
    });
    this.redisUrl = redis.url;
    await Promise.all([this.#keep('postgres', postgres), this.#keep('redis', redis)]);
    await ensureLogins(postgres.superUrl, VENUES, passwords);
    for (const { database, logins } of VENUES) {
      if (await ensureDatabase(postgres.superUrl, database, logins)) this.#preparation.forget();
    }
  }

  async #startVenue(venue) {
    const { id, app } = venue;
    mkdirSync(join(this.home, 'data', id), { recursive: true, mode: 0o700 });
    await this.#keep(id, {
      file: nodePath(),
      args: ['--import', inRoot('scripts', 'lib', 'source-maps.mjs'), inRoot('dist', 'apps', app, 'src', 'main.js')],
      spawnOptions: { cwd: inRoot(), env: venueEnvironment(this, venue) },
      stopSignal: 'SIGTERM',
      ready: () => this.#waitForHealth(id),
    });
  }

  async #waitForHealth(id) {
    for (const endMs = Date.now() + HEALTH_MS_MAX; Date.now() < endMs && this.#stopping === null; await sleep(50)) {
      try {
        const response = await fetch(`${this.urls[id]}/healthz`, { signal: AbortSignal.timeout(2_000) });
        await response.arrayBuffer();
        if (response.ok) return;
      } catch {
        // Not listening yet.
      }
    }
    throw new Trouble(`${id} is not healthy.`, `Read ${this.logFile(id)}.`);
  }

  async #stopAll() {
    this.#offering.abort();
    const apps = [...this.#keepers].filter(([name]) => name !== 'postgres' && name !== 'redis');
    await Promise.all(apps.map(([, keeper]) => keeper.stop()));
    await this.#keepers.get('redis')?.stop();
    await this.#keepers.get('postgres')?.stop();
    forgetRun(this.home);
    this.#guard?.kill();
  }

  /** Removes the folder of a private system that is stopped. */
  erase() {
    eraseHome(this.home);
  }
}

/** A process of its own session that hears of our end by its standard input alone, and holds up nobody's. */
function guardOf(home) {
  const guard = spawn(nodePath(), [inRoot('scripts', 'lib', 'guard.mjs'), home], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.stdin.unref();
  guard.unref();
  return guard;
}

/**
 * Starts a system and resolves when every process answers. `ports` defaults to free ones; a failed start leaves nothing running.
 * @returns {Promise<System>} with `urls`, `pids`, `stop()`, `kill(name)`
 */
export async function startSystem({ home, ports, quiet = false, ...more }) {
  const say = quiet ? () => undefined : (line) => console.log(line);
  const system = new System({ home, ports: ports ?? (await freePorts()), say, ...more });
  try {
    return await system.start();
  } catch (error) {
    await system.stop();
    throw error;
  }
}
