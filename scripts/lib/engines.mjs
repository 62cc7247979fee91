import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { Trouble } from './trouble.mjs';

export const ENGINE_TABLE = inRoot('libs', 'evaluation', 'src', 'engines', 'frozen.ts');
const ROW = /version: '([^']+)',\s+hash: '([0-9a-f]{64})'/g;
export const engineFile = (version) => inRoot('libs', 'evaluation', 'engines', `${version}.mjs`);
export const hashOfEngine = (text) => createHash('sha256').update(text).digest('hex');

/** The rows of the table, oldest first. A table that cannot be read must not look like one in which all is well. */
function frozenEngines() {
  const found = [...readFileSync(ENGINE_TABLE, 'utf8').matchAll(ROW)].map(([, version, hash]) => ({ version, hash }));
  if (found.length === 0) throw new Trouble(`${ENGINE_TABLE} has no row that can be read.`, 'Restore it from the release.');
  return found;
}

/** The rows of the table, every file of which is the one that was released; else {@link Trouble}. */
export function checkedEngines() {
  const rows = frozenEngines();
  for (const { version, hash } of rows) {
    const file = engineFile(version);
    if (!existsSync(file)) throw new Trouble(`ENGINE_MISSING: the engine ${version} is missing.`, `Restore ${file} from the release.`);
    if (hashOfEngine(readFileSync(file)) !== hash)
      throw new Trouble(
        `ENGINE_ALTERED: the engine ${version} is not the one that was released.`,
        `Restore ${file}; what was frozen is never changed.`,
      );
  }
  return rows;
}
