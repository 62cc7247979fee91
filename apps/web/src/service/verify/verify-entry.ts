import {
  fromHex,
  secretPart,
  toHex,
  zCommandPart,
  zWhoPart,
  type EntryHeader,
  type Head,
  type JsonValue,
  type SentEntry,
  type SignerRef,
} from '@app/contracts';
import { headerLeaf, MerkleTree, flatHashes, TreeHasher, verifyEntry, verifyInclusion } from '@app/ledger';
import { readCertificate, verifyWith, verifySessionGrant, type CryptoProfile } from '@app/sealing';
import { visibleEntry } from '../../store/modules/lot-log.js';

/** What the browser computes itself about one entry: nothing here is taken from the server's word. */
export type CheckName = 'leaf' | 'parts' | 'signature' | 'inclusion' | 'checkpoint';
export type CheckVerdict = 'pass' | 'fail' | 'not-visible' | 'pending';
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
 * checkpoint, if there is one. The tree over the headers is built once, on the first check that needs it.
 */
export class LogVerifier {
  readonly #hasher: TreeHasher;
  readonly #leaves = new Map<number, Uint8Array>();
  #tree: MerkleTree | null = null;

  constructor(
    private readonly profile: CryptoProfile,
    private readonly log: readonly SentEntry[],
    private readonly head: Head | null,
  ) {
    this.#hasher = new TreeHasher(profile.hash);
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
    return {
      leaf: toHex(this.#leaf(seq)),
      parts: partVerdicts.filter((verdict) => verdict === 'PASS').length,
      signer: who.success ? who.data.signer : null,
      person: who.success ? (who.data.person?.name ?? null) : null,
      organisation: who.success ? (who.data.organisation?.name ?? null) : null,
      checks: {
        leaf: checked.header === 'PASS' ? 'pass' : 'fail',
        parts: partVerdicts.includes('FAIL') || checked.foreign.length > 0 ? 'fail' : 'pass',
        signature: checkSignature(this.profile, entry.header, visible),
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

  #checkpoint(seq: number): CheckVerdict {
    if (this.head === null || this.head.size <= seq) return 'pending';
    return this.head.cosigned.length >= this.head.quorum ? 'pass' : 'pending';
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

function checkSignature(profile: CryptoProfile, header: EntryHeader, visible: Readonly<Record<string, JsonValue>>): CheckVerdict {
  if (visible['who'] === undefined || visible['command'] === undefined) return 'not-visible';
  const who = zWhoPart.safeParse(visible['who']);
  const part = zCommandPart.safeParse(visible['command']);
  if (!who.success || !part.success) return 'fail';
  // The header must carry exactly the commitments that were signed: else a secret could be exchanged under a good signature.
  const { command } = part.data;
  if (Object.entries(command.secrets).some(([name, commitment]) => (header.parts[secretPart(name)] ?? commitment) !== commitment))
    return 'fail';
  const key = signingKey(profile, who.data.signer);
  return key !== null && verifyWith(profile, key, 'command', command, who.data.signature) ? 'pass' : 'fail';
}

function signingKey(profile: CryptoProfile, signer: SignerRef): string | null {
  if (signer.kind === 'node') return signer.publicKey;
  const key = readCertificate(profile, signer.certificate)?.publicKey ?? null;
  if (key === null || signer.kind === 'certificate') return key;
  return verifySessionGrant(profile, key, signer.grant, signer.grantSignature) ? signer.grant.publicKey : null;
}
