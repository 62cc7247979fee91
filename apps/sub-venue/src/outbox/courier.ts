import type { Answer, OutboxRecord, OutboxReply } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import type { CancelTimer, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import type { Draw } from './backoff.js';
import { backoffMs, DRAW } from './backoff.js';
import { Outbox } from './outbox.js';
import type { WaitingRecord } from './outbox.repository.js';

/** The line to the main venue as the courier sees it. `deliver` resolves when the batch was taken in, and throws when the line fails. */
export interface DeliveryLine {
  readonly isUp: boolean;
  deliver(records: readonly OutboxRecord[]): Promise<void>;
}

/** Tries after which a command that the main venue can neither decide nor refuse stops holding up its own actor. */
export const PARK_TRIES = 12;

interface ActorState {
  /** Delivered and neither answered nor returned. */
  inFlight: number;
  tries: number;
  /** Something came back to be sent again: nothing more of this actor goes out until all of it is back and the wait is over. */
  isHeld: boolean;
  /** Passes over this connection: grows each time the actor starts again. */
  pass: number;
}

/**
 * Delivers the outbox: batches, several on the way at once, in order per actor. Exactly once in effect: delivery repeats until
 * an answer is stored, and the main venue answers a repeated id with its first answer. A refusal is an answer like any other,
 * so one refused command stops nobody; one that cannot be decided for now holds up its own actor only.
 */
@Injectable()
export class Courier implements OnModuleDestroy {
  readonly #sent = new Map<number, WaitingRecord>();
  readonly #parked = new Set<number>();
  readonly #actors = new Map<string, ActorState>();
  readonly #timers = new Set<CancelTimer>();
  #pumping = false;
  #again = false;
  #closed = false;
  #line: DeliveryLine | null = null;

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(DRAW) private readonly draw: Draw,
  ) {
    outbox.onKept(() => {
      this.pump();
    });
  }

  get inFlight(): number {
    return this.#sent.size;
  }
  /** Commands that were given up for now; they are tried again when the process or the line restarts. */
  get parked(): number {
    return this.#parked.size;
  }

  /** The line is up: everything without an answer goes out again, from the oldest on. */
  connected(line: DeliveryLine): void {
    this.#line = line;
    this.#forgetFlight();
    this.#parked.clear();
    this.pump();
  }

  disconnected(): void {
    this.#line = null;
    this.#forgetFlight();
  }

  onModuleDestroy(): void {
    this.#closed = true;
    this.disconnected();
  }

  /** What the main venue says of delivered commands. Resolves when the answers are on disk. */
  async replied(replies: readonly OutboxReply[]): Promise<void> {
    const answers: { index: number; answer: Answer }[] = [];
    for (const reply of replies) {
      if ('answer' in reply) answers.push({ index: reply.index, answer: reply.answer });
      else this.#returned(reply.index, reply.retry);
    }
    try {
      if (answers.length > 0) await this.outbox.settle(answers);
    } catch (error) {
      // Delivered again after a wait: the main venue then gives the same answers.
      this.logger.error({ err: error, answers: answers.length }, 'outbox: answers could not be written');
      for (const { index } of answers) this.#returned(index, 'UNAVAILABLE');
      return;
    }
    for (const { index } of answers) {
      const record = this.#sent.get(index);
      if (record === undefined) continue;
      this.#sent.delete(index);
      const actor = this.#actor(record.actor);
      actor.inFlight -= 1;
      if (!actor.isHeld) actor.tries = 0;
      this.#release(record.actor, actor);
    }
    this.pump();
  }

  /** Sends what may go. Never throws; calls during a run make it look once more. */
  pump(): void {
    this.#again = true;
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#run().finally(() => {
      this.#pumping = false;
      if (this.#again && !this.#closed) this.pump();
    });
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      const line = this.#line;
      if (line?.isUp !== true) return;
      const batch = this.#next();
      if (batch.length === 0) return;
      for (const record of batch) {
        this.#sent.set(record.index, record);
        this.#actor(record.actor).inFlight += 1;
      }
      this.#again = true;
      await this.#send(line, batch);
    }
  }

  /** The next batch goes out before this one is acked: the line keeps their order. */
  async #send(line: DeliveryLine, batch: readonly WaitingRecord[]): Promise<void> {
    const failed = (error: unknown): void => {
      this.logger.warn({ err: error, commands: batch.length }, 'outbox: a delivery did not arrive');
      if (this.#line === line) for (const record of batch) this.#returned(record.index, 'UNAVAILABLE');
    };
    try {
      const records = await this.outbox.records(batch.map(({ index }) => index));
      const passes = new Map(batch.map(({ index, actor }) => [index, this.#actor(actor).pass]));
      if (this.#line === line)
        line.deliver(records.map((record) => ({ ...record, pass: passes.get(record.link.index) ?? 0 }))).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #next(): WaitingRecord[] {
    const batch: WaitingRecord[] = [];
    let sizeBytes = 0;
    const room = Math.min(VENUE_WIRE.deliverRecordsMax, VENUE_WIRE.deliverInFlightMax - this.#sent.size);
    for (const record of this.outbox.waiting.values()) {
      if (batch.length >= room) break;
      if (this.#sent.has(record.index) || this.#parked.has(record.index) || this.#actors.get(record.actor)?.isHeld === true) continue;
      sizeBytes += record.sizeBytes;
      if (batch.length > 0 && sizeBytes > VENUE_WIRE.deliverBytesMax) break;
      batch.push(record);
    }
    return batch;
  }

  #returned(index: number, code: string): void {
    const record = this.#sent.get(index);
    if (record === undefined) return;
    this.#sent.delete(index);
    const actor = this.#actor(record.actor);
    actor.inFlight -= 1;
    if (!actor.isHeld) {
      actor.isHeld = true;
      actor.tries += 1;
      // Only what the main venue itself could not work out is given up; a line or a queue that is busy will be free again.
      if (code === 'INTERNAL' && actor.tries >= PARK_TRIES) {
        this.#parked.add(index);
        actor.tries = 0;
        this.logger.error({ index, command: record.id }, 'outbox: the main venue cannot decide this command; it is set aside');
      }
    }
    this.#release(record.actor, actor);
  }

  /** All of a held actor is back: after the wait its commands start again from the oldest. */
  #release(name: string, actor: ActorState): void {
    if (!actor.isHeld || actor.inFlight > 0) return;
    const cancel = this.clock.after(backoffMs(Math.max(1, actor.tries), this.draw), () => {
      this.#timers.delete(cancel);
      actor.isHeld = false;
      actor.pass += 1;
      this.#actors.set(name, actor);
      this.pump();
    });
    this.#timers.add(cancel);
  }

  #actor(name: string): ActorState {
    const known = this.#actors.get(name);
    if (known !== undefined) return known;
    const actor = { inFlight: 0, tries: 0, isHeld: false, pass: 0 };
    this.#actors.set(name, actor);
    return actor;
  }

  #forgetFlight(): void {
    this.#sent.clear();
    this.#actors.clear();
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }
}
