// Plays a whole evaluation, from the tender document to the award, against a running system or a private one; or a lot up to a stage, for
// people to go on in the browser.
//   npm run demo -- [--out DIR]
//   npm run demo -- --until STAGE [--lot ID] | --list
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder } from './lib/make-folder.mjs';
import { callerFolder, homeFolder, inRoot } from './lib/paths.mjs';
import { runProgram, withSystem } from './lib/programs.mjs';
import { runningSystem } from './lib/run-record.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const USE = 'Use: npm run demo -- [--out DIR], or npm run demo -- --until STAGE [--lot ID] (--list names the stages)';
const PLAY = 'tools/demo/src/main.js';
const MISUSED = 2;

function options() {
  const text = { type: 'string' };
  try {
    return parseArgs({ options: { out: text, until: text, lot: text, list: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Trouble(error.message.replace(/[.]?$/, '.'), USE);
  }
}

const environment = ({ home, urls }) => ({
  GONGPING_HOME: home,
  MAIN_URL: urls.main,
  GONGPING_URLS: JSON.stringify(urls),
});

/** A lot that is left to people needs a system that stays. */
async function playUntil(until, lot) {
  const running = runningSystem(homeFolder());
  if (running === null) throw new Trouble('No system is running that people could go on with.', 'Run npm start in another terminal first.');
  return runProgram(PLAY, ['--until', until, ...(lot === undefined ? [] : ['--lot', lot])], environment(running));
}

async function playAll(where) {
  // Before a minute of play, not after it. Relative to where the command was given.
  const out = resolve(callerFolder(), where);
  makeFolder(out);
  return withSystem((system) => runProgram(PLAY, ['--out', out], environment(system)));
}

await main(async () => {
  const { out = 'demo-out', until, lot, list } = options();
  const { isStage, stageList } = await import(inRoot('dist', 'tools', 'demo', 'src', 'stages.js'));
  if (list === true || (until !== undefined && !isStage(until))) {
    if (list !== true) console.error(`✗ There is no stage “${until}”. ${USE}`);
    (list === true ? console.log : console.error)(`A lot can be played up to one of these stages and left to people:\n\n${stageList()}`);
    process.exitCode = list === true ? 0 : MISUSED;
  } else process.exitCode = await (until === undefined ? playAll(out) : playUntil(until, lot));
});
