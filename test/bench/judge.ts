import { createPool, SystemClock } from '@app/platform';
import { createDatabase } from '@app/testing';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import type { Pool } from 'pg';
import { SITE_MIGRATIONS } from '../../migrations/site/index.js';
import { interleaved, median, printFigure, printRatio, seconds } from './lib/figure.js';
import { decisionMs, owedReleases, played } from './lib/keeper-decision.js';
import { LongLot } from './lib/long-lot.js';
import { sizeOption } from './lib/options.js';
import { cryptoOf, pageOf, replicaOf } from './lib/site-replica.js';

/**
 * What it costs a site to believe nobody: a replica on PostgreSQL (fsync on) that judges every entry, beside the same replica that only folds;
 * entries in pages as after a cut, and commands one by one as they come. Then a keeper's decision, from the entry that makes its condition
 * hold to the signature under its release. `--entries=2000 --commands=200 --repetitions=1` for a short run.
 */
const ENTRIES = sizeOption('entries', 20_000);
const COMMANDS = sizeOption('commands', 2_000);
const REPETITIONS = sizeOption('repetitions', 3);
const PAGE_ENTRIES = 1_000;
const DECISION_MS_MAX = 50;

async function onNewTables<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  const database = await createDatabase(SITE_MIGRATIONS);
  const pool = createPool({ url: database.url, name: 'bench-judge' });
  try {
    return await work(pool);
  } finally {
    await pool.end();
    await database.drop();
  }
}

/** Entries per second until the last one is on disk and folded. */
async function rates(): Promise<void> {
  const lot = await LongLot.found();
  const made = lot.next(ENTRIES + COMMANDS);
  const { run } = lot.play.table;
  const page = (from: number, to: number) => pageOf(run, from, made.entries.slice(from, to), made.sent.slice(from, to));
  const pages = Array.from({ length: Math.ceil(ENTRIES / PAGE_ENTRIES) }, (_none, index) =>
    page(index * PAGE_ENTRIES, Math.min(ENTRIES, (index + 1) * PAGE_ENTRIES)),
  );
  const singles = Array.from({ length: COMMANDS }, (_none, index) => page(ENTRIES + index, ENTRIES + index + 1));
  const live = new Map<boolean, number[]>([
    [true, []],
    [false, []],
  ]);
  const take = (isJudged: boolean) => (): Promise<number> =>
    onNewTables(async (pool) => {
      const site = { keys: lot.keys, play: lot.play, pool, clock: new SystemClock(), ...(isJudged ? {} : { unjudged: lot.beginning }) };
      const replica = await replicaOf(site, cryptoOf(lot.keys));
      const took = await seconds(async () => {
        for (const one of pages) await replica.receive(one);
        await replica.folded();
      });
      const singly = await seconds(async () => {
        for (const one of singles) await replica.receive(one);
        await replica.folded();
      });
      if (replica.standing.fault !== null || replica.state.faults.length > 0) throw new Error(replica.standing.fault ?? 'not lawful');
      await replica.close();
      live.get(isJudged)?.push(COMMANDS / singly);
      return ENTRIES / took;
    });
  const pairs = await interleaved(REPETITIONS, take(true), take(false));
  const shared = { bench: 'judge', unit: '1/s', better: 'higher', otherIs: 'the same replica without judging, same run' } as const;
  const goal = 'shown, no goal';
  printRatio({ ...shared, figure: 'entries received in pages, stored and folded' }, pairs, 0, goal);
  const [judged = [], folded = []] = [live.get(true)?.slice(1), live.get(false)?.slice(1)];
  const singly = judged.map((ours, index) => ({ ours, other: folded[index] ?? Number.NaN }));
  printRatio({ ...shared, figure: 'commands received one by one, stored and folded' }, singly, 0, goal);
}

async function keeper(): Promise<void> {
  const lots = [await played(TV_E2E_01, 'B'), await played(TV_E2E_02, 'C')];
  const runs: number[] = [];
  for (let turn = 0; turn <= REPETITIONS; turn += 1)
    for (const lot of lots)
      for (const owed of owedReleases(lot)) {
        const ms = await onNewTables((pool) => decisionMs(lot, owed, pool));
        process.stderr.write(`  ${lot.play.plan.id} ${owed.purpose}: ${ms.toFixed(1)} ms\n`);
        if (turn > 0) runs.push(ms);
      }
  const shared = { bench: 'judge', unit: 'ms', other: null, otherIs: 'none', better: 'lower' } as const;
  const goal = `<= ${String(DECISION_MS_MAX)} ms`;
  const worst = Math.max(...runs);
  printFigure({ ...shared, figure: "a keeper's decision, median", ours: median(runs), goal, met: median(runs) <= DECISION_MS_MAX });
  printFigure({
    ...shared,
    figure: `a keeper's decision, worst of ${String(runs.length)}`,
    ours: worst,
    goal,
    met: worst <= DECISION_MS_MAX,
  });
}

await rates();
await keeper();
