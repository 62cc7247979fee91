import { toHex } from '@app/contracts';
import {
  cosign,
  flatHashes,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  rootOfLeafHashes,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
} from '@app/ledger';
import { noteSigner, noteSuite, type LocalSigner } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { type Judging, judgeOf, readHead, type ReadHead, sealOf } from '@app/verifying';

const profile = profileOf('gp-std-1');
const hasher = new TreeHasher(profile.hash);
const suite = noteSuite(profile);
const ORIGIN = 'gongping.test/lot/a/1';
const SIZE = 5;
/** Seconds, as witnesses write it. */
const COSIGNED_AT = 1_774_000_000;
const NOW_MS = COSIGNED_AT * 1_000 + 5_000;

const logKey = profile.generateSigner('node');
const witness = (name: string) => noteSigner(profile.generateSigner('node'), name, SIGNATURE_TYPE.cosignature);
const witnesses = [witness('sub-1'), witness('sub-2'), witness('supervision')];
const policyOf = (keys: typeof witnesses): string =>
  formatPolicy(profile.hash, {
    logs: [],
    witnesses: keys.map((key) => ({ name: key.keyName, key, url: null })),
    groups: [{ name: 'two', threshold: 2, members: keys.map(({ keyName }) => keyName) }],
    quorum: 'two',
  });
const policy = policyOf(witnesses);
const leaves = Array.from({ length: SIZE }, (_, index) => profile.hash(new Uint8Array([index])));
const rootOf = (size: number): Uint8Array => rootOfLeafHashes(hasher, flatHashes(leaves.slice(0, size)));

interface Note {
  readonly size?: number;
  readonly root?: Uint8Array;
  readonly origin?: string;
  readonly key?: LocalSigner;
  readonly cosigners?: typeof witnesses;
  /** What the witnesses cosigned, when it is not this checkpoint. */
  readonly over?: string;
}
const checkpointOf = ({ size = SIZE, root = rootOf(size), origin = ORIGIN }: Note): string => formatCheckpoint({ origin, size, root });

/** The signed note of a log as a venue would send it. */
function noteOf(note: Note = {}): string {
  const { origin = ORIGIN, key = logKey, cosigners = witnesses, over } = note;
  const { text, signatures } = signNote(suite, checkpointOf(note), noteSigner(key, origin, SIGNATURE_TYPE.note));
  return formatNote({ text, signatures: [...signatures, ...cosigners.map((each) => cosign(suite, over ?? text, each, COSIGNED_AT))] });
}

/** A judge who found nothing wrong and saw everything. */
const GOOD: Pick<Judging, 'outcomeOf' | 'attests' | 'wrong' | 'unjudged' | 'size' | 'leafHash' | 'rootOf'> = {
  size: SIZE,
  wrong: null,
  unjudged: null,
  outcomeOf: () => ({ checks: { decide: 'PASS' }, faults: [], isJudged: true, unnamed: null }),
  attests: () => false,
  leafHash: (seq) => leaves[seq] ?? new Uint8Array(),
  rootOf,
};
const read = (checkpoint: string, pinned: string | null = policy, key = logKey.publicKey): ReadHead | null =>
  readHead(judgeOf(profile, ORIGIN, key), { checkpoint }, { policy, isDegraded: false }, pinned, NOW_MS);
const sealUnder = (head: ReadHead | null): string => sealOf(4, GOOD, head, 'pinned').state;

describe('the head over a log that the judge found good', () => {
  it('A-200 makes it green when the log signed it and a quorum of the frozen and of the pinned policy cosigned', () => {
    const head = read(noteOf({ cosigners: witnesses.slice(0, 2) }));
    expect(head?.root).toBe(toHex(rootOf(SIZE)));
    expect(sealUnder(head)).toBe('verified');
  });

  it.each<[string, string, string]>([
    ['there is no checkpoint', '', 'unverified'],
    ['what was sent is no note', 'hello', 'unverified'],
    ['fewer than the quorum cosigned', noteOf({ cosigners: witnesses.slice(0, 1) }), 'unverified'],
    ['nobody cosigned', noteOf({ cosigners: [] }), 'unverified'],
    ['a cosignature is by a foreign key', noteOf({ cosigners: [...witnesses.slice(0, 1), witness('sub-2')] }), 'unverified'],
    ['the witnesses cosigned another head', noteOf({ over: checkpointOf({ size: 2 }) }), 'unverified'],
    ['the checkpoint is older than the entry', noteOf({ size: 2 }), 'unverified'],
    ['a foreign key signed the checkpoint', noteOf({ key: profile.generateSigner('node') }), 'broken'],
    ['the checkpoint is another log’s', noteOf({ origin: 'gongping.test/lot/b/1' }), 'broken'],
    ['the checkpoint has another root', noteOf({ root: rootOf(4) }), 'broken'],
  ])('A-200 does not make it green when %s', (_name, checkpoint, seal) => {
    expect(sealUnder(read(checkpoint))).toBe(seal);
  });

  it('SEC-10 does not make it green when the witnesses that the lot froze are not those that are pinned', () => {
    const others = [witness('sub-1'), witness('sub-2'), witness('supervision')];
    expect(sealUnder(read(noteOf(), policyOf(others)))).toBe('unverified');
    expect(sealUnder(read(noteOf(), 'no policy'))).toBe('unverified');
  });

  it('SEC-10 makes it red when another key than the pinned one signed it, whatever the venue says of its key', () => {
    expect(sealUnder(read(noteOf(), policy, profile.generateSigner('node').publicKey))).toBe('broken');
  });

  it('A-200 does not make it green while the key of the log is not known, nor by an order to go on without the quorum', () => {
    expect(sealUnder(read(noteOf(), policy, ''))).toBe('unverified');
    for (const rules of [null, { policy: '', isDegraded: false }, { policy, isDegraded: true }])
      expect(
        sealUnder(readHead(judgeOf(profile, ORIGIN, logKey.publicKey), { checkpoint: noteOf({ cosigners: [] }) }, rules, null, NOW_MS)),
      ).toBe('unverified');
  });
});
