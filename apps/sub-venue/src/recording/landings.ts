import { LANDING_SEGMENTS_MAX, landedSpan } from '@app/contracts';
import type { BlobStore } from '@app/blobs';
import { signWish } from '@app/client';
import { Clock, type Config, type Logger } from '@app/platform';
import { landingOf } from '@app/recording';
import { profileOf } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { Outbox } from '../outbox/outbox.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { type PendingLanding, type Pieces, RecordingRepository } from './recording.repository.js';

/** What a landing looks at of a replica. */
type LandedLot = Pick<Replica, 'name' | 'state'>;

const HAS_LANDED = ['E_ALREADY_DONE'];

/** After a refusal the next landing of the lot waits so long, twice as long each time. */
const REFUSED_MS = 10_000;
const REFUSED_MS_MAX = 600_000;

/**
 * Brings what this site has recorded of a lot into its log (录制存证): a file that describes it, and a command of the node that names the file. One landing of a
 * lot is on its way at a time; the command goes through the outbox, so that a site that is cut off lands later what it recorded meanwhile.
 */
@Injectable()
export class Landings {
  /** Lots of which a landing is on its way. */
  readonly #under = new Set<string>();
  /** Lots whose last landing was refused: until when the next one waits, and how long that is. */
  readonly #waits = new Map<string, { readonly untilMs: number; readonly ms: number }>();

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'VENUE_ID'>,
    private readonly repository: RecordingRepository,
    @Inject(Replicas) private readonly replicas: { find(origin: string): LandedLot | undefined },
    @Inject(Outbox) private readonly outbox: Pick<Outbox, 'submit'>,
    private readonly crypto: SiteCrypto,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Resolves when the landing is safe in the outbox, or there is none to make. */
  async land(origin: string, store: BlobStore): Promise<void> {
    const lot = this.replicas.find(origin);
    if (lot === undefined || this.#under.has(origin) || this.clock.nowMs() < (this.#waits.get(origin)?.untilMs ?? 0)) return;
    this.#under.add(origin);
    try {
      const due = await this.#due(origin, store);
      if (due === null) this.#under.delete(origin);
      else await this.#send(lot, due.pending, due.pieces);
    } catch (error) {
      this.#under.delete(origin);
      throw error;
    }
  }

  /** The landing that was begun before the process ended, or the next one; null where nothing waits. */
  async #due(origin: string, store: BlobStore): Promise<{ readonly pending: PendingLanding; readonly pieces: Pieces } | null> {
    const last = await this.repository.lastLanding(origin);
    if (last !== null && !last.isLanded) {
      const pieces = await this.repository.pieces(origin, LANDING_SEGMENTS_MAX, last.index);
      return { pending: last, pieces };
    }
    const pieces = await this.repository.pieces(origin, LANDING_SEGMENTS_MAX);
    if (pieces.ids.length === 0) return null;
    const { landing, bytes, hash } = landingOf({ origin, venue: this.config.VENUE_ID }, last, pieces.segments, pieces.gaps);
    await store.put(hash, Readable.from([bytes]));
    const pending = { origin, index: landing.index, hash };
    await this.repository.beginLanding(pending, pieces.ids);
    return { pending, pieces };
  }

  async #send({ name, state }: LandedLot, pending: PendingLanding, pieces: Pieces): Promise<void> {
    const { origin, lot, round } = name;
    const last = state.recording.venues[this.config.VENUE_ID];
    const party = `node:${this.config.VENUE_ID}`;
    const span = landedSpan(pieces);
    if (span === null) throw new RangeError('a landing holds a segment or a gap');
    const payload = {
      index: pending.index,
      prev: await this.repository.landingHash(origin, pending.index - 1),
      landing: pending.hash,
      ...span,
      segments: pieces.segments.length,
      gaps: pieces.gaps.length,
      bytes: pieces.segments.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    if (last?.last === pending.hash) {
      await this.#settled(pending, null);
      return;
    }
    const ref = { kind: 'node' as const, name: party, publicKey: this.crypto.nodeKey };
    const wish = { type: 'recording.land', payload, secrets: {}, party, at: this.clock.instant(), basis: state.size };
    const signed = await signWish(profileOf(state.setup.profile), { signer: this.crypto.signer, ref }, { origin, lot, round }, wish);
    const kept = await this.outbox.submit(signed);
    void kept.answer
      .then(({ outcome }) => this.#settled(pending, outcome.ok || HAS_LANDED.includes(outcome.code) ? null : outcome.code))
      .catch((error: unknown) => {
        this.#under.delete(pending.origin);
        this.logger.error({ err: error, origin }, 'recording: the answer to a landing could not be noted');
      });
  }

  async #settled(pending: PendingLanding, refusal: string | null): Promise<void> {
    const { origin } = pending;
    if (refusal === null) {
      await this.repository.landed(pending);
      this.#waits.delete(origin);
    } else {
      await this.repository.refused(pending);
      if (refusal === 'E_RECORDING_CHAIN') await this.#followLog(origin);
      const ms = Math.min(REFUSED_MS_MAX, 2 * (this.#waits.get(origin)?.ms ?? REFUSED_MS / 2));
      this.#waits.set(origin, { untilMs: this.clock.nowMs() + ms, ms });
      this.logger.error({ origin, refusal, ms }, 'recording: the main venue takes no landing; what was recorded stays here');
    }
    this.#under.delete(origin);
  }

  /** This site's disk was put back to an older one, say: the chain goes on where the log says that it ends. */
  async #followLog(origin: string): Promise<void> {
    const known = this.replicas.find(origin)?.state.recording.venues[this.config.VENUE_ID];
    if (known !== undefined) await this.repository.follow({ origin, index: known.landings - 1, hash: known.last });
  }
}
