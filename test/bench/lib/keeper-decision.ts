import { FakeClock } from '@app/platform';
import type { LotRun } from '@app/evaluation';
import type { LotPlan } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { playToTheEnd, seat } from '@app/testing/play';
import type { Pool } from 'pg';
import { Keeper } from '../../../apps/sub-venue/src/keeper/keeper.js';
import { KeeperRepository } from '../../../apps/sub-venue/src/keeper/keeper.repository.js';
import type { Replica } from '../../../apps/sub-venue/src/replica/replica.js';
import { headOf, treeOf } from '../../../libs/verifying/test/support/signed-heads.js';
import { Certified } from '../../../libs/verifying/test/support/certified.js';
import { within } from './child.js';
import { cryptoOf, pageOf, QUIET, READER, replicaOf } from './site-replica.js';

/** A worked lot that was played to its end, and the lot after each of its entries (at 0: before the first). */
interface Played {
  readonly keys: Certified;
  readonly play: Play;
  readonly runs: readonly LotRun[];
}

/** A key that the keeper of the site owes: since the entry that made the log this long. */
interface OwedRelease {
  readonly purpose: string;
  readonly size: number;
  readonly run: LotRun;
  readonly notBefore: string | null;
}

export async function played(plan: LotPlan, winner: string): Promise<Played> {
  const keys = await Certified.of(plan);
  const play = seat(plan, 1, undefined, keys);
  let run = play.table.run;
  playToTheEnd(play, winner);
  return { keys, play, runs: [run, ...play.table.entries.map((entry) => (run = run.next(entry)))] };
}

/** Every purpose once, in the order of the log. */
export function owedReleases({ runs }: Played): OwedRelease[] {
  const owed = new Map<string, OwedRelease>();
  for (const [size, run] of runs.entries())
    for (const { command, subject: purpose, notBefore } of run.owed(READER))
      if (command === 'sealing.release' && !owed.has(purpose)) owed.set(purpose, { purpose, size, run, notBefore });
  return [...owed.values()];
}

/**
 * Milliseconds from the entry that makes the condition hold, as it comes to the site, to the signature under the release: the entry is checked,
 * written, judged and folded, the gate is asked, a checkpoint is wanted and judged, the key is read and the command signed. The main venue and
 * its witnesses answer at once: how long they take is not the keeper's decision.
 */
export async function decisionMs({ keys, play }: Played, { purpose, size, run, notBefore }: OwedRelease, pool: Pool): Promise<number> {
  const { entries, sent, state } = play.table;
  const headers = entries.map(({ header }) => header);
  const tree = treeOf(keys, headers);
  const cameAt = Date.parse(headers[size - 1]?.at ?? '') + 1_000;
  const clock = new FakeClock(new Date(Math.max(cameAt, Date.parse(notBefore ?? headers[0]?.at ?? ''))).toISOString());
  const crypto = cryptoOf(keys);
  const repository = new KeeperRepository(pool, crypto);
  const key = play.keys.get(`${READER}/${purpose}`);
  if (key === undefined) throw new Error(`no key of ${READER} for ${purpose}`);
  await repository.keep(state.origin, purpose, key);
  const sites: Replica[] = [];
  const signed = Promise.withResolvers<number>();
  const line = {
    wantCheckpoint: async (): Promise<void> => {
      for (const site of sites) await site.offerCheckpoint(headOf(keys, state.origin, tree, size, clock.instant(), 'witnessed'));
    },
  };
  const outbox: ConstructorParameters<typeof Keeper>[3] = {
    submit: ({ command }) => {
      if (command.type === 'sealing.release' && command.public['purpose'] === purpose) signed.resolve(performance.now());
      return Promise.resolve({ index: 0, receivedAt: '', answer: new Promise(() => undefined) });
    },
  };
  const replicas = { listen: () => () => undefined, all: () => [] };
  const keeper = new Keeper({ VENUE_ID: 'sub-1' }, replicas, repository, outbox, line, crypto, clock, QUIET);
  const look = (of: Replica): void => {
    keeper.review(of);
  };
  const replica = await replicaOf({ keys, play, pool, clock, events: { folded: look, refolded: look, checked: look } }, crypto);
  sites.push(replica);
  // The lot up to here came long ago.
  await replica.receive(pageOf(run, 0, entries.slice(0, size - 1), sent.slice(0, size - 1)));
  await replica.folded();
  const last = pageOf(run, size - 1, entries.slice(size - 1, size), sent.slice(size - 1, size));
  const begun = performance.now();
  await replica.receive(last);
  const took =
    (await within(signed.promise, 10_000, () => `${purpose} was not released: ${replica.standing.fault ?? 'nothing is wrong'}`)) - begun;
  keeper.onModuleDestroy();
  await replica.close();
  return took;
}
