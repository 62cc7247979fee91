import type { ErrorCode, Outcome } from '@app/contracts';
import type { CancelTimer, Logger } from '@app/platform';
import { Clock, isDatabaseAway, isDomainError } from '@app/platform';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import { Appended } from './appended.js';
import type { Job } from './batch-builder.js';
import { BatchBuilder, OpenBatch } from './batch-builder.js';
import { KnownCommands } from './known-commands.js';
import { LogCommit } from './log-commit.js';
import type { LogWriter } from './log-writers.js';
import { LogWriters } from './log-writers.js';

/** Commands in one transaction. */
const BATCH_COMMANDS_MAX = 256;
/** Another process wrote the log in between, or the connection was lost: after this many times the sender is told to try later. */
const RETRIES_MAX = 3;
/** Logs that could not be folded anew are tried again after this time, doubled up to the second. */
const HEAL_FIRST_MS = 250;
const HEAL_MS_MAX = 10_000;

/**
 * Group commit across logs. While one transaction is under way the next is being decided on the state it leaves; it is sent
 * before the first one's senders are answered. Only this class moves a log's head, so a log has one writer.
 */
@Injectable()
export class GroupWriter implements BeforeApplicationShutdown {
  /** Waiting to be decided, oldest first, from `#next` on. */
  #queue: Job[] = [];
  #next = 0;
  #depth = 0;
  #open = new OpenBatch();
  #isWriting = false;
  #isRecovering = false;
  #idle: (() => void)[] = [];
  /** Logs whose head in memory stands on what was not committed; folded anew before their next command. */
  readonly #stale = new Set<LogWriter>();
  #healMs = HEAL_FIRST_MS;
  #cancelHeal: CancelTimer | null = null;
  #isClosed = false;

  constructor(
    private readonly commit: LogCommit,
    private readonly builder: BatchBuilder,
    private readonly writers: LogWriters,
    private readonly known: KnownCommands,
    private readonly appended: Appended,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Commands that wait or are being committed: taken in and not answered yet. */
  get depth(): number {
    return this.#depth;
  }

  add(job: Job): void {
    job.writer.holds += 1;
    this.#depth += 1;
    this.#queue.push(job);
    this.#decideWaiting();
    if (!this.#isWriting && !this.#isRecovering) void this.#run();
  }

  /** What was taken in is finished before the database goes. */
  beforeApplicationShutdown(): Promise<void> {
    return this.close();
  }

  /** Resolves when nothing waits any more. What the database kept back is found at the next start. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelHeal?.();
    if (!this.#isWriting && !this.#isRecovering && this.depth === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #decideWaiting(): void {
    if (this.#isRecovering) return;
    while (this.#next < this.#queue.length && this.#open.size < BATCH_COMMANDS_MAX) {
      const job = this.#queue[this.#next];
      if (job === undefined || this.#stale.has(job.writer)) return;
      this.#next += 1;
      this.#decide(this.#open, job);
    }
    if (this.#next === this.#queue.length) {
      this.#queue = [];
      this.#next = 0;
    }
  }

  /** A rule that throws is a mistake of ours: its sender is told so, its neighbours go on. */
  #decide(batch: OpenBatch, job: Job): void {
    try {
      this.builder.decide(batch, job);
    } catch (error) {
      this.logger.error({ err: error, type: job.admitted.signed.command.type, id: job.admitted.signed.command.id }, 'a rule failed');
      this.#answer(job, this.#refusal(job, 'INTERNAL', 'An unexpected failure. Nothing was recorded.'));
    }
  }

  async #run(isHealing = false): Promise<void> {
    this.#isWriting = true;
    if (isHealing) await this.#heal();
    let done: OpenBatch | null = null;
    while (this.#open.size > 0 || done !== null || this.#next < this.#queue.length) {
      if (this.#open.size === 0 && done === null) await this.#healFirst();
      const batch = this.#open;
      this.#open = new OpenBatch();
      const sent = batch.size > 0 ? this.#send(batch) : null;
      // The next transaction is on its way: now there is time to answer the senders of the last one.
      if (done !== null) this.#finish(done);
      this.#decideWaiting();
      done = null;
      if (sent === null) continue;
      const error = await sent;
      if (error === null) done = batch;
      else await this.#recover(batch, error);
      this.#decideWaiting();
    }
    this.#isWriting = false;
    this.#healLater();
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /**
   * A log that nobody sends a command to is folded anew too: a transaction that seemed lost may stand in it, and feeds, checkpoints
   * and duties would wait for the next entry, which may never come.
   */
  #healLater(): void {
    if (this.#stale.size === 0) this.#healMs = HEAL_FIRST_MS;
    else if (!this.#isClosed)
      this.#cancelHeal ??= this.clock.after(this.#healMs, () => {
        this.#cancelHeal = null;
        this.#healMs = Math.min(HEAL_MS_MAX, this.#healMs * 2);
        if (!this.#isWriting) void this.#run(true);
      });
  }

  async #heal(): Promise<void> {
    this.#isRecovering = true;
    for (const writer of this.#stale) {
      try {
        await this.#refold(writer);
      } catch (error) {
        this.logger.warn({ err: error, origin: writer.origin }, 'a log could not be folded anew; it is tried again');
      }
    }
    this.#isRecovering = false;
    this.#decideWaiting();
  }

  /** Folds a log anew and tells of what stands in it unheard. */
  async #refold(writer: LogWriter): Promise<void> {
    const untold = await this.writers.reload(writer);
    this.#stale.delete(writer);
    writer.told = writer.head.stream.size;
    if (untold.length > 0) this.appended.tell(writer.origin, untold);
  }

  /** What waits first waits for its log to be folded anew. */
  async #healFirst(): Promise<void> {
    const job = this.#queue[this.#next];
    if (job === undefined || !this.#stale.has(job.writer)) return;
    this.#next += 1;
    this.#isRecovering = true;
    this.#answer(job, await this.#alone(job));
    this.#isRecovering = false;
    this.#decideWaiting();
  }

  /** Null when committed. */
  async #send(batch: OpenBatch): Promise<Error | null> {
    try {
      // Before the first wait: what comes later moves the heads on.
      const transaction = this.builder.transaction(batch);
      await this.commit.write(transaction);
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error('the transaction failed', { cause: error });
    }
  }

  #finish(batch: OpenBatch): void {
    for (const { job, outcome } of batch.decided) {
      this.#leave(job);
      this.#remember(job, outcome);
    }
    this.#tell(batch);
    for (const { job, outcome } of batch.decided) job.resolve(outcome);
  }

  #tell(batch: OpenBatch): void {
    for (const [writer, { before, entries }] of batch.logs) writer.told = before.stream.size + entries.length;
    this.appended.tellBatch(batch);
  }

  /**
   * A transaction failed as a whole. Nothing of it remains, and what was decided on top of it stands on nothing either: every
   * log that was touched is folded anew, and each command is tried alone, so that the one at fault stops nobody.
   */
  async #recover(failed: OpenBatch, error: unknown): Promise<void> {
    this.logger.warn({ err: error, commands: failed.size }, 'a group commit failed; its commands are tried one by one');
    this.#isRecovering = true;
    const jobs = [...failed.decided, ...this.#open.decided].map((item) => item.job);
    this.#open = new OpenBatch();
    for (const job of jobs) this.#stale.add(job.writer);
    for (const job of jobs) this.#answer(job, await this.#alone(job));
    this.#isRecovering = false;
  }

  async #alone(job: Job): Promise<Outcome> {
    const { command } = job.admitted.signed;
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (this.#stale.has(job.writer)) await this.#refold(job.writer);
        // The lost transaction may have been committed after all: its end was not heard.
        const earlier = await this.known.ask(command.id, job.admitted.request);
        if (earlier.kind === 'same') return earlier.outcome;
        if (earlier.kind === 'reused') return this.#refusal(job, 'ID_REUSED', 'This command id was used with another content.');
        const batch = new OpenBatch();
        this.builder.decide(batch, job);
        const error = await this.#send(batch);
        if (error !== null) throw error;
        const outcome = batch.decided[0]?.outcome ?? this.#refusal(job, 'INTERNAL', 'An unexpected failure. Nothing was recorded.');
        this.#remember(job, outcome);
        this.#tell(batch);
        return outcome;
      } catch (error) {
        this.#stale.add(job.writer);
        const isRetried = isFence(error) || isUsedTwice(error) || isDatabaseAway(error);
        if (isRetried && attempt < RETRIES_MAX) continue;
        return this.#failed(job, error);
      }
    }
  }

  #failed(job: Job, error: unknown): Outcome {
    if (isFence(error) || isDatabaseAway(error)) {
      return this.#refusal(job, 'UNAVAILABLE', 'The database cannot be reached. Send the same command again.');
    }
    if (isDomainError(error)) return this.#refusal(job, error.code, error.message);
    this.logger.error({ err: error, id: job.admitted.signed.command.id }, 'a command could not be committed');
    return this.#refusal(job, 'INTERNAL', 'An unexpected failure. Nothing was recorded.');
  }

  #remember({ admitted }: Job, outcome: Outcome): void {
    this.known.remember(admitted.signed.command.id, admitted.request, outcome);
  }

  #answer(job: Job, outcome: Outcome): void {
    this.#leave(job);
    job.resolve(outcome);
  }

  #leave({ writer }: Job): void {
    writer.holds -= 1;
    this.#depth -= 1;
  }

  #refusal(job: Job, code: ErrorCode, message: string): Outcome {
    return { ok: false, id: job.admitted.signed.command.id, code, message, at: this.clock.instant() };
  }
}

const sqlState = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
/** The head was not where this process left it: another one has written. */
const isFence = (error: unknown): boolean => sqlState(error) === '40001';
const isUsedTwice = (error: unknown): boolean => sqlState(error) === '23505';
