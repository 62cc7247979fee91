import type { Answer, Outcome, SignedCommand } from '@app/contracts';
import { equalBytes } from '@app/contracts';
import type { LotRun, LotState } from '@app/evaluation';
import { lotOrigin } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Clock, DomainError, isDatabaseAway } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import type { ActDesk } from './act-desk.js';
import { ActDesks } from './act-desk.js';
import { AnswerSigner } from './answer-signer.js';
import { Appended } from './appended.js';
import { Arrivals } from './arrivals.js';
import type { Admitted, Turned } from './command-door.js';
import { CommandDoor } from './command-door.js';
import { FactsBook } from './facts-book.js';
import { GroupWriter } from './group-writer.js';
import { KnownCommands } from './known-commands.js';
import { LogGates } from './log-gate.js';
import { nameOf } from './log-name.js';
import type { LogWriter } from './log-writers.js';
import { LogWriters } from './log-writers.js';
import { LotStream } from './lot-stream.js';
import type { AppendedListener } from './pipeline.types.js';
import { Pipeline } from './pipeline.types.js';
import { StreamKinds } from './stream-kind.js';

interface Pending {
  readonly request: Uint8Array;
  readonly outcome: Promise<Outcome>;
}

/** See {@link Pipeline}. Outcomes that are ready in the same turn are signed together. */
@Injectable()
export class CommandPipeline extends Pipeline {
  /** Commands under way, by id: the same one sent twice is decided once. */
  readonly #pending = new Map<string, Pending>();
  #unsigned: { outcome: Outcome; resolve: (answer: Answer) => void }[] = [];

  constructor(
    private readonly arrivals: Arrivals,
    private readonly door: CommandDoor,
    private readonly gates: LogGates,
    private readonly known: KnownCommands,
    private readonly kinds: StreamKinds,
    private readonly desks: ActDesks,
    private readonly facts: FactsBook,
    private readonly writers: LogWriters,
    private readonly group: GroupWriter,
    private readonly appended: Appended,
    private readonly answers: AnswerSigner,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION' | 'QUEUE_DEPTH_MAX' | 'QUEUE_DEPTH_TOTAL_MAX'>,
  ) {
    super();
  }

  async submit(signed: SignedCommand): Promise<Answer> {
    const answered = this.arrivals.begin();
    try {
      return await this.#sign(await this.#outcome(signed));
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      const { id } = signed.command;
      return await this.#sign(
        this.#refusal({ ok: false, id, code: 'UNAVAILABLE', message: 'The database cannot be reached. Send the same command again.' }),
      );
    } finally {
      answered();
    }
  }

  async lotState(origin: string): Promise<LotState> {
    return (await this.lotRun(origin)).state;
  }

  async lotRun(origin: string): Promise<LotRun> {
    const run = await this.#lotRun(origin);
    if (run === null) throw new DomainError('NOT_FOUND', `there is no log ${origin}`);
    return run;
  }

  onAppended(listener: AppendedListener): () => void {
    return this.appended.on(listener);
  }

  async #outcome(signed: SignedCommand): Promise<Outcome> {
    const at = this.clock.instant();
    const admitted = await this.door.admit(signed, at);
    if (!admitted.ok) return this.#refusal(admitted);
    const { id, origin } = admitted.signed.command;
    const closed = this.gates.reason(origin);
    if (closed !== null) return this.#refusal({ ok: false, id, code: 'READ_ONLY', message: closed });
    const pending = this.#pending.get(id);
    if (pending !== undefined) {
      return equalBytes(pending.request, admitted.request) ? pending.outcome : this.#refusal(reused(id));
    }
    const outcome = this.#decided(admitted);
    this.#pending.set(id, { request: admitted.request, outcome });
    try {
      return await outcome;
    } finally {
      this.#pending.delete(id);
    }
  }

  async #decided(admitted: Admitted): Promise<Outcome> {
    const { id, origin, type } = admitted.signed.command;
    const earlier = this.known.recent(id, admitted.request) ?? (await this.known.ask(id, admitted.request));
    if (earlier.kind === 'same') return earlier.outcome;
    if (earlier.kind === 'reused') return this.#refusal(reused(id));
    const desk = this.desks.for(type);
    if (desk !== null) return this.#toDesk(desk, admitted);
    const writer = await this.#writer(admitted);
    if (writer === null) return this.#refusal({ ok: false, id, code: 'NOT_FOUND', message: `There is no log ${origin}.` });
    if (writer.holds >= this.config.QUEUE_DEPTH_MAX) return this.#refusal(busy(id, 'of this log'));
    if (this.group.depth >= this.config.QUEUE_DEPTH_TOTAL_MAX) return this.#refusal(busy(id, 'of all logs'));
    const { stream } = writer.head;
    const state = stream instanceof LotStream ? stream.state : null;
    const facts = this.facts.factsFor(admitted, state);
    const looked = facts === null ? {} : await facts;
    return new Promise((resolve) => {
      this.group.add({ admitted, writer, facts: looked, resolve });
    });
  }

  async #toDesk(desk: ActDesk, admitted: Admitted): Promise<Outcome> {
    const { id, lot, round } = admitted.signed.command;
    const run = lot === null || round === null ? null : await this.#lotRun(lotOrigin(this.config.INSTALLATION, lot, round));
    if (run === null) return this.#refusal({ ok: false, id, code: 'NOT_FOUND', message: `There is no lot ${lot ?? ''} that takes acts.` });
    return desk.accept(admitted, run.state);
  }

  async #lotRun(origin: string): Promise<LotRun | null> {
    const writer = this.writers.peek(origin) ?? (await this.writers.load(nameOf(origin)));
    const stream = writer?.head.stream;
    return stream instanceof LotStream && stream.size > 0 ? stream.run : null;
  }

  async #writer(admitted: Admitted): Promise<LogWriter | null> {
    const { origin, type } = admitted.signed.command;
    const held = this.writers.peek(origin) ?? (await this.writers.load(nameOf(origin)));
    if (held !== null) return held;
    const name = nameOf(origin);
    // Only a command that founds a log may open it: nobody fills the table by asking for logs that are not there.
    return this.kinds.of(name).founds(type) ? this.writers.open(name, this.clock.instant()) : null;
  }

  #sign(outcome: Outcome): Promise<Answer> {
    return new Promise((resolve) => {
      this.#unsigned.push({ outcome, resolve });
      if (this.#unsigned.length === 1) setImmediate(() => this.#signWaiting());
    });
  }

  #signWaiting(): void {
    const waiting = this.#unsigned;
    this.#unsigned = [];
    const answers = this.answers.sign(waiting.map((item) => item.outcome));
    waiting.forEach(({ resolve }, index) => {
      const answer = answers[index];
      if (answer !== undefined) resolve(answer);
    });
  }

  #refusal({ id, code, message }: Turned): Outcome {
    return { ok: false, id, code, message, at: this.clock.instant() };
  }
}

const reused = (id: string): Turned => ({
  ok: false,
  id,
  code: 'ID_REUSED',
  message: 'This command id was used with another content. Make a new command.',
});

const busy = (id: string, whose: string): Turned => ({
  ok: false,
  id,
  code: 'RATE_LIMITED',
  message: `Too many commands ${whose} are waiting. Send it again in a moment.`,
});
