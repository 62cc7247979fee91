import type { VisibleEntry } from '@app/contracts';
import { isAttested, isVouchedFor, type LotState, secretEntryOf } from '@app/evaluation';

const ATTESTED = 'committee.key-attested';

/** What stands behind the keys of a lot whose holders this reader is not shown. */
export class Vouching {
  /** Keys whose attestation is worth nothing: its entry is wrong, rests on a wrong one, or could not be judged. */
  readonly #doubted = new Set<string>();

  /** `isSound`: this entry and all before it were judged, and nothing is wrong in them. */
  take(visible: VisibleEntry, isSound: boolean): void {
    if (isSound) return;
    for (const { type, key } of secretEntryOf(visible).events) if (type === ATTESTED && typeof key === 'string') this.#doubted.add(key);
  }

  /** Has the node of the holder's seat said whose key it is? */
  attests(state: LotState, key: string): boolean {
    return isAttested(state, key) && !this.#doubted.has(key);
  }

  /** May what comes later rest on what the key signed? */
  vouches(state: LotState, key: string): boolean {
    return isVouchedFor(state, key) && !this.#doubted.has(key);
  }
}
