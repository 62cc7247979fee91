import type { JobPayload } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { nextExpert, sealedName, wantedNames } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { JobContext, JobEnd } from '@app/platform/jobs';
import { Job, JobProcessor } from '@app/platform/jobs';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { InTurn } from './in-turn.js';
import { owesCall } from './lot-jobs.js';
import { NodeHand } from './node-hand.js';
import type { NodeAct } from './performer.js';
import { PoolLists } from './pool-lists.js';
import { ExpertPool } from './ports.js';

const CALL = 'draw.record-call';
const EXHAUSTED = 'draw.record-exhaustion';
const CALLS_AT_ONCE = 20;
/** Refusals that say nothing of the call. */
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'READ_ONLY', 'INTERNAL']);
/** The lot has the outcome already, or does not want it any more. */
const SETTLED = new Set(['E_ALREADY_DONE', 'E_DRAW_EXHAUSTED', 'FORBIDDEN']);
/** What is refused now may pass when another process's entry is known here. */
const REFUSED_AGAIN_MS = 10_000;

/**
 * Calls the expert whose turn it is (domain.md §5.4) until there is an outcome, which becomes the entry `draw.record-call`. The row counts
 * how often the line was asked, and the line knows the call by the expert's pseudonym, so that a crash between call and entry rings nobody
 * twice.
 */
@Job('expert:contact', { concurrency: CALLS_AT_ONCE })
export class ExpertContactProcessor extends JobProcessor<JobPayload<'expert:contact'>> {
  /** One lot's calls follow each other: whose turn comes next is known with the outcome of the last. */
  readonly #lots = new InTurn();

  constructor(
    private readonly pipeline: Pipeline,
    private readonly pool: ExpertPool,
    private readonly lists: PoolLists,
    private readonly hand: NodeHand,
  ) {
    super();
  }

  run(payload: JobPayload<'expert:contact'>, context: JobContext): Promise<JobEnd> {
    return this.#lots.after(payload.origin, () => this.#ask(payload, context));
  }

  async #ask({ origin }: JobPayload<'expert:contact'>, context: JobContext): Promise<JobEnd> {
    const run = await this.pipeline.lotRun(origin);
    const { state } = run;
    // A lot that goes on after a suspension wants a call anew.
    if (!owesCall(run)) return undefined;
    const next = await this.lists.next(state);
    // Engine 0.1.0 has the list in its state, and finds by itself that nobody is left.
    const isListed = run.choices(CALL, 'outcome').length === 0;
    // Engines up to 0.3.0 name seats in public, and places for which nobody is left by themselves.
    const isSealed = run.takes(CALL);
    if (next === null) return isListed ? undefined : this.#record(state, EXHAUSTED, { payload: isSealed ? exhausted(state) : {} });
    const { turn, place: slot } = next;
    const candidate = turn.record.id;
    const result = await this.pool.contact(state, candidate, nextExpert(state), slot.venue);
    if (result === null) {
      await context.progress({ done: (context.reached?.done ?? 0) + 1, total: null });
      return { againInMs: this.pool.askAgainMs };
    }
    const { outcome, reason, evidence, seat, binding, person } = result;
    const call = { candidate, outcome, reason, evidence };
    const bound = binding === null ? {} : { binding };
    if (isListed) return this.#record(state, 'draw.record-contact', { payload: { ...call, seat }, secrets: bound });
    const secrets = { turn, ...(turn.record.person === null ? {} : { person }), ...bound };
    if (!isSealed) return this.#record(state, CALL, { payload: { ...call, seat }, secrets });
    const place = binding === null ? null : sealedName(state, slot.slot);
    return this.#record(state, CALL, {
      payload: { ...call, place },
      secrets: { ...secrets, ...(binding === null ? {} : { seat: { venue: slot.venue, seat } }) },
    });
  }

  async #record(state: LotState, type: string, act: NodeAct): Promise<JobEnd> {
    const outcome = await this.hand.submit(state, type, act);
    if (outcome.ok || SETTLED.has(outcome.code)) return undefined;
    if (PASSING.has(outcome.code)) throw new DomainError('UNAVAILABLE', `the outcome of a call waits: ${outcome.code} ${outcome.message}`);
    return { againInMs: REFUSED_AGAIN_MS };
  }
}

const exhausted = (state: LotState): { readonly places: string[] } => ({ places: wantedNames(state) ?? [] });
