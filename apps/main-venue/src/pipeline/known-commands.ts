import type { Outcome } from '@app/contracts';
import { equalBytes, zOutcome } from '@app/contracts';
import type { KnownCommand, LogStore } from '@app/ledger/store';

/** What an earlier use of a command's id means for this one. */
export type Earlier = { readonly kind: 'new' } | { readonly kind: 'same'; readonly outcome: Outcome } | { readonly kind: 'reused' };

const IDS_IN_ONE_READ_MAX = 500;

interface Waiting {
  readonly id: string;
  readonly resolve: (known: KnownCommand | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Looks ids up many at a time: all that wait while one read runs go into the next. */
export class KnownCommands {
  #waiting: Waiting[] = [];
  #isReading = false;

  constructor(private readonly store: LogStore) {}

  async earlier(id: string, request: Uint8Array): Promise<Earlier> {
    const known = await new Promise<KnownCommand | undefined>((resolve, reject) => {
      this.#waiting.push({ id, resolve, reject });
      if (!this.#isReading) void this.#read();
    });
    if (known === undefined) return { kind: 'new' };
    return equalBytes(known.request, request) ? { kind: 'same', outcome: outcomeOf(known) } : { kind: 'reused' };
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

/** The outcome that was told then. */
export function outcomeOf(known: KnownCommand): Outcome {
  if (known.kind === 'answer') return zOutcome.parse(JSON.parse(known.outcome));
  return { ok: true, id: known.id, origin: known.origin, seq: known.header.seq, at: known.header.at, leaf: known.leaf };
}
