import { parseArgs } from 'node:util';
import { EXIT, printed } from './score.js';

const USAGE = 'usage: score CASE.json [--json]';

function main(): number {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(USAGE);
  const { exit, text } = printed(file, values.json);
  process.stdout.write(text);
  return exit;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT.UNREADABLE;
}
