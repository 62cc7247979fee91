import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identities } from './make-identities.js';

/** A home that has this file has all of them. */
export const identitiesIndex = (home: string): string => join(home, 'demo', 'registry.json');

/** Writes keys and certificates of a demonstration into its home; the index last, so that an interrupted run starts over. */
export function writeIdentities(home: string, made: Identities): void {
  for (const folder of [join(home, 'keys'), join(home, 'demo', 'identities')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const keys of made.venueKeys) writeSecret(join(home, 'keys', `${keys.venue}.json`), keys);
  for (const person of made.people) writeSecret(join(home, 'demo', 'identities', `${person.id}.json`), person);
  writeSecret(join(home, 'demo', 'identities.json'), made.people);
  writeSecret(join(home, 'demo', 'trust.json'), made.trust);
  writeSecret(identitiesIndex(home), made.registry);
}

/** Readable by its owner only, and never half written. */
function writeSecret(file: string, value: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
