import type { EntryHeader } from '@app/contracts';

/**
 * How parts lie on disk. Given by the application: this library names no algorithm. It hides and need not authenticate: the entry's
 * header holds the commitment of every part, and whoever opens one compares.
 */
export interface PartCipher {
  /** One ciphertext for each plaintext, in order. */
  readonly seal: (plaintexts: readonly Uint8Array[]) => readonly Uint8Array[];
  /**
   * One plaintext for each ciphertext, in order, without zeros at its end, which hide how long it is; of a changed ciphertext another one,
   * or a RangeError.
   */
  readonly open: (ciphertexts: readonly Uint8Array[]) => readonly Uint8Array[];
}

/** One entry on its way into the store. Hashes are bytes, parts are `salt (32) ‖ UTF-8 text`. */
export interface EntryToAppend {
  readonly seq: number;
  /** Canonical text of the header. */
  readonly header: string;
  readonly leaf: Uint8Array;
  readonly commandId: string | null;
  /** Hash of the command's canonical text: tells a repeated command from a reused id. */
  readonly request: Uint8Array | null;
  readonly parts: readonly PartToAppend[];
}

export interface PartToAppend {
  readonly name: string;
  readonly plaintext: Uint8Array;
  /** Bytes that it lies on disk with, where its own size would tell what is secret. */
  readonly stored?: number;
}

/** What one commit does to one log: the fence is `size`, where the writer believes the head to be. */
export interface LogAppend {
  readonly logId: number;
  readonly origin: string;
  /** Entries before. */
  readonly size: number;
  /** Frontier after, as its bytes. */
  readonly frontier: Uint8Array;
  readonly at: string;
  readonly entries: readonly EntryToAppend[];
}

/** Answer of a command that leaves no entry; `outcome` is canonical text. */
export interface AnswerToKeep {
  readonly id: string;
  readonly request: Uint8Array;
  readonly outcome: string;
}

/** One transaction: all of it or nothing. */
export interface Batch {
  readonly logs: readonly LogAppend[];
  readonly answers?: readonly AnswerToKeep[];
  /** Rows of tables of the application, by the name of their {@link BatchExtension}. */
  readonly extensions?: Readonly<Record<string, readonly (readonly unknown[])[]>>;
}

/** A table of the application that must change in the same transaction. */
export interface BatchExtension {
  readonly name: string;
  /** PostgreSQL type of each column's array, for instance `text[]`. */
  readonly columns: readonly string[];
  /** The data-modifying statement; `source` is a derived table with columns c1 … cn. */
  readonly sql: (source: string) => string;
}

/** Head of a log as kept: what its single writer starts from. */
export interface LogHead {
  readonly logId: number;
  readonly origin: string;
  readonly size: number;
  readonly frontier: Uint8Array;
  /** Time of the newest change. */
  readonly at: string;
}

/** What is known of a command id. */
export type KnownCommand =
  | {
      readonly kind: 'entry';
      readonly id: string;
      readonly request: Uint8Array;
      readonly origin: string;
      readonly header: EntryHeader;
      readonly leaf: string;
    }
  | { readonly kind: 'answer'; readonly id: string; readonly request: Uint8Array; readonly outcome: string };

/** An entry with its parts as they lie on disk. */
export interface SealedEntry {
  readonly seq: number;
  /** Canonical text. */
  readonly header: string;
  /** 64 hexadecimal digits. */
  readonly leaf: string;
  readonly parts: readonly { readonly name: string; readonly ciphertext: Uint8Array }[];
}
