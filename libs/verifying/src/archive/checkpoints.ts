import type { Archive, Trust } from '@app/archive';
import { equalBytes } from '@app/contracts';
import type { CheckpointNote, MerkleTree, NoteSignature, NoteSuite, Policy, VerifierKey, WitnessRules } from '@app/ledger';
import {
  evaluateCheckpoint,
  isQuorum,
  LedgerFormatError,
  parseCheckpointNote,
  parsePolicy,
  quorumSince,
  SIGNATURE_TYPE,
  verifySignature,
} from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { decodePublicKey, noteSuite } from '@app/sealing';
import type { CheckResult } from '../findings.js';
import { Findings } from '../findings.js';

/** How far a witness's clock may be behind the main venue's when it cosigns a head, in milliseconds. */
const COSIGNATURE_SKEW_MS_MAX = 60_000;

/** A head, and since when its quorum stands by the witnesses' clocks. */
export interface Witnessed {
  readonly size: number;
  readonly atMs: number;
}

/**
 * Signed heads: the final one, the earlier ones that had a quorum, and the platform log's. The lot's heads need the quorum of the trust
 * file and of the policy that the lot itself froze (`rules`), unless an order on the record lets it go on without.
 */
export function checkCheckpoints(
  archive: Archive,
  tree: MerkleTree,
  profile: CryptoProfile,
  trust: Trust | null,
  rules: WitnessRules,
): { results: CheckResult[]; platformHead: CheckpointNote | null; witnessed: readonly Witnessed[] } {
  const root = new Findings('root', 'the tree of all entries has the root that the log signed');
  const history = new Findings('consistency', 'every earlier witnessed head is a beginning of this log');
  const signatures = new Findings('cosignatures', 'log and a quorum of witnesses signed every head, after what stands under it');
  const judge = new Judge(profile, trust, rules, signatures);
  const timeAt = (size: number): string | null => archive.entries[size - 1]?.header.at ?? null;
  const head = judge.read(archive.checkpoint, 'log/checkpoint.txt', archive.head.origin, timeAt);
  if (head !== null) {
    root.check(
      head.checkpoint.size === archive.entries.length,
      'log/checkpoint.txt',
      () => `is of size ${head.checkpoint.size}, there are ${archive.entries.length} entries`,
    );
    root.check(equalBytes(head.checkpoint.root, tree.root()), 'log/checkpoint.txt', 'has another root than the entries');
  } else root.fail('log/checkpoint.txt', 'cannot be read');
  checkHistory(archive, tree, (text, where) => judge.read(text, where, archive.head.origin, timeAt), history);
  const witnessed = [...judge.witnessed].sort((a, b) => a.size - b.size);
  const platformHead =
    archive.platformCheckpoint === null
      ? null
      : judge.read(archive.platformCheckpoint, 'platform/checkpoint.txt', `${archive.head.installation}/platform`, () => null);
  return { results: [root.result(), history.result(), signatures.result()], platformHead, witnessed };
}

/** A head of the platform log, its signatures judged by the trust file. */
export const readPlatformHead = (
  text: string,
  where: string,
  installation: string,
  profile: CryptoProfile,
  trust: Trust | null,
  findings: Findings,
): CheckpointNote | null =>
  // No lot's frozen policy is asked of it.
  new Judge(profile, trust, { policy: '', isDegraded: true }, findings).read(text, where, `${installation}/platform`, () => null);

/** Heads in order bracket a change: the last that fits and the first that does not. */
function checkHistory(
  archive: Archive,
  tree: MerkleTree,
  read: (text: string, where: string) => CheckpointNote | null,
  findings: Findings,
): void {
  let [last, fits] = [0, 0];
  archive.history.forEach((text, index) => {
    const where = `log/history.ndjson line ${index + 1}`;
    const note = read(text, where);
    if (note === null) {
      findings.fail(where, 'cannot be read');
      return;
    }
    const { size, root } = note.checkpoint;
    if (!findings.check(size > last && size <= tree.size, where, 'is not between the head before it and the end of the log')) return;
    last = size;
    const holds = equalBytes(root, tree.root(size));
    findings.check(holds, where, () => `is not the root of the first ${size} entries: something from entry ${fits} on is another`);
    if (holds) fits = size;
  });
}

type Timed = (size: number) => string | null;

/** Reads notes and judges their signatures by the trust file; without one, only their form. */
class Judge {
  readonly #suite: NoteSuite;
  readonly #policy: Policy | null;
  readonly #frozen: Policy | null;
  readonly #keys: readonly { readonly name: string; readonly key: VerifierKey }[];
  readonly #logKey: Uint8Array;
  /** Heads that have the quorum of the trust file, as they were read. */
  readonly witnessed: Witnessed[] = [];

  constructor(
    profile: CryptoProfile,
    trust: Trust | null,
    rules: WitnessRules,
    private readonly findings: Findings,
  ) {
    this.#frozen = rules.isDegraded ? null : this.#read(profile, rules.policy);
    this.#suite = noteSuite(profile);
    this.#policy = trust === null ? null : parsePolicy(profile.hash, trust.policy);
    this.#keys = this.#policy?.witnesses ?? [];
    this.#logKey = (trust === null ? null : decodePublicKey(trust.logKey)?.raw) ?? new Uint8Array();
    if (trust === null) findings.unauthenticated();
  }

  /** `timeOf` gives the time of the newest entry under a head of this size, where this reader knows it. */
  read(text: string, where: string, origin: string, timeOf: Timed): CheckpointNote | null {
    let note: CheckpointNote;
    try {
      note = parseCheckpointNote(text);
    } catch (error) {
      if (!(error instanceof LedgerFormatError)) throw error;
      this.findings.fail(where, error.message);
      return null;
    }
    if (!this.findings.check(note.checkpoint.origin === origin, where, () => `is of the log ${note.checkpoint.origin}`)) return null;
    if (this.#policy !== null) this.#judge(note, where, origin, this.#policy, timeOf(note.checkpoint.size));
    return note;
  }

  /** Every signature line must hold: a line of an unknown key could be altered without anybody noticing. */
  #judge(note: CheckpointNote, where: string, origin: string, policy: Policy, newest: string | null): void {
    const logKey: VerifierKey = { keyName: origin, type: SIGNATURE_TYPE.note, publicKey: this.#logKey };
    const keys = [{ name: '', key: logKey }, ...this.#keys];
    const good = new Set<string>();
    const cosigned: { name: string; timestamp: number }[] = [];
    const names = note.signatures.map(({ name }) => name);
    for (const signature of note.signatures) {
      const signer = this.#signerOf(note.text, signature, keys);
      const isOnce = names.indexOf(signature.name) === names.lastIndexOf(signature.name);
      this.findings.check(signer !== undefined && isOnce, where, `the line of ${signature.name} is not a good signature of a trusted key`);
      if (signer === undefined) continue;
      const seconds = signer.timestamp;
      // A cosignature says that the witness saw this head; it cannot have seen it before its entries were written.
      const isLater = seconds === null || newest === null || seconds * 1_000 + COSIGNATURE_SKEW_MS_MAX >= Date.parse(newest);
      this.findings.check(
        isLater,
        where,
        () => `${signer.name} cosigned it before the newest entry under it was written (${newest ?? ''})`,
      );
      if (isLater) good.add(signer.name);
      if (isLater && seconds !== null) cosigned.push({ name: signer.name, timestamp: seconds });
    }
    this.findings.check(good.has(''), where, 'the log did not sign it');
    const witnesses = [...good].filter((name) => name !== '');
    this.findings.check(
      isQuorum(policy, good),
      where,
      () => `no quorum: ${witnesses.length} of ${policy.witnesses.length} witnesses signed it (${witnesses.join(', ')})`,
    );
    const since = quorumSince(policy, cosigned, Number.MAX_SAFE_INTEGER);
    if (since !== null) this.witnessed.push({ size: note.checkpoint.size, atMs: since * 1_000 });
    if (newest === null || this.#frozen === null) return;
    this.findings.check(
      evaluateCheckpoint(this.#suite, this.#frozen, note).quorum,
      where,
      'has not the quorum of the policy that the lot froze',
    );
  }

  /** A policy that cannot be read is a finding of the rules; no head can have its quorum. */
  #read(profile: CryptoProfile, text: string): Policy | null {
    try {
      return parsePolicy(profile.hash, text);
    } catch (error) {
      if (!(error instanceof LedgerFormatError)) throw error;
      this.findings.fail('log/policy.txt', error.message);
      return null;
    }
  }

  #signerOf(
    text: string,
    signature: NoteSignature,
    keys: readonly { readonly name: string; readonly key: VerifierKey }[],
  ): { readonly name: string; readonly timestamp: number | null } | undefined {
    for (const { name, key } of keys) {
      const verified = verifySignature(this.#suite, text, signature, key);
      if (verified !== null) return { name, timestamp: verified.timestamp };
    }
    return undefined;
  }
}
