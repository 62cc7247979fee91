import type { Answer, JsonObject, Outcome, SignedCommand } from '@app/contracts';
import { equalBytes } from '@app/contracts';
import { commandRule, type LotState } from '@app/evaluation';
import type { Clock } from '@app/platform';
import { DomainError, isDatabaseAway } from '@app/platform';
import { isAct } from '../platform-log/act-types.js';
import type { AnswerSigner } from './answer-signer.js';
import type { OpenBatch } from './batch-builder.js';
import type { Admitted, CommandDoor, Turned } from './command-door.js';
import { appended, type GroupWriter } from './group-writer.js';
import type { KnownCommands } from './known-commands.js';
import type { LogWriter, LogWriters } from './log-writers.js';
import { LotStream } from './lot-stream.js';
import type { AppendedListener, StoredEntry } from './pipeline.types.js';
import { Pipeline } from './pipeline.types.js';

/** Acts that do not enter a lot's log at once; null when a command is none of them. */
export interface ActDesk {
  accept(admitted: Admitted, state: LotState): Promise<Outcome> | null;
}

/** Outside facts that a command's rule asks for; recorded in the context. */
export type FactsFor = (admitted: Admitted, state: LotState | null) => Promise<JsonObject> | null;

export interface PipelineDeps {
  readonly door: CommandDoor;
  readonly known: KnownCommands;
  readonly writers: LogWriters;
  readonly group: GroupWriter;
  readonly answers: AnswerSigner;
  readonly clock: Clock;
  readonly acts: ActDesk;
  readonly factsFor: FactsFor;
  readonly queueDepthMax: number;
}

interface Pending {
  readonly request: Uint8Array;
  readonly outcome: Promise<Outcome>;
}

/** See {@link Pipeline}. Outcomes that are ready in the same turn are signed together. */
export class CommandPipeline extends Pipeline {
  readonly #deps: PipelineDeps;
  readonly #listeners = new Set<AppendedListener>();
  /** Commands under way, by id: the same one sent twice is decided once. */
  readonly #pending = new Map<string, Pending>();
  #reasonToClose: (origin: string) => string | null = () => null;
  #unsigned: { outcome: Outcome; resolve: (answer: Answer) => void }[] = [];

  constructor(deps: PipelineDeps) {
    super();
    this.#deps = deps;
  }

  async submit(signed: SignedCommand): Promise<Answer> {
    try {
      return await this.#sign(await this.#outcome(signed));
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      const { id } = signed.command;
      return this.#sign(
        this.#refusal({ ok: false, id, code: 'UNAVAILABLE', message: 'The database can not be reached. Send the same command again.' }),
      );
    }
  }

  async lotState(origin: string): Promise<LotState> {
    const writer = this.#deps.writers.peek(origin) ?? (await this.#deps.writers.load(nameOf(origin)));
    const stream = writer?.head.stream;
    if (!(stream instanceof LotStream) || stream.size === 0) throw new DomainError('NOT_FOUND', `there is no log ${origin}`);
    return stream.state;
  }

  onAppended(listener: AppendedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sets who says that a log takes no commands, and why. */
  closeWhen(reason: (origin: string) => string | null): void {
    this.#reasonToClose = reason;
  }

  /** To be given to the group writer. */
  committed(batch: OpenBatch): void {
    if (this.#listeners.size === 0) return;
    for (const { origin, entries } of appended(batch)) this.found(origin, entries);
  }

  /** To be given to the group writer. */
  found(origin: string, entries: readonly StoredEntry[]): void {
    for (const listener of this.#listeners) listener(origin, entries);
  }

  async #outcome(signed: SignedCommand): Promise<Outcome> {
    const at = this.#deps.clock.instant();
    const admitted = await this.#deps.door.admit(signed, at);
    if (!admitted.ok) return this.#refusal(admitted);
    const { id, origin } = admitted.signed.command;
    const closed = this.#reasonToClose(origin);
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
    const { known, group } = this.#deps;
    const { id } = admitted.signed.command;
    const earlier = known.recent(id, admitted.request) ?? (await known.ask(id, admitted.request));
    if (earlier.kind === 'same') return earlier.outcome;
    if (earlier.kind === 'reused') return this.#refusal(reused(id));
    if (group.depth >= this.#deps.queueDepthMax) {
      return this.#refusal({ ok: false, id, code: 'RATE_LIMITED', message: 'Too many commands are waiting. Send it again in a moment.' });
    }
    if (isAct(admitted.signed.command.type)) return this.#act(admitted);
    const writer = await this.#writer(admitted);
    if (writer === null)
      return this.#refusal({ ok: false, id, code: 'NOT_FOUND', message: `There is no log ${admitted.signed.command.origin}.` });
    const { stream } = writer.head;
    const state = stream instanceof LotStream ? stream.state : null;
    const facts = this.#deps.factsFor(admitted, state);
    const looked = facts === null ? {} : await facts;
    return new Promise((resolve) => {
      group.add({ admitted, writer, facts: looked, resolve });
    });
  }

  /** An act is decided on its lot's state and stands in the platform log. */
  async #act(admitted: Admitted): Promise<Outcome> {
    const { id, lot, round, origin } = admitted.signed.command;
    const lotOrigin = origin.replace(/\/platform$/, `/lot/${lot ?? ''}/${String(round ?? 1)}`);
    const { writers } = this.#deps;
    const writer = writers.peek(lotOrigin) ?? (await writers.load(nameOf(lotOrigin)));
    const stream = writer?.head.stream;
    const outcome = stream instanceof LotStream && stream.size > 0 ? this.#deps.acts.accept(admitted, stream.state) : null;
    return outcome ?? this.#refusal({ ok: false, id, code: 'NOT_FOUND', message: `There is no lot ${lot ?? ''} that takes acts.` });
  }

  async #writer(admitted: Admitted): Promise<LogWriter | null> {
    const { origin, lot, round, type } = admitted.signed.command;
    const { writers, clock } = this.#deps;
    const held = writers.peek(origin) ?? (await writers.load({ origin, lot, round }));
    if (held !== null) return held;
    // Only a command that founds a lot may open its log: nobody fills the table by asking for lots that are not there.
    return commandRule(type)?.founds === true ? writers.open({ origin, lot, round }, clock.instant()) : null;
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
    const answers = this.#deps.answers.sign(waiting.map((item) => item.outcome));
    waiting.forEach(({ resolve }, index) => {
      const answer = answers[index];
      if (answer !== undefined) resolve(answer);
    });
  }

  #refusal({ id, code, message }: Turned): Outcome {
    return { ok: false, id, code, message, at: this.#deps.clock.instant() };
  }
}

const reused = (id: string): Turned => ({
  ok: false,
  id,
  code: 'ID_REUSED',
  message: 'This command id was used with another content. Make a new command.',
});

/** Lot and round of a lot's origin; null for the platform log. */
export function nameOf(origin: string): { origin: string; lot: string | null; round: number | null } {
  const match = /\/lot\/([^/]+)\/(\d+)$/.exec(origin);
  return { origin, lot: match?.[1] ?? null, round: match?.[2] === undefined ? null : Number(match[2]) };
}
