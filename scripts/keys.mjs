// Makes the keys of one venue: npm run keys -- --installation NAME --venue ID --role main|sub|supervision --out FILE
import { runProgram } from './lib/programs.mjs';
import { main } from './lib/trouble.mjs';

await main(async () => {
  process.exitCode = await runProgram('tools/keys/src/main.js', process.argv.slice(2));
});
