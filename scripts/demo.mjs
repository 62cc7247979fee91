// Plays a whole evaluation, from the tender document to the award, against a running system or a private one.
import { withSystem, runProgram } from './lib/programs.mjs';
import { main } from './lib/trouble.mjs';

await main(async () => {
  process.exitCode = await withSystem(({ home, urls }) =>
    runProgram('tools/demo/src/main.js', process.argv.slice(2), {
      GONGPING_HOME: home,
      MAIN_URL: urls.main,
      GONGPING_URLS: JSON.stringify(urls),
    }),
  );
});
