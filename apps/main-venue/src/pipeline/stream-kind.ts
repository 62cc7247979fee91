import type { Command } from '@app/contracts';
import type { Contributed } from '@app/platform';
import { Contributions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { LogName } from './log-name.js';
import type { Stream } from './stream.js';

/** What of a command says to which log it belongs. */
export type Addressed = Pick<Command, 'lot' | 'round' | 'type'>;

/**
 * A kind of log: which commands belong to it, and the state that its entries are folded into. A part of the house brings its own as
 * a provider with `@Contributes(StreamKind)`. Kinds claim nothing that another one claims.
 */
export abstract class StreamKind {
  /** Whether a log of this name is of this kind. */
  abstract holds(name: LogName): boolean;
  /** The log that a command belongs to; null when it belongs to none of this kind. */
  abstract originOf(command: Addressed): string | null;
  /** A log of this kind without entries. */
  abstract initial(name: LogName): Stream;
  /** Whether a command of this type opens a log that is not there yet. */
  abstract founds(type: string): boolean;
}

/** The kinds of logs of this installation. */
@Injectable()
export class StreamKinds {
  readonly #kinds: Contributed<StreamKind>;

  constructor(contributions: Contributions) {
    this.#kinds = contributions.to(StreamKind);
  }

  /** Null when no log takes such a command. */
  originOf(command: Addressed): string | null {
    for (const kind of this.#kinds.all) {
      const origin = kind.originOf(command);
      if (origin !== null) return origin;
    }
    return null;
  }

  /** Throws when there is no such kind: nothing may be written to a log that nobody can fold. */
  of(name: LogName): StreamKind {
    const kind = this.#kinds.all.find((one) => one.holds(name));
    if (kind === undefined) throw new Error(`no part of the house has logs like ${name.origin}`);
    return kind;
  }
}
