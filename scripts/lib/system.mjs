import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUrls, ensureDatabase, ensureLogins } from './databases.mjs';
import { Keeper } from './keeper.mjs';
import { inRoot, nodePath } from './paths.mjs';
import { freePorts, PORTS, VENUES } from './layout.mjs';
import { isPortFree } from './ports.mjs';
import { preparePostgres } from './postgres.mjs';
import { prepareRedis } from './redis.mjs';
import { endLeftovers, eraseHome, forgetRun, makeHome, readJson, recordRun, runningSystem, writeWhole } from './run-record.mjs';
import { runTool } from './tool.mjs';
import { Trouble } from './trouble.mjs';

const HEALTH_MS_MAX = 120_000;
const INSTALLATION = 'gongping.demo';

/**
 * One whole installation on this machine: PostgreSQL, Redis, the main venue, two sites and the supervision authority, each a
 * process of its own, kept running until {@link System.stop}.
 */
export class System {
  #keepers = new Map();
  #stopping = null;
  #passwords = null;
  #guard = null;

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
    await this.#prepareData();
    await Promise.all(VENUES.map((venue) => this.#startVenue(venue)));
    if (this.seed) await this.#seedLot();
    return this;
  }

  /** Ends everything in order: the venues, Redis, PostgreSQL. Calling it again waits for the first call. */
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
      if (await ensureDatabase(postgres.superUrl, database, logins)) rmSync(this.#preparedFile, { force: true });
    }
  }

  get #preparedFile() {
    return join(this.home, 'prepared.json');
  }

  /** Schema and registry, in steps of their own; a start with the same build, addresses and databases has nothing to do here. */
  async #prepareData() {
    const build = readJson(inRoot('dist', '.stamp.json'))?.server ?? null;
    const wanted = { build, urls: this.urls };
    if (build !== null && JSON.stringify(readJson(this.#preparedFile)) === JSON.stringify(wanted)) return;
    await Promise.all([this.#identities(), this.#migrateAll()]);
    await this.#runTool('apps/main-venue/src/import-registry.js', [this.#registry()], this.#environment(VENUES[0]));
    writeWhole(this.#preparedFile, wanted);
  }

  async #migrateAll() {
    await Promise.all(
      VENUES.map((venue) =>
        this.#runTool(`apps/${venue.app}/src/migrate.js`, [], {
          ...this.#environment(venue),
          DATABASE_URL: this.databases[venue.id].owner,
        }),
      ),
    );
  }

  async #identities() {
    if (existsSync(join(this.home, 'demo', 'registry.json'))) return;
    await this.#runTool('tools/demo/src/identities.js', [this.home], this.#baseEnvironment());
  }

  /** The registry with this system's addresses: they are chosen at the start, not when the keys were made. */
  #registry() {
    const file = join(this.home, 'demo', 'registry.json');
    const registry = readJson(file);
    if (registry === null) throw new Trouble(`${file} is missing or damaged.`, `Remove ${this.home} and start again.`);
    for (const venue of registry.venues) venue.url = this.urls[venue.id] ?? venue.url;
    writeWhole(file, registry);
    return file;
  }

  #baseEnvironment() {
    const { PATH, HOME, LANG, TMPDIR } = process.env;
    // Compiled code is kept between starts: a third of a process's start is compiling its libraries.
    const own = {
      PATH,
      HOME,
      LANG,
      TMPDIR,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: join(this.home, 'cache'),
      GONGPING_HOME: this.home,
      MAIN_URL: this.urls.main,
      INSTALLATION,
    };
    return Object.fromEntries(Object.entries({ ...own, ...this.env }).filter(([, value]) => value !== undefined));
  }

  #environment({ id, role }) {
    return {
      ...this.#baseEnvironment(),
      VENUE_ID: id,
      VENUE_ROLE: role,
      HOST: '127.0.0.1',
      PORT: String(this.ports[id]),
      DATABASE_URL: this.databases[id].app,
      PUBLIC_URL: this.urls[id],
      DATA_DIR: join(this.home, 'data', id),
      KEYS_FILE: join(this.home, 'keys', `${id}.json`),
      DEMO: '1',
      DEMO_DIR: join(this.home, 'demo'),
      // A site uses no Redis, and erases nothing.
      ...(role === 'main' ? { REDIS_URL: `${this.redisUrl}/0`, ERASER_DATABASE_URL: this.databases[id].eraser } : {}),
      ...(role === 'supervision' ? { MEDIA_WORKERS: '0' } : {}),
      ...this.env,
      ...this.venueEnv[id],
    };
  }

  async #startVenue(venue) {
    const { id, app } = venue;
    mkdirSync(join(this.home, 'data', id), { recursive: true, mode: 0o700 });
    await this.#keep(id, {
      file: nodePath(),
      args: ['--enable-source-maps', inRoot('dist', 'apps', app, 'src', 'main.js')],
      spawnOptions: { cwd: inRoot(), env: this.#environment(venue) },
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

  async #seedLot() {
    const script = 'tools/demo/src/seed-lot.js';
    const done = join(this.home, 'demo', 'seeded.json');
    if (!existsSync(inRoot('dist', script)) || existsSync(done)) return;
    await this.#runTool(script, [this.home], { ...this.#baseEnvironment(), ...this.env, GONGPING_URLS: JSON.stringify(this.urls) });
    writeWhole(done, { seeded: true });
  }

  #runTool(script, args, env) {
    const name = script.split('/').at(-1).replace('.js', '');
    return runTool({ script, args, env, log: this.logFile(env.VENUE_ID === undefined ? name : `${env.VENUE_ID}-${name}`) });
  }

  async #stopAll() {
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
