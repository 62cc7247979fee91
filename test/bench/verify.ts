import { toHex, utf8 } from '@app/contracts';
import { headerText, MerkleTree, parseHeader, TreeHasher, verifyInclusion } from '@app/ledger';
import { profileOf, SharedVerifier } from '@app/sealing/node';
import { hash as nodeHash } from 'node:crypto';
import { bareVerifyPerSecond } from './lib/bare-verify.js';
import type { Pair } from './lib/figure.js';
import { interleaved, median, medianPair, printFigure, seconds } from './lib/figure.js';
import { sizeOption } from './lib/options.js';

/**
 * What an offline verifier does with a log of a million entries: hash every header, build the tree, make and check 1,000 random
 * proofs. The floor is one bare hash call per entry over the same bytes. Signatures and the canonical form apart.
 * `--entries=10000 --signatures=1000` for a short run.
 */
const ENTRIES = sizeOption('entries', 1_000_000);
const PROOFS = 1_000;
const SIGNATURES = sizeOption('signatures', 30_000);
const REPETITIONS = sizeOption('repetitions', 3);

const profile = profileOf('gp-std-1');

function headers(): Uint8Array[] {
  const commitment = toHex(profile.hash(utf8('a part')));
  return Array.from({ length: ENTRIES }, (_none, seq) =>
    utf8(
      headerText({
        v: 1,
        seq,
        at: '2026-03-24T01:30:00.000Z',
        type: 'lot.give-opinion',
        parts: { command: commitment, skeleton: commitment, who: commitment },
      }),
    ),
  );
}

/** Seconds for leaves, tree and proofs. */
function verify(stored: readonly Uint8Array[]): Promise<number> {
  return seconds(() => {
    const hasher = new TreeHasher(profile.hash);
    const tree = MerkleTree.overRecords(hasher, stored);
    const root = tree.root();
    for (let proof = 0; proof < PROOFS; proof += 1) {
      const index = Math.floor((proof * 0.618_033_988_75 * ENTRIES) % ENTRIES);
      const claim = { index, size: ENTRIES, leafHash: tree.leafHash(index), root };
      if (!verifyInclusion(hasher, claim, tree.inclusionProof(index))) throw new Error(`proof ${index} does not hold`);
    }
  });
}

function floor(stored: readonly Uint8Array[]): Promise<number> {
  return seconds(() => {
    for (const bytes of stored) nodeHash('sha256', bytes, 'hex');
  });
}

/** Both sides in turn, on the same two threads' worth of machine. */
async function signatures(): Promise<Pair[]> {
  const signer = profile.generateSigner();
  const signed = Array.from({ length: SIGNATURES }, (_none, index) => {
    const message = utf8(`command ${index}`);
    return { message, signature: signer.sign(message) };
  });
  const verifier = new SharedVerifier(profile);
  try {
    const shared = async (): Promise<number> => {
      const took = await seconds(async () => {
        const verdicts = await Promise.all(signed.map(({ message, signature }) => verifier.verify(signer.publicKey, message, signature)));
        if (verdicts.includes(false)) throw new Error('a good signature was refused');
      });
      return SIGNATURES / took;
    };
    return await interleaved(REPETITIONS, shared, () => bareVerifyPerSecond(SIGNATURES));
  } finally {
    await verifier.close();
  }
}

const stored = headers();
const pairs = await interleaved(
  REPETITIONS,
  () => verify(stored),
  () => floor(stored),
);
const { ours, other } = medianPair(pairs);
const otherIs = 'one bare hash call per entry over the same bytes';
printFigure({
  bench: 'verify',
  figure: `leaves, tree and ${PROOFS} proofs of ${ENTRIES} entries`,
  unit: 's',
  ours,
  other,
  otherIs,
  better: 'lower',
  goal: 'ratio <= 5',
  met: ours / other <= 5,
});
const total = median(pairs.map((pair) => pair.ours));
printFigure({
  bench: 'verify',
  figure: `${ENTRIES} entries, signatures apart`,
  unit: 's',
  ours: total,
  other: null,
  otherIs: 'none',
  better: 'lower',
  goal: '< 15 s',
  met: total < 15,
});
const canonical = await seconds(() => {
  for (const bytes of stored) parseHeader(bytes);
});
printFigure({
  bench: 'verify',
  figure: `canonical form and schema of ${ENTRIES} headers`,
  unit: 's',
  ours: canonical,
  other,
  otherIs,
  better: 'lower',
  goal: 'shown, no goal',
  met: true,
});
const speed = medianPair(await signatures());
printFigure({
  bench: 'verify',
  figure: 'signatures of commands',
  unit: '1/s',
  ours: speed.ours,
  other: speed.other,
  otherIs: 'bare OpenSSL on two threads, same run',
  better: 'higher',
  goal: '>= 15000/s',
  met: speed.ours >= 15_000,
});
