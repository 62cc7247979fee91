// Runs the tests and ends with one line for machines: "N passed, N failed, N skipped".
//   npm test                       every day's tiers: unit, medium, e2e, scenario
//   npm run test:long              what takes longer: tier long
//   npm test -- --tier unit        one tier (repeat for more)
//   npm test -- libs/ledger -t …   everything else goes to jest
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, nodePath, ROOT } from './lib/paths.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const EVERY_DAY = ['unit', 'medium', 'e2e', 'scenario'];
const TIERS = [...EVERY_DAY, 'long'];
/** Suites that are named at the end with their time: what belongs into the tier long is decided by it. */
const SLOWEST_SHOWN = 8;
/** Certification items (CTS-EBS01-2016) stand in test names as `A-96` or `B-023`. */
const CERTIFICATION = /\b[AB]-\d{1,3}\b/g;

function readArguments(given) {
  const tiers = [];
  const rest = [];
  for (let index = 0; index < given.length; index += 1) {
    if (given[index] === '--tier') tiers.push(given[(index += 1)]);
    else rest.push(given[index]);
  }
  const wrong = tiers.filter((tier) => !TIERS.includes(tier));
  if (wrong.length > 0) throw new Trouble(`There is no tier ${wrong.join(', ')}.`, `Tiers are ${TIERS.join(', ')}.`);
  return { tiers: tiers.length > 0 ? tiers : EVERY_DAY, rest };
}

/** Options go before the tiers, since --selectProjects takes every word after it until the next option. */
function jestArguments(tier, rest, report) {
  const options = rest.filter((argument, index) => argument.startsWith('-') || rest[index - 1] === '-t');
  const patterns = rest.filter((argument) => !options.includes(argument));
  return [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    `--import=${pathToFileURL(inRoot('scripts/jest/typescript-threads.mjs')).href}`,
    inRoot('node_modules/jest/bin/jest.js'),
    ...options,
    '--json',
    `--outputFile=${report}`,
    '--passWithNoTests',
    // One at a time where a test starts processes of its own: they measure time.
    ...(tier === 'unit' || tier === 'medium' ? ['--maxWorkers=100%'] : ['--runInBand']),
    ...(patterns.length > 0 ? ['--testPathPatterns', ...patterns] : []),
    '--selectProjects',
    tier,
  ];
}

/** Runs one tier; its report, or null when jest itself could not run. */
async function runTier(tier, rest, folder) {
  const report = join(folder, `${tier}.json`);
  const code = await new Promise((resolve, reject) => {
    const child = spawn(nodePath(), jestArguments(tier, rest, report), { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass);
      resolve(exitCode ?? 1);
    });
  });
  if (!existsSync(report)) return { tier, code, suites: [], isBroken: code !== 0 };
  return { tier, code, suites: JSON.parse(readFileSync(report, 'utf8')).testResults, isBroken: false };
}

function summary(results) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const certified = new Set();
  for (const { tier, code, suites, isBroken } of results) {
    if (isBroken) failures.push(`${tier}: the tier could not be run (exit code ${code})`);
    for (const suite of suites) {
      const file = relative(ROOT, suite.name);
      if (suite.status === 'failed' && suite.assertionResults.length === 0)
        failures.push(`${file}: the suite could not be run\n${suite.message}`);
      for (const { status, fullName, failureMessages } of suite.assertionResults) {
        if (status === 'passed') {
          counts.passed += 1;
          for (const id of fullName.match(CERTIFICATION) ?? []) certified.add(id);
        } else if (status === 'failed') failures.push(`${file}: ${fullName}\n${failureMessages.join('\n')}`);
        else counts.skipped += 1;
      }
    }
  }
  return { ...counts, failed: failures.length, failures, certified };
}

/** The suites that took longest, in seconds. */
function slowest(results) {
  const suites = results.flatMap(({ suites }) => suites.map(({ name, startTime, endTime }) => ({ name, ms: endTime - startTime })));
  return suites
    .sort((one, two) => two.ms - one.ms)
    .slice(0, SLOWEST_SHOWN)
    .map(({ name, ms }) => `  ${(ms / 1_000).toFixed(1).padStart(6)} s  ${relative(ROOT, name)}`);
}

const byNumber = (one, two) => one.localeCompare(two, 'en', { numeric: true });

await main(async () => {
  const { tiers, rest } = readArguments(process.argv.slice(2));
  const begun = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'gongping-report-'));
  const results = [];
  try {
    for (const tier of tiers) results.push(await runTier(tier, rest, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { passed, failed, skipped, failures, certified } = summary(results);
  const ids = [...certified].sort(byNumber);
  if (ids.length > 0) console.log(`\nCertification items shown by passed tests (${ids.length}): ${ids.join(' ')}`);
  console.log(`\n${((performance.now() - begun) / 60_000).toFixed(1)} minutes; slowest suites:\n${slowest(results).join('\n')}`);
  for (const failure of failures) console.log(`\nFAILED ${failure}`);
  process.exitCode = failed > 0 || results.some(({ code }) => code !== 0) ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
});
