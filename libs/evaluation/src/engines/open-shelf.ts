import type { StartCode } from '@app/contracts';
import type { FrozenEngine } from './frozen.js';
import { FROZEN } from './frozen.js';
import { NEXT } from './next.js';
import { EngineShelf } from './shelf.js';

/** An engine of this build is missing or is not the file that was released. */
export class EngineFileError extends Error {
  override readonly name = 'EngineFileError';
  constructor(
    readonly code: Extract<StartCode, `ENGINE_${string}`>,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

let shelf: Promise<EngineShelf> | null = null;

/**
 * The shelf of this build: every frozen engine and the rules under development. `check` looks at a file before it is run; a browser
 * leaves it out, since there the engines are part of the client's own bundle. Loaded once in a process. Throws
 * {@link EngineFileError}.
 */
export function openShelf(check: (frozen: FrozenEngine) => Promise<void> = () => Promise.resolve()): Promise<EngineShelf> {
  shelf ??= load(check).catch((error: unknown) => {
    shelf = null;
    throw error;
  });
  return shelf;
}

async function load(check: (frozen: FrozenEngine) => Promise<void>): Promise<EngineShelf> {
  const frozen = [];
  for (const one of FROZEN) {
    await check(one);
    const { engine } = await one.load().catch((error: unknown) => {
      throw new EngineFileError(
        'ENGINE_MISSING',
        `the engine ${one.version} cannot be loaded. Restore libs/evaluation/engines/${one.version}.mjs from the release.`,
        error,
      );
    });
    frozen.push({ engine, hash: one.hash, released: one.released });
  }
  return new EngineShelf([...frozen, { engine: NEXT, hash: null }]);
}
