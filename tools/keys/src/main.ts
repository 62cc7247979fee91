import { profileOf } from '@app/sealing/node';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeVenueKeys } from './venue-keys.js';

const USAGE = 'usage: keys --installation NAME --venue ID --role main|sub|supervision --out FILE';

/** Makes the keys of one venue: the private ones into a file (KEYS_FILE) that is there for the first time, the public ones as JSON on standard output. */
function main(): void {
  const { values } = parseArgs({
    options: { installation: { type: 'string' }, venue: { type: 'string' }, role: { type: 'string' }, out: { type: 'string' } },
  });
  const { installation, venue, role, out } = values;
  const isComplete = installation !== undefined && venue !== undefined && out !== undefined;
  if (!isComplete || !['main', 'sub', 'supervision'].includes(role ?? '')) throw new Error(USAGE);
  const { keys, publicKeys } = makeVenueKeys(profileOf('gp-std-1'), { installation, venue, isMain: role === 'main' });
  // A file that is there holds keys in use: with them what lies on the disk would be lost.
  writeFileSync(out, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(`${JSON.stringify({ id: venue, role, ...publicKeys }, null, 2)}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`keys: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
