import 'reflect-metadata';
import { zRegistryImport } from '@app/contracts';
import { loadConfig, SystemClock, SystemIds } from '@app/platform';
import { createDataSource } from '@app/platform/database';
import { profileOf, StorageCipher } from '@app/sealing/node';
import { readFile } from 'node:fs/promises';
import { SealedActs } from './acts/sealed-acts.js';
import { INSTALLATION_PROFILE } from './core/core.module.js';
import { loadNodeKeys } from './keys/node-keys.js';
import { REGISTRY_ENTITIES } from './registry/entities.js';
import { RegistryFileImporter } from './registry/imports/registry-file.js';
import { RegistryBook } from './registry/record/registry-book.js';

/** `node import-registry.js FILE`: takes a registry file in, as often as one likes; processes that run see it within two seconds. */
const file = process.argv[2];
if (file === undefined) throw new Error('usage: import-registry FILE');
const config = loadConfig();
const profile = profileOf(INSTALLATION_PROFILE);
const keys = await loadNodeKeys(profile, config.KEYS_FILE);
const dataSource = await createDataSource({ url: config.DATABASE_URL, name: 'main-import', entities: REGISTRY_ENTITIES }).initialize();
try {
  const acts = new SealedActs(profile, new StorageCipher(keys.storage), keys);
  const book = new RegistryBook(dataSource, acts, profile, new SystemClock(), new SystemIds());
  const registry = zRegistryImport.parse(JSON.parse(await readFile(file, 'utf8')));
  const changed = await new RegistryFileImporter(book, profile).import(registry);
  process.stdout.write(`${String(changed)} records new or changed\n`);
} finally {
  await dataSource.destroy();
}
