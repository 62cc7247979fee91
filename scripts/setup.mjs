// Makes a clone ready to run: packages, Redis, media worker, build. Runs under any Node from 20 on with nothing installed;
// does nothing, quickly, when nothing is to do. Speaks on standard error: what runs after it may print for machines.
//   node scripts/setup.mjs [--for-tests | --for-long-tests]
import { parseArgs } from 'node:util';
import { DEBIAN, installDebian } from './lib/debian.mjs';
import { findRedis } from './lib/redis.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const NODE_MAJOR_MIN = 20;

await main(async () => {
  const { values } = parseArgs({ options: { 'for-tests': { type: 'boolean' }, 'for-long-tests': { type: 'boolean' } } });
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
    throw new Trouble(
      `Node ${process.versions.node} is too old.`,
      `Install Node ${NODE_MAJOR_MIN} or newer; everything after this step brings its own.`,
    );
  }
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new Trouble(
      `Gongping runs on Linux on x64 or arm64, not on ${process.platform} ${process.arch}.`,
      'Use such a machine or a virtual one.',
    );
  }
  const { installPackages } = await import('./lib/packages.mjs');
  await installPackages();
  if (findRedis() === null) await installDebian(DEBIAN.run, 'the queue');
  if (values['for-tests'] || values['for-long-tests']) await installDebian(DEBIAN.tests, 'the tests');
  if (values['for-long-tests']) await installDebian(DEBIAN.longTests, 'the long tests (Firefox is large: about 300 MB)');
  // One after another: the build would take the compiler's cores, and its lines would stand between the worker's.
  const { ensureMediaWorker } = await import('./lib/media-worker.mjs');
  await ensureMediaWorker();
  const { build } = await import('./lib/build.mjs');
  await build();
});
