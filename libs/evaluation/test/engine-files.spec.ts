import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FROZEN } from '../src/engines/frozen.js';
import { engineOf } from '../src/engines/next.js';
import { EngineShelf } from '../src/engines/shelf.js';
import { checkEngineFile, openCheckedShelf } from '../src/node.js';

const fileOf = (version: string): URL => new URL(`../engines/${version}.mjs`, import.meta.url);

describe('frozen engines', () => {
  it.each(FROZEN)('engine $version is the file that was released, needs nothing beside it and names no machine', async (frozen) => {
    await expect(checkEngineFile(frozen)).resolves.toBeUndefined();
    const text = readFileSync(fileOf(frozen.version), 'utf8');
    expect(/^import\b|\bimport\(|\brequire\(|^export .* from /m.exec(text)).toBeNull();
    expect(/node_modules|\/home\/|\/tmp\//.exec(text)).toBeNull();
  });

  it('an altered file and a missing one are refused before they are run, with the file to restore', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongping-engine-'));
    try {
      const [frozen] = FROZEN;
      const version = frozen?.version ?? '';
      const check = (): Promise<void> => checkEngineFile({ version, hash: frozen?.hash ?? '' }, pathToFileURL(`${folder}/`));
      await expect(check()).rejects.toMatchObject({ code: 'ENGINE_MISSING', message: expect.stringContaining(`${version}.mjs`) });
      const good = readFileSync(fileOf(version), 'utf8');
      writeFileSync(join(folder, `${version}.mjs`), `${good} `);
      await expect(check()).rejects.toMatchObject({ code: 'ENGINE_ALTERED', message: expect.stringContaining('Restore') });
      writeFileSync(join(folder, `${version}.mjs`), good);
      await expect(check()).resolves.toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('an engine is found by its version and its hash together, the first one by its version', async () => {
    const { all, newest } = await openCheckedShelf();
    expect(all.map(({ engine }) => engine.version)).toEqual([...FROZEN.map(({ version }) => version), 'next']);
    const shelf = new EngineShelf([
      { engine: engineOf('0.1.0'), hash: 'a'.repeat(64) },
      { engine: engineOf('9.0.0'), hash: 'b'.repeat(64) },
    ]);
    expect(shelf.find('gongping-engine/0.1.0')?.engine.version).toBe('0.1.0');
    expect(shelf.find(`gongping-engine/9.0.0@${'b'.repeat(64)}`)?.engine.version).toBe('9.0.0');
    expect(shelf.find(`gongping-engine/9.0.0@${'c'.repeat(64)}`)).toBeUndefined();
    expect(shelf.find('gongping-engine/9.0.0')).toBeUndefined();
    expect(newest.id).toBe('gongping-engine/next');
  });
});
