// Runs a whole installation on this machine until Ctrl-C: PostgreSQL, Redis, main venue, two sites, supervision authority.
//   node scripts/start.mjs [--empty]   (or GONGPING_EMPTY=1: without demonstration lots)
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { foundingRules } from './lib/environment.mjs';
import { configuredPorts } from './lib/layout.mjs';
import { homeFolder } from './lib/paths.mjs';
import { readJson } from './lib/run-record.mjs';
import { System } from './lib/system.mjs';
import { main } from './lib/trouble.mjs';

const NAMES = { main: 'main venue 主场', 'sub-1': 'site 1 副场一', 'sub-2': 'site 2 副场二', supervision: 'supervision 监督' };

/** Who one can log in as, a line each; of a numbered row (bidder-01, bidder-02 …) only the first one and how many there are. */
function identities(home) {
  const people = readJson(join(home, 'demo', 'identities.json')) ?? [];
  const rows = new Map();
  for (const person of people) {
    const row = person.id.replace(/-?\d+$/, '');
    rows.set(row, [...(rows.get(row) ?? []), person]);
  }
  return [...rows.values()].map(([first, ...more]) => {
    const ids = more.length === 0 ? first.id : `${first.id} … ${more.at(-1).id}`;
    return `${ids.padEnd(34)}${first.name}  ${first.label}`;
  });
}

function announce(system, startedMs) {
  console.log(`\nGongping runs (${((performance.now() - startedMs) / 1000).toFixed(1)} s). Open one of these in a browser:\n`);
  for (const [id, url] of Object.entries(system.urls)) console.log(`  ${url}   ${NAMES[id]}`);
  const people = identities(system.home);
  if (people.length > 0) {
    console.log(`\nDemonstration identities (choose one at the log-in; their keys are in ${join(system.home, 'demo', 'identities')}):\n`);
    for (const line of people) console.log(`  ${line}`);
    console.log(`\nKeys to pin in a browser (尚未核对信任锚 in its bar): import ${join(system.home, 'demo', 'trust.json')}`);
  }
  console.log('\ndocs/guide/tour.md leads through it in ten minutes; npm run demo plays a whole evaluation here.');
  console.log('Ctrl-C stops everything; the data stays for the next start.');
}

/** Lots at several stages, so that everybody finds work at once. What fails here says so and leaves the system running. */
async function offerLots(system) {
  if (!system.isOffered) console.log('\n· demonstration lots are being played beside it, each up to another stage; once, some minutes …');
  try {
    await system.offer((line) => console.log(`· ${line}`));
  } catch (error) {
    console.error(`✗ ${error.message.split('\n')[0]} The system runs on.`);
  }
}

await main(async () => {
  const { values } = parseArgs({ options: { empty: { type: 'boolean', default: process.env.GONGPING_EMPTY === '1' } } });
  const startedMs = performance.now();
  const system = new System({
    home: homeFolder(),
    ports: configuredPorts(),
    say: (line) => console.log(`· ${line}`),
    seed: false,
    env: foundingRules(),
  });
  let isStopping = false;
  const stop = (signal) => {
    if (isStopping) return;
    isStopping = true;
    console.log(`\n${signal}: stopping …`);
    system.stop().then(
      () => {
        console.log('stopped');
        process.exit(0);
      },
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
  try {
    await system.start();
  } catch (error) {
    if (isStopping) return;
    isStopping = true;
    await system.stop();
    throw error;
  }
  if (isStopping) return;
  announce(system, startedMs);
  if (!values.empty) await offerLots(system);
});
