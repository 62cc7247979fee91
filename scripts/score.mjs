// Scores a worked case by the rules that lots are ranked with: npm run score -- CASE.json [--json]. Its exit code is passed on.
import { runProgram } from './lib/programs.mjs';
import { main } from './lib/trouble.mjs';

await main(async () => {
  process.exitCode = await runProgram('tools/score/src/main.js', process.argv.slice(2));
});
