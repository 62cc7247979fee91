import { canonicalText, fromBase64Url, fromHex, fromUtf8, parseCanonical, toBase64Url, toHex, utf8 } from '@app/contracts';
import { MerkleTree, TreeHasher, verifyInclusion } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { type Candidate, type Turn, zCandidate } from './commands.js';
import { drawOrder } from './order.js';

/** What a lot's log holds of its pool: enough to prove any candidate, too little to name one. */
export interface PoolHead {
  /** RFC 9162 root over the candidates' canonical lines in the order of their ids, hexadecimal. */
  readonly root: string;
  readonly count: number;
}

const lineOf = (candidate: Candidate): Uint8Array => utf8(canonicalText(candidate));

/**
 * The candidates of a draw as a list: what the main venue draws from and the verifier draws from again. Ids ascend, so each stands there
 * once, and the same candidates give the same bytes: one canonical line each (docs/archive-format.md).
 */
export class PoolList implements PoolHead {
  readonly root: string;
  readonly #tree: MerkleTree;
  readonly #places: ReadonlyMap<string, number>;

  private constructor(
    private readonly profile: CryptoProfile,
    readonly candidates: readonly Candidate[],
  ) {
    this.#tree = MerkleTree.overRecords(new TreeHasher(profile.hash), candidates.map(lineOf));
    this.#places = new Map(candidates.map(({ id }, index) => [id, index]));
    this.root = toHex(this.#tree.root());
  }

  /** Throws when an id stands there twice. */
  static of(profile: CryptoProfile, candidates: readonly Candidate[]): PoolList {
    const sorted = [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1));
    const fault = orderFault(sorted);
    if (fault !== null) throw new Error(fault);
    return new PoolList(profile, sorted);
  }

  /** Reads {@link PoolList.bytes}; a sentence when these bytes are no list. */
  static read(profile: CryptoProfile, bytes: Uint8Array): PoolList | string {
    const candidates: Candidate[] = [];
    try {
      const text = fromUtf8(bytes);
      if (!text.endsWith('\n')) return 'the last line does not end';
      for (const line of text.slice(0, -1).split('\n')) candidates.push(zCandidate.parse(parseCanonical(line)));
    } catch {
      return `line ${candidates.length + 1} is no candidate`;
    }
    return orderFault(candidates) ?? new PoolList(profile, candidates);
  }

  get count(): number {
    return this.candidates.length;
  }

  bytes(): Uint8Array {
    return utf8(this.candidates.map((candidate) => `${canonicalText(candidate)}\n`).join(''));
  }

  /** In the order that this seed gives: itself the list of substitutes. */
  drawn(seed: string): Candidate[] {
    return drawOrder(
      this.profile,
      seed,
      this.candidates.map(({ id }) => id),
    ).flatMap((id) => this.candidates[this.#places.get(id) ?? -1] ?? []);
  }

  /** Secret `turn` of a call: the candidate's record with the proof that it is in the pool, and the place it is for. */
  turn(candidate: Candidate, slot: string): Turn {
    const index = this.#places.get(candidate.id);
    if (index === undefined) throw new Error(`${candidate.id} is not in this pool`);
    return { record: candidate, index, path: this.#tree.inclusionProof(index).map(toHex), slot };
  }
}

function orderFault(candidates: readonly Candidate[]): string | null {
  const at = candidates.findIndex(({ id }, index) => id <= (candidates[index - 1]?.id ?? ''));
  return at === -1 ? null : `line ${at + 1}: ids do not ascend`;
}

/** Is this record, at this place, in the pool of this head? */
export const isInPool = (profile: CryptoProfile, { root, count }: PoolHead, { record, index, path }: Turn): boolean => {
  const hasher = new TreeHasher(profile.hash);
  const claim = { index, size: count, leafHash: hasher.leaf(lineOf(record)), root: fromHex(root) };
  return verifyInclusion(hasher, claim, path.map(fromHex));
};

/**
 * What a candidate's record says of the person behind it: a commitment under a salt that only the lot's mapping key gives. One person has
 * one commitment per lot, so nobody stands in a list twice under two pseudonyms; and its randomness hides the rest of the leaf too.
 */
export function personSeal(profile: CryptoProfile, mappingKey: string, person: string): { readonly salt: string; readonly seal: string } {
  const salt = toBase64Url(profile.mac(fromBase64Url(mappingKey), utf8(person)));
  return { salt, seal: profile.commitment(salt, canonicalText(person)) };
}
