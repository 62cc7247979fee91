import { PART } from '@app/contracts';
import type { JsonValue } from '@app/contracts';
import type { ErasedPart } from '@app/evaluation';
import { ERASE_PARTS, FINAL_STATUSES, partsErasedBy, secretEntryOf } from '@app/evaluation';
import type { PartEraser } from '@app/ledger/store';
import type { CancelTimer, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { LOGGER, POOL } from '../core/tokens.js';
import { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';

/** `Pick<PartEraser, 'erase'>`, or null when this process was given no address of the role that may erase. */
export const ERASER = Symbol('Eraser');

/** A failed erasure is tried again after this time. */
export const ERASURE_RETRY_MS = 10_000;
/** Every order is looked at again this often: a mirror that healed a log may have brought back what was erased. */
export const ERASURE_SWEEP_MS = 86_400_000;

/** Entries that order an erasure. Only a lot that is over has any; a header is canonical text, so its type stands there in one form. */
const ORDERS = {
  text: `SELECT l.origin, e.seq FROM lot_summary s JOIN log l ON l.id = s.log_id JOIN entry e ON e.log_id = l.id
         WHERE s.status = ANY ($1) AND position(convert_to($2, 'UTF8') IN e.header) > 0 ORDER BY l.origin, e.seq`,
  values: [[...FINAL_STATUSES], `"type":"${ERASE_PARTS}"`],
};

interface Order {
  readonly origin: string;
  readonly seq: number;
}

/**
 * Carries out what the logs order to be erased (个人信息保护法 47). It remembers nothing: at its start, after every order and once a
 * day it deletes whatever an order names and is still stored, so that a crash between order and deletion costs nothing.
 */
@Injectable()
export class PartErasures implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Orders to look at, by entry. */
  readonly #waiting = new Map<string, Order>();
  #isSweepDue = false;
  #working: Promise<void> | null = null;
  #stop: (() => void) | null = null;
  #retry: CancelTimer | null = null;
  #sweep: CancelTimer | null = null;
  #isClosed = false;

  constructor(
    private readonly pipeline: Pipeline,
    private readonly reader: EntryReader,
    private readonly clock: Clock,
    @Inject(ERASER) private readonly eraser: Pick<PartEraser, 'erase'> | null,
    /** The application's own pool: what it reads is what must be gone. */
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** When the logs were compared with their witnesses: healing may bring parts back. */
  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.close();
  }

  /** Listens, and looks at every order there is. */
  start(): void {
    if (this.eraser === null) this.logger.warn('ERASER_DATABASE_URL is not set: what the logs order to be erased stays stored');
    this.#stop = this.pipeline.onAppended((origin, entries) => {
      const orders = entries.filter(({ header }) => header.type === ERASE_PARTS);
      if (orders.length === 0) return;
      for (const { header } of orders) this.#note({ origin, seq: header.seq });
      this.#work();
    });
    this.#sweepNow();
  }

  /** Finishes what is under way; the rest is found at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stop?.();
    this.#retry?.();
    this.#sweep?.();
    await this.#working;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#working;
  }

  #sweepNow(): void {
    this.#isSweepDue = true;
    this.#work();
    this.#sweep = this.clock.after(ERASURE_SWEEP_MS, () => {
      this.#sweepNow();
    });
  }

  #note(order: Order): void {
    this.#waiting.set(`${order.origin}/${String(order.seq)}`, order);
  }

  /** One after the other; who comes meanwhile is looked at in the same walk. */
  #work(): void {
    if (this.#isClosed || this.#working !== null) return;
    this.#retry?.();
    this.#retry = null;
    this.#working = this.#walk().finally(() => {
      this.#working = null;
      if (this.#isSweepDue || this.#waiting.size > 0) this.#workLater();
    });
  }

  #workLater(): void {
    if (this.#isClosed) return;
    this.#retry ??= this.clock.after(ERASURE_RETRY_MS, () => {
      this.#retry = null;
      this.#work();
    });
  }

  /** An order that fails stops no other. */
  async #walk(): Promise<void> {
    if (this.#isSweepDue) this.#isSweepDue = !(await this.#tried(() => this.#findOrders()));
    for (const [key, order] of this.#waiting) {
      if (this.#isOver()) return;
      if (await this.#tried(() => this.#carryOut(order), order)) this.#waiting.delete(key);
    }
  }

  async #tried(work: () => Promise<void>, order?: Order): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.logger.error({ err: error, ...order }, 'erasure: it could not be carried out; it is tried again soon');
      return false;
    }
  }

  async #findOrders(): Promise<void> {
    const { rows } = await this.pool.query<Order>(ORDERS);
    for (const { origin, seq } of rows) this.#note({ origin, seq });
  }

  // The walk awaits in between: the flag is not what it was at its beginning.
  #isOver(): boolean {
    return this.#isClosed;
  }

  async #carryOut(order: Order): Promise<void> {
    const { eraser, logger } = this;
    if (eraser === null) {
      logger.error({ ...order }, 'erasure: ordered, and ERASER_DATABASE_URL is not set');
      return;
    }
    const parts = await this.#partsOf(order);
    if (parts.length === 0) return;
    const erased = await eraser.erase({ origin: order.origin, bySeq: order.seq, parts });
    if (erased > 0) logger.info({ ...order, erased }, 'erasure: parts were erased');
  }

  /** Read back instead of taken from who told of it: at a start nobody does. */
  async #partsOf({ origin, seq }: Order): Promise<readonly ErasedPart[]> {
    const [entry] = await this.reader.read(origin, seq, 1);
    const skeleton = entry?.parts[PART.skeleton];
    if (entry?.header.type !== ERASE_PARTS || skeleton === undefined) return [];
    const value = JSON.parse(skeleton.text) as JsonValue;
    return partsErasedBy(secretEntryOf({ header: entry.header, parts: { [PART.skeleton]: value } }).events);
  }
}
