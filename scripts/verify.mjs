// The offline verifier: archive in, verdict out. Its exit code is passed on.
import { runProgram } from './lib/programs.mjs';
import { main } from './lib/trouble.mjs';

await main(async () => {
  process.exitCode = await runProgram('tools/verify/src/main.js', process.argv.slice(2));
});
