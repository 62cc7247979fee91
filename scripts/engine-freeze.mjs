// Freezes the rules as they stand: one self-contained file that lots of a release name by its hash for as long as they live.
//   npm run engine:freeze -- 0.2.0     writes libs/evaluation/engines/0.2.0.mjs and its line in the table
//   npm run engine:freeze -- --check   says whether every frozen file is the one of the table, and what today's rules are
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedEngines, ENGINE_TABLE, engineFile, hashOfEngine } from './lib/engines.mjs';
import { inRoot } from './lib/paths.mjs';
import { main, Trouble } from './lib/trouble.mjs';

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

async function check() {
  const rows = checkedEngines();
  for (const { version, hash } of rows) console.log(`${version} ${hash} as released`);
  const newest = rows.at(-1);
  const isSame = hashOfEngine(await bundle(newest.version)) === newest.hash;
  console.log(isSame ? `next is ${newest.version}` : `next has changed since ${newest.version}`);
}

async function freeze(version) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Trouble(`${version} is no version.`, 'Give three numbers, for instance 0.2.0.');
  if (checkedEngines().some((row) => row.version === version))
    throw new Trouble(`The engine ${version} is frozen already.`, 'What was frozen is never changed: take the next version.');
  const code = await bundle(version);
  const hash = hashOfEngine(code);
  writeFileSync(engineFile(version), code);
  writeFileSync(
    engineFile(version).replace(/mjs$/, 'd.mts'),
    "import type { Engine } from '../src/engines/engine.js';\n\nexport declare const engine: Engine;\n",
  );
  const load = `() => import('../../engines/${version}.mjs')`;
  const released = new Date().toISOString();
  const line = `  {\n    version: '${version}',\n    hash: '${hash}',\n    released: '${released}',\n    load: ${load},\n  },\n];\n`;
  writeFileSync(ENGINE_TABLE, readFileSync(ENGINE_TABLE, 'utf8').replace(/\];\n$/, line));
  console.log(`${version} ${hash} frozen (${code.length} bytes)`);
}

await main(async () => {
  const [argument] = process.argv.slice(2);
  if (argument === undefined) throw new Trouble('Which version?', 'npm run engine:freeze -- 0.2.0, or --check');
  await (argument === '--check' ? check() : freeze(argument));
});
