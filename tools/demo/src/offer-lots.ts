import { readVariable, SystemClock } from '@app/platform';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { World } from './cast-of-lot.js';
import { actorAt } from './cast-of-lot.js';
import { OFFERS, type Offer } from './offers.js';
import { freeName } from './performances.js';
import { playLot } from './play-lot.js';
import { isBeforeDeadline, STAGES } from './stages.js';
import { Timeline } from './timeline.js';
import { readWorld } from './world.js';

/** Lots played at the same time: most of a play is waiting for its deadline, and the machine has other work. */
const LANES = 3;

/** Deadlines for bids: a machine that was too busy for the first one gets another try. */
const DEADLINES_SECONDS = [40, 180] as const;

/** `<home>/demo/lots.json`: which offer became which lot. `isWhole`: none is left to play. */
const zRecord = z.object({ isWhole: z.boolean(), lots: z.record(z.string(), z.string()) });
type OfferRecord = z.infer<typeof zRecord>;

/** What was played is written down at once, so that the next start goes on with the rest. */
class Offered {
  #record: OfferRecord;

  constructor(private readonly file: string) {
    this.#record = existsSync(file) ? zRecord.parse(JSON.parse(readFileSync(file, 'utf8'))) : { isWhole: false, lots: {} };
  }

  has({ lot }: Offer): boolean {
    return Object.hasOwn(this.#record.lots, lot.id);
  }

  add({ lot }: Offer, name: string): void {
    const lots = { ...this.#record.lots, [lot.id]: name };
    this.#record = { isWhole: OFFERS.every((offer) => Object.hasOwn(lots, offer.lot.id)), lots };
    writeFileSync(`${this.file}.new`, `${JSON.stringify(this.#record, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}

/**
 * Plays lots up to stages where people find work, each once: those that are open for bids first, which takes seconds, then with `--all`
 * the rest. A lot that fails is tried once more with time, then says so and holds up no other; the next start plays it again. A lot that was
 * begun keeps its name, so each try has another.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { all: { type: 'boolean' } } });
  const home = readVariable('GONGPING_HOME') ?? '.gongping';
  const world = await readWorld(home, readVariable('GONGPING_URLS') ?? '{}');
  const supervisor = await actorAt(world, 'supervisor', 'supervisor', 'main');
  const taken = new Set((await supervisor.client.lots()).map(({ lot }) => lot));
  const offered = new Offered(join(home, 'demo', 'lots.json'));
  const wanted = OFFERS.filter((offer) => (values.all === true || isBeforeDeadline(offer.until)) && !offered.has(offer));
  const lane = async (): Promise<void> => {
    for (let offer = wanted.shift(); offer !== undefined; offer = wanted.shift()) await play(world, offered, offer, taken);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function play(world: World, offered: Offered, offer: Offer, taken: Set<string>): Promise<void> {
  const startedMs = performance.now();
  const { lot, until } = offer;
  const stage = `${until} ${STAGES[until].zh}`;
  let why = '';
  for (const deadlineSeconds of DEADLINES_SECONDS) {
    const name = freeName(lot.id, taken);
    taken.add(name);
    try {
      await playLot(world, { ...offer, name, deadlineSeconds, timeline: new Timeline(lot.id, () => undefined) }, new SystemClock());
      offered.add(offer, name);
      process.stdout.write(`${name} ${lot.name}: at ${stage} (${((performance.now() - startedMs) / 1_000).toFixed(0)} s)\n`);
      return;
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
  }
  process.exitCode = 1;
  process.stdout.write(`${lot.id} ${lot.name}: not played to ${stage}: ${why.replace(/[.]?$/, '.')} The next start tries it again.\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`the demonstration lots could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
