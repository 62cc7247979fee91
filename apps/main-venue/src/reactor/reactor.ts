import type { SignedCommand } from '@app/contracts';
import { signWish } from '@app/client';
import type { LotState } from '@app/evaluation';
import { FINAL_STATUSES, nextLimit } from '@app/evaluation';
import type { Clock, Logger } from '@app/platform';
import { DomainError } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import type { Pipeline } from '../pipeline/pipeline.types.js';
import { DUTIES } from './duties/index.js';
import type { Duty, NodeAct, Tools } from './duty.js';
import { MAIN_PARTY } from './duty.js';
import type { QuorumSource } from '../core/ports.js';

/** Acts in one turn of one lot; a lot that still owes then waits for the next poke, so that no lot starves another. */
export const ACTS_PER_TURN_MAX = 64;
/** Pause after a failure that is no refusal: the database is away, a file can not be read. */
export const RETRY_MS = 1_000;
/** Refusals that say nothing of the duty: it is tried again although nothing in the lot has changed. */
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED']);

export interface ReactorDeps {
  readonly pipeline: Pipeline;
  readonly profile: CryptoProfile;
  readonly node: LocalSigner;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly quorum: QuorumSource;
  readonly tools: Tools;
  /** Wakes the lot again at an instant. */
  readonly wakeAt: (origin: string, at: string) => void;
}

/**
 * What no person does: after every entry and at every limit it asks the rules what the main venue's node owes, and sends it as a
 * signed command through the same pipeline. It holds no state of its own, so it may be poked at any time, by anybody, twice.
 */
export class Reactor {
  /** Lots whose turn is running, and whether they were poked meanwhile. */
  readonly #running = new Map<string, { again: boolean; done: Promise<void> }>();
  /** Duty that was refused, by log, at this size: not tried again until something changed. */
  readonly #refused = new Map<string, { size: number; names: Set<string> }>();
  #closed = false;

  constructor(private readonly deps: ReactorDeps) {}

  /** Looks after a lot soon; never throws. */
  poke(origin: string): void {
    if (this.#closed) return;
    const running = this.#running.get(origin);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    const turn = { again: false, done: Promise.resolve() };
    this.#running.set(origin, turn);
    turn.done = this.#turns(origin, turn);
  }

  /** Finishes what is under way and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #turns(origin: string, turn: { again: boolean }): Promise<void> {
    try {
      do {
        turn.again = false;
        await this.#turn(origin);
      } while (this.#isWanted(turn));
    } catch (error) {
      this.deps.logger.error({ err: error, origin }, 'a turn of the reactor failed; the lot is looked after again soon');
      setTimeout(() => {
        this.poke(origin);
      }, RETRY_MS).unref();
    } finally {
      this.#running.delete(origin);
    }
  }

  /** Poked while the turn ran, and not closed since. */
  #isWanted(turn: { readonly again: boolean }): boolean {
    return turn.again && !this.#closed;
  }

  async #turn(origin: string): Promise<void> {
    for (let acts = 0; acts < ACTS_PER_TURN_MAX && !this.#closed; acts += 1) {
      const state = await this.deps.pipeline.lotState(origin);
      if (FINAL_STATUSES.includes(state.status)) return;
      const found = await this.#nextAct(state);
      if (found === null) {
        const limit = nextLimit(state);
        if (limit !== null && limit.at > this.deps.clock.instant()) this.deps.wakeAt(origin, limit.at);
        return;
      }
      await this.#submit(state, found.duty, found.act);
    }
  }

  async #nextAct(state: LotState): Promise<{ duty: Duty; act: NodeAct } | null> {
    const known = this.#refused.get(state.origin);
    const refused = known?.size === state.size ? known.names : new Set<string>();
    const now = this.deps.clock.instant();
    for (const duty of DUTIES) {
      if (refused.has(duty.name)) continue;
      const act = await duty.due(state, now, this.deps.tools);
      if (act === null) continue;
      // A log module pokes again when the quorum has caught up.
      if (duty.needsQuorum && (await this.deps.quorum.witnessed(state.origin)) < state.size) continue;
      return { duty, act };
    }
    return null;
  }

  async #submit(state: LotState, duty: Duty, act: NodeAct): Promise<void> {
    const answer = await this.deps.pipeline.submit(await this.#sign(state, act));
    const { outcome } = answer;
    if (outcome.ok) return;
    if (PASSING.has(outcome.code)) throw new DomainError('UNAVAILABLE', `${duty.name} waits: ${outcome.code} ${outcome.message}`);
    this.deps.logger.warn({ origin: state.origin, duty: duty.name, code: outcome.code, reason: outcome.message }, 'a duty was refused');
    const known = this.#refused.get(state.origin);
    if (known?.size === state.size) known.names.add(duty.name);
    else this.#refused.set(state.origin, { size: state.size, names: new Set([duty.name]) });
  }

  #sign(state: LotState, act: NodeAct): Promise<SignedCommand> {
    const { profile, node, clock } = this.deps;
    return signWish(
      profile,
      { signer: node, ref: { kind: 'node', name: 'main', publicKey: node.publicKey } },
      { origin: state.origin, lot: state.lot, round: state.round },
      {
        type: act.type,
        payload: act.payload,
        party: MAIN_PARTY,
        at: clock.instant(),
        basis: state.size,
        ...(act.step === undefined ? {} : { step: act.step }),
        ...(act.secrets === undefined ? {} : { secrets: act.secrets }),
        ...(act.openings === undefined ? {} : { openings: act.openings }),
      },
    );
  }
}
