import { fromUtf8, utf8 } from '@app/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import { SiteCrypto } from './site-crypto.js';

/** Small things that a site must remember over restarts, as ciphertext. */
@Injectable()
export class SiteFacts {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly crypto: SiteCrypto,
  ) {}

  async read(name: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ value: Buffer }>('SELECT value FROM site_fact WHERE name = $1', [name]);
    return rows[0] === undefined ? null : fromUtf8(this.crypto.open(rows[0].value, `fact/${name}`));
  }

  async write(name: string, text: string): Promise<void> {
    await this.pool.query('INSERT INTO site_fact (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [
      name,
      Buffer.from(this.crypto.seal(utf8(text), `fact/${name}`)),
    ]);
  }
}
