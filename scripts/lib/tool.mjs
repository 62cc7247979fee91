import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { inRoot, nodePath } from './paths.mjs';
import { lastLines, run } from './steps.mjs';
import { Trouble } from './trouble.mjs';

/** Runs one of the built programs to its end; its output goes to `log` and, on failure, its error into ours. */
export async function runTool({ script, args, env, log, onLine, signal }) {
  const file = inRoot('dist', script);
  if (!existsSync(file)) throw new Trouble(`${file} is missing.`, 'Run: node scripts/setup.mjs');
  mkdirSync(dirname(log), { recursive: true });
  const keep = (output) => writeFileSync(log, output, { flag: 'a', mode: 0o600 });
  try {
    keep(await run(nodePath(), ['--enable-source-maps', file, ...args], { cwd: inRoot(), env, onLine, signal }));
  } catch (error) {
    const output = error.output ?? error.message;
    keep(output);
    const said = output.split('\n').find((line) => /^\w*Error\b|^[\w-]+: /.test(line)) ?? lastLines(output, 3);
    throw new Trouble(`${basename(script, '.js')} failed: ${said}.`, `Read ${log}.`);
  }
}
