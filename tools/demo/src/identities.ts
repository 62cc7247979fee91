import { SystemClock } from '@app/platform';
import { profileOf } from '@app/sealing/node';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeIdentities } from './identities/make-identities.js';

const USAGE = 'usage: identities HOME [--installation NAME] [--url VENUE=ADDRESS]...';
const DEFAULT_INSTALLATION = 'gongping.demo';

/**
 * Makes people, certificates and venue keys of a demonstration, once: a home that has them keeps them. The index is written
 * last, so that an interrupted run starts over.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { installation: { type: 'string' }, url: { type: 'string', multiple: true } },
  });
  const [home, ...more] = positionals;
  if (home === undefined || more.length > 0) throw new Error(USAGE);
  const index = join(home, 'demo', 'registry.json');
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
  for (const folder of [join(home, 'keys'), join(home, 'demo', 'identities')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const keys of made.venueKeys) writeSecret(join(home, 'keys', `${keys.venue}.json`), keys);
  for (const person of made.people) writeSecret(join(home, 'demo', 'identities', `${person.id}.json`), person);
  writeSecret(join(home, 'demo', 'identities.json'), made.people);
  writeSecret(join(home, 'demo', 'trust.json'), made.trust);
  writeSecret(index, made.registry);
  process.stdout.write(`${made.people.length} identities and ${made.venueKeys.length} venues are in ${join(home, 'demo')}\n`);
}

function readUrl(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || !URL.canParse(text.slice(at + 1))) throw new Error(USAGE);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Readable by its owner only, and never half written. */
function writeSecret(file: string, value: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`identities: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
