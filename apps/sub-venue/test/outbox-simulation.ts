import type { Answer, OutboxRecord, OutboxReply, SignedCommand } from '@app/contracts';
import type { CancelTimer, FakeClock } from '@app/platform';
import { BACKOFF } from '../src/outbox/backoff.js';
import { CHAIN_START, chainFault } from '../src/outbox/chain.js';
import type { DeliveryLine } from '../src/outbox/courier.js';
import type { OutboxDisk } from '../src/outbox/outbox.js';
import type { NewRecord, StoredRecord, WaitingRecord } from '../src/outbox/outbox.repository.js';
import { profile } from './support.js';

/** The outbox's journal in memory: stays when the process is gone, and can refuse the next write, or do it and say it failed. */
export class MemoryDisk implements OutboxDisk {
  next: 'writes' | 'refuses' | 'writes-and-fails' = 'writes';
  readonly #records: StoredRecord[] = [];

  commands(): SignedCommand[] {
    return this.#records.map(({ text }) => JSON.parse(text) as SignedCommand);
  }

  head(): Promise<{ index: number; hash: string }> {
    const last = this.#records.at(-1);
    return Promise.resolve(last === undefined ? { index: -1, hash: CHAIN_START } : { index: last.link.index, hash: last.hash });
  }

  fault(): Promise<string | null> {
    return Promise.resolve(chainFault(this.#records, { index: -1, hash: CHAIN_START }, (bytes) => profile.hashHex(bytes)));
  }

  append(records: readonly NewRecord[]): Promise<void> {
    return this.#write(() => {
      for (const record of records) {
        if (record.link.index !== this.#records.length) throw new Error(`index ${String(record.link.index)} is taken`);
        this.#records.push({ ...record, answer: null });
      }
    });
  }

  waiting(): Promise<WaitingRecord[]> {
    const open = this.#records.filter(({ answer }) => answer === null);
    return Promise.resolve(open.map(({ link, id, actor, text }) => ({ index: link.index, id, actor, sizeBytes: text.length })));
  }

  read(indexes: readonly number[]): Promise<StoredRecord[]> {
    return Promise.resolve(this.#records.filter(({ link }) => indexes.includes(link.index)));
  }

  find(ids: readonly string[]): Promise<StoredRecord[]> {
    return Promise.resolve(this.#records.filter(({ id }) => ids.includes(id)));
  }

  answer(answers: readonly { readonly index: number; readonly answer: Answer }[]): Promise<void> {
    return this.#write(() => {
      for (const { index, answer } of answers) {
        const record = this.#records[index];
        if (record?.answer === null) this.#records[index] = { ...record, answer };
      }
    });
  }

  /** One fault for one write. */
  #write(write: () => void): Promise<void> {
    const how = this.next;
    this.next = 'writes';
    if (how !== 'refuses') write();
    return how === 'writes' ? Promise.resolve() : Promise.reject(new Error('no space left on device'));
  }
}

/** The main venue's end: decides each id once, as it hears of them, and sends back what it cannot decide for now with all behind it. */
export class SimulatedMain {
  readonly decided: SignedCommand[] = [];
  readonly answers = new Map<string, Answer>();
  /** The code with which an actor's commands come back for now. */
  readonly busy = new Map<string, string | null>();
  /** Ids that are refused for good. */
  readonly refused = new Set<string>();
  /** Indexes that came again before their actor had waited, over the line that had sent something of this actor back. */
  readonly hurried: number[] = [];
  /** Replies that travel twice from now on. */
  repeats = 0;
  readonly #stopped = new Map<string, { readonly line: object; readonly pass: number }>();

  take(line: object, { link: { index }, signed, pass }: OutboxRecord): OutboxReply {
    const { id, actor } = signed.command;
    const stopped = this.#stopped.get(actor.party);
    if (stopped?.line === line && pass <= stopped.pass) return { index, id, retry: 'AFTER' };
    this.#stopped.delete(actor.party);
    const known = this.answers.get(id);
    if (known !== undefined) return { index, id, answer: known };
    const busy = this.busy.get(actor.party) ?? null;
    if (busy !== null) {
      this.#stopped.set(actor.party, { line, pass });
      return { index, id, retry: busy };
    }
    const answer = this.#answer(signed);
    this.decided.push(signed);
    this.answers.set(id, answer);
    return { index, id, answer };
  }

  #answer({ command: { id, origin, at } }: SignedCommand): Answer {
    const seq = this.decided.length;
    const proof = { index: 0, size: 1, path: [], root: '0'.repeat(64), signature: 'AA', key: 'AA' };
    return this.refused.has(id)
      ? { outcome: { ok: false, id, code: 'WRONG_STEP', message: 'the step is closed', at }, proof }
      : { outcome: { ok: true, id, origin, seq, at, leaf: '0'.repeat(64) }, proof };
  }
}

/**
 * One connection. Deliveries arrive in the order in which they were sent; each reply travels by itself. A cut loses all that is under way.
 */
export class SimulatedLine implements DeliveryLine {
  isUp = true;
  #lastMs = 0;
  readonly #travelling = new Set<CancelTimer>();
  readonly #unacked = new Set<(error: Error) => void>();
  /** Actors of what was delivered and is not back, by index. */
  readonly #out = new Map<number, string>();
  /** When the site last heard that something of an actor comes back. */
  readonly #returnedMs = new Map<string, number>();

  constructor(
    private readonly main: SimulatedMain,
    private readonly clock: FakeClock,
    private readonly delayMs: () => number,
    private readonly toSite: (replies: OutboxReply[]) => void,
  ) {}

  deliver(records: readonly OutboxRecord[]): Promise<void> {
    if (!this.isUp) return Promise.reject(new Error('the line is cut'));
    for (const record of records) this.#watch(record);
    this.#lastMs = Math.max(this.#lastMs, this.clock.nowMs() + this.delayMs());
    return new Promise((resolve, reject) => {
      this.#unacked.add(reject);
      this.#travel(this.#lastMs - this.clock.nowMs(), () => {
        for (const record of records) this.#reply(this.main.take(this, record));
        this.#unacked.delete(reject);
        resolve();
      });
    });
  }

  cut(): void {
    this.isUp = false;
    for (const stop of this.#travelling) stop();
    this.#travelling.clear();
    for (const reject of this.#unacked) reject(new Error('the line was cut'));
    this.#unacked.clear();
  }

  /** The shortest first wait is half of the first back-off; a held actor sends nothing before it is over. */
  #watch({ link: { index }, signed }: OutboxRecord): void {
    const { party } = signed.command.actor;
    const waitedMs = this.clock.nowMs() - (this.#returnedMs.get(party) ?? Number.NEGATIVE_INFINITY);
    if (waitedMs < BACKOFF.firstMs / 2) this.main.hurried.push(index);
    this.#out.set(index, party);
  }

  #heard(reply: OutboxReply): void {
    const party = this.#out.get(reply.index);
    this.#out.delete(reply.index);
    if (party !== undefined && 'retry' in reply) this.#returnedMs.set(party, this.clock.nowMs());
  }

  #reply(reply: OutboxReply): void {
    const times = this.main.repeats > 0 ? 2 : 1;
    this.main.repeats = Math.max(0, this.main.repeats - 1);
    for (let time = 0; time < times; time += 1)
      this.#travel(this.delayMs(), () => {
        this.#heard(reply);
        this.toSite([reply]);
      });
  }

  #travel(delayMs: number, arrive: () => void): void {
    const stop = this.clock.after(delayMs, () => {
      this.#travelling.delete(stop);
      arrive();
    });
    this.#travelling.add(stop);
  }
}
