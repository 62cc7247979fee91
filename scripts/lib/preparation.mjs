import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnvironment, venueEnvironment } from './environment.mjs';
import { VENUES } from './layout.mjs';
import { inRoot } from './paths.mjs';
import { readJson, writeWhole } from './run-record.mjs';
import { runTool } from './tool.mjs';
import { Trouble } from './trouble.mjs';

/** What must lie in a system's databases and folders before its venues start, and the lot that they are shown with: programs of their own. */
export class Preparation {
  #system;

  /** @param {import('./system.mjs').System} system with its databases at hand */
  constructor(system) {
    this.#system = system;
  }

  /** Schema and registry; a start with the same build, addresses and databases has nothing to do here. */
  async run() {
    const { urls } = this.#system;
    const build = readJson(inRoot('dist', '.stamp.json'))?.server ?? null;
    const wanted = { build, urls };
    if (build !== null && JSON.stringify(readJson(this.#preparedFile)) === JSON.stringify(wanted)) return;
    await Promise.all([this.#identities(), this.#migrateAll()]);
    await this.#runTool('apps/main-venue/src/import-registry.js', [this.#registry()], venueEnvironment(this.#system, VENUES[0]));
    writeWhole(this.#preparedFile, wanted);
  }

  /** Has the next {@link run} do everything anew: a database was made. */
  forget() {
    rmSync(this.#preparedFile, { force: true });
  }

  /** Whether {@link offer} has anything left to play. */
  get isOffered() {
    return readJson(join(this.#system.home, 'demo', 'lots.json'))?.isWhole === true;
  }

  /**
   * Plays demonstration lots through the running venues, each once: the one that is open for bids or, with `--all`, those at later stages
   * too. `onLine` hears of each; aborting the signal ends it.
   */
  async offer(args, { onLine, signal } = {}) {
    const env = { ...baseEnvironment(this.#system), GONGPING_URLS: JSON.stringify(this.#system.urls) };
    await this.#runTool('tools/demo/src/offer-lots.js', args, env, { onLine, signal });
  }

  get #preparedFile() {
    return join(this.#system.home, 'prepared.json');
  }

  async #migrateAll() {
    await Promise.all(
      VENUES.map((venue) =>
        this.#runTool(`apps/${venue.app}/src/migrate.js`, [], {
          ...venueEnvironment(this.#system, venue),
          DATABASE_URL: this.#system.databases[venue.id].owner,
        }),
      ),
    );
  }

  async #identities() {
    const { home } = this.#system;
    if (existsSync(join(home, 'demo', 'registry.json'))) return;
    await this.#runTool('tools/demo/src/identities.js', [home], baseEnvironment(this.#system));
  }

  /** The registry with this system's addresses: they are chosen at the start, not when the keys were made. */
  #registry() {
    const { home, urls } = this.#system;
    const file = join(home, 'demo', 'registry.json');
    const registry = readJson(file);
    if (registry === null) throw new Trouble(`${file} is missing or damaged.`, `Remove ${home} and start again.`);
    for (const venue of registry.venues) venue.url = urls[venue.id] ?? venue.url;
    writeWhole(file, registry);
    return file;
  }

  #runTool(script, args, env, more) {
    const name = script.split('/').at(-1).replace('.js', '');
    return runTool({
      script,
      args,
      env,
      log: this.#system.logFile(env.VENUE_ID === undefined ? name : `${env.VENUE_ID}-${name}`),
      ...more,
    });
  }
}
