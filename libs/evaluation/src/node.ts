import { NODE_PRIMITIVES } from '@app/sealing/node';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FrozenEngine } from './engines/frozen.js';
import { EngineFileError, openShelf } from './engines/open-shelf.js';
import type { EngineShelf, FoundingRules } from './engines/shelf.js';

const FOLDER = new URL('../engines/', import.meta.url);

/** Throws {@link EngineFileError} unless the file is the very one that was released. */
export async function checkEngineFile({ version, hash }: Pick<FrozenEngine, 'version' | 'hash'>, folder = FOLDER): Promise<void> {
  const bytes = await readFile(new URL(`${version}.mjs`, folder)).catch((error: unknown) => {
    throw new EngineFileError(
      'ENGINE_MISSING',
      `The engine ${version} is missing. Restore libs/evaluation/engines/${version}.mjs from the release.`,
      error,
    );
  });
  if (createHash('sha256').update(bytes).digest('hex') === hash) return;
  throw new EngineFileError(
    'ENGINE_ALTERED',
    `The engine ${version} is not the file that was released. Restore libs/evaluation/engines/${version}.mjs from the release.`,
  );
}

/**
 * The shelf of this build with every frozen file checked before it is run, and Node's own cryptography behind each engine: the same
 * results, sooner. Throws {@link EngineFileError}.
 */
export async function openCheckedShelf(rules: FoundingRules = 'next'): Promise<EngineShelf> {
  const shelf = await openShelf(checkEngineFile);
  for (const { engine } of shelf.all) engine.accelerate('gp-std-1', NODE_PRIMITIVES);
  return shelf.foundedUnder(rules);
}
