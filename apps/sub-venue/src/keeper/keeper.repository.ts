import { fromUtf8, utf8 } from '@app/contracts';
import type { KeeperKey } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';

const about = (origin: string, purpose: string): string => `keeper/${origin}/${purpose}`;

/** This keeper's keys. A private half leaves the disk's ciphertext only to be released. */
@Injectable()
export class KeeperRepository {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
  ) {}

  async find(origin: string, purpose: string): Promise<KeeperKey | null> {
    const { rows } = await this.pool.query<{ public_key: string; private_key: Buffer }>(
      'SELECT public_key, private_key FROM keeper_key WHERE origin = $1 AND purpose = $2',
      [origin, purpose],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return { publicKey: row.public_key, privateKey: fromUtf8(this.crypto.open(row.private_key, about(origin, purpose))) };
  }

  /** Keeps a new key; answers the one that stands, which is the first. */
  async keep(origin: string, purpose: string, key: KeeperKey): Promise<KeeperKey> {
    await this.pool.query(
      'INSERT INTO keeper_key (origin, purpose, public_key, private_key) VALUES ($1, $2, $3, $4) ON CONFLICT (origin, purpose) DO NOTHING',
      [origin, purpose, key.publicKey, Buffer.from(this.crypto.seal(utf8(key.privateKey), about(origin, purpose)))],
    );
    return (await this.find(origin, purpose)) ?? key;
  }
}
