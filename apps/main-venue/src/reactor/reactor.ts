import assert from 'node:assert/strict';
import type { EngineDuty, LotRun, LotState } from '@app/evaluation';
import { FINAL_STATUSES, MAIN_NODE } from '@app/evaluation';
import type { CancelTimer, Clock, Logger } from '@app/platform';
import { DomainError } from '@app/platform';
import type { Pipeline } from '../pipeline/pipeline.types.js';
import type { QuorumSource } from '../core/ports.js';
import type { NodeHand } from './node-hand.js';
import type { NodeAct, Performer, Tools } from './performer.js';

/** Acts in one turn of one lot; a lot that still owes then waits for the next poke, so that no lot starves another. */
const ACTS_PER_TURN_MAX = 64;
/** Pause after a failure that is no refusal: the database is away, a file cannot be read. */
export const RETRY_MS = 1_000;
/** Refusals that say nothing of the duty: it is tried again although nothing in the lot has changed. */
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED']);

export interface ReactorDeps {
  readonly pipeline: Pipeline;
  readonly hand: Pick<NodeHand, 'submit'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly quorum: QuorumSource;
  readonly performers: readonly Performer[];
  readonly tools: Tools;
  /** Wakes the lot again at an instant; throws when that could not be written down. */
  readonly wakeAt: (origin: string, at: string) => Promise<unknown>;
}

/**
 * What no person does: after every entry and at every limit it asks the rules what the main venue's node owes, and sends it as a
 * signed command through the same pipeline. It holds no state of its own, so it may be poked at any time, by anybody, twice.
 */
export class Reactor {
  /** Lots whose turn is running, and whether they were poked meanwhile. */
  readonly #running = new Map<string, { again: boolean; done: Promise<void> }>();
  readonly #performers: ReadonlyMap<string, Performer>;
  /** Duties that were refused, by log, at this size: not tried again until something changed. */
  readonly #refused = new Map<string, { size: number; names: Set<string> }>();
  /** Lots that are looked after again after a failure. */
  readonly #retries = new Map<string, CancelTimer>();
  #closed = false;

  constructor(private readonly deps: ReactorDeps) {
    this.#performers = new Map(deps.performers.map((performer) => [performer.command, performer]));
    assert(this.#performers.size === deps.performers.length, 'two performers for one command');
  }

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

  /** Looks after a lot now; resolves when its turn is over. Throws UNAVAILABLE when the process ends. */
  async look(origin: string): Promise<void> {
    if (this.#closed) throw new DomainError('UNAVAILABLE', 'the process ends');
    this.poke(origin);
    await this.#running.get(origin)?.done;
  }

  /** Finishes what is under way and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#retries.values()) cancel();
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
      this.#pokeLater(origin);
    } finally {
      this.#running.delete(origin);
    }
  }

  #pokeLater(origin: string): void {
    if (this.#closed) return;
    this.#retries.get(origin)?.();
    const retry = this.deps.clock.after(RETRY_MS, () => {
      this.#retries.delete(origin);
      this.poke(origin);
    });
    this.#retries.set(origin, retry);
  }

  /** Poked while the turn ran, and not closed since. */
  #isWanted(turn: { readonly again: boolean }): boolean {
    return turn.again && !this.#closed;
  }

  async #turn(origin: string): Promise<void> {
    const ahead: Ahead = new Map();
    for (let acts = 0; acts < ACTS_PER_TURN_MAX && !this.#closed; acts += 1) {
      const run = await this.deps.pipeline.lotRun(origin);
      const { state } = run;
      if (FINAL_STATUSES.includes(state.status)) return;
      const duties = run.owed(MAIN_NODE);
      const found = await this.#nextAct(run, duties, ahead);
      if (found === null) {
        await this.#wakeFor(run, duties);
        return;
      }
      if (ahead.size === 0) this.#goAhead(run, duties, found.duty, ahead);
      await this.#submit(state, found.duty, found.act);
    }
  }

  /**
   * Sleeps until the first instant at which a duty begins or a limit is over; for limits their entry has wanted it already (lot-jobs.ts).
   */
  async #wakeFor(run: LotRun, duties: readonly EngineDuty[]): Promise<void> {
    const now = this.deps.clock.instant();
    const instants = [...duties.map(({ notBefore }) => notBefore), ...run.limits().map(({ at }) => at)];
    const [next] = instants.filter((at) => at !== null && at > now).sort();
    if (next !== undefined && next !== null) await this.deps.wakeAt(run.state.origin, next);
  }

  async #nextAct(run: LotRun, duties: readonly EngineDuty[], ahead: Ahead): Promise<{ duty: EngineDuty; act: NodeAct } | null> {
    const { state } = run;
    for (const { duty, performer } of this.#performable(run, duties)) {
      // A log module pokes again when the quorum has caught up.
      if (performer.needsQuorum && (await this.deps.quorum.witnessed(state.origin)) < state.size) continue;
      const begun = ahead.get(nameOf(duty));
      ahead.delete(nameOf(duty));
      const act = await (begun ?? performer.act(state, duty, this.deps.tools, run));
      if (act !== null) return { duty, act };
    }
    return null;
  }

  *#performable({ state }: LotRun, duties: readonly EngineDuty[]): Generator<{ duty: EngineDuty; performer: Performer }> {
    const known = this.#refused.get(state.origin);
    const refused = known?.size === state.size ? known.names : new Set<string>();
    const now = this.deps.clock.instant();
    for (const duty of duties) {
      const performer = this.#performers.get(duty.command);
      if (performer === undefined || refused.has(nameOf(duty)) || (duty.notBefore !== null && duty.notBefore > now)) continue;
      yield { duty, performer };
    }
  }

  /** Begins with the next long piece of work but this one: two threads then work on files while the pipeline works on an entry. */
  #goAhead(run: LotRun, duties: readonly EngineDuty[], but: EngineDuty, ahead: Ahead): void {
    for (const { duty, performer } of this.#performable(run, duties)) {
      if (duty === but || performer.isLong !== true || performer.needsQuorum) continue;
      const act = Promise.resolve(performer.act(run.state, duty, this.deps.tools, run));
      // Whoever comes to it hears of it.
      act.catch(() => undefined);
      ahead.set(nameOf(duty), act);
      return;
    }
  }

  async #submit(state: LotState, duty: EngineDuty, act: NodeAct): Promise<void> {
    const outcome = await this.deps.hand.submit(state, act.type ?? duty.command, act);
    if (outcome.ok) return;
    if (PASSING.has(outcome.code)) throw new DomainError('UNAVAILABLE', `${nameOf(duty)} waits: ${outcome.code} ${outcome.message}`);
    this.deps.logger.warn({ origin: state.origin, duty: nameOf(duty), code: outcome.code, reason: outcome.message }, 'a duty was refused');
    const known = this.#refused.get(state.origin);
    if (known?.size === state.size) known.names.add(nameOf(duty));
    else this.#refused.set(state.origin, { size: state.size, names: new Set([nameOf(duty)]) });
  }
}

/** What was begun before its turn came, by the name of its duty. */
type Ahead = Map<string, Promise<NodeAct | null>>;

const nameOf = ({ command, subject }: EngineDuty): string => (subject === '' ? command : `${command} ${subject}`);
