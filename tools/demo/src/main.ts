import { readVariable, SystemClock } from '@app/platform';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { playLot } from './play-lot.js';
import { untilWitnessed } from './stage.js';
import { actorAt } from './cast-of-lot.js';
import { readWorld } from './world.js';

const PERFORMANCES = [
  { lot: TV_E2E_01, firstCompany: 1 },
  { lot: TV_E2E_02, firstCompany: 1 + TV_E2E_01.bids.length },
];

/** Plays both worked lots at the same time against a running system, and writes their archives to the folder `out`. */
async function main(out: string): Promise<void> {
  const home = readVariable('GONGPING_HOME') ?? '.gongping';
  const world = await readWorld(home, readVariable('GONGPING_URLS') ?? '{}', readVariable('FOUNDING_RULES'));
  const clock = new SystemClock();
  const supervisor = await actorAt(world, 'supervisor', 'supervisor', 'main');
  const taken = new Set((await supervisor.client.lots()).map(({ lot }) => lot));
  const stages = await Promise.all(
    PERFORMANCES.map(({ lot, firstCompany }) => playLot(world, lot, freeName(lot.id, taken), firstCompany, clock)),
  );
  for (const [index, stage] of stages.entries()) {
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

/** `TV-E2E-01`, then `TV-E2E-01.2` … */
function freeName(id: string, taken: ReadonlySet<string>): string {
  let name = id;
  for (let number = 2; taken.has(name); number += 1) name = `${id}.${number}`;
  return name;
}

try {
  await main(process.argv[2] ?? '.');
} catch (error) {
  process.stderr.write(`\ndemo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
