import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { JsonObject, Opening } from '@app/contracts';
import { zUuid } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { SessionFacts } from '@app/venue';
import { AskedBy, Needs } from '@app/venue';
import { signWith } from '@app/sealing';
import type { Pool } from 'pg';
import { SealedActs } from '../acts/sealed-acts.js';
import { NODE_KEYS, POOL } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { readKept } from './earlier-acts.js';
import { PlatformKind } from './platform-kind.js';

/** Receipt of an act before the deadline (电子招标投标办法 Art. 27: issued at once; ). */
export interface ActReceipt {
  readonly receipt: JsonObject;
  /** By the answer key, under SIGNING_PREFIX.receipt. */
  readonly signature: string;
  readonly key: string;
  /** Place in the platform log, and where its inclusion proof is; null until the next batch. */
  readonly place: { readonly seq: number; readonly index: number; readonly proof: string } | null;
  /** For the person who acted: what the commitment was made from. */
  readonly opening: Opening | null;
}

@Controller('api/receipts')
@Needs('public')
export class ReceiptsController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(NODE_KEYS) private readonly keys: NodeKeys,
    private readonly acts: SealedActs,
    private readonly kind: PlatformKind,
  ) {}

  @Get(':id')
  async receipt(@AskedBy() session: SessionFacts | null, @Param('id', { schema: zUuid }) id: string): Promise<ActReceipt> {
    const act = await this.acts.byId(this.pool, id);
    if (!act?.opening.text.includes('"command":')) throw new DomainError('NOT_FOUND', 'There is no receipt of this id.');
    const { at, person } = readKept(act);
    const { origin } = this.kind;
    const receipt: JsonObject = { v: 1, origin, id, commitment: act.commitment, at };
    return {
      receipt,
      signature: signWith(this.keys.answer, 'receipt', receipt),
      key: this.keys.answer.publicKey,
      place: act.place === null ? null : { ...act.place, proof: `/log/${origin}/proof/${String(act.place.seq)}` },
      opening: session?.person.id === person.id ? act.opening : null,
    };
  }
}
