import type { Ack, EntryHeader, LotsServerToClient, SentEntry } from '@app/contracts';
import { isSecretPart } from '@app/contracts';
import { io, type Socket } from 'socket.io-client';
import { within } from './child.js';

export type Notice = Parameters<LotsServerToClient['entries:appended']>[0];
export interface LotName {
  readonly lot: string;
  readonly round: number;
}

/** Of one clock in every process of this machine: milliseconds since 1970 with fractions. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

/** A watcher that has not got its notice after this long never gets it. */
const NOTICE_MS_MAX = 60_000;
/** As the web client waits before it comes back after a cut (`core/realtime/line.ts`); socket.io makes half of it a matter of chance. */
const RECONNECT_MS = { reconnectionDelay: 500, reconnectionDelayMax: 5_000 };
/** As the web client waits before it asks a busy venue again (`core/lots/open-lot.ts`). */
const RETRY_MS = 2_000;
/** Watchers that connect at a time where nothing is measured. */
const TOGETHER = 20;
const POLL_MS = 5;

/** One connection that follows a lot as the web client does: after a cut it comes back by itself and goes on from its own place in the log. */
export class Watcher {
  /** Entries it has, and how many of their parts are secret ones. */
  next = 0;
  secrets = 0;
  /** Entries that it ever had: what it reads again is not told again. */
  #ever = 0;
  /** How often it was told to begin anew. */
  refolds = 0;
  /** How often the venue was too busy to answer. */
  retries = 0;
  /** Entries that never came although later ones did. */
  gaps = 0;
  readonly #socket: Socket;
  /** The size of the log when it began to follow. */
  readonly #followed: Promise<number>;

  /** Follows from the first entry on. `lot` null: a bare server, which needs not be asked. */
  constructor(
    url: string,
    token: string | null,
    private readonly lot: LotName | null,
    onNotice: (notice: Notice) => void,
    private readonly onEntry: (header: EntryHeader) => void,
  ) {
    const auth = token === null ? {} : { token };
    this.#socket = io(`${url}/lots`, { transports: ['websocket'], forceNew: true, auth, ...RECONNECT_MS });
    this.#followed = new Promise((resolve, reject) => {
      // At every connection, after a cut too: from where it stands by then.
      this.#socket.on('connect', () => {
        this.#watch().then(resolve, reject);
      });
      this.#socket.once('connect_error', reject);
    });
    this.#socket.on('entries:appended', (notice: Notice) => {
      if (lot !== null) this.#take(notice.entries);
      onNotice(notice);
    });
    this.#socket.on('lot:refold', () => {
      this.refolds += 1;
      this.next = this.secrets = 0;
      void this.#watch();
    });
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** Resolves when it follows, and has every entry that the log had then. */
  async isLevel(): Promise<void> {
    const size = await this.#followed;
    while (this.next < size) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }

  #take(entries: readonly SentEntry[]): void {
    for (const { header, parts } of entries) {
      if (header.seq < this.next) continue;
      this.gaps += header.seq - this.next;
      this.next = header.seq + 1;
      if (this.next > this.#ever) this.onEntry(header);
      this.#ever = Math.max(this.#ever, this.next);
      this.secrets += Object.keys(parts).filter(isSecretPart).length;
    }
  }

  /** Cuts the line under it, as a network does. */
  cut(): void {
    this.#socket.io.engine.close();
  }
  stop(): void {
    this.#socket.disconnect();
  }

  async #watch(): Promise<number> {
    if (this.lot === null) return 0;
    const payload = { ...this.lot, from: this.next, ...(this.next === 0 ? {} : { secrets: this.secrets }) };
    const reply = (await this.#socket.emitWithAck('lot:watch', payload)) as Parameters<Ack<{ size: number }>>[0];
    if (reply.ok) return reply.data.size;
    if (reply.code !== 'UNAVAILABLE') throw new Error(`${reply.code}: ${reply.message}`);
    this.retries += 1;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (1 + Math.random())));
    return this.#watch();
  }
}

/** Many watchers of one server. */
export class Watchers {
  readonly all: Watcher[] = [];
  /** The newest notice, as it came. */
  last: Notice | null = null;
  #waiting: { left: number; done: (lastMs: number) => void } | null = null;

  constructor(
    private readonly url: string,
    private readonly lot: LotName | null,
    /** Watcher n gets token n modulo their number; none: nobody logs in. */
    private readonly tokens: readonly string[],
    /** Told of each entry that a watcher has for the first time. */
    private readonly onEntry: (header: EntryHeader) => void = () => undefined,
  ) {}

  /** Connects more until there are `count`, so many at a time; resolves when they are level with the log. */
  async fill(count: number, together = TOGETHER): Promise<void> {
    while (this.all.length < count) {
      const some = Array.from({ length: Math.min(together, count - this.all.length) }, () => this.#add());
      await Promise.all(some.map((watcher) => watcher.isLevel()));
    }
  }

  /** Milliseconds from `goneMs`, which `send` answers, to the last watcher that has the next notice. Throws when one does not get it. */
  async once(send: () => Promise<number>): Promise<number> {
    const lastMs = new Promise<number>((resolve) => (this.#waiting = { left: this.all.length, done: resolve }));
    const [end, goneMs] = await within(Promise.all([lastMs, send()]), NOTICE_MS_MAX, () => {
      const deaf = this.all.filter(({ isConnected }) => !isConnected).length;
      return `${String(this.#waiting?.left)} of ${String(this.all.length)} watchers got no notice, ${String(deaf)} have lost their line`;
    });
    return end - goneMs;
  }

  stop(): void {
    for (const watcher of this.all) watcher.stop();
  }

  #add(): Watcher {
    const token = this.tokens[this.all.length % Math.max(1, this.tokens.length)] ?? null;
    const onNotice = (notice: Notice): void => {
      this.last = notice;
      if (this.#waiting === null) return;
      this.#waiting.left -= 1;
      if (this.#waiting.left === 0) this.#waiting.done(nowMs());
    };
    const watcher = new Watcher(this.url, token, this.lot, onNotice, this.onEntry);
    this.all.push(watcher);
    return watcher;
  }
}
