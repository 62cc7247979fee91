// Plays a whole evaluation, from the tender document to the award, against a running system or a private one.
//   npm run demo -- [--out DIR]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder } from './lib/make-folder.mjs';
import { callerFolder } from './lib/paths.mjs';
import { runProgram, withSystem } from './lib/programs.mjs';
import { main, Trouble } from './lib/trouble.mjs';

/** Where the archives go, relative to where the command was given. */
function outFolder() {
  try {
    return resolve(callerFolder(), parseArgs({ options: { out: { type: 'string', default: 'demo-out' } } }).values.out);
  } catch (error) {
    throw new Trouble(error.message.replace(/[.]?$/, '.'), 'Use: npm run demo -- [--out DIR]');
  }
}

await main(async () => {
  // Before a minute of play, not after it.
  const out = outFolder();
  makeFolder(out);
  process.exitCode = await withSystem(({ home, urls }) =>
    runProgram('tools/demo/src/main.js', [out], {
      GONGPING_HOME: home,
      MAIN_URL: urls.main,
      GONGPING_URLS: JSON.stringify(urls),
    }),
  );
});
