import { readVariable, SystemClock } from '@app/platform';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { World } from './cast-of-lot.js';
import { actorAt } from './cast-of-lot.js';
import { freeName, PERFORMANCES } from './performances.js';
import { playLot } from './play-lot.js';
import type { Actor } from './stage.js';
import { untilWitnessed } from './stage.js';
import type { StageName } from './stages.js';
import { isStage } from './stages.js';
import { handOver } from './tasks.js';
import { readWorld } from './world.js';

/** Plays against a running system: both worked lots to the contract, or one of them to a stage, for people to go on. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' }, until: { type: 'string' }, lot: { type: 'string' } } });
  const home = readVariable('GONGPING_HOME') ?? '.gongping';
  const world = await readWorld(home, readVariable('GONGPING_URLS') ?? '{}');
  const supervisor = await actorAt(world, 'supervisor', 'supervisor', 'main');
  const taken = new Set((await supervisor.client.lots()).map(({ lot }) => lot));
  const { until } = values;
  if (until === undefined) await playAll(world, home, supervisor, taken, values.out ?? '.');
  else if (isStage(until)) await playUntil(world, home, taken, until, values.lot);
  else throw new Error(`there is no stage ${until}`);
}

/** Plays both lots at the same time, and writes their archives to the folder `out`. */
async function playAll(world: World, home: string, supervisor: Actor, taken: ReadonlySet<string>, out: string): Promise<void> {
  const clock = new SystemClock();
  const played = await Promise.all(
    PERFORMANCES.map((one) => playLot(world, { ...one, name: freeName(one.lot.id, taken), until: null }, clock)),
  );
  for (const [index, { stage }] of played.entries()) {
    const { lot, round } = stage.facts;
    await untilWitnessed(stage, supervisor.client);
    const file = join(out, `${PERFORMANCES[index]?.lot.id ?? lot}.zip`);
    writeFileSync(file, await supervisor.client.download(`/api/lots/${lot}/archive?round=${round}`));
    process.stdout.write(`\narchive: ${file}`);
  }
  copyFileSync(join(home, 'demo', 'trust.json'), join(out, 'trust.json'));
  process.stdout.write(
    `\ntrust:   ${join(out, 'trust.json')}\n\nverify:  npm run verify -- ${join(out, 'TV-E2E-01.zip')} --trust ${join(out, 'trust.json')}\n`,
  );
}

async function playUntil(world: World, home: string, taken: ReadonlySet<string>, until: StageName, id = 'TV-E2E-01'): Promise<void> {
  const performance = PERFORMANCES.find(({ lot }) => lot.id === id);
  if (performance === undefined) throw new Error(`there is no lot ${id}: name one of ${PERFORMANCES.map(({ lot }) => lot.id).join(', ')}`);
  const played = await playLot(world, { ...performance, name: freeName(id, taken), until }, new SystemClock());
  process.stdout.write(handOver(world, home, played, until));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`\ndemo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
