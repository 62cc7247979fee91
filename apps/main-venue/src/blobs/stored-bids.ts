import type { BlobStore } from '@app/blobs';
import type { Logger } from '@app/platform';
import type { BidBox, BidResult, DeliveredBid, OpenedBid } from '@app/sealing';
import type { BidThread } from '@app/sealing/node';
import { BidOpener } from '../core/ports.js';

/** Bids of this venue's store, opened on a thread of their own. */
export class StoredBids extends BidOpener {
  constructor(
    private readonly blobs: Pick<BlobStore, 'path'>,
    private readonly thread: BidThread,
    private readonly logger: Pick<Logger, 'error'>,
  ) {
    super();
  }

  async extract(box: BidBox): Promise<BidResult<string | null> | null> {
    const path = await this.blobs.path(box.manifest.ciphertext.hash);
    return path === null ? null : this.#kept(box, await this.thread.extract({ path, box }));
  }

  async open(box: BidBox, delivered: DeliveredBid): Promise<BidResult<OpenedBid> | null> {
    const path = await this.blobs.path(box.manifest.ciphertext.hash);
    return path === null ? null : this.#kept(box, await this.thread.open({ path, box, delivered }));
  }

  close(): Promise<void> {
    return this.thread.close();
  }

  /** Bytes that changed on our disk are as good as none, and no fault of the bidder's: somebody has to bring back what was delivered. */
  #kept<T>({ manifest }: BidBox, result: BidResult<T>): BidResult<T> | null {
    if (result.ok || result.fault.code !== 'CIPHERTEXT') return result;
    this.logger.error({ hash: manifest.ciphertext.hash }, 'a stored bid is not the one that was delivered: restore the file from a copy');
    return null;
  }
}
