import { NODE_DIGESTS } from '@app/archive/node';
import { EngineShelf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { TV_E2E_02 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { AS_RELEASED, createLot, playToTheEnd, seat, untilLocked } from '@app/testing/play';
import { verifyArchive } from '../../src/archive/verify-archive.js';
import { archiveOf } from './archived.js';
import { Certified } from './certified.js';
import { CountedSource, Fuzzer } from './fuzzer.js';
import { Random } from './random.js';

/** How far the lot went, of how many fuzzed archives one is made of it (what takes longer to judge is made more seldom), and how. */
const LOTS: readonly { readonly until: (play: Play) => void; readonly every: number; readonly kinds?: readonly string[] }[] = [
  {
    until: (play) => {
      playToTheEnd(play, 'C');
    },
    every: 300,
    kinds: ['signed'],
  },
  { until: untilLocked, every: 50 },
  { until: createLot, every: 1 },
];
/** Reads of one archive, in its own length: once for its form, once to compare, once or twice for its files. */
const READS_MAX = 8;
const READ_BYTES_FREE = 65_536;

export interface Fuzzed {
  readonly seed: number;
  /** Archives by their verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** What must not be: `<number> <kind>: <what>`. */
  readonly faults: readonly string[];
  readonly slowestMs: number;
}

/**
 * Verifies `count` fuzzed archives of this seed. A fault is an exception, a PASS, or more read of an archive than its length allows;
 * `slowestMs` is the processor's time for the slowest.
 */
export async function fuzz(seed: number, count: number): Promise<Fuzzed> {
  const keys = await Certified.of(TV_E2E_02);
  const built = await openCheckedShelf();
  const shelf = new EngineShelf([...built.all.filter(({ hash }) => hash !== null), AS_RELEASED]);
  const random = new Random(seed);
  const lots = LOTS.filter(({ every }) => every <= count);
  const fuzzers = await Promise.all(
    lots.map(({ until }) => {
      const play = seat(TV_E2E_02, 1, { shelf, founding: shelf.newest }, keys);
      until(play);
      return Fuzzer.of(keys, archiveOf(play, keys), random);
    }),
  );
  const tools = { profileFor: (id: string) => (id === keys.profile.id ? keys.profile : null), digests: NODE_DIGESTS, shelf };
  const verdicts: Record<string, number> = {};
  const faults: string[] = [];
  let slowestMs = 0;
  for (let number = 0; number < count; number += 1) {
    const which = lots.findIndex(({ every }) => (number + 1) % every === 0);
    const fuzzer = fuzzers[which];
    if (fuzzer === undefined) throw new Error('no lot to make it of');
    const kind = random.pick(lots[which]?.kinds ?? fuzzer.kinds);
    const source = new CountedSource(await fuzzer.make(kind));
    const before = process.cpuUsage();
    try {
      const { verdict } = await verifyArchive(source, keys.trust, tools);
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      if (verdict === 'PASS') faults.push(`${number} ${kind}: PASS`);
      if (source.bytesRead > READS_MAX * source.size + READ_BYTES_FREE)
        faults.push(`${number} ${kind}: read ${source.bytesRead} of ${source.size} bytes`);
    } catch (error) {
      faults.push(`${number} ${kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    const { user, system } = process.cpuUsage(before);

    slowestMs = Math.max(slowestMs, (user + system) / 1_000);
  }
  return { seed, verdicts, faults, slowestMs };
}
