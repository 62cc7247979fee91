import type { JsonObject, JsonValue, Opening } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import type { CryptoProfile, KeeperKey } from '@app/sealing';
import { keeperPublicKey } from '@app/sealing';
import type { ActRecords, BlobReader } from '../core/ports.js';
import type { ExpertPool } from './ports.js';

/** Party under which the main venue's node acts in a lot. */
export const MAIN_PARTY = 'node:main';

/** A command that the node owes. `openings` are secrets under commitments that were fixed earlier. */
export interface NodeAct {
  readonly type: string;
  readonly step?: string;
  readonly payload: JsonObject;
  readonly secrets?: Readonly<Record<string, JsonValue>>;
  readonly openings?: Readonly<Record<string, Opening>>;
}

export interface Tools {
  readonly profile: CryptoProfile;
  readonly secrets: NodeSecrets;
  readonly acts: ActRecords;
  readonly blobs: BlobReader;
  readonly pool: ExpertPool;
}

/** One thing the main venue does by itself. A timer only wakes: whether it is due is asked of the state. */
export interface Duty {
  readonly name: string;
  /**
   * Whether it waits for a quorum of witnesses over everything so far: where the node gives away something that can not be taken
   * back (a key, a nonce). What follows from released keys needs no quorum again.
   */
  readonly needsQuorum: boolean;
  readonly due: (state: LotState, now: string, tools: Tools) => Promise<NodeAct | null> | NodeAct | null;
}

/**
 * The node's own secrets for a lot. All come out of its storage key, so they survive whatever becomes of the database, and are
 * the same after a restart.
 */
export class NodeSecrets {
  constructor(
    private readonly profile: CryptoProfile,
    private readonly storageKey: Uint8Array,
  ) {}

  keeperKey(origin: string, purpose: string): KeeperKey {
    const privateKey = this.#derive('keeper', origin, purpose);
    return { privateKey, publicKey: keeperPublicKey(this.profile, privateKey) };
  }

  /** A nonce to commit to and later open; the same on every call. */
  nonce(origin: string, use: string): Opening {
    return { salt: this.#derive('nonce-salt', origin, use), text: canonicalText(this.#derive('nonce', origin, use)) };
  }

  /** An expert's pseudonym in one lot: nobody without the key links it to a person or to another lot. */
  pseudonym(origin: string, person: string): string {
    return `c-${this.profile.hashHex(this.#derive('pseudonym', origin, person)).slice(0, 24)}`;
  }

  #derive(use: string, origin: string, name: string): string {
    return toBase64Url(this.profile.mac(this.storageKey, utf8(canonicalText(['gongping/node-secret/v1', use, origin, name]))));
  }
}
