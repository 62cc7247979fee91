import type { BlobStore } from '@app/blobs';
import type { Candidate, DrawSlot, LotState, Turn } from '@app/evaluation';
import { nextTurn, PoolList } from '@app/evaluation';
import { DomainError, forgetOldest } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { buffer } from 'node:stream/consumers';

/** Lots whose lists are kept at hand, the least used go first: ten thousand candidates take a few megabytes. */
const LISTS_MAX = 8;

interface Drawn {
  readonly list: PoolList;
  readonly order: readonly Candidate[];
}

/** Lists of candidates in drawn order: what the lots themselves do not know. */
export class PoolLists {
  readonly #drawn = new Map<string, Drawn>();

  constructor(
    private readonly blobs: Pick<BlobStore, 'open'>,
    private readonly profile: CryptoProfile,
  ) {}

  /** Whose turn it is, with the proof; null when nobody is left for any open place. Throws UNAVAILABLE when the list cannot be read. */
  async next(state: LotState): Promise<{ readonly turn: Turn; readonly place: DrawSlot } | null> {
    const { pool, seed } = state.draw;
    if (pool === null || seed === null) return null;
    const { list, order } = await this.#at(pool, seed);
    const next = nextTurn(state, order);
    return next === null ? null : { turn: list.turn(next.candidate, next.slot.slot), place: next.slot };
  }

  async #at(pool: NonNullable<LotState['draw']['pool']>, seed: string): Promise<Drawn> {
    const key = `${seed}/${pool.root}`;
    const known = this.#drawn.get(key);
    const drawn = known ?? (await this.#draw(pool, seed));
    this.#drawn.delete(key);
    this.#drawn.set(key, drawn);
    forgetOldest(this.#drawn, LISTS_MAX);
    return drawn;
  }

  async #draw({ listed, blob, root }: NonNullable<LotState['draw']['pool']>, seed: string): Promise<Drawn> {
    const list = listed === null ? await this.#read(blob ?? '') : PoolList.of(this.profile, listed);
    if (list.root !== root) throw new DomainError('UNAVAILABLE', `The list of candidates ${blob ?? ''} is not the one of the lot.`);
    return { list, order: list.drawn(seed) };
  }

  async #read(blob: string): Promise<PoolList> {
    const content = await this.blobs.open(blob);
    if (content === null) throw new DomainError('UNAVAILABLE', `The list of candidates ${blob} is not here. Restore it from a backup.`);
    const list = PoolList.read(this.profile, await buffer(content));
    if (typeof list === 'string') throw new DomainError('UNAVAILABLE', `The list of candidates ${blob} cannot be read: ${list}.`);
    return list;
  }
}
