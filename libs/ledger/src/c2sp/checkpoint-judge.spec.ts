import { describe, expect, it } from '@jest/globals';
import { noteSigner, noteSuite, profileOf } from '@app/sealing';
import {
  CheckpointJudge,
  cosign,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  LedgerFormatError,
  SIGNATURE_TYPE,
  signNote,
} from '../index.js';

const profile = profileOf('gp-std-1');
const suite = noteSuite(profile);
const ORIGIN = 'test/lot/a/1';
const logKey = profile.generateSigner('node');
const signerOf = (origin: string, key = logKey) => noteSigner(key, origin, SIGNATURE_TYPE.note);
const witnesses = ['sub-1', 'sub-2', 'supervision'].map((name) =>
  noteSigner(profile.generateSigner('node'), name, SIGNATURE_TYPE.cosignature),
);
const stranger = noteSigner(profile.generateSigner('node'), 'sub-1', SIGNATURE_TYPE.cosignature);
const policy = formatPolicy(profile.hash, {
  logs: [],
  witnesses: witnesses.map((key) => ({ name: key.keyName, key, url: null })),
  groups: [{ name: 'two', threshold: 2, members: witnesses.map(({ keyName }) => keyName) }],
  quorum: 'two',
});
const rules = { policy, isDegraded: false };
const textOf = (origin = ORIGIN): string => formatCheckpoint({ origin, size: 5, root: new Uint8Array(32) });

function note(cosigners: readonly (typeof stranger)[], { origin = ORIGIN, signer = signerOf(origin), over = textOf(origin) } = {}): string {
  const { text, signatures } = signNote(suite, textOf(origin), signer);
  return formatNote({ text, signatures: [...signatures, ...cosigners.map((each) => cosign(suite, over, each, 1_700_000_000))] });
}
const judge = (text: string, by: Parameters<CheckpointJudge['judge']>[1] = rules) =>
  new CheckpointJudge(suite, ORIGIN, () => signerOf(ORIGIN)).judge(text, by);

describe('a checkpoint under the policy that its log froze', () => {
  it('is witnessed by the quorum, whose names and number it tells', () => {
    expect(judge(note(witnesses.slice(0, 2)))).toMatchObject({
      isSigned: true,
      cosigned: ['sub-1', 'sub-2'],
      quorum: 2,
      witnesses: 3,
      isWitnessed: true,
      isQuorate: true,
    });
  });

  it.each([
    ['fewer than the quorum cosigned', note(witnesses.slice(0, 1))],
    ['a cosignature is of a key under a witness’s name', note([...witnesses.slice(1, 2), stranger])],
    [
      'a cosignature is over another head',
      note(witnesses.slice(0, 2), { over: formatCheckpoint({ origin: ORIGIN, size: 4, root: new Uint8Array(32) }) }),
    ],
    ['one witness cosigned twice', note([...witnesses.slice(0, 1), ...witnesses.slice(0, 1)])],
  ])('is signed and not witnessed when %s', (_name, text) => {
    expect(judge(text)).toMatchObject({ isSigned: true, isWitnessed: false, isQuorate: false });
  });

  it.each([
    ['another log’s', note(witnesses, { origin: 'test/lot/b/1' })],
    ['signed by another key under the log’s name', note(witnesses, { signer: signerOf(ORIGIN, profile.generateSigner('node')) })],
  ])('is nothing when it is %s, whoever cosigned', (_name, text) => {
    expect(judge(text)).toMatchObject({ isSigned: false, cosigned: [], isWitnessed: false, isQuorate: false });
    expect(judge(text, { policy, isDegraded: true }).isQuorate).toBe(false);
  });

  it('is not witnessed while the log’s key or its policy is not known or cannot be read', () => {
    const text = note(witnesses);
    expect(new CheckpointJudge(suite, ORIGIN, () => null).judge(text, rules)).toMatchObject({ isSigned: false, isQuorate: false });
    for (const unknown of [null, { policy: '', isDegraded: true }, { policy: 'quorum nobody\n', isDegraded: true }])
      expect(judge(text, unknown)).toMatchObject({ isSigned: true, isWitnessed: false, isQuorate: false });
  });

  it('goes on without a quorum by a recorded order, and is not called witnessed then', () => {
    expect(judge(note([]), { policy, isDegraded: true })).toMatchObject({ isWitnessed: false, isQuorate: true });
  });

  it.each(['', 'hello', `${ORIGIN}\n5\n`])('throws on what is no note: %j', (text) => {
    expect(() => judge(text)).toThrow(LedgerFormatError);
  });
});
