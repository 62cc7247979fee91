import { equalBytes, toHex } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { witnessRules } from '@app/evaluation';
import type { Judge, Judged, MerkleTree } from '@app/ledger';
import type { Logger } from '@app/platform';
import { COSIGNATURE_AHEAD_MS_MAX } from '@app/verifying';

/** What a replica has when it is offered a note: entries on disk, the tree over them at least, the state folded so far, and the time. */
export interface Held {
  readonly size: number;
  readonly tree: MerkleTree;
  readonly state: LotState;
  readonly nowMs: number;
}

/** `news`: more stands under a signed note than before. `contradicted`: the log signed something else than it sent. */
export type Offered = { readonly kind: 'news' | 'nothing' } | { readonly kind: 'contradicted'; readonly reason: string };
const NOTHING: Offered = { kind: 'nothing' };
/** Notes that wait for their state to be folded: the newest ones. */
const UNDECIDED_MAX = 16;

/** How much of a replica stands under the log's own signature, and under the quorum of the lot's witness policy. Only ever grows. */
export class SignedStanding {
  #checked = 0;
  #quorate = 0;
  #quorumAtMs = 0;
  #checkpoint: string | null = null;
  #ahead: string | null = null;
  /** Notes whose quorum cannot be told before so many entries are folded. */
  #undecided: { readonly size: number; readonly text: string }[] = [];

  constructor(
    private readonly origin: string,
    private readonly judge: Judge,
    private readonly logger: Logger,
  ) {}

  /** Entries whose root fits a signed checkpoint. */
  get checked(): number {
    return this.#checked;
  }
  /** Entries whose root fits a checkpoint with the quorum of the lot's witness policy. */
  get quorate(): number {
    return this.#quorate;
  }
  /** When that quorum stood, by the witnesses' clocks, in milliseconds since 1970 and to the second below; 0: nobody can say. */
  get quorumAtMs(): number {
    return this.#quorumAtMs;
  }
  /** The note that covers {@link checked}. */
  get checkpoint(): string | null {
    return this.#checkpoint;
  }

  /** A note that covers more entries than are held is kept for {@link takeAhead}. */
  offer(text: string, { size: held, tree, state, nowMs }: Held): Offered {
    const judged = this.#judged(text, state, nowMs);
    if (judged === null) return NOTHING;
    const { size, root } = judged.note.checkpoint;
    // Anybody can send a note; only the log's own signature makes it the main venue's word.
    if (!judged.isSigned) {
      this.logger.warn({ origin: this.origin, size }, 'replica: a checkpoint without the signature of the log');
      return NOTHING;
    }
    if (size > held) {
      this.#ahead = text;
      return NOTHING;
    }
    const own = tree.root(size);
    if (!equalBytes(own, root)) {
      return { kind: 'contradicted', reason: `signed root ${toHex(root)} at size ${String(size)}, replica ${toHex(own)}; note: ${text}` };
    }
    const before = [this.#checked, this.#quorate, this.#quorumAtMs].join();
    // The policy stands in the state: a quorum is taken only for entries of which the state is folded.
    if (size > state.size) this.#undecided = [...this.#undecided, { size, text }].slice(-UNDECIDED_MAX);
    else if (judged.isQuorate) this.#takeQuorum(size, (judged.witnessedAt ?? 0) * 1_000);
    if (size >= this.#checked) this.#checkpoint = text;
    this.#checked = Math.max(this.#checked, size);
    return [this.#checked, this.#quorate, this.#quorumAtMs].join() === before ? NOTHING : { kind: 'news' };
  }

  /** Notes whose quorum could not be told for want of the state that is folded by now; the newest again until it has one. */
  undecided(state: LotState): string[] {
    const due = this.#undecided.filter(({ size }) => size <= state.size).map(({ text }) => text);
    this.#undecided = this.#undecided.filter(({ size }) => size > state.size);
    const newest = this.#quorate < this.#checked && state.size >= this.#checked ? this.#checkpoint : null;
    return newest === null || due.includes(newest) ? due : [...due, newest];
  }

  /** The last note that covered more than was held, once. */
  takeAhead(): string | null {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead;
  }

  /** The same head may be cosigned anew: then it is known that nothing else was witnessed until later. */
  #takeQuorum(size: number, atMs: number): void {
    if (size < this.#quorate || (size === this.#quorate && atMs <= this.#quorumAtMs)) return;
    this.#quorate = size;
    this.#quorumAtMs = atMs;
  }

  #judged(text: string, state: LotState, nowMs: number): Judged | null {
    try {
      return this.judge.judge(text, witnessRules(state), Math.floor((nowMs + COSIGNATURE_AHEAD_MS_MAX) / 1_000));
    } catch (error) {
      this.logger.warn({ err: error, origin: this.origin }, 'replica: not a checkpoint');
      return null;
    }
  }
}
