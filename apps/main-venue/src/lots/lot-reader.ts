import type { EntryPage, Head } from '@app/contracts';
import type { HeadSource } from '../core/ports.js';
import type { EntryReader } from '../pipeline/pipeline.types.js';
import type { SessionFacts } from '@app/venue';
import type { LotViewers } from './lot-viewers.js';
import { sentTo } from './lot-viewers.js';

export const ENTRY_PAGE_MAX = 1_000;

/** What a lot shows of itself to whoever asks. */
export class LotReader {
  constructor(
    private readonly viewers: LotViewers,
    private readonly entries: EntryReader,
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

  /** Newest checkpoint; empty before the first one. */
  async head(origin: string, session: SessionFacts | null): Promise<Head> {
    await this.viewers.open(origin, session);
    return (await this.heads?.head(origin)) ?? { origin, checkpoint: '' };
  }
}
