import type { SentEntry, VisibleEntry } from '@app/contracts';
import { utf8 } from '@app/contracts';
import { headerBytes, MerkleTree, TreeHasher, verifyInclusion } from '@app/ledger';
import { profileOf, SharedVerifier } from '@app/sealing/node';
import { TV_E2E_02 } from '@app/testing/lots';
import { playToTheEnd, seat } from '@app/testing/play';
import { LotJudge } from '@app/verifying';
import { hash as nodeHash } from 'node:crypto';
import { Certified, INSTALLATION } from '../../libs/verifying/test/support/certified.js';
import { JudgeSteps } from '../../libs/verifying/test/support/judge-steps.js';
import { bareVerifyPerSecond } from './lib/bare-verify.js';
import { interleaved, medianPair, printFigure, printRatio, seconds } from './lib/figure.js';
import { LongLot } from './lib/long-lot.js';
import { sizeOption } from './lib/options.js';

/**
 * What an offline verifier does with a log of 10^4, 10^5 and 10^6 entries, part by part: leaves, tree and commitments beside one bare hash
 * per entry over the same bytes; parts read in canonical form; the rules asked again. Then a worked lot judged whole, and signatures beside
 * bare OpenSSL. `--entries=10000 --signatures=1000 --judged=1000 --repetitions=1` for a short run.
 */
const ENTRIES_MAX = sizeOption('entries', 1_000_000);
const SIZES = [10_000, 100_000, 1_000_000].filter((size) => size < ENTRIES_MAX).concat(ENTRIES_MAX);
/** A proof is made and checked for one entry in so many. */
const ENTRIES_A_PROOF = 1_000;
const BATCH = 1_000;
const SIGNATURES = sizeOption('signatures', 30_000);
const JUDGED = sizeOption('judged', 10_000);
const REPETITIONS = sizeOption('repetitions', 3);
const HASHES_MAX = 5;
/** A cost per entry that grows by more than this from the shortest log to a longer one is none that stays the same. */
const LINEAR_MIN = 0.8;
const BARE = 'one bare hash call per entry over the same bytes, same run';

const profile = profileOf('gp-std-1');
const shared = { bench: 'verify', better: 'lower' } as const;

const proofsOf = (size: number): number => Math.ceil(size / ENTRIES_A_PROOF);

/** Seconds for leaves, tree and proofs. */
function treeOver(stored: readonly Uint8Array[]): Promise<number> {
  return seconds(() => {
    const hasher = new TreeHasher(profile.hash);
    const tree = MerkleTree.overRecords(hasher, stored);
    const root = tree.root();
    for (let proof = 0; proof < proofsOf(stored.length); proof += 1) {
      const index = Math.floor((proof * 0.618_033_988_75 * stored.length) % stored.length);
      const claim = { index, size: stored.length, leafHash: tree.leafHash(index), root };
      if (!verifyInclusion(hasher, claim, tree.inclusionProof(index))) throw new Error(`proof ${index} does not hold`);
    }
  });
}

const hashEach = (stored: readonly Uint8Array[]): Promise<number> =>
  seconds(() => {
    for (const bytes of stored) nodeHash('sha256', bytes, 'hex');
  });

/** Seconds so far. */
interface Times {
  commitments: number;
  bare: number;
  parts: number;
  rules: number;
}

/** Takes a log that comes in batches as the judge does, each of his steps by itself. */
class Taken {
  readonly headers: Uint8Array[] = [];
  readonly times: Times = { commitments: 0, bare: 0, parts: 0, rules: 0 };
  readonly #steps: JudgeSteps;

  constructor(private readonly lot: LongLot) {
    this.#steps = new JudgeSteps(profile, lot.beginning);
  }

  async take(count: number): Promise<void> {
    const { sent: entries } = this.lot.next(count);
    const headers = entries.map(({ header }) => headerBytes(header));
    this.headers.push(...headers);
    const whole = entries.map(({ parts }, index) => Buffer.concat([headers[index] ?? new Uint8Array(0), ...textsOf(parts)]));
    this.times.bare += await hashEach(whole);
    this.times.commitments += await seconds(() => {
      for (const entry of entries) this.#steps.compare(entry);
    });
    let read: (readonly [SentEntry, VisibleEntry])[] = [];
    this.times.parts += await seconds(() => {
      read = entries.map((entry) => [entry, this.#steps.read(entry)]);
    });
    this.times.rules += await seconds(() => {
      for (const [entry, visible] of read) this.#steps.decide(entry, visible);
    });
  }
}

const textsOf = (parts: SentEntry['parts']): Uint8Array[] => Object.values(parts).map(({ text }) => utf8(text));

async function lengths(): Promise<void> {
  // Another log first: the compiler has seen everything then.
  await new Taken(await LongLot.found()).take(2 * BATCH);
  const taken = new Taken(await LongLot.found());
  const { headers, times } = taken;
  let shortest: (Times & { size: number }) | null = null;
  for (const size of SIZES) {
    while (headers.length < size) await taken.take(Math.min(BATCH, size - headers.length));
    const pairs = await interleaved(
      REPETITIONS,
      () => treeOver(headers),
      () => hashEach(headers),
    );
    const figure = `leaves, tree and ${proofsOf(size)} proofs of ${size} entries`;
    printRatio({ ...shared, figure, unit: 's', otherIs: 'one bare hash call per header, same run' }, pairs, HASHES_MAX);
    const hashing = { ours: medianPair(pairs).ours + times.commitments, other: times.bare };
    printRatio({ ...shared, figure: `tree and parts of ${size} entries`, unit: 's', otherIs: BARE }, [hashing], HASHES_MAX);
    const reading = { ours: times.parts, other: times.bare, otherIs: BARE, goal: 'shown, no goal', met: true };
    printFigure({ ...shared, figure: `parts of ${size} entries opened and read in canonical form`, unit: 's', ...reading });
    shortest ??= { ...times, size };
    const decided = { ours: size / times.rules, other: shortest.size / shortest.rules };
    const figureDecided = { figure: `entries decided again and folded, of ${size}`, otherIs: `the same of ${shortest.size} entries` };
    printRatio({ ...shared, ...figureDecided, unit: '1/s', better: 'higher' }, [decided], LINEAR_MIN, `ratio >= ${LINEAR_MIN}: linear`);
  }
}

/** A whole worked lot, signatures and all, by one judge after the other. */
async function worked(): Promise<void> {
  const keys = await Certified.of(TV_E2E_02);
  const play = seat(TV_E2E_02, 1, undefined, keys);
  playToTheEnd(play, 'C');
  const { state, shelf, sent } = play.table;
  const { origin, lot, round } = state;
  let judged = 0;
  const took = await seconds(() => {
    for (; judged < JUDGED; judged += sent.length) {
      const judge = new LotJudge({ installation: INSTALLATION, origin, lot, round, profile, shelf, anchors: keys.trust });
      for (const entry of sent) judge.take(entry);
      if (judge.standing.fault !== null) throw new Error(judge.standing.fault);
    }
  });
  const goal = { other: null, otherIs: 'none', goal: 'shown, no goal', met: true };
  const figure = `entries of a worked lot (${sent.length}) judged whole, on one thread`;
  printFigure({ ...shared, figure, unit: '1/s', better: 'higher', ours: judged / took, ...goal });
}

/** Both sides in turn, on the same two threads' worth of machine. */
async function signatures(): Promise<void> {
  const signer = profile.generateSigner();
  const signed = Array.from({ length: SIGNATURES }, (_none, index) => {
    const message = utf8(`command ${index}`);
    return { message, signature: signer.sign(message) };
  });
  const verifier = new SharedVerifier(profile);
  try {
    const ours = async (): Promise<number> => {
      const took = await seconds(async () => {
        const verdicts = await Promise.all(signed.map(({ message, signature }) => verifier.verify(signer.publicKey, message, signature)));
        if (verdicts.includes(false)) throw new Error('a good signature was refused');
      });
      return SIGNATURES / took;
    };
    const pairs = await interleaved(REPETITIONS, ours, () => bareVerifyPerSecond(SIGNATURES));
    const otherIs = 'bare OpenSSL on two threads, same run';
    printRatio({ ...shared, figure: 'signatures of commands', unit: '1/s', better: 'higher', otherIs }, pairs, 0.85);
  } finally {
    await verifier.close();
  }
}

await lengths();
await worked();
await signatures();
