import { UploadDoor } from '@app/blobs';
import type { UploadWish } from '@app/blobs';
import { DomainError } from '@app/platform';
import type { Pool } from 'pg';

/** Who names a lot names one that this venue has; whether they may deliver to it is for the rules to say when they do. */
export class LotDoor extends UploadDoor {
  constructor(private readonly pool: Pick<Pool, 'query'>) {
    super();
  }

  async admit({ lot }: UploadWish): Promise<void> {
    if (lot === null) return;
    const { rowCount } = await this.pool.query('SELECT 1 FROM lot_summary WHERE lot = $1 LIMIT 1', [lot]);
    if (rowCount === 0) throw new DomainError('NOT_FOUND', `There is no lot ${lot} here.`);
  }
}
