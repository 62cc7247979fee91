// Runs benchmarks of test/bench by name (all without one) against a PostgreSQL and a Redis of their own, fsync on.
//   npm run bench -- [name …] [--option=value …]: options go to the benchmarks, for short runs
import { existsSync, readdirSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { runProgram } from './lib/programs.mjs';
import { startServices } from './lib/services.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const FOLDER = inRoot('dist', 'test', 'bench');

await main(async () => {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => /^[a-z0-9-]+(\.bench)?\.js$/.test(file)) : [];
  const known = new Map(files.map((file) => [file.replace(/(\.bench)?\.js$/, ''), file]));
  const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Trouble(`There is no benchmark ${unknown.join(', ')}.`, `Known: ${[...known.keys()].join(', ') || 'none'}.`);
  const services = await startServices({ fsync: true });
  try {
    for (const name of names.length > 0 ? names : known.keys()) {
      const code = await runProgram(`test/bench/${known.get(name)}`, options, { GONGPING_TEST_SERVICES: JSON.stringify(services.facts) });
      if (code !== 0) process.exitCode = code;
    }
  } finally {
    await services.stop();
  }
});
