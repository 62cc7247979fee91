// Freezes the rules as they stand: one self-contained file that lots of a release name by its hash for as long as they live.
//   npm run engine:freeze -- 0.2.0     writes libs/evaluation/engines/0.2.0.mjs and its line in the table
//   npm run engine:freeze -- --check   says whether every frozen file is the one of the table, and what today's rules are
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './lib/paths.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const TABLE = inRoot('libs', 'evaluation', 'src', 'engines', 'frozen.ts');
const ROW = /version: '([^']+)',\s+hash: '([0-9a-f]{64})'/g;
const fileOf = (version) => inRoot('libs', 'evaluation', 'engines', `${version}.mjs`);
const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** The rows of the table, oldest first. A table that cannot be read must not look like one in which all is well. */
function rows() {
  const found = [...readFileSync(TABLE, 'utf8').matchAll(ROW)].map(([, version, hash]) => ({ version, hash }));
  if (found.length === 0) throw new Trouble(`${TABLE} has no row that can be read.`, 'Restore it from the release.');
  return found;
}

/** The rules as one module without imports. The same sources and the same bundler (the lock file's) give the same bytes. */
async function bundle(version) {
  const { rolldown } = await import('rolldown');
  const folder = mkdtempSync(inRoot('libs', 'evaluation', '.freeze-'));
  try {
    const entry = join(folder, 'entry.ts');
    writeFileSync(
      entry,
      `import { engineOf } from '../src/engines/next.js';\nexport const engine = engineOf(${JSON.stringify(version)});\n`,
    );
    const build = await rolldown({
      // No comments that name files: they would differ from folder to folder.
      experimental: { attachDebugInfo: 'none' },
      input: entry,
      platform: 'neutral',
      tsconfig: inRoot('tsconfig.json'),
      resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'default'] },
    });
    const { output } = await build.generate({ format: 'esm', minify: false, comments: { legal: true, jsdoc: false, annotation: false } });
    const [{ code, imports }] = output;
    if (output.length !== 1 || imports.length > 0)
      throw new Trouble(
        `The rules need ${imports.join(', ') || 'more than one file'}.`,
        'An engine is self-contained: import nothing that a browser has not.',
      );
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkFiles() {
  for (const { version, hash } of rows()) {
    if (!existsSync(fileOf(version)))
      throw new Trouble(`The engine ${version} is missing.`, `Restore ${fileOf(version)} from the release.`);
    if (hashOf(readFileSync(fileOf(version))) !== hash)
      throw new Trouble(
        `The engine ${version} is not the one that was released.`,
        `Restore ${fileOf(version)}; what was frozen is never changed.`,
      );
    console.log(`${version} ${hash} as released`);
  }
}

async function check() {
  checkFiles();
  const newest = rows().at(-1);
  const isSame = hashOf(await bundle(newest.version)) === newest.hash;
  console.log(isSame ? `next is ${newest.version}` : `next has changed since ${newest.version}`);
}

async function freeze(version) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Trouble(`${version} is no version.`, 'Give three numbers, for instance 0.2.0.');
  if (rows().some((row) => row.version === version))
    throw new Trouble(`The engine ${version} is frozen already.`, 'What was frozen is never changed: take the next version.');
  checkFiles();
  const code = await bundle(version);
  const hash = hashOf(code);
  writeFileSync(fileOf(version), code);
  writeFileSync(
    fileOf(version).replace(/mjs$/, 'd.mts'),
    "import type { Engine } from '../src/engines/engine.js';\n\nexport declare const engine: Engine;\n",
  );
  const load = `() => import('../../engines/${version}.mjs')`;
  const line = `  {\n    version: '${version}',\n    hash: '${hash}',\n    load: ${load},\n  },\n];\n`;
  writeFileSync(TABLE, readFileSync(TABLE, 'utf8').replace(/\];\n$/, line));
  console.log(`${version} ${hash} frozen (${code.length} bytes)`);
}

await main(async () => {
  const [argument] = process.argv.slice(2);
  if (argument === undefined) throw new Trouble('Which version?', 'npm run engine:freeze -- 0.2.0, or --check');
  await (argument === '--check' ? check() : freeze(argument));
});
