import {
  fromHex,
  secretPart,
  toHex,
  zCommandPart,
  zSigPart,
  zWhoPart,
  type CommandPart,
  type EntryHeader,
  type SentEntry,
  type SigPart,
  type SignerRef,
  type WhoPart,
} from '@app/contracts';
import { headerLeaf, MerkleTree, flatHashes, TreeHasher, verifyEntry, verifyInclusion } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { visibleEntry } from '../lots/lot-log.js';
import type { ReadHead } from './read-head.js';
import { SignerChecks } from './signer-checks.js';

/**
 * What the browser computes itself about one entry. The log's key is the one that the installation names; authorities' roots this
 * browser has none of, so a certificate can be found bad here (`fail`) or in order by its own record (`unanchored`), never trusted.
 */
export type CheckName = 'leaf' | 'parts' | 'signature' | 'certificate' | 'inclusion' | 'checkpoint';
export type CheckVerdict = 'pass' | 'fail' | 'not-visible' | 'unanchored' | 'pending';
export interface EntryVerdict {
  readonly leaf: string;
  readonly checks: Readonly<Record<CheckName, CheckVerdict>>;
  readonly parts: number;
  readonly signer: SignerRef | null;
  readonly person: string | null;
  readonly organisation: string | null;
}

/** One word for the seal: broken if anything failed, verified if nothing is left open. */
export function summaryOf(verdict: EntryVerdict): 'verified' | 'unverified' | 'broken' {
  const verdicts = Object.values(verdict.checks);
  if (verdicts.includes('fail')) return 'broken';
  return verdicts.includes('pending') ? 'unverified' : 'verified';
}

/**
 * Checks entries of one log as this reader holds it. `log`: the entries from 0 on without a gap; `head`: the newest
 * judged checkpoint, if there is one. The tree over the headers is built once, on the first check that needs it.
 */
export class LogVerifier {
  readonly #hasher: TreeHasher;
  readonly #signers: SignerChecks;
  readonly #leaves = new Map<number, Uint8Array>();
  #tree: MerkleTree | null = null;

  constructor(
    private readonly profile: CryptoProfile,
    private readonly log: readonly SentEntry[],
    private readonly origin: string,
    private readonly head: ReadHead | null,
  ) {
    this.#hasher = new TreeHasher(profile.hash);
    this.#signers = new SignerChecks(profile, origin);
  }

  /** Runs every check on the entry with this number, which must be in the log. */
  check(seq: number): EntryVerdict {
    const entry = this.log[seq];
    if (entry === undefined) throw new RangeError(`no entry ${seq}`);
    const commit = (salt: string, text: string): string => this.profile.commitment(salt, text);
    const checked = verifyEntry(this.#hasher, commit, entry, { seq, leafHash: null });
    const partVerdicts = Object.values(checked.parts);
    const visible = visibleEntry(entry).parts;
    const who = zWhoPart.safeParse(visible['who']);
    const part = zCommandPart.safeParse(visible['command']);
    return {
      leaf: toHex(this.#leaf(seq)),
      parts: partVerdicts.filter((verdict) => verdict === 'PASS').length,
      signer: who.success ? who.data.signer : null,
      person: who.success ? (who.data.person?.name ?? null) : null,
      organisation: who.success ? (who.data.organisation?.name ?? null) : null,
      checks: {
        leaf: checked.header === 'PASS' ? 'pass' : 'fail',
        parts: partVerdicts.includes('FAIL') || checked.foreign.length > 0 ? 'fail' : 'pass',
        ...this.#signer(
          entry.header,
          visible['who'] !== undefined && visible['command'] !== undefined,
          who.data,
          part.data,
          zSigPart.safeParse(visible['sig']).data,
        ),
        inclusion: this.#inclusion(seq),
        checkpoint: this.#checkpoint(seq),
      },
    };
  }

  #leaf(seq: number): Uint8Array {
    const known = this.#leaves.get(seq);
    if (known !== undefined) return known;
    const entry = this.log[seq];
    if (entry === undefined) throw new RangeError(`no entry ${seq}`);
    const leaf = headerLeaf(this.#hasher, entry.header);
    this.#leaves.set(seq, leaf);
    return leaf;
  }

  #signer(
    header: EntryHeader,
    isVisible: boolean,
    who: WhoPart | undefined,
    part: CommandPart | undefined,
    sig: SigPart | undefined,
  ): Pick<EntryVerdict['checks'], 'signature' | 'certificate'> {
    if (!isVisible) return { signature: 'not-visible', certificate: 'not-visible' };
    if (who === undefined || part === undefined) return { signature: 'fail', certificate: 'fail' };
    // The header must carry exactly the commitments that were signed: else a secret could be exchanged under a good signature.
    const fits = Object.entries(part.command.secrets).every(
      ([name, commitment]) => (header.parts[secretPart(name)] ?? commitment) === commitment,
    );
    return fits ? this.#signers.check(who, part, sig) : { signature: 'fail', certificate: 'not-visible' };
  }

  /** Green needs the log's own signature and the quorum of the policy that the lot froze, both checked here. */
  #checkpoint(seq: number): CheckVerdict {
    const { head } = this;
    if (head === null) return 'pending';
    if (head.origin !== this.origin || !head.isSigned) return 'fail';
    return head.size > seq && head.isWitnessed ? 'pass' : 'pending';
  }

  /** Proves the entry's place under the checkpoint's root, over the headers at hand. */
  #inclusion(seq: number): CheckVerdict {
    const { head } = this;
    if (head === null || head.size <= seq || this.log.length < head.size) return 'pending';
    this.#tree ??= new MerkleTree(this.#hasher, flatHashes(Array.from({ length: head.size }, (_, index) => this.#leaf(index))));
    const claim = { index: seq, size: head.size, leafHash: this.#leaf(seq), root: fromHex(head.root) };
    return verifyInclusion(this.#hasher, claim, this.#tree.inclusionProof(seq, head.size)) ? 'pass' : 'fail';
  }
}
