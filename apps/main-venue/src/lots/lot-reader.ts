import type { EntryPage, Head } from '@app/contracts';
import { toHex } from '@app/contracts';
import type { HeadSource } from '../core/ports.js';
import type { LogWriters } from '../pipeline/log-writers.js';
import { nameOf } from '../pipeline/command-pipeline.js';
import type { EntryReader } from '../pipeline/pipeline.types.js';
import type { SessionFacts } from '../session/session.types.js';
import type { LotViewers } from './lot-viewers.js';
import { sentTo } from './lot-viewers.js';

export const ENTRY_PAGE_MAX = 1_000;

/** What a lot shows of itself to whoever asks. */
export class LotReader {
  constructor(
    private readonly viewers: LotViewers,
    private readonly entries: EntryReader,
    private readonly writers: LogWriters,
    private readonly heads: HeadSource | null,
  ) {}

  /** A page of entries, cut down part by part. Throws NOT_FOUND. */
  async page(origin: string, session: SessionFacts | null, from: number, limit: number): Promise<EntryPage> {
    const { parties } = await this.viewers.open(origin, session);
    const stored = await this.entries.read(origin, from, Math.min(limit, ENTRY_PAGE_MAX));
    // Rights are those of now: the state is read after the entries, so that none is shown by an older state's rules.
    const state = await this.viewers.state(origin);
    const committed = await this.entries.size(origin);
    const end = from + stored.length;
    return {
      origin,
      size: committed,
      entries: stored.map((entry) => sentTo(entry, state, parties)),
      next: stored.length > 0 && end < committed ? end : null,
    };
  }

  /** Newest checkpoint; before the first one the bare root, which nobody has signed. */
  async head(origin: string, session: SessionFacts | null): Promise<Head> {
    await this.viewers.open(origin, session);
    const signed = (await this.heads?.head(origin)) ?? null;
    if (signed !== null) return signed;
    const frontier = (this.writers.peek(origin) ?? (await this.writers.load(nameOf(origin))))?.head.frontier;
    const root = frontier === undefined ? '' : toHex(frontier.root());
    return { origin, size: frontier?.size ?? 0, root, at: null, checkpoint: '', cosigned: [], quorum: 0, witnesses: 0 };
  }
}
