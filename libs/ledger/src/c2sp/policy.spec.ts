import { utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainHash, signerOf, suite } from '../../test/suite.js';
import {
  cosign,
  evaluateCheckpoint,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  formatReceipt,
  formatVerifierKey,
  isQuorum,
  quorumSince,
  LedgerFormatError,
  MerkleTree,
  parseCheckpointNote,
  parsePolicy,
  parseReceipt,
  RECEIPT_HEAD,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
  verifyReceipt,
  withSignatures,
} from '../index.js';

const ORIGIN = 'gongping.demo/lot/lot-2026-001/1';
const hasher = new TreeHasher(plainHash);
const log = signerOf(ORIGIN, SIGNATURE_TYPE.note);
const names = ['x1', 'x2', 'x3', 'y1', 'y2'];
const witnesses = names.map((name) => signerOf(`${name}.example`, SIGNATURE_TYPE.cosignature));
const key = (name: string): string => formatVerifierKey(plainHash, witnesses[names.indexOf(name)]!);
const LINES = [
  '# the policy of one lot',
  '',
  `log ${formatVerifierKey(plainHash, log)} http://127.0.0.1/log`,
  ...names.map((name) => `\t witness  ${name} ${key(name)}`),
  'group X 2 x1 x2 x3',
  'group Y any y1 y2 ',
  'group both all X Y',
  'quorum both',
];
const TEXT = `${LINES.join('\n')}\n`;
const policy = parsePolicy(plainHash, TEXT);

describe('policy (C2SP tlog-policy)', () => {
  it('is read, written in one form and read again', () => {
    expect(policy.logs[0]).toEqual({ key: { keyName: ORIGIN, type: 1, publicKey: log.publicKey }, url: 'http://127.0.0.1/log' });
    expect(policy.groups.map(({ threshold }) => threshold)).toEqual([2, 1, 2]);
    const written = formatPolicy(plainHash, policy);
    expect(parsePolicy(plainHash, written)).toEqual(policy);
    expect(formatPolicy(plainHash, parsePolicy(plainHash, written))).toBe(written);
    expect(formatPolicy(plainHash, { logs: [], witnesses: [], groups: [], quorum: null })).toBe('quorum none\n');
  });

  it.each([
    [['x1', 'x2', 'y1'], true],
    [['x1', 'x3', 'y2'], true],
    [['x1', 'x2', 'x3'], false],
    [['x1', 'y1', 'y2'], false],
    [[], false],
    [['X', 'Y', 'both'], false],
  ])('finds that %j are a quorum: %s', (given, expected) => {
    expect(isQuorum(policy, new Set(given))).toBe(expected);
  });

  it('never loses its quorum by one more witness', () => {
    fc.assert(
      fc.property(fc.subarray(names), fc.constantFrom(...names), (given, more) => {
        if (isQuorum(policy, new Set(given))) expect(isQuorum(policy, new Set([...given, more]))).toBe(true);
      }),
    );
  });

  it('takes a single witness as quorum, or none', () => {
    const single = parsePolicy(plainHash, `witness a ${key('x1')}\nquorum a\n`);
    expect([isQuorum(single, new Set(['a'])), isQuorum(single, new Set(['b']))]).toEqual([true, false]);
    expect(isQuorum(parsePolicy(plainHash, 'quorum none\n'), new Set())).toBe(true);
  });

  it('SEC-2 tells since when a quorum stands, of cosignatures that are not from the future', () => {
    const majority = parsePolicy(
      plainHash,
      `witness a ${key('x1')}\nwitness b ${key('x2')}\nwitness c ${key('x3')}\ngroup two 2 a b c\nquorum two\n`,
    );
    const given = (a: number, b: number, c: number) => Object.entries({ a, b, c }).map(([name, timestamp]) => ({ name, timestamp }));
    expect([quorumSince(majority, given(5, 9, 7), 10), quorumSince(majority, given(5, 9, 7), 8)]).toEqual([7, 5]);
    expect([quorumSince(majority, given(5, 9, 9), 8), quorumSince(majority, [], 8)]).toEqual([null, null]);
  });

  const w = `witness a ${key('x1')}\nwitness b ${key('x2')}\n`;
  it.each([
    ['no quorum', w],
    ['two quorums', `${w}quorum a\nquorum b\n`],
    ['a quorum of two names', `${w}quorum a b\n`],
    ['an unknown quorum', `${w}quorum c\n`],
    ['an unknown keyword', `${w}Quorum a\n`],
    ['a group of nobody', `${w}group g all\nquorum g\n`],
    ['a group that names a later one', `${w}group g all a h\ngroup h all b\nquorum g\n`],
    ['a group of itself', `${w}group g all a g\nquorum g\n`],
    ['a member twice in one group', `${w}group g 2 a a\nquorum g\n`],
    ['a member in two groups', `${w}group g all a\ngroup h all a b\nquorum h\n`],
    ['none as a member', `${w}group g all none\nquorum g\n`],
    ['none as a name', `witness none ${key('x1')}\nquorum none\n`],
    ['a threshold of zero', `${w}group g 0 a b\nquorum g\n`],
    ['a threshold above its members', `${w}group g 3 a b\nquorum g\n`],
    ['a threshold with a leading zero', `${w}group g 01 a b\nquorum g\n`],
    ['a name twice', `${w}witness a ${key('x3')}\nquorum a\n`],
    ['a witness key twice', `${w}witness c ${key('x1')}\nquorum a\n`],
    [
      'a log key twice',
      `log ${formatVerifierKey(plainHash, log)}\nlog ${formatVerifierKey(plainHash, { ...log, keyName: 'z' })}\nquorum none\n`,
    ],
    ['a log key as a witness', `witness a ${formatVerifierKey(plainHash, log)}\nquorum a\n`],
    ['a witness key as a log', `log ${key('x1')}\nquorum none\n`],
    ['a log without key', 'log\nquorum none\n'],
    ['a witness without key', 'witness a\nquorum none\n'],
    ['a bad key', 'log a+b+c\nquorum none\n'],
    ['a carriage return', 'quorum none\r\n'],
    ['no end of the last line', 'quorum none'],
    ['too many items', `${Array.from({ length: 300 }, (_none, index) => `group g${index} any x`).join('\n')}\n`],
  ])('refuses %s', (_name, text) => {
    expect(() => parsePolicy(plainHash, text)).toThrow(LedgerFormatError);
  });

  it('refuses more items than its bound', () => {
    const many = Array.from(
      { length: 300 },
      (_none, index) => `witness w${index} ${formatVerifierKey(plainHash, signerOf(`w${index}`, 4))}`,
    );
    expect(() => parsePolicy(plainHash, `${many.join('\n')}\nquorum none\n`)).toThrow(/too many items/);
  });
});

describe('checkpoint under a policy', () => {
  const tree = MerkleTree.overRecords(hasher, [utf8('a'), utf8('b'), utf8('c')]);
  const body = formatCheckpoint({ origin: ORIGIN, size: 3, root: tree.root() });
  const cosignedBy = (...who: string[]): string =>
    formatNote(
      withSignatures(
        signNote(suite, body, log),
        who.map((name, index) => cosign(suite, body, witnesses[names.indexOf(name)]!, 100 + index)),
      ),
    );

  it('tells who cosigned, when, and whether they are a quorum', () => {
    const full = evaluateCheckpoint(suite, policy, parseCheckpointNote(cosignedBy('x1', 'x3', 'y2')));
    expect(full).toEqual({
      log: true,
      witnesses: [
        { name: 'x1', timestamp: 100 },
        { name: 'x3', timestamp: 101 },
        { name: 'y2', timestamp: 102 },
      ],
      quorum: true,
    });
    expect(evaluateCheckpoint(suite, policy, parseCheckpointNote(cosignedBy('x1'))).quorum).toBe(false);
  });

  it('does not count a forged cosignature, nor one of another checkpoint', () => {
    const note = parseCheckpointNote(cosignedBy('x1', 'x2', 'y1'));
    const forged = note.signatures.with(1, { ...note.signatures[1]!, signature: note.signatures[2]!.signature });
    expect(evaluateCheckpoint(suite, policy, { ...note, signatures: forged }).quorum).toBe(false);
    const other = parseCheckpointNote(cosignedBy('x1', 'x2', 'y1').replace('\n3\n', '\n4\n'));
    expect(evaluateCheckpoint(suite, policy, other)).toEqual({ log: false, witnesses: [], quorum: false });
  });

  it('does not take one log for another of the same key', () => {
    const foreign = formatCheckpoint({ origin: 'gongping.demo/lot/other/1', size: 3, root: tree.root() });
    expect(evaluateCheckpoint(suite, policy, parseCheckpointNote(formatNote(signNote(suite, foreign, log)))).log).toBe(false);
  });

  it('makes a receipt that proves one leaf and no other', () => {
    const receipt = { extra: utf8('x'), index: 1, proof: tree.inclusionProof(1), note: cosignedBy('x1', 'x2', 'y1') };
    const text = formatReceipt(receipt);
    expect(text.startsWith(`${RECEIPT_HEAD}\nextra eA==\nindex 1\n`)).toBe(true);
    expect(parseReceipt(text)).toEqual(receipt);
    expect(parseReceipt(formatReceipt({ ...receipt, extra: null })).extra).toBeNull();
    const verdict = verifyReceipt(suite, hasher, policy, parseReceipt(text), tree.leafHash(1));
    expect([verdict.included, verdict.log, verdict.quorum, verdict.checkpoint.size]).toEqual([true, true, true, 3]);
    expect(verifyReceipt(suite, hasher, policy, receipt, tree.leafHash(0)).included).toBe(false);
    expect(verifyReceipt(suite, hasher, policy, { ...receipt, index: 0 }, tree.leafHash(1)).included).toBe(false);
    expect(verifyReceipt(suite, hasher, policy, { ...receipt, index: 9 }, tree.leafHash(1)).included).toBe(false);
  });

  it.each([
    ['another version', (text: string) => text.replace('@v1', '@v2')],
    ['no index', (text: string) => text.replace('index 1\n', '')],
    ['an index with a sign', (text: string) => text.replace('index 1', 'index -1')],
    ['extra data after the index', (text: string) => text.replace('index 1\n', 'index 1\nextra eA==\n')],
    ['a short hash', (text: string) => text.replace('index 1\n', 'index 1\nAAAA\n')],
    ['bad extra data', (text: string) => text.replace('index 1', 'extra *\nindex 1')],
    ['too much extra data', (text: string) => text.replace('index 1', `extra ${Buffer.alloc(20_000).toString('base64')}\nindex 1`)],
    ['too many lines', (text: string) => text.replace('index 1\n', `index 1\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`)],
    ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n') + 2)],
    ['no empty line', () => RECEIPT_HEAD],
  ])('refuses a receipt with %s', (_name, change) => {
    const text = formatReceipt({ extra: null, index: 1, proof: tree.inclusionProof(1), note: cosignedBy('x1') });
    expect(() => parseReceipt(change(text))).toThrow(LedgerFormatError);
  });
});
