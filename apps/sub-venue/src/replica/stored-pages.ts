import type { Page, SentEntry } from '@app/contracts';
import { equalBytes } from '@app/contracts';
import type { TreeHasher } from '@app/ledger';
import { HASH_SIZE, MerkleTree } from '@app/ledger';
import type { SiteCrypto } from '../site/site-crypto.js';
import { checkPage, PageFault } from './check-page.js';
import { pageEntries } from './page-entries.js';
import type { ReplicaRepository } from './replica.repository.js';

/** Pages read back at a time. */
const READ_BACK = 4_096;

/** The pages of one log on this site's disk. Whatever comes from there or goes there is checked like what comes over the wire. */
export class StoredPages {
  constructor(
    private readonly origin: string,
    private readonly repository: ReplicaRepository,
    private readonly hasher: TreeHasher,
    private readonly crypto: SiteCrypto,
  ) {}

  /** Leaf hashes of a page of this log, flat. Throws {@link PageFault} or PageFormatError. */
  checked(page: Page): Uint8Array {
    if (page.origin !== this.origin) throw new PageFault(page.origin, page.from, `sent for ${this.origin}`);
    return checkPage(page, this.hasher, (bytes) => this.crypto.hashHex(bytes));
  }

  /** A push that says something else of an entry that is here already is a fork of the log: throws {@link PageFault}. */
  compare(page: Page, leaves: Uint8Array, tree: MerkleTree): void {
    for (let seq = page.from; seq < Math.min(tree.size, page.from + page.count); seq += 1) {
      const at = (seq - page.from) * HASH_SIZE;
      if (!equalBytes(tree.leafHash(seq), leaves.subarray(at, at + HASH_SIZE)))
        throw new PageFault(this.origin, seq, 'another entry stands here already');
    }
  }

  /** Entries with the parts that are open here, in order; at most about `limit`. */
  async entries(from: number, limit: number): Promise<SentEntry[]> {
    const pages = await this.repository.read(this.origin, from, limit);
    return pages.flatMap((page) => pageEntries(page, from)).slice(0, limit);
  }

  /** The tree over what is on disk, as far as it holds, and what is wrong with the next page. */
  async readBack(): Promise<{ readonly tree: MerkleTree; readonly fault: string | null }> {
    const tree = new MerkleTree(this.hasher);
    try {
      for (;;) {
        const pages = await this.repository.read(this.origin, tree.size, READ_BACK);
        const fresh = pages.filter((page) => page.from >= tree.size);
        if (fresh.length === 0) return { tree, fault: null };
        for (const page of fresh) {
          if (page.from !== tree.size) throw new PageFault(this.origin, tree.size, 'it is missing on disk');
          tree.appendAll(this.checked(page));
        }
      }
    } catch (error) {
      if (error instanceof PageFault) return { tree, fault: error.message };
      throw error;
    }
  }

  /**
   * Writes the pages again that hold these parts, among the first `size` entries: a part of a later one comes with its page. False when
   * everything was as it should be already.
   */
  async rewrite(parts: readonly { readonly seq: number }[], size: number, change: (page: Page) => Page): Promise<boolean> {
    const done: { readonly from: number; readonly count: number }[] = [];
    let isChanged = false;
    for (const { seq } of parts) {
      if (seq >= size || done.some(({ from, count }) => seq >= from && seq < from + count)) continue;
      const [page] = await this.repository.read(this.origin, seq, 1);
      if (page === undefined) continue;
      done.push({ from: page.from, count: page.count });
      const next = change(page);
      if (next.open.length === page.open.length && next.hidden.length === page.hidden.length) continue;
      this.checked(next);
      await this.repository.rewrite(next);
      isChanged = true;
    }
    return isChanged;
  }
}
