import type { Answer, OutboxRecord, OutboxReply, SignedCommand } from '@app/contracts';
import { zSignedCommand } from '@app/contracts';
import { isPassing, SecurityLog } from '@app/venue';
import type { Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import { Pipeline } from '../pipeline/pipeline.types.js';

/** Replies of one turn of the event loop travel together. */
type Reply = (replies: OutboxReply[]) => void;

interface Actor {
  tail: Promise<void>;
  waiting: number;
  /** A command came back to be sent again: what its connection sent of this actor in the same pass or before comes back too. */
  stopped: { readonly connection: string; readonly pass: number } | null;
}
/** Where commands came from: a site, over one of its connections. */
export interface DeliverySource {
  readonly venue: string;
  readonly connection: string;
}

/**
 * Takes delivered commands to the pipeline, one after the other for each actor, side by side for different ones. The order is
 * kept per site and not per connection: what an old connection left behind is decided before what the new one repeats.
 */
@Injectable()
export class VenueDeliveries {
  readonly #actors = new Map<string, Actor>();

  constructor(
    @Inject(Pipeline) private readonly pipeline: Pick<Pipeline, 'submit'>,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SecurityLog) private readonly security: Pick<SecurityLog, 'answered'>,
  ) {}

  /** Actors with commands on their way. */
  get busy(): number {
    return this.#actors.size;
  }

  take(source: DeliverySource, records: readonly OutboxRecord[], reply: Reply): void {
    const collected: OutboxReply[] = [];
    const collect = (one: OutboxReply): void => {
      if (collected.push(one) === 1)
        setImmediate(() => {
          reply(collected.splice(0));
        });
    };
    for (const record of records) this.#enqueue(source, record, collect);
  }

  #enqueue(source: DeliverySource, record: OutboxRecord, reply: (one: OutboxReply) => void): void {
    const { index } = record.link;
    const { venue } = source;
    const parsed = zSignedCommand.safeParse(record.signed);
    const id = idOf(record.signed);
    // A site parses before it keeps; what still does not parse can never be decided, and stops nobody.
    if (!parsed.success) {
      this.logger.error({ venue, index }, 'venue: a delivered command cannot be read');
      reply({ index, id, retry: 'INTERNAL' });
      return;
    }
    const signed = parsed.data;
    const key = `${venue} ${signed.command.origin} ${signed.command.actor.party}`;
    const actor = this.#actors.get(key) ?? { tail: Promise.resolve(), waiting: 0, stopped: null };
    this.#actors.set(key, actor);
    actor.waiting += 1;
    actor.tail = actor.tail.then(async () => {
      reply(await this.#decide(actor, source, record, signed));
      actor.waiting -= 1;
      if (actor.waiting === 0 && actor.stopped === null) this.#actors.delete(key);
    });
  }

  async #decide(actor: Actor, source: DeliverySource, record: OutboxRecord, signed: SignedCommand): Promise<OutboxReply> {
    const { id } = signed.command;
    const { index } = record.link;
    const { connection } = source;
    if (actor.stopped?.connection === connection && record.pass <= actor.stopped.pass) return { index, id, retry: 'AFTER' };
    actor.stopped = null;
    const stop = (retry: string): OutboxReply => {
      actor.stopped = { connection, pass: record.pass };
      return { index, id, retry };
    };
    try {
      const answer = await this.pipeline.submit(signed);
      const passing = passingCode(answer);
      if (passing !== null) return stop(passing);
      // The site kept it and has answered its seat long ago: nobody else meets this refusal.
      this.security.answered(signed, answer, { venue: source.venue });
      return { index, id, answer };
    } catch (error) {
      this.logger.error({ err: error, venue: source.venue, index, command: id }, 'venue: a delivered command could not be decided');
      return stop('INTERNAL');
    }
  }
}

/** A refusal that says nothing of the command itself: it is delivered again later. */
const passingCode = ({ outcome }: Answer): string | null => (!outcome.ok && isPassing(outcome.code) ? outcome.code : null);

function idOf(signed: unknown): string {
  const command = typeof signed === 'object' && signed !== null && 'command' in signed ? signed.command : null;
  return typeof command === 'object' && command !== null && 'id' in command ? String(command.id) : '';
}
