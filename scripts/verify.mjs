// The offline verifier: archive, receipt or a venue's address in, verdict out. Its exit code is passed on.
import { inRoot } from './lib/paths.mjs';
import { runProgram } from './lib/programs.mjs';
import { main } from './lib/trouble.mjs';

await main(async () => {
  process.exitCode = await runProgram('tools/verify/src/main.js', ['--build', inRoot('dist', 'web'), ...process.argv.slice(2)]);
});
