import { SystemClock } from '@app/platform';
import { profileOf } from '@app/sealing/node';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeIdentities } from './identities/make-identities.js';
import { identitiesIndex, writeIdentities } from './identities/write-identities.js';

const USAGE = 'usage: identities HOME [--installation NAME] [--url VENUE=ADDRESS]...';
const DEFAULT_INSTALLATION = 'gongping.demo';

/**
 * Makes people, certificates and venue keys of a demonstration, once: a home that has them keeps them.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { installation: { type: 'string' }, url: { type: 'string', multiple: true } },
  });
  const [home, ...more] = positionals;
  if (home === undefined || more.length > 0) throw new Error(USAGE);
  const index = identitiesIndex(home);
  if (existsSync(index)) {
    process.stdout.write(`${index} exists; nothing was changed\n`);
    return;
  }
  const urls = Object.fromEntries((values.url ?? []).map(readUrl));
  const made = await makeIdentities(profileOf('gp-std-1'), {
    installation: values.installation ?? DEFAULT_INSTALLATION,
    at: new SystemClock().instant(),
    urls,
  });
  writeIdentities(home, made);
  process.stdout.write(`${made.people.length} identities and ${made.venueKeys.length} venues are in ${join(home, 'demo')}\n`);
}

function readUrl(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || !URL.canParse(text.slice(at + 1))) throw new Error(USAGE);
  return [text.slice(0, at), text.slice(at + 1)];
}

try {
  await main();
} catch (error) {
  process.stderr.write(`identities: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
