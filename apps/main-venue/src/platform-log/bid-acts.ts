import type { JsonObject, Outcome } from '@app/contracts';
import { equalBytes } from '@app/contracts';
import type { ActBook, LotState, NewAct, RecordedAct } from '@app/evaluation';
import { inOrderOfReceipt, isAct } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Contributes, forgetOldest, invariant, isDomainError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { KeptAct, Sql } from '../acts/sealed-acts.js';
import { SealedActs } from '../acts/sealed-acts.js';
import { UploadFacts } from '../blobs/upload-facts.js';
import type { ActRecords } from '../core/ports.js';
import { CONFIG, POOL } from '../core/tokens.js';
import { ActDesk } from '../pipeline/act-desk.js';
import type { Admitted } from '../pipeline/command-door.js';
import { Arrivals } from '../pipeline/arrivals.js';
import { ActOrder } from './act-order.js';
import { ActRate } from './act-rate.js';
import type { Kept } from './earlier-acts.js';
import { EarlierActs, readKept } from './earlier-acts.js';
import { PlatformBeat } from './platform-beat.js';
import { PlatformKind } from './platform-kind.js';

/** Of the acts that one organisation may record for a lot, those that are left for others when it records one of this type. */
const LEFT_FOR_OTHERS: Readonly<Record<string, (most: number) => number>> = {
  // Whoever downloads, asks or objects too often can still bid.
  'bidding.download': (most) => most / 2,
  'bidding.ask': (most) => most / 2,
  'bidding.object': (most) => most / 2,
  // 招标投标法 29: whoever replaces too often can still withdraw.
  'bidding.deliver': () => 1,
  'bidding.replace': () => 1,
};
/** Lots that are being locked at the same time. */
const CLOSED_MAX = 10_000;

/**
 * Takes bidders' acts before the deadline: decided at once by the rules, kept sealed, committed to in the platform log. The
 * receipt is the signed answer, whose `leaf` is the commitment; its place follows with the next batch (`/api/receipts/:id`).
 * Acts of one lot are taken one after the other, in whichever process, and in turn among organisations. What counts is when an act arrived
 * here, not when its turn came: the lock waits for whatever arrived before it.
 */
@Contributes(ActDesk)
@Injectable()
export class BidActs extends ActDesk implements ActRecords {
  /** Deadlines of lots whose acts were handed to the lock: nothing that a clock set back might still let in. */
  readonly #closed = new Map<string, string>();

  constructor(
    private readonly acts: SealedActs,
    private readonly earlier: EarlierActs,
    private readonly order: ActOrder,
    private readonly rate: ActRate,
    private readonly arrivals: Arrivals,
    private readonly beat: PlatformBeat,
    private readonly blobs: UploadFacts,
    private readonly kind: PlatformKind,
    @Inject(CONFIG) private readonly config: Pick<Config, 'QUEUE_DEPTH_MAX' | 'ACTS_PER_ORGANISATION_MAX'>,
    @Inject(POOL) private readonly pool: Pool,
  ) {
    super();
  }

  takes(type: string): boolean {
    return isAct(type);
  }

  async accept(admitted: Admitted, state: LotState): Promise<Outcome> {
    const { origin } = state;
    const { organisation } = admitted.signer;
    const no = (code: string, message: string): Outcome => refused(admitted, code, message);
    if (organisation === null) return no('FORBIDDEN', 'Only a person of an organisation bids.');
    if (!this.rate.takes(origin, organisation.id))
      return no('RATE_LIMITED', 'Your organisation sends too many acts for this lot. Wait a minute and send it again.');
    if (this.order.waiting(origin) >= this.config.QUEUE_DEPTH_MAX)
      return no('RATE_LIMITED', 'Too many acts of this lot are waiting. Send it again in a moment.');
    return this.order.inTurn(origin, organisation.id, () => this.order.locked(origin, (client) => this.#take(client, admitted, state)));
  }

  async settled(origin: string, deadline: string): Promise<RecordedAct[]> {
    await this.arrivals.answered();
    return this.order.inTurn(origin, '', async () => {
      this.#close(origin, deadline);
      // What another process is deciding now is kept when it lets go of the lot. The flush needs connections, so none is held meanwhile.
      await this.order.locked(origin, () => Promise.resolve());
      await this.beat.flush();
      this.earlier.forget(origin);
      const acts = (await this.acts.ofLot(this.pool, origin)).map((act) => {
        invariant(act.place !== null, `act ${act.id} was flushed to the platform log`);
        return { ...readKept(act), platform: { ...act.place, salt: act.opening.salt } };
      });
      return inOrderOfReceipt(acts, ({ at }) => at);
    });
  }

  #close(origin: string, deadline: string): void {
    this.#closed.set(origin, deadline);
    forgetOldest(this.#closed, CLOSED_MAX);
  }

  async #take(sql: Sql, admitted: Admitted, state: LotState): Promise<Outcome> {
    const { acts } = this;
    const { command } = admitted.signed;
    const before = await acts.byId(sql, command.id);
    if (before !== null) {
      return equalBytes(before.request, admitted.request)
        ? this.#receipt(before)
        : refused(admitted, 'ID_REUSED', 'This command id was used with another content.');
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
    const { signed, signer, receivedAt } = admitted;
    const { command, signature } = signed;
    const no = (code: string, message: string) => ({ kind: 'refused', outcome: refused(admitted, code, message) }) as const;
    const { person, organisation, creditCode, fingerprint, assurance } = signer;
    if (person === null || organisation === null || creditCode === null || fingerprint === null || assurance === 'node') {
      return no('FORBIDDEN', 'Only a person of an organisation bids.');
    }
    const { deadline } = state.setup.schedule ?? {};
    if (deadline !== undefined && this.#closed.get(state.origin) === deadline)
      return no('E_DEADLINE_PASSED', 'The deadline for bids has passed.');
    const upload = await this.#upload(command.public);
    const book = await this.earlier.of(sql, state.origin);
    // Whoever acts twice acts in this order, also when the clock was set back between.
    const newest = book.newestOf(organisation.id);
    const at = receivedAt < newest ? newest : receivedAt;
    const asked: NewAct = { command, person, organisation, at, assurance, upload, creditCode };
    const decision = book.decide(state, asked);
    if (!decision.ok) return no(decision.code, decision.message);
    const full = this.#fullness(book, asked);
    if (full !== null) return no('QUOTA_EXCEEDED', full);
    const { evidence } = JSON.parse(`{"evidence":${signer.text.evidence}}`) as Pick<Kept, 'evidence'>;
    const act: Kept = {
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
    };
    return { kind: 'act', act };
  }

  /** Why there is no room for one more act, in a sentence; null when there is. */
  #fullness(book: ActBook, asked: NewAct): string | null {
    const most = this.config.ACTS_PER_ORGANISATION_MAX;
    const left = most - book.countOf(asked.organisation.id);
    if (left <= (LEFT_FOR_OTHERS[asked.command.type]?.(most) ?? 0))
      return `Your organisation has recorded as many acts of this kind for the lot as it takes (ACTS_PER_ORGANISATION_MAX, ${String(most)} in all).`;
    return book.roomFault(asked);
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

const refused = ({ signed, receivedAt }: Admitted, code: string, message: string): Outcome => ({
  ok: false,
  id: signed.command.id,
  code,
  message,
  at: receivedAt,
});
