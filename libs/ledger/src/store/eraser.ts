import type { Pool } from 'pg';

/** A part to be erased by an entry of the same log. */
export interface Erase {
  readonly origin: string;
  /** The entry that orders it: it must be in the log already. */
  readonly bySeq: number;
  readonly parts: readonly { readonly seq: number; readonly name: string }[];
}

/**
 * Erases parts (personal data, 个人信息保护法 47). Needs a pool whose connections work as a member of `gongping_eraser`; every
 * other role is refused by grant and by trigger. The commitment stays in the header, so the tree stays whole.
 */
export class PartEraser {
  constructor(private readonly pool: Pool) {}

  /** Number of parts that were there. Throws when the ordering entry is not in the log. Repeating it erases nothing more. */
  async erase({ origin, bySeq, parts }: Erase): Promise<number> {
    const { rowCount } = await this.pool.query('SELECT 1 FROM entry e JOIN log l ON l.id = e.log_id WHERE l.origin = $1 AND e.seq = $2', [
      origin,
      bySeq,
    ]);
    if (rowCount !== 1) throw new Error(`no entry ${String(bySeq)} in ${origin} orders this`);
    const deleted = await this.pool.query(
      `DELETE FROM entry_part p USING log l, unnest($2::int[], $3::text[]) AS x(seq, name)
       WHERE l.origin = $1 AND p.log_id = l.id AND p.seq = x.seq AND p.name = x.name AND p.seq < $4`,
      [origin, parts.map((part) => part.seq), parts.map((part) => part.name), bySeq],
    );
    return deleted.rowCount ?? 0;
  }
}
