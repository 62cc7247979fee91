import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { formatWebManifest, WEB_MANIFEST, WEB_RELEASE } from '../../libs/contracts/src/index.js';

/** Adds the name of the release to a build, and a manifest over every file of it: docs/design/web.md, "The bundle". */
export function bundleManifest(): Plugin {
  let folder = '';
  return {
    name: 'gongping-bundle-manifest',
    apply: 'build',
    buildStart() {
      const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
      this.emitFile({ type: 'asset', fileName: WEB_RELEASE, source: `${version}\n` });
    },
    configResolved: ({ build }) => {
      folder = build.outDir;
    },
    // The last of a build, and not called when it failed: the folder has nothing of an earlier one (emptyOutDir).
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        const files = readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => join(parentPath, name))
          .map((file) => ({
            path: relative(folder, file).split(sep).join('/'),
            hash: createHash('sha256').update(readFileSync(file)).digest('hex'),
          }));
        writeFileSync(join(folder, WEB_MANIFEST), formatWebManifest(files));
      },
    },
  };
}
