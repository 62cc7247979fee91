import type { Answer, OutboxRecord, SignedCommand } from '@app/contracts';
import { isOutboxRefused, VENUE_WIRE } from '@app/contracts';
import type { Logger } from '@app/platform';
import { Clock, DomainError, invariant } from '@app/platform';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { commandHash, commandText, linkHash } from './chain.js';
import type { NewRecord, WaitingRecord } from './outbox.repository.js';
import { OutboxRepository } from './outbox.repository.js';
import { SenderCheck } from './sender-check.js';
import { Tally } from './tally.js';

const OUTBOX_LIMITS = {
  /** Commands without an answer; above it the door says RATE_LIMITED. */
  waitingMax: 100_000,
  /** Of these, of one party of a log: a person at a seat sends some dozens in a day. This site's own node has no such limit. */
  waitingOfOneMax: 1_000,
  /** Commands written in one statement. */
  groupMax: 500,
  /** Fresh commands kept in memory, so that a line that is up reads nothing back. */
  freshMax: 2_048,
} as const;

/** A command with its link, as it is delivered. */
export type KeptRecord = Omit<OutboxRecord, 'pass'>;

/** A command that is safe on this site's disk. `answer` settles when the main venue's word is safe there too. */
export interface Kept {
  readonly index: number;
  readonly receivedAt: string;
  readonly answer: Promise<Answer>;
}

/** What the outbox asks of its disk. */
export type OutboxDisk = Pick<OutboxRepository, 'head' | 'fault' | 'append' | 'waiting' | 'read' | 'find' | 'answer'>;

interface Queued {
  readonly signed: SignedCommand;
  readonly text: string;
  readonly resolve: (kept: Kept) => void;
  readonly reject: (error: unknown) => void;
}
interface Waiter {
  readonly promise: Promise<Answer>;
  readonly settle: (answer: Answer) => void;
}

/**
 * The durable, hash-chained outbox of a site (architecture §4). A command is written before anybody is told that it is kept,
 * and stays until the main venue's signed answer stands beside it. Delivery is the courier's.
 */
@Injectable()
export class Outbox implements OnModuleInit, OnApplicationShutdown {
  #head = { index: -1, hash: '' };
  #healthy = false;
  readonly #waiting = new Map<number, WaitingRecord>();
  readonly #byId = new Map<string, { text: string; kept: Promise<Kept> }>();
  readonly #waiters = new Map<number, Waiter>();
  readonly #fresh = new Map<number, KeptRecord>();
  readonly #queue: Queued[] = [];
  /** By actor: what waits on the disk, and what waits for it. */
  readonly #waitingOf = new Tally();
  readonly #queuedOf = new Tally();
  #writing: Promise<void> | null = null;
  readonly #listeners = new Set<(record: WaitingRecord) => void>();

  constructor(
    @Inject(OutboxRepository) private readonly repository: OutboxDisk,
    @Inject(SiteCrypto) private readonly crypto: Pick<SiteCrypto, 'hashHex'>,
    @Inject(SenderCheck) private readonly senders: Pick<SenderCheck, 'require'>,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Reads what the disk has. Throws when the chain there is not what was written: a human must look before anything is sent. */
  async onModuleInit(): Promise<void> {
    const fault = await this.repository.fault();
    invariant(fault === null, `the outbox chain on disk holds: ${fault ?? ''}`);
    await this.#reload();
  }

  /** Resolves when nothing is being written any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.#writing;
  }

  get head(): { readonly count: number; readonly hash: string } {
    return { count: this.#head.index + 1, hash: this.#head.hash };
  }
  get waitingCount(): number {
    return this.#waiting.size;
  }
  /** Waiting commands in order of index. The caller must not change it. */
  get waiting(): ReadonlyMap<number, WaitingRecord> {
    return this.#waiting;
  }
  onKept(fn: (record: WaitingRecord) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  /**
   * Resolves when the command is durable. The same id with the same bytes is kept once; with other bytes it is refused. Throws what
   * `SenderCheck` says of who is not seated here, RATE_LIMITED when too much waits.
   */
  async submit(signed: SignedCommand): Promise<Kept> {
    const { id, type } = signed.command;
    if (isOutboxRefused(type))
      throw new DomainError('UNAVAILABLE', `a ${type} has legal effect only by receipt at the main venue: send it there`);
    const text = commandText(signed);
    if (text.length * 3 > VENUE_WIRE.deliverBytesMax && Buffer.byteLength(text) > VENUE_WIRE.deliverBytesMax)
      throw new DomainError('TOO_LARGE', `a command has at most ${String(VENUE_WIRE.deliverBytesMax)} bytes`);
    const known = this.#byId.get(id);
    if (known !== undefined) {
      if (known.text !== text) throw idReused();
      return known.kept;
    }
    this.senders.require(signed, this.clock.instant());
    const kept = this.#submitNew(signed, text);
    this.#byId.set(id, { text, kept });
    // A command that could not be written may be sent again.
    kept.catch(() => this.#byId.delete(id));
    return kept;
  }

  /** The answer to a command kept here; null while it waits. Throws NOT_FOUND when no such command was kept. */
  async answerOf(id: string): Promise<Answer | null> {
    const [stored] = await this.repository.find([id]);
    if (stored === undefined) throw new DomainError('NOT_FOUND', 'no such command was kept here');
    return stored.answer;
  }

  /** Commands with their links, as they are delivered. */
  async records(indexes: readonly number[]): Promise<KeptRecord[]> {
    const missing = indexes.filter((index) => !this.#fresh.has(index));
    const stored = new Map<number, KeptRecord>();
    if (missing.length > 0) {
      for (const { link, hash, text } of await this.repository.read(missing))
        stored.set(link.index, { link, hash, signed: JSON.parse(text) as SignedCommand });
    }
    return indexes.flatMap((index) => this.#fresh.get(index) ?? stored.get(index) ?? []);
  }

  /** Writes final answers, then tells whoever waits. An answer to another command than the one that waits there is none. */
  async settle(answers: readonly { readonly index: number; readonly answer: Answer }[]): Promise<void> {
    const open = answers.filter(({ index, answer }) => this.#waiting.get(index)?.id === answer.outcome.id);
    if (open.length === 0) return;
    await this.repository.answer(open, this.clock.instant());
    for (const { index, answer } of open) {
      const id = this.#waiting.get(index)?.id;
      this.#forget(index);
      this.#fresh.delete(index);
      if (id !== undefined) this.#byId.delete(id);
      this.#waiters.get(index)?.settle(answer);
      this.#waiters.delete(index);
    }
  }

  /** Takes its place in the queue at once: one person's commands are kept in the order in which they came. */
  #submitNew(signed: SignedCommand, text: string): Promise<Kept> {
    if (this.#waiting.size + this.#queue.length >= OUTBOX_LIMITS.waitingMax)
      return Promise.reject(new DomainError('RATE_LIMITED', 'the outbox is full'));
    const actor = actorOf(signed);
    if (signed.signer.kind !== 'node' && this.#waitingOf.of(actor) + this.#queuedOf.of(actor) >= OUTBOX_LIMITS.waitingOfOneMax)
      return Promise.reject(new DomainError('RATE_LIMITED', 'too many commands of yours wait here for the main venue'));
    this.#queuedOf.add(actor, 1);
    return new Promise((resolve, reject) => {
      this.#queue.push({ signed, text, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** One writer: groups of commands, each in one statement. After a failure the disk says what became of the group. */
  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, OUTBOX_LIMITS.groupMax);
      try {
        if (!this.#healthy) await this.#reload();
        const fresh = await this.#withoutKnown(group);
        if (fresh.length === 0) continue;
        const records = this.#link(fresh);
        await this.repository.append(records);
        this.#keep(fresh, records);
      } catch (error) {
        this.#healthy = false;
        this.logger.error({ err: error, commands: group.length }, 'outbox: a group could not be written');
        for (const { reject } of group)
          reject(new DomainError('UNAVAILABLE', 'the command could not be kept; send it again', { cause: error }));
      } finally {
        for (const { signed } of group) this.#queuedOf.add(actorOf(signed), -1);
      }
    }
    // In the same turn as the last look at the queue: whoever comes later must find no writer that has already ended.
    this.#writing = null;
  }

  /** Commands that were kept before (by an earlier process, or answered since) are told so; the others are new. */
  async #withoutKnown(group: readonly Queued[]): Promise<Queued[]> {
    const stored = new Map((await this.repository.find(group.map(({ signed }) => signed.command.id))).map((record) => [record.id, record]));
    return group.filter((queued) => {
      const { id } = queued.signed.command;
      const known = stored.get(id);
      if (known === undefined) return true;
      if (known.answer !== null) this.#byId.delete(id);
      if (known.text !== queued.text) queued.reject(idReused());
      else {
        const answer = known.answer === null ? this.#waiter(known.link.index).promise : Promise.resolve(known.answer);
        queued.resolve({ index: known.link.index, receivedAt: known.link.receivedAt, answer });
      }
      return false;
    });
  }

  #link(group: readonly Queued[]): NewRecord[] {
    const receivedAt = this.clock.instant();
    const hashHex = (bytes: Uint8Array): string => this.crypto.hashHex(bytes);
    let { index, hash: prev } = this.#head;
    return group.map(({ signed, text }) => {
      index += 1;
      const link = { v: 1 as const, index, prev, command: commandHash(text, hashHex), receivedAt };
      prev = linkHash(link, hashHex);
      return { link, hash: prev, id: signed.command.id, actor: actorOf(signed), text };
    });
  }

  #keep(group: readonly Queued[], records: readonly NewRecord[]): void {
    records.forEach((record, position) => {
      const queued = group[position];
      invariant(queued, 'a record for each queued command');
      const { link, hash, id, actor, text } = record;
      const waiting = { index: link.index, id, actor, sizeBytes: text.length };
      this.#head = { index: link.index, hash };
      this.#wait(waiting);
      if (this.#fresh.size < OUTBOX_LIMITS.freshMax) this.#fresh.set(link.index, { link, hash, signed: queued.signed });
      queued.resolve({ index: link.index, receivedAt: link.receivedAt, answer: this.#waiter(link.index).promise });
      for (const listener of this.#listeners) listener(waiting);
    });
  }

  #waiter(index: number): Waiter {
    const known = this.#waiters.get(index);
    if (known !== undefined) return known;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const waiter = { promise, settle: resolve };
    this.#waiters.set(index, waiter);
    return waiter;
  }

  #wait(record: WaitingRecord): void {
    this.#waiting.set(record.index, record);
    this.#waitingOf.add(record.actor, 1);
  }

  #forget(index: number): void {
    const record = this.#waiting.get(index);
    if (record === undefined) return;
    this.#waiting.delete(index);
    this.#waitingOf.add(record.actor, -1);
  }

  async #reload(): Promise<void> {
    this.#head = await this.repository.head();
    for (const record of await this.repository.waiting()) {
      if (this.#waiting.has(record.index)) continue;
      this.#wait(record);
      for (const listener of this.#listeners) listener(record);
    }
    this.#healthy = true;
  }
}

/** Order is kept per party of a log: what one person sends is decided in the order in which he sent it. */
const actorOf = (signed: SignedCommand): string => `${signed.command.origin}#${signed.command.actor.party}`;

const idReused = (): DomainError => new DomainError('ID_REUSED', 'this command id was used with another content');
