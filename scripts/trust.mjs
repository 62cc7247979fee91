// What devices pin: npm run trust -- fingerprint TRUST_FILE | npm run trust -- sign TRUST_FILE KEYS_FILE
import { runProgram } from './lib/programs.mjs';
import { main } from './lib/trouble.mjs';

await main(async () => {
  process.exitCode = await runProgram('tools/trust/src/main.js', process.argv.slice(2));
});
