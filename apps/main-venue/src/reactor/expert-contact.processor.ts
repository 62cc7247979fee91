import type { JobPayload } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { dueContacts, FINAL_STATUSES, nextExpert } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { JobContext, JobEnd } from '@app/platform/jobs';
import { Job, JobProcessor } from '@app/platform/jobs';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { InTurn } from './in-turn.js';
import { NodeHand } from './node-hand.js';
import type { NodeAct } from './performer.js';
import { ExpertPool } from './ports.js';

const CALLS_AT_ONCE = 20;
/** Refusals that say nothing of the call. */
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'READ_ONLY', 'INTERNAL']);
/** The lot has the outcome already, or does not want it any more. */
const SETTLED = new Set(['E_ALREADY_DONE', 'E_DRAW_EXHAUSTED', 'FORBIDDEN']);
/** What is refused now may pass when the lot goes on (it is suspended) or when another process's entry is known here. */
const REFUSED_AGAIN_MS = 10_000;

/**
 * Calls one drawn expert (domain.md §5.4) until there is an outcome, which becomes the entry `draw.record-contact`. The row counts how often
 * the line was asked, and the line knows the call by the expert's pseudonym, so that a crash between call and entry rings nobody twice.
 */
@Job('expert:contact', { concurrency: CALLS_AT_ONCE })
export class ExpertContactProcessor extends JobProcessor<JobPayload<'expert:contact'>> {
  /** The outcomes of one lot are recorded one after the other: an expert's pseudonym is their number among those who accepted. */
  readonly #lots = new InTurn();

  constructor(
    private readonly pipeline: Pipeline,
    private readonly pool: ExpertPool,
    private readonly hand: NodeHand,
  ) {
    super();
  }

  run(payload: JobPayload<'expert:contact'>, context: JobContext): Promise<JobEnd> {
    return this.#lots.after(payload.origin, () => this.#ask(payload, context));
  }

  async #ask({ origin, candidate }: JobPayload<'expert:contact'>, context: JobContext): Promise<JobEnd> {
    const state = await this.pipeline.lotState(origin);
    const due = dueContacts(state).find((contact) => contact.candidate === candidate);
    if (due === undefined || FINAL_STATUSES.includes(state.status)) return undefined;
    const act = await this.#call(state, candidate, due.slot.venue);
    if (act === null) {
      await context.progress({ done: (context.reached?.done ?? 0) + 1, total: null });
      return { againInMs: this.pool.askAgainMs };
    }
    const outcome = await this.hand.submit(state, 'draw.record-contact', act);
    if (outcome.ok || SETTLED.has(outcome.code)) return undefined;
    if (PASSING.has(outcome.code)) throw new DomainError('UNAVAILABLE', `the outcome of a call waits: ${outcome.code} ${outcome.message}`);
    return { againInMs: REFUSED_AGAIN_MS };
  }

  async #call(state: LotState, candidate: string, venue: string): Promise<NodeAct | null> {
    const result = await this.pool.contact(state, candidate, nextExpert(state), venue);
    if (result === null) return null;
    const { outcome, reason, evidence, seat, binding } = result;
    const payload = { candidate, outcome, reason, evidence, seat };
    return binding === null ? { payload } : { payload, secrets: { binding } };
  }
}
