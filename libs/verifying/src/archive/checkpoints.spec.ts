import type { Archive } from '@app/archive';
import { utf8 } from '@app/contracts';
import { flatHashes, formatCheckpoint, formatNote, MerkleTree, SIGNATURE_TYPE, signNote, TreeHasher } from '@app/ledger';
import { noteSigner, noteSuite, profileOf } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import { checkCheckpoints } from './checkpoints.js';

const ORIGIN = 'test/lot/a/1';

describe('the history of an archive', () => {
  const profile = profileOf('gp-std-1');
  const log = noteSigner(profile.generateSigner('node'), ORIGIN, SIGNATURE_TYPE.note);

  /** How many hashes it costs to check a head for every entry of a log so long, as whoever has no key can lay them into an archive. */
  function hashesFor(size: number): number {
    let hashes = 0;
    const counting = { ...profile, hash: (bytes: Uint8Array) => ((hashes += 1), profile.hash(bytes)) };
    const hasher = new TreeHasher(counting.hash);
    const leaves = Array.from({ length: size }, (_none, seq) => hasher.leaf(utf8(`entry ${String(seq)}`)));
    const tree = new MerkleTree(hasher, flatHashes(leaves));
    const head = (of: number): string =>
      formatNote(signNote(noteSuite(profile), formatCheckpoint({ origin: ORIGIN, size: of, root: tree.root(of) }), log));
    const history = Array.from({ length: size }, (_none, index) => head(index + 1));
    const header = { v: 1 as const, seq: 0, at: '2026-03-24T01:30:00.000Z', type: 'lot.create', parts: {} };
    const archive: Archive = {
      head: { v: 1, kind: 'lot', installation: 'test', origin: ORIGIN, lot: 'a', round: 1, size, engine: '', profile: profile.id },
      entries: leaves.map(() => ({ header, parts: {}, erased: [] })),
      leaves: [],
      checkpoint: head(size),
      history,
      policy: '',
      platformCheckpoint: null,
      acts: [],
      heads: [],
      blobs: new Map(),
    };
    hashes = 0;
    const { results } = checkCheckpoints(archive, tree, counting, null, { policy: '', isDegraded: true });
    expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['root', 'PASS'],
      ['consistency', 'PASS'],
      ['cosignatures', 'NOT AUTHENTICATED'],
    ]);
    return hashes;
  }

  it('SEC-20 costs what it is long, also with a head for each entry: no root is computed from the leaves again', () => {
    const [short, long] = [hashesFor(500), hashesFor(2_000)];
    // A root out of the tree is a path: four times the heads, and two steps more on each.
    expect(long / short).toBeLessThan(6);
    expect(long).toBeLessThan(2_000 * 24);
  }, 60_000);
});
