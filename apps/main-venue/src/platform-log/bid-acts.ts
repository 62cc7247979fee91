import type { JsonObject, Outcome } from '@app/contracts';
import { equalBytes } from '@app/contracts';
import type { LotState, RecordedAct } from '@app/evaluation';
import { decideAct, isAct } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Clock, Contributes, invariant, isDomainError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { KeptAct, Sql } from '../acts/sealed-acts.js';
import { SealedActs } from '../acts/sealed-acts.js';
import { UploadFacts } from '../blobs/upload-facts.js';
import type { ActRecords } from '../core/ports.js';
import { CONFIG, POOL } from '../core/tokens.js';
import { ActDesk } from '../pipeline/act-desk.js';
import type { Admitted } from '../pipeline/command-door.js';
import { ActOrder } from './act-order.js';
import { EarlierActs, readKept } from './earlier-acts.js';
import { PlatformBeat } from './platform-beat.js';
import { PlatformKind } from './platform-kind.js';

type Kept = Omit<RecordedAct, 'platform'>;

/**
 * Takes bidders' acts before the deadline: decided at once by the rules, kept sealed, committed to in the platform log. The
 * receipt is the signed answer, whose `leaf` is the commitment; its place follows with the next batch (`/api/receipts/:id`).
 * Acts of one lot are taken one after the other, in whichever process, so that the lock sees every act that was answered before the
 * deadline.
 */
@Contributes(ActDesk)
@Injectable()
export class BidActs extends ActDesk implements ActRecords {
  constructor(
    private readonly acts: SealedActs,
    private readonly earlier: EarlierActs,
    private readonly order: ActOrder,
    private readonly beat: PlatformBeat,
    private readonly blobs: UploadFacts,
    private readonly clock: Clock,
    private readonly kind: PlatformKind,
    @Inject(CONFIG) private readonly config: Pick<Config, 'QUEUE_DEPTH_MAX'>,
    @Inject(POOL) private readonly pool: Pool,
  ) {
    super();
  }

  takes(type: string): boolean {
    return isAct(type);
  }

  async accept(admitted: Admitted, state: LotState): Promise<Outcome> {
    const { origin } = state;
    if (this.order.waiting(origin) >= this.config.QUEUE_DEPTH_MAX) {
      const { id } = admitted.signed.command;
      return refused(id, 'RATE_LIMITED', 'Too many acts of this lot are waiting. Send it again in a moment.', this.clock.instant());
    }
    return this.order.inTurn(origin, () => this.order.locked(origin, (client) => this.#take(client, admitted, state)));
  }

  async settled(origin: string): Promise<RecordedAct[]> {
    return this.order.inTurn(origin, async () => {
      // What another process is deciding now is kept when it lets go of the lot. The flush needs connections, so none is held meanwhile.
      await this.order.locked(origin, () => Promise.resolve());
      await this.beat.flush();
      this.earlier.forget(origin);
      const kept = await this.acts.ofLot(this.pool, origin);
      return kept.map((act) => {
        invariant(act.place !== null, `act ${act.id} was flushed to the platform log`);
        return { ...readKept(act), platform: { ...act.place, salt: act.opening.salt } };
      });
    });
  }

  async #take(sql: Sql, admitted: Admitted, state: LotState): Promise<Outcome> {
    const { acts, clock } = this;
    const { command } = admitted.signed;
    const before = await acts.byId(sql, command.id);
    if (before !== null) {
      return equalBytes(before.request, admitted.request)
        ? this.#receipt(before)
        : refused(command.id, 'ID_REUSED', 'This command id was used with another content.', clock.instant());
    }
    const made = await this.#record(sql, admitted, state);
    if (made.kind === 'refused') return made.outcome;
    const { act } = made;
    const content: JsonObject = { ...act };
    const commitment = await acts.keepAct(sql, { id: command.id, origin: state.origin, request: admitted.request, content });
    return { ok: true, id: command.id, origin: this.kind.origin, seq: 0, at: act.at, leaf: commitment };
  }

  async #record(
    sql: Sql,
    admitted: Admitted,
    state: LotState,
  ): Promise<{ kind: 'act'; act: Kept } | { kind: 'refused'; outcome: Outcome }> {
    const { signed, signer } = admitted;
    const { command } = signed;
    const at = this.clock.instant();
    const no = (code: string, message: string) => ({ kind: 'refused', outcome: refused(command.id, code, message, at) }) as const;
    const { person, organisation, creditCode, fingerprint, assurance } = signer;
    if (person === null || organisation === null || creditCode === null || fingerprint === null || assurance === 'node') {
      return no('FORBIDDEN', 'Only a person of an organisation bids.');
    }
    const commands = await this.earlier.of(sql, state.origin, organisation.id);
    const upload = await this.#upload(command.public);
    const decision = decideAct(state, commands, command, { at, assurance, upload, creditCode, person, organisation });
    if (!decision.ok) return no(decision.code, decision.message);
    const { evidence } = JSON.parse(`{"evidence":${signer.text.evidence}}`) as Pick<Kept, 'evidence'>;
    const { signature } = signed;
    return {
      kind: 'act',
      act: {
        command,
        signer: signed.signer,
        signature,
        evidence,
        at,
        assurance,
        upload,
        person,
        organisation,
        creditCode,
        certificate: fingerprint,
      },
    };
  }

  /** What the venue holds of the file that a delivery names; null when it names none. */
  async #upload(payload: JsonObject): Promise<Kept['upload']> {
    const manifest = payload['manifest'];
    if (typeof manifest !== 'object' || manifest === null || !('ciphertext' in manifest)) return null;
    const { ciphertext } = manifest;
    if (typeof ciphertext !== 'object' || ciphertext === null || !('hash' in ciphertext) || typeof ciphertext.hash !== 'string')
      return null;
    try {
      return await this.blobs.fact(ciphertext.hash);
    } catch (error) {
      if (isDomainError(error)) return null;
      throw error;
    }
  }

  #receipt(act: KeptAct): Outcome {
    return {
      ok: true,
      id: act.id,
      origin: this.kind.origin,
      seq: act.place?.seq ?? 0,
      at: readKept(act).at,
      leaf: act.commitment,
    };
  }
}

const refused = (id: string, code: string, message: string, at: string): Outcome => ({ ok: false, id, code, message, at });
