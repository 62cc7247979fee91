import { toHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainHash, signerOf, suite } from '../../test/suite.js';
import type { AddCheckpoint, WitnessedHead } from '../index.js';
import {
  cosign,
  findEquivocation,
  flatHashes,
  formatAddCheckpoint,
  formatCheckpoint,
  formatCosignatures,
  formatNote,
  formatSize,
  judgeAddCheckpoint,
  LedgerFormatError,
  MerkleTree,
  parseAddCheckpoint,
  parseCosignatures,
  parseEquivocation,
  parseSize,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
  verifyEquivocation,
} from '../index.js';

const ORIGIN = 'gongping.demo/lot/lot-2026-001/1';
const hasher = new TreeHasher(plainHash);
const log = signerOf(ORIGIN, SIGNATURE_TYPE.note);
/** Another key of the log, that takes over from it. */
const successor = signerOf(ORIGIN, SIGNATURE_TYPE.note, 'successor');
const keysOf = (origin: string) => (origin === ORIGIN ? [log, successor] : []);
const leaf = (text: string): Uint8Array => hasher.leaf(utf8(text));

/** The honest history, and one that leaves it at entry 5. */
const honest = new MerkleTree(hasher, flatHashes(Array.from({ length: 20 }, (_none, index) => leaf(`a${index}`))));
const forked = new MerkleTree(
  hasher,
  flatHashes(Array.from({ length: 20 }, (_none, index) => leaf(index < 5 ? `a${index}` : `b${index}`))),
);
const noteOf = (tree: MerkleTree, size: number, signer = log, origin = ORIGIN): string =>
  formatNote(signNote(suite, formatCheckpoint({ origin, size, root: tree.root(size) }), signer));
const headOf = (tree: MerkleTree, size: number): WitnessedHead => ({ size, root: tree.root(size) });
const request = (oldSize: number, size: number, tree = honest): AddCheckpoint => ({
  oldSize,
  proof: tree.consistencyProof(Math.min(oldSize, size), size),
  note: noteOf(tree, size),
});
const judge = (asked: AddCheckpoint, known: WitnessedHead | null) => judgeAddCheckpoint(suite, hasher, asked, keysOf, () => known);

describe('witness (C2SP tlog-witness)', () => {
  it('reads the request and answers that it writes', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 20 }), (old, size) => {
        const asked = request(Math.min(old, size), size);
        const read = parseAddCheckpoint(formatAddCheckpoint(asked));
        expect([read.oldSize, read.note, read.proof.map(toHex)]).toEqual([asked.oldSize, asked.note, asked.proof.map(toHex)]);
      }),
    );
    const signature = cosign(suite, formatCheckpoint({ origin: ORIGIN, ...headOf(honest, 3) }), signerOf('w', 4), 5);
    expect(parseCosignatures(formatCosignatures([signature]))).toEqual([signature]);
    expect(parseSize(formatSize(0))).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['no empty line', 'old 1\n'],
    ['no old size', 'size 1\n\nx'],
    ['an old size with a leading zero', 'old 01\n\nx'],
    ['a short hash', 'old 1\nAAAA\n\nx'],
    ['64 hashes', `old 1\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\nx`],
  ])('refuses a request with %s', (_name, body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(LedgerFormatError);
  });

  it('refuses answers that are not in their form', () => {
    expect(() => parseCosignatures('— a AAAAAAA=')).toThrow(LedgerFormatError);
    expect(() => parseCosignatures('\n')).toThrow(LedgerFormatError);
    expect(() => parseCosignatures('— a AAAAAAA=\n'.repeat(100))).toThrow(LedgerFormatError);
    expect(() => parseSize('7')).toThrow(LedgerFormatError);
    expect(() => formatAddCheckpoint({ oldSize: 1, proof: Array.from({ length: 64 }, () => leaf('')), note: '' })).toThrow(
      LedgerFormatError,
    );
  });

  /** The head of eight, with the log's line and those of these signers; a signer's line is over another head where it lies. */
  const alsoSignedBy = (signer: typeof log, over = honest): string => {
    const [mine, others] = [noteOf(honest, 8), noteOf(over, 8, signer)];
    return `${mine}${others.slice(others.indexOf('\n\n') + 2)}`;
  };
  const halfForgedNote = alsoSignedBy(successor, forked);
  const besideStranger = alsoSignedBy(signerOf(ORIGIN, SIGNATURE_TYPE.note, 'stranger'), forked);
  const forgedNote = noteOf(honest, 8, signerOf(ORIGIN, SIGNATURE_TYPE.note, 'stranger'));
  it.each<[string, AddCheckpoint, WitnessedHead | null, number, boolean]>([
    ['signs the first head it sees', request(0, 8), null, 200, false],
    ['signs an empty tree', request(0, 0), null, 200, false],
    ['signs a growth', request(8, 12), headOf(honest, 8), 200, false],
    ['signs the same head again', request(8, 8), headOf(honest, 8), 200, false],
    ['answers 409 to a stale old size', request(5, 12), headOf(honest, 8), 409, false],
    ['answers 409 to a log it saw further, keeping the other head', request(5, 7), headOf(honest, 8), 409, true],
    ['answers 422 to a fork under the same size', request(8, 8, forked), headOf(honest, 8), 422, true],
    ['answers 422 to a fork that claims to continue', request(8, 12, forked), headOf(honest, 8), 422, true],
    ['answers 422 to a proof for a first head', { ...request(0, 8), proof: [leaf('')] }, null, 422, true],
    ['answers 400 to an old size above the checkpoint', { ...request(8, 8), oldSize: 9 }, headOf(honest, 9), 400, false],
    ['answers 400 to no note', { ...request(0, 8), note: 'x' }, null, 400, false],
    ['answers 404 to an unknown log', { ...request(0, 8), note: noteOf(honest, 8, log, 'other.example/log') }, null, 404, false],
    ['answers 403 to a stranger’s signature', { ...request(0, 8), note: forgedNote }, null, 403, false],
    ['answers 403 to a line of a trusted key that fails beside a good one', { ...request(0, 8), note: halfForgedNote }, null, 403, false],
    ['signs what two trusted keys signed', { ...request(0, 8), note: alsoSignedBy(successor) }, null, 200, false],
    ['signs beside a line of an unknown key', { ...request(0, 8), note: besideStranger }, null, 200, false],
  ])('%s', (_name, asked, known, status, keepsConflict) => {
    const judged = judge(asked, known);
    expect(judged.status).toBe(status);
    expect('conflict' in judged && judged.conflict !== null).toBe(keepsConflict);
    if (judged.status === 409) expect(judged.size).toBe(known?.size);
  });

  it('never signs two histories, whatever it is asked in whatever order', () => {
    const zAsk = fc.record({ fork: fc.boolean(), old: fc.nat(20), size: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(zAsk, { maxLength: 30 }), (asks) => {
        let known: WitnessedHead | null = null;
        for (const { fork, old, size } of asks) {
          const tree = fork ? forked : honest;
          const judged = judge({ ...request(Math.min(old, size), size, tree), oldSize: old }, known);
          if (judged.status !== 200) continue;
          const next: WitnessedHead = judged.note.checkpoint;
          const before: WitnessedHead = known ?? headOf(honest, 0);
          expect(next.size).toBeGreaterThanOrEqual(before.size);
          // The new tree's first leaves are the old tree: there is one history.
          expect(toHex(tree.root(before.size))).toBe(toHex(before.root));
          known = next;
        }
      }),
    );
  });
});

describe('evidence of two histories', () => {
  const verify = (evidence: ReturnType<typeof findEquivocation>): boolean =>
    evidence !== null && verifyEquivocation(suite, hasher, parseEquivocation(JSON.parse(JSON.stringify(evidence))), [log]);

  it('convicts of a fork under the same size by the two heads alone', () => {
    const evidence = findEquivocation(noteOf(honest, 8), noteOf(forked, 8));
    expect([evidence?.kind, verify(evidence)]).toEqual(['fork', true]);
  });

  it('convicts of a shortened or rewritten log at every pair of sizes, from the larger tree', () => {
    for (let small = 1; small < 20; small++) {
      for (let large = small + 1; large <= 20; large++) {
        for (const [a, b] of [
          [honest, forked],
          [forked, honest],
        ] as const) {
          const evidence = findEquivocation(noteOf(b, large), noteOf(a, small), b);
          expect(verify(evidence)).toBe(small > 5);
        }
      }
    }
  });

  it('finds nothing in one history, nor where it cannot be shown', () => {
    expect(findEquivocation(noteOf(honest, 8), noteOf(honest, 8))).toBeNull();
    expect(findEquivocation(noteOf(honest, 8), noteOf(honest, 12), honest)).toBeNull();
    expect(findEquivocation(noteOf(forked, 8), noteOf(honest, 12))).toBeNull();
    expect(findEquivocation(noteOf(forked, 8), noteOf(honest, 12), forked)).toBeNull();
    expect(findEquivocation(noteOf(forked, 0), noteOf(honest, 12), honest)).toBeNull();
    expect(findEquivocation(noteOf(forked, 8), noteOf(honest, 8, log, 'other.example'))).toBeNull();
  });

  it('convicts nobody by forged, mismatched or malformed evidence', () => {
    const fork = findEquivocation(noteOf(honest, 8), noteOf(forked, 8))!;
    const prefix = findEquivocation(noteOf(honest, 8), noteOf(forked, 12), forked)!;
    const stranger = signerOf(ORIGIN, SIGNATURE_TYPE.note, 'stranger');
    for (const bad of [
      { ...fork, second: fork.first },
      { ...fork, second: noteOf(forked, 8, stranger) },
      { ...fork, first: 'x' },
      { ...fork, origin: 'other.example' },
      { ...fork, kind: 'prefix' as const },
      { ...fork, lines: prefix.lines },
      { ...prefix, kind: 'fork' as const },
      { ...prefix, first: prefix.second, second: prefix.first },
      { ...prefix, lines: prefix.lines.slice(1) },
      { ...prefix, lines: [] },
      { ...prefix, first: noteOf(forked, 8) },
      { ...prefix, lines: prefix.lines.with(0, '00'.repeat(32)) },
    ]) {
      expect(verify(bad)).toBe(false);
    }
    expect(verifyEquivocation(suite, hasher, fork, [])).toBe(false);
    for (const bad of [null, {}, { ...fork, v: 2 }, { ...fork, lines: ['zz'] }, { ...fork, more: 1 }]) {
      expect(() => parseEquivocation(bad)).toThrow(LedgerFormatError);
    }
  });
});
