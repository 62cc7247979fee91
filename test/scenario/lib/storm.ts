import type { Outcome, SignedCommand } from '@app/contracts';
import type { VenueClient } from '@app/client';
import { RequestError, signWish } from '@app/client';
import type { Actor, Stage } from '../../../tools/demo/src/stage.js';

/** How long a command may take to its answer, faults included, in milliseconds. */
const ANSWER_MS_MAX = 150_000;
const PAUSE_MS = 100;

export type Accepted = Extract<Outcome, { ok: true }>;

/** A party with the venue it submits to: cheap acts of record only, so that each accepted one is one entry. */
export interface Sender {
  readonly actor: Actor;
  readonly wish: (text: string) => { type: string; payload: Record<string, string | null>; secrets?: Record<string, string> };
}

export const witnessFact: Sender['wish'] = (text) => ({
  type: 'lot.record-fact',
  payload: { kind: 'OTHER', about: null },
  secrets: { text },
});
export const opinion: Sender['wish'] = (text) => ({ type: 'lot.give-opinion', payload: { text, target: '场内秩序' } });

export async function sign({ facts, state }: Stage, { actor, wish }: Sender, text: string): Promise<SignedCommand> {
  const { profile, origin, lot, round, clock } = facts;
  const at = clock.instant();
  return signWish(profile, actor.identity, { origin, lot, round }, { ...wish(text), party: actor.party, at, basis: state.size });
}

/** What happened to one command on its way to an answer. */
export interface Passage {
  readonly outcome: Outcome;
  /** Codes of the attempts that brought no answer. */
  readonly detours: readonly string[];
}

/** Sends the same bytes until they are answered. Throws what no repetition can mend, and after {@link ANSWER_MS_MAX}. */
export async function submitUntilAnswered(client: VenueClient, signed: SignedCommand): Promise<Passage> {
  const detours: string[] = [];
  const end = performance.now() + ANSWER_MS_MAX;
  for (;;) {
    try {
      return { outcome: (await client.submit(signed, 1)).outcome, detours };
    } catch (error) {
      if (!(error instanceof RequestError) || !(error.isPassing || error.code === 'QUEUED')) throw error;
      detours.push(error.code);
      if (performance.now() > end) throw new Error(`no answer to ${signed.command.id}: ${detours.slice(-5).join(', ')}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Many signed commands on their way over several connections for each sender. */
export class Storm {
  readonly passages = new Map<string, Passage>();
  readonly commands: SignedCommand[] = [];
  #running: Promise<unknown> = Promise.resolve();
  #waiting: (() => void)[] = [];

  private constructor(private readonly of: readonly { sender: Sender; commands: SignedCommand[] }[]) {
    for (const { commands } of of) this.commands.push(...commands);
  }

  /** Signs `each` commands for every sender, before any is sent. */
  static async prepare(stage: Stage, senders: readonly Sender[], each: number, name: string): Promise<Storm> {
    const of = await Promise.all(
      senders.map(async (sender) => ({
        sender,
        commands: await Promise.all(Array.from({ length: each }, (_none, index) => sign(stage, sender, `${name} ${index}`))),
      })),
    );
    return new Storm(of);
  }

  get answered(): number {
    return this.passages.size;
  }

  /** Starts sending. Each of `connections` per sender sends its next command when the one before is answered. */
  start(connections: number): void {
    const runs = this.of.flatMap(({ sender, commands }) => {
      const queue = [...commands];
      return Array.from({ length: connections }, async () => {
        for (let signed = queue.shift(); signed !== undefined; signed = queue.shift()) {
          this.passages.set(signed.command.id, await submitUntilAnswered(sender.actor.client, signed));
          for (const wake of this.#waiting.splice(0)) wake();
        }
      });
    });
    this.#running = Promise.all(runs);
    // Whoever waits for a count must hear of a failure too.
    this.#running.catch(() => {
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** Resolves when that many are answered: the moment for a fault. */
  async reached(count: number): Promise<void> {
    while (this.answered < count) {
      const next = new Promise<void>((resolve) => this.#waiting.push(resolve));
      await Promise.race([next, this.#running]);
    }
  }

  /** Resolves with the accepted outcomes when all are answered. Throws when one was refused. */
  async done(): Promise<Map<string, Accepted>> {
    await this.#running;
    return new Map([...this.passages].map(([id, { outcome }]) => [id, accepted(outcome)]));
  }

  /** Attempts that brought no answer, by code. */
  get detours(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { detours } of this.passages.values()) for (const code of detours) counts[code] = (counts[code] ?? 0) + 1;
    return counts;
  }
}

export function accepted(outcome: Outcome): Accepted {
  if (!outcome.ok) throw new Error(`${outcome.id} was refused: ${outcome.code} ${outcome.message}`);
  return outcome;
}
