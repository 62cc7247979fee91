import { StorageCipher } from '@app/sealing/node';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '@app/platform';
import { loadConfig, SystemClock, SystemIds } from '@app/platform';
import { createDataSource } from '@app/platform/database';
import type { TestDatabase } from '@app/testing';
import { createDatabase, testRedisUrl } from '@app/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { toBase64Url } from '@app/contracts';
import { MAIN_MIGRATIONS } from '../../../../migrations/main/index.js';
import { SealedActs } from '../../src/acts/sealed-acts.js';
import { createApp } from '../../src/app.js';
import type { NodeKeys, NodeKeysFile } from '../../src/keys/node-keys.js';
import { readNodeKeys } from '../../src/keys/node-keys.js';
import { REGISTRY_ENTITIES } from '../../src/registry/entities.js';
import { RegistryFileImporter } from '../../src/registry/imports/registry-file.js';
import { RegistryBook } from '../../src/registry/record/registry-book.js';
import { INSTALLATION, profile, storageKey, type TestPeople } from './people.js';

/** A booted main venue on a free port. */
export interface AppKit {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly config: Config;
  readonly database: TestDatabase;
  readonly answerKey: string;
  close(): Promise<void>;
}

async function writeKeys(folder: string, people: TestPeople): Promise<{ file: string; keys: NodeKeysFile }> {
  const node = people.nodes.find((candidate) => candidate.id === 'main');
  if (node === undefined) throw new Error('no main node');
  const keys: NodeKeysFile = {
    node: node.signer.privateKey,
    answer: profile.generateSigner('node').privateKey,
    log: profile.generateSigner('node').privateKey,
    storage: toBase64Url(storageKey()),
  };
  const file = join(folder, 'main.json');
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
  return { file, keys };
}

/** What the application is to find when it boots, put there by whoever was here before it. */
export type Before = (was: { readonly dataSource: DataSource; readonly database: TestDatabase; readonly keys: NodeKeys }) => Promise<void>;

/** Boots the whole application over a fresh database; the registry is imported before, as a deployment does, and then `before` is run. */
export async function bootApp(people: TestPeople, env: Readonly<Record<string, string>> = {}, before?: Before): Promise<AppKit> {
  const folder = await mkdtemp(join(tmpdir(), 'gongping-main-'));
  const { file, keys } = await writeKeys(folder, people);
  const database = await createDatabase(MAIN_MIGRATIONS);
  const config = loadConfig({
    VENUE_ID: 'main',
    VENUE_ROLE: 'main',
    INSTALLATION,
    PORT: '0',
    DATABASE_URL: database.url,
    ERASER_DATABASE_URL: database.eraserUrl,
    REDIS_URL: testRedisUrl(),
    PUBLIC_URL: 'http://127.0.0.1:7100',
    DATA_DIR: join(folder, 'data'),
    KEYS_FILE: file,
    LOG_LEVEL: 'silent',
    FOUNDING_RULES: 'next',
    ...env,
  });
  const dataSource = await createDataSource({ url: database.url, name: 'import', entities: REGISTRY_ENTITIES }).initialize();
  const node = readNodeKeys(profile, keys);
  const acts = new SealedActs(profile, new StorageCipher(node.storage), node);
  const book = new RegistryBook(dataSource, acts, profile, new SystemClock(), new SystemIds());
  await new RegistryFileImporter(book, profile).import(await people.registry());
  await before?.({ dataSource, database, keys: node });
  await dataSource.destroy();
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  return {
    app,
    url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    config,
    database,
    answerKey: node.answer.publicKey,
    close: async () => {
      await app.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
