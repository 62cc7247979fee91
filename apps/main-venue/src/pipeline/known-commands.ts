import type { Outcome } from '@app/contracts';
import { equalBytes, zOutcome } from '@app/contracts';
import type { KnownCommand } from '@app/ledger/store';
import { LogStore } from '@app/ledger/store';
import { Clock, forgetOldest } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** What an earlier use of a command's id means for this one. */
export type Earlier = { readonly kind: 'new' } | { readonly kind: 'same'; readonly outcome: Outcome } | { readonly kind: 'reused' };

const IDS_IN_ONE_READ_MAX = 500;
/** Outcomes kept in memory, some kilobytes for ten commands. */
const RECENT_COMMANDS_MAX = 20_000;
const NEW: Earlier = { kind: 'new' };

interface Waiting {
  readonly id: string;
  readonly resolve: (known: KnownCommand | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Recent {
  readonly request: Uint8Array;
  readonly outcome: Outcome;
}

/**
 * What became of command ids. A command's id tells when it was made (UUID version 7, RFC 9562 §5.7): one that is younger than this
 * process and not among those it has decided is taken for new without asking the database. That saves the reading only. Another
 * process may have decided it, or an id may lie about its time: the commit itself refuses an id that stands anywhere already.
 */
@Injectable()
export class KnownCommands {
  #waiting: Waiting[] = [];
  #isReading = false;
  /** In order of decision. */
  readonly #recent = new Map<string, Recent>();
  /** Every id of this time or later that this process has decided is in `#recent`. */
  #sinceMs: number;

  constructor(
    private readonly store: LogStore,
    clock: Clock,
  ) {
    this.#sinceMs = clock.nowMs();
  }

  remember(id: string, request: Uint8Array, outcome: Outcome): void {
    this.#recent.set(id, { request, outcome });
    for (const oldest of forgetOldest(this.#recent, RECENT_COMMANDS_MAX)) this.#sinceMs = Math.max(this.#sinceMs, madeMs(oldest) + 1);
  }

  /** What memory can tell at once; null when the database must be asked. */
  recent(id: string, request: Uint8Array): Earlier | null {
    const known = this.#recent.get(id);
    if (known !== undefined) return told(known.request, request, () => known.outcome);
    return madeMs(id) >= this.#sinceMs ? NEW : null;
  }

  /** What the database says. Ids are looked up many at a time: all that wait while one read runs go into the next. */
  async ask(id: string, request: Uint8Array): Promise<Earlier> {
    const known = await new Promise<KnownCommand | undefined>((resolve, reject) => {
      this.#waiting.push({ id, resolve, reject });
      if (!this.#isReading) void this.#read();
    });
    return known === undefined ? NEW : told(known.request, request, () => outcomeOf(known));
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    // Commands that arrive in the same turn share the read.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, IDS_IN_ONE_READ_MAX);
      try {
        const found = await this.store.known(group.map((item) => item.id));
        for (const item of group) item.resolve(found.get(item.id));
      } catch (error) {
        for (const item of group) item.reject(error);
      }
    }
    this.#isReading = false;
  }
}

function told(then: Uint8Array, now: Uint8Array, outcome: () => Outcome): Earlier {
  return equalBytes(then, now) ? { kind: 'same', outcome: outcome() } : { kind: 'reused' };
}

/** Milliseconds in the first 48 bits of a version 7 id; -1 for another version, which tells no time. */
function madeMs(id: string): number {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : -1;
}

/** The outcome that was told then. */
export function outcomeOf(known: KnownCommand): Outcome {
  if (known.kind === 'answer') return zOutcome.parse(JSON.parse(known.outcome));
  return { ok: true, id: known.id, origin: known.origin, seq: known.header.seq, at: known.header.at, leaf: known.leaf };
}
