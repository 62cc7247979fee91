// Runs benchmarks of test/bench by name (all without one) against a PostgreSQL and a Redis of their own, fsync on.
//   npm run bench -- [name …]
import { existsSync, readdirSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { runProgram } from './lib/programs.mjs';
import { startServices } from './lib/services.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const FOLDER = inRoot('dist', 'test', 'bench');

await main(async () => {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.bench.js')) : [];
  const known = files.map((file) => file.replace('.bench.js', ''));
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Trouble(`There is no benchmark ${unknown.join(', ')}.`, `Known: ${known.join(', ') || 'none'}.`);
  const services = await startServices({ fsync: true });
  try {
    for (const name of names.length > 0 ? names : known) {
      const code = await runProgram(`test/bench/${name}.bench.js`, [], { GONGPING_TEST_SERVICES: JSON.stringify(services.facts) });
      if (code !== 0) process.exitCode = code;
    }
  } finally {
    await services.stop();
  }
});
