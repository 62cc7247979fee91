import type { Answer, EntryHeader, Opening, SignedCommand } from '@app/contracts';
import type { LotRun, LotState } from '@app/evaluation';

/** An entry as the store holds it. `leaf` is 64 hexadecimal digits. An erased part is missing in `parts` and named in the header. */
export interface StoredEntry {
  readonly header: EntryHeader;
  readonly leaf: string;
  readonly parts: Readonly<Record<string, Opening>>;
}

/** Called after the commit, in order of `seq` within a log, never for a batch that was rolled back. Must not throw. */
export type AppendedListener = (origin: string, entries: readonly StoredEntry[]) => void;

/** The one way in: authorise → decide → append. Whoever sends a command, over whatever line, it ends here. */
export abstract class Pipeline {
  /**
   * Answers every command with the venue's signed word: a refusal is an answer, not an exception. The same id with the same
   * content gets the first outcome again.
   */
  abstract submit(signed: SignedCommand): Promise<Answer>;
  /** State of a lot with every part disclosed; for the authority's own processes only. Throws NOT_FOUND for a log without entries. */
  abstract lotState(origin: string): Promise<LotState>;
  /** The same under the engine that the lot names: for what is decided, owed or shown by that engine. Throws NOT_FOUND likewise. */
  abstract lotRun(origin: string): Promise<LotRun>;
  /** Returns how to stop listening. */
  abstract onAppended(listener: AppendedListener): () => void;
}

/** Reads a log as stored; every part that was not erased, in the clear. Whoever hands it on filters by `audience`. */
export abstract class EntryReader {
  abstract read(origin: string, from: number, limit: number): Promise<StoredEntry[]>;
  /** Entries of a log; 0 for one that does not exist. */
  abstract size(origin: string): Promise<number>;
  /** Leaf hashes [from, to) of 32 bytes each. */
  abstract leaves(origin: string, from: number, to: number): Promise<Uint8Array[]>;
}
