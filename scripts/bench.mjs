// Runs benchmarks of test/bench by name (all without one) against a PostgreSQL and a Redis of their own, fsync on.
//   npm run bench -- [name …] [--option=value …]: options go to the benchmarks, for short runs
//   GONGPING_BENCH_PEER=FOLDER npm run bench -- …: the same also in another built checkout (the last release), on the same services; each
//   figure of both is printed once more, ours beside the peer's
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { callerFolder, ROOT } from './lib/paths.mjs';
import { runProgram } from './lib/programs.mjs';
import { startServices } from './lib/services.mjs';
import { main, Trouble } from './lib/trouble.mjs';

const PEER = process.env.GONGPING_BENCH_PEER ? resolve(callerFolder(), process.env.GONGPING_BENCH_PEER) : null;

/** Benchmarks that a checkout has built: name and file. */
function benchmarks(root) {
  const folder = join(root, 'dist', 'test', 'bench');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => /^[a-z0-9-]+(\.bench)?\.js$/.test(file)) : [];
  return new Map(files.map((file) => [file.replace(/(\.bench)?\.js$/, ''), file]));
}

/** Runs one benchmark of a checkout; its exit code and figures. */
async function run(root, file, options, env) {
  const figures = [];
  const onLine = (line) => {
    console.log(root === ROOT ? line : line.replace(/^\{/, '{"checkout":"peer",'));
    if (line.startsWith('{')) figures.push(JSON.parse(line));
  };
  const code = await runProgram(`test/bench/${file}`, options, env, { root, cwd: root, onLine });
  return { code, figures };
}

/** Figures of the same name, side by side. */
function compare(ours, peers) {
  for (const { bench, figure, unit, better, ours: value } of ours) {
    const peer = peers.find((one) => one.figure === figure && one.unit === unit);
    if (peer === undefined) continue;
    const ratio = Number((value / peer.ours).toFixed(3));
    console.log(
      JSON.stringify({ bench, figure, unit, ours: value, other: peer.ours, otherIs: 'the peer checkout, same run', ratio, better }),
    );
  }
}

await main(async () => {
  const known = benchmarks(ROOT);
  const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Trouble(`There is no benchmark ${unknown.join(', ')}.`, `Known: ${[...known.keys()].join(', ') || 'none'}.`);
  const peers = PEER === null ? new Map() : benchmarks(PEER);
  if (PEER !== null && peers.size === 0) throw new Trouble(`${PEER} has no built benchmark.`, 'Run there: node scripts/setup.mjs');
  const services = await startServices({ fsync: true });
  // What a benchmark that is killed leaves behind goes with the folder.
  const temporary = mkdtempSync(join(tmpdir(), 'gongping-bench-'));
  const env = { GONGPING_TEST_SERVICES: JSON.stringify(services.facts), TMPDIR: temporary };
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (isEnding = true));
  try {
    for (const name of names.length > 0 ? names : known.keys()) {
      const peer = peers.has(name) && !isEnding ? await run(PEER, peers.get(name), options, env) : { code: 0, figures: [] };
      if (isEnding) break;
      const ours = await run(ROOT, known.get(name), options, env);
      compare(ours.figures, peer.figures);
      process.exitCode ||= ours.code || peer.code;
    }
    if (isEnding) process.exitCode ||= 130;
  } finally {
    await services.stop();
    rmSync(temporary, { recursive: true, force: true });
  }
});
