// Seals a bid without network: npm run seal -- BID.json --archive FILE --trust FILE --identity FILE --out FOLDER. Its exit code is passed on.
import { runProgram } from './lib/programs.mjs';
import { main } from './lib/trouble.mjs';

await main(async () => {
  process.exitCode = await runProgram('tools/seal/src/main.js', process.argv.slice(2));
});
