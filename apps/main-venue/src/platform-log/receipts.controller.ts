import { Controller, Get, Inject, Param } from '@nestjs/common';
import { type ActReceipt, zActReceipt } from '@app/archive';
import { zUuid } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import type { CryptoProfile } from '@app/sealing';
import { signWith } from '@app/sealing';
import type { Pool } from 'pg';
import type { KeptAct } from '../acts/sealed-acts.js';
import { SealedActs } from '../acts/sealed-acts.js';
import { NODE_KEYS, POOL, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { withCosignatures } from '../log/note-text.js';
import { readKept } from './earlier-acts.js';
import { PlatformEntries } from './platform-entries.js';
import { PlatformKind } from './platform-kind.js';

/** Receipts of acts before the deadline (电子招标投标办法 27: issued at once; ). */
@Controller('api/receipts')
@Needs('public')
export class ReceiptsController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(NODE_KEYS) private readonly keys: NodeKeys,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly acts: SealedActs,
    private readonly checkpoints: CheckpointLog,
    private readonly entries: PlatformEntries,
    private readonly kind: PlatformKind,
  ) {}

  @Get(':id')
  @Answers(zActReceipt)
  async receipt(@AskedBy() session: SessionFacts | null, @Param('id', { schema: zUuid }) id: string): Promise<ActReceipt> {
    const act = await this.acts.byId(this.pool, id);
    if (!act?.opening.text.includes('"command":')) throw new DomainError('NOT_FOUND', 'There is no receipt of this id.');
    const { at, person } = readKept(act);
    const receipt: ActReceipt['receipt'] = { v: 1, origin: this.kind.origin, id, commitment: act.commitment, at };
    return {
      receipt,
      signature: signWith(this.keys.answer, 'receipt', receipt),
      key: this.keys.answer.publicKey,
      profile: this.profile.id,
      proof: await this.#proof(act),
      opening: session?.person.id === person.id ? act.opening : null,
    };
  }

  async #proof({ place }: KeptAct): Promise<ActReceipt['proof']> {
    if (place === null) return null;
    const head = await this.checkpoints.newestQuorum(this.kind.origin);
    if (head === null || head.size <= place.seq) return null;
    const entry = (await this.entries.under(head, [place.seq])).get(place.seq);
    return entry === undefined ? null : { ...entry, index: place.index, checkpoint: withCosignatures(head) };
  }
}
