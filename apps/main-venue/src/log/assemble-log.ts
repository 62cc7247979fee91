import { SIGNATURE_TYPE } from '@app/ledger';
import type { PartCipher } from '@app/ledger/store';
import type { Clock, Logger } from '@app/platform';
import { isDomainError } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { noteSigner, noteSuite } from '@app/sealing';
import type { Pool } from 'pg';
import type { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';
import { CheckpointLog } from './checkpoint-log.js';
import { CheckpointRepository } from './checkpoint.repository.js';
import { Cosigner } from './cosigner.js';
import { ReadOnlyGuard } from './guards.js';
import { HealWriter } from './heal/heal-writer.js';
import { Healer } from './heal/healer.js';
import { HttpMirror } from './heal/http-mirror.js';
import type { Mirror } from './heal/heal.types.js';
import type { LogLimits } from './log.types.js';
import { LOG_DEFAULTS } from './log.types.js';
import { LogTrees } from './log-trees.js';
import type { WitnessVenue } from './registry-policies.js';
import { RegistryPolicies } from './registry-policies.js';
import { Tiles } from './tiles.js';

export interface LogParts {
  readonly installation: string;
  readonly venue: string;
  /** Folder of the static files. */
  readonly folder: string;
  readonly profile: CryptoProfile;
  readonly keys: { readonly log: LocalSigner; readonly node: LocalSigner };
  readonly pool: Pool;
  readonly cipher: PartCipher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pipeline: Pick<Pipeline, 'lotState' | 'onAppended'>;
  readonly reader: Pick<EntryReader, 'leaves'>;
  readonly venues: () => readonly (WitnessVenue & { readonly role: string })[];
  /** Makes the writers fold a healed log anew. */
  readonly reset: (origin: string) => Promise<void>;
  readonly limits?: Partial<LogLimits>;
  /** Instead of the venues' own mirrors. */
  readonly mirrors?: () => readonly Mirror[];
}

export interface AssembledLog {
  readonly checkpoints: CheckpointLog;
  readonly healer: Healer;
  readonly guard: ReadOnlyGuard;
  readonly tiles: Tiles;
  readonly trees: LogTrees;
  readonly policies: RegistryPolicies;
  readonly repository: CheckpointRepository;
}

/** Puts the log module together; pool, pipeline and clock stay the caller's. */
export function assembleLog(parts: LogParts): AssembledLog {
  const { installation, profile, keys, pool, clock, logger, pipeline } = parts;
  const limits = { ...LOG_DEFAULTS, ...parts.limits };
  const suite = noteSuite(profile);
  const signerOf = (origin: string) => noteSigner(keys.log, origin, SIGNATURE_TYPE.note);
  const keysOf = (origin: string) => (origin.startsWith(`${installation}/`) ? [signerOf(origin)] : []);
  const repository = new CheckpointRepository(pool);
  const trees = new LogTrees(profile.hash, parts.reader, limits.treeLeavesMax);
  const policies = new RegistryPolicies(profile, keys.log, parts.venues, pipeline, logger);
  const guard = new ReadOnlyGuard(logger);
  const tiles = new Tiles(parts.folder, repository, trees, { isPublic: (origin) => isPublic(pipeline, origin) });
  const identity = { venue: parts.venue, installation, signer: keys.node, profile, clock };
  const mirrors =
    parts.mirrors ??
    (() =>
      parts
        .venues()
        .filter(({ role }) => role !== 'main')
        .map(({ id, url }) => new HttpMirror(id, url, identity)));
  const healer = new Healer({
    repository,
    writer: new HealWriter(pool, parts.cipher, profile),
    trees,
    policies,
    guard,
    reset: { reset: parts.reset },
    suite,
    keysOf,
    mirrors,
    clock,
    logger,
    timeoutMs: limits.compareTimeoutMs,
    retryMs: limits.retryMs,
    healed: (origin) => {
      checkpoints.touch(origin);
    },
  });
  const checkpoints = new CheckpointLog({
    repository,
    trees,
    policies,
    cosigner: new Cosigner(suite, clock, logger, limits),
    guard,
    suite,
    signerOf,
    pipeline,
    clock,
    logger,
    limits,
    compare: (origin) => healer.compare(origin),
    contradicted: (origin, reason) => {
      guard.close(origin, reason);
      void healer.compare(origin);
    },
    written: (checkpoint, before, tree) => tiles.write(checkpoint, before, tree),
  });
  checkpoints.onCheckpoint((origin, note) => {
    tiles.writeCheckpoint(origin, note).catch((error: unknown) => {
      logger.warn({ err: error, origin }, 'log: the checkpoint could not be written as a file');
    });
  });
  return { checkpoints, healer, guard, tiles, trees, policies, repository };
}

/** Headers of a lot are public from the opening on; other logs hold opaque commitments only. */
async function isPublic(pipeline: Pick<Pipeline, 'lotState'>, origin: string): Promise<boolean> {
  if (!origin.includes('/lot/')) return true;
  try {
    return (await pipeline.lotState(origin)).setup.isPublic;
  } catch (error) {
    if (isDomainError(error, 'NOT_FOUND')) return false;
    throw error;
  }
}
