import { StorageCipher } from '@app/sealing/node';
import type { Answer, JsonObject, JsonValue, SignedCommand } from '@app/contracts';
import type { Identity } from '@app/client';
import { signWish } from '@app/client';
import { createLogger, createPool, FakeClock, SystemIds } from '@app/platform';
import { createDataSource } from '@app/platform/database';
import type { Clock } from '@app/platform';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { MAIN_MIGRATIONS } from '../../../../migrations/main/index.js';
import type { NodeKeys } from '../../src/keys/node-keys.js';
import { PartyMarks } from '../../src/pipeline/party-marks.js';
import { SealedActs } from '../../src/acts/sealed-acts.js';
import { REGISTRY_ENTITIES } from '../../src/registry/entities.js';
import { RegistryFileImporter } from '../../src/registry/imports/registry-file.js';
import { RegistryBook } from '../../src/registry/record/registry-book.js';
import { RegistryView } from '../../src/registry/live/registry-view.js';
import type { LotCast } from './lot.js';
import { grantLotRights, lotToCreate } from './lot.js';
import { INSTALLATION, profile, storageKey, TestPeople } from './people.js';
import type { PipelineProcess, ProcessParts } from './pipeline-process.js';
import { startProcess } from './pipeline-process.js';

export interface Kit {
  readonly people: TestPeople;
  readonly cast: LotCast;
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly pool: Pool;
  readonly keys: NodeKeys;
  readonly clock: Clock;
  readonly registry: RegistryView;
  readonly importer: RegistryFileImporter;
  readonly book: RegistryBook;
  readonly acts: SealedActs;
  readonly marks: PartyMarks;
  /** The pipeline under test. */
  readonly process: PipelineProcess;
  /** Another process's pipeline on the same database; ended with the kit. */
  another(parts?: Partial<ProcessParts>): Promise<PipelineProcess>;
  wish(identity: Identity, lot: string, party: string, type: string, payload: JsonObject, more?: WishMore): Promise<SignedCommand>;
  createLot(lot: string): Promise<Answer>;
  close(): Promise<void>;
}

interface WishMore {
  readonly secrets?: Readonly<Record<string, JsonValue>>;
  readonly step?: string;
  readonly round?: number;
  readonly installation?: string;
}

/** A registry, an empty database and a pipeline on it; time stands at the fake clock's start unless `clock` is given. */
export async function createKit(clock: Clock = new FakeClock(), parts: Partial<ProcessParts> = {}): Promise<Kit> {
  const people = await TestPeople.create();
  const cast: LotCast = {
    agency: await people.person('p-agency', 'o-agency'),
    tenderer: await people.person('p-tenderer', 'o-tenderer'),
    supervisor: await people.person('p-supervisor', 'o-authority'),
  };
  grantLotRights(people, cast);
  const database = await createDatabase(MAIN_MIGRATIONS);
  const dataSource = await createDataSource({ url: database.url, name: 'kit', entities: REGISTRY_ENTITIES }).initialize();
  const pool = createPool({ url: database.url, name: 'kit-pool' });
  const main = people.nodes.find((node) => node.id === 'main');
  if (main === undefined) throw new Error('no main node');
  const keys: NodeKeys = {
    node: main.signer,
    answer: profile.generateSigner('node'),
    log: profile.generateSigner('node'),
    storage: storageKey(),
  };
  const cipher = new StorageCipher(keys.storage);
  const acts = new SealedActs(profile, cipher, keys);
  const book = new RegistryBook(dataSource, acts, profile, clock, new SystemIds());
  const importer = new RegistryFileImporter(book, profile);
  await importer.import(await people.registry());
  const registry = new RegistryView(dataSource, profile);
  await registry.refresh();
  const logger = createLogger({ name: 'kit', level: 'silent' });
  const running: PipelineProcess[] = [];
  const another: Kit['another'] = async (more = {}) => {
    const started = await startProcess({ installation: INSTALLATION, profile, keys, registry, pool, clock, logger, ...more });
    running.push(started);
    return started;
  };
  const process = await another(parts);
  const wish: Kit['wish'] = (identity, lot, party, type, payload, more = {}) => {
    const round = more.round ?? 1;
    const target = { origin: `${more.installation ?? INSTALLATION}/lot/${lot}/${String(round)}`, lot, round };
    return signWish(profile, identity, target, {
      type,
      payload,
      party,
      at: clock.instant(),
      basis: 0,
      secrets: more.secrets ?? {},
      step: more.step ?? '',
    });
  };
  return {
    people,
    cast,
    database,
    dataSource,
    pool,
    keys,
    clock,
    registry,
    importer,
    book,
    acts,
    marks: new PartyMarks(profile, cipher, keys),
    process,
    another,
    wish,
    createLot: async (lot) => {
      const { payload, secrets } = lotToCreate(people, cast);
      return process.pipeline.submit(await wish(cast.agency.identity, lot, 'agency', 'lot.create', payload, { secrets }));
    },
    close: async () => {
      for (const each of running) await each.close();
      await pool.end();
      await dataSource.destroy();
      await database.drop();
    },
  };
}
