import type { Archive, Trust } from '@app/archive';
import { equalBytes, toBase64Url } from '@app/contracts';
import type { CheckpointNote, NoteSuite, Policy, VerifierKey } from '@app/ledger';
import { isQuorum, LedgerFormatError, parseCheckpointNote, parsePolicy, SIGNATURE_TYPE, verifySignature } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { decodePublicKey, encodePublicKey } from '@app/sealing';
import { Findings } from '../report.js';
import type { CheckResult } from '../report.js';
import type { ComputedTree } from './tree.js';

/** Signed heads: the final one, the earlier ones that had a quorum, and the platform log's. */
export function checkCheckpoints(
  archive: Archive,
  tree: ComputedTree,
  profile: CryptoProfile,
  trust: Trust | null,
): { results: CheckResult[]; platformHead: CheckpointNote | null } {
  const root = new Findings('root', 'the tree of all entries has the root that the log signed');
  const history = new Findings('consistency', 'every earlier witnessed head is a beginning of this log');
  const signatures = new Findings('cosignatures', 'log and a quorum of witnesses signed every head');
  const judge = new Judge(profile, trust, signatures);
  const head = judge.read(archive.checkpoint, 'log/checkpoint.txt', archive.head.origin);
  if (head !== null) {
    root.check(
      head.checkpoint.size === archive.entries.length,
      'log/checkpoint.txt',
      () => `is of size ${head.checkpoint.size}, there are ${archive.entries.length} entries`,
    );
    root.check(
      equalBytes(head.checkpoint.root, tree.rootAt(archive.entries.length)),
      'log/checkpoint.txt',
      'has another root than the entries',
    );
  } else root.fail('log/checkpoint.txt', 'can not be read');
  checkHistory(archive, tree, judge, history);
  const platformHead =
    archive.platformCheckpoint === null
      ? null
      : judge.read(archive.platformCheckpoint, 'platform/checkpoint.txt', `${archive.head.installation}/platform`);
  return { results: [root.result(), history.result(), signatures.result()], platformHead };
}

function checkHistory(archive: Archive, tree: ComputedTree, judge: Judge, findings: Findings): void {
  let last = 0;
  archive.history.forEach((text, index) => {
    const where = `log/history.ndjson line ${index + 1}`;
    const note = judge.read(text, where, archive.head.origin);
    if (note === null) {
      findings.fail(where, 'can not be read');
      return;
    }
    const { size, root } = note.checkpoint;
    if (!findings.check(size > last && size <= archive.entries.length, where, 'is not between the head before it and the end of the log'))
      return;
    last = size;
    findings.check(equalBytes(root, tree.rootAt(size)), where, () => `is not the root of the first ${size} entries`);
  });
}

/** Reads notes and judges their signatures by the trust file; without one, only their form. */
class Judge {
  readonly #suite: NoteSuite;
  readonly #policy: Policy | null;

  constructor(
    profile: CryptoProfile,
    private readonly trust: Trust | null,
    private readonly findings: Findings,
  ) {
    this.#suite = {
      hash: profile.hash,
      verify: (publicKey, message, signature) => {
        if (publicKey.length !== 32) return false;
        return profile.verify(encodePublicKey('node', publicKey), message, toBase64Url(signature));
      },
    };
    this.#policy = trust === null ? null : parsePolicy(profile.hash, trust.policy);
    if (trust === null) findings.unauthenticated();
  }

  read(text: string, where: string, origin: string): CheckpointNote | null {
    let note: CheckpointNote;
    try {
      note = parseCheckpointNote(text);
    } catch (error) {
      if (!(error instanceof LedgerFormatError)) throw error;
      this.findings.fail(where, error.message);
      return null;
    }
    if (!this.findings.check(note.checkpoint.origin === origin, where, () => `is of the log ${note.checkpoint.origin}`)) return null;
    if (this.trust !== null && this.#policy !== null) this.#judge(note, where, origin, this.trust, this.#policy);
    return note;
  }

  /** Every signature line must hold: a line of an unknown key could be altered without anybody noticing. */
  #judge(note: CheckpointNote, where: string, origin: string, trust: Trust, policy: Policy): void {
    const logKey: VerifierKey = {
      keyName: origin,
      type: SIGNATURE_TYPE.note,
      publicKey: decodePublicKey(trust.logKey)?.raw ?? new Uint8Array(),
    };
    const keys = [{ name: '', key: logKey }, ...policy.witnesses];
    const good = new Set<string>();
    for (const signature of note.signatures) {
      const signer = keys.find(({ key }) => verifySignature(this.#suite, note.text, signature, key) !== null);
      if (signer !== undefined) good.add(signer.name);
      this.findings.check(
        signer !== undefined && note.signatures.filter((other) => other.name === signature.name).length === 1,
        where,
        `the line of ${signature.name} is not a good signature of a trusted key`,
      );
    }
    this.findings.check(good.has(''), where, 'the log did not sign it');
    this.findings.check(isQuorum(policy, good), where, () => `no quorum: ${good.size - 1} witnesses`);
  }
}
