import { readVariable, SystemClock } from '@app/platform';
import { found, LONG_DEADLINE_SECONDS } from './acts/founding.js';
import { officeFor, stageFor } from './play-lot.js';
import { TV_E2E_01 } from '@app/testing/lots';
import { readWorld } from './world.js';

export const SEED_LOT = 'DEMO-01';

/** A lot that is open for bids for a week, so that a fresh system has something to look at. Does nothing when it is there. */
async function main(): Promise<void> {
  const world = await readWorld(
    readVariable('GONGPING_HOME') ?? '.gongping',
    readVariable('GONGPING_URLS') ?? '{}',
    readVariable('FOUNDING_RULES'),
  );
  const lot = { ...TV_E2E_01, id: SEED_LOT, name: '滨江公园景观提升工程施工（演示）', code: 'E3307840001000002001' };
  const office = await officeFor(world, lot);
  if ((await office.supervisor.client.lots()).some((known) => known.lot === SEED_LOT)) return;
  const stage = stageFor(world, lot, SEED_LOT, new SystemClock());
  stage.observeAs(office.supervisor.client);
  await found(stage, world, lot, office, LONG_DEADLINE_SECONDS);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`the demonstration lot could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
