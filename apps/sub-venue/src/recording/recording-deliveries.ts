import { FolderBlobStore } from '@app/blobs';
import { type RecordingDelivery, zSegmentsWanted } from '@app/contracts';
import { type CancelTimer, Clock, type Config, DomainError, invariant, type Logger } from '@app/platform';
import { nodeAuthorization } from '@app/venue';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';
import { Uplink } from '../uplink/uplink.js';
import { type PendingLanding, RecordingRepository } from './recording.repository.js';
import { recordingsFolder } from './site-recorder.js';

/** How often it is looked for what is landed and not at the main venue. */
const LOOK_MS = 5_000;
/** The time that one file has. */
const FILE_MS_MAX = 300_000;
/** After a failure the lot waits so long, twice as long each time. */
const FAILED_MS = 10_000;
const FAILED_MS_MAX = 600_000;

type Kind = 'landings' | 'segments';

/**
 * Brings what this site recorded to the main venue, as it lies here and so as ciphertext, behind the recording: a landing's file when it is an entry, then those
 * of its segments that the main venue says it lacks, one file after the other. What was cut off is asked for anew; nothing waits for it, and everything stays here.
 */
@Injectable()
export class RecordingDeliveries implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #store: FolderBlobStore;
  /** Lots whose last file did not arrive: until when the next one waits, and how long that is. */
  readonly #waits = new Map<string, { readonly untilMs: number; readonly ms: number }>();
  readonly #closing = new AbortController();
  #timer: CancelTimer | null = null;
  #work: Promise<void> = Promise.resolve();
  #stop: (() => void) | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIN_URL' | 'VENUE_ID' | 'INSTALLATION' | 'DATA_DIR'>,
    private readonly repository: RecordingRepository,
    @Inject(Uplink) private readonly line: Pick<Uplink, 'isUp' | 'onLine'>,
    @Inject(SiteTrust) private readonly trust: Pick<SiteTrust, 'registry'>,
    private readonly crypto: SiteCrypto,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#store = new FolderBlobStore(recordingsFolder(config));
  }

  onApplicationBootstrap(): void {
    this.#stop = this.line.onLine((isUp) => {
      // What failed for want of the line does not wait any longer.
      if (isUp) this.#waits.clear();
    });
    this.#later();
  }

  async onModuleDestroy(): Promise<void> {
    this.#closing.abort();
    this.#stop?.();
    this.#timer?.();
    await this.#work;
  }

  #later(): void {
    if (this.#closing.signal.aborted) return;
    this.#timer = this.clock.after(LOOK_MS, () => {
      this.#work = this.deliverAll().finally(() => {
        this.#later();
      });
    });
  }

  /** Never throws: what does not arrive is tried again. One lot holds up no other for longer than a file takes. */
  async deliverAll(): Promise<void> {
    try {
      let lots = await this.repository.undelivered();
      while (lots.length > 0 && this.#mayGoOn()) {
        const left: string[] = [];
        for (const origin of lots) if (this.#mayGoOn() && (await this.#deliverNext(origin))) left.push(origin);
        lots = left;
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'recording: nothing could be brought to the main venue now');
    }
  }

  #mayGoOn(): boolean {
    return this.line.isUp && !this.#closing.signal.aborted;
  }

  /** Whether there may be more of the lot to bring now. */
  async #deliverNext(origin: string): Promise<boolean> {
    if (this.clock.nowMs() < (this.#waits.get(origin)?.untilMs ?? 0)) return false;
    const next = await this.repository.nextUndelivered(origin);
    if (next === null) return false;
    try {
      await this.#deliver(next);
      this.#waits.delete(origin);
      return true;
    } catch (error) {
      if (this.#closing.signal.aborted) return false;
      const ms = Math.min(FAILED_MS_MAX, 2 * (this.#waits.get(origin)?.ms ?? FAILED_MS / 2));
      this.#waits.set(origin, { untilMs: this.clock.nowMs() + ms, ms });
      this.logger.warn({ err: error, origin, landing: next.index, ms }, 'recording: what is landed is not at the main venue yet');
      return false;
    }
  }

  async #deliver(landing: PendingLanding): Promise<void> {
    const { origin, hash } = landing;
    const answer = await this.#put('landings', origin, hash);
    const wanted = answer === null ? [] : zSegmentsWanted.parse(await answer.json()).segments;
    for (const segment of wanted) await this.#put('segments', origin, segment);
    await this.repository.delivered(landing);
  }

  /** Null where the file is not on this disk any more: that is told, and holds nothing else up. Throws UNAVAILABLE when it did not arrive. */
  async #put(kind: Kind, origin: string, hash: string): Promise<Response | null> {
    const [size, content] = [await this.#store.size(hash), await this.#store.open(hash)];
    if (size === null || content === null) {
      this.logger.error({ origin, hash, kind }, 'recording: a file of a landing is not on this disk: restore it from a copy');
      return null;
    }
    const { MAIN_URL } = this.config;
    invariant(MAIN_URL !== undefined, 'a site knows its main venue');
    try {
      const response = await fetch(`${MAIN_URL.replace(/\/+$/, '')}/venue/recordings/${kind}/${hash}`, {
        method: 'PUT',
        headers: {
          authorization: this.#authorization(origin, hash),
          'content-type': 'application/octet-stream',
          'content-length': String(size),
        },
        body: content,
        duplex: 'half',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(FILE_MS_MAX)]),
      });
      if (response.ok) return response;
      throw new DomainError(
        'UNAVAILABLE',
        `the main venue does not take it: ${String(response.status)} ${(await response.text()).slice(0, 300)}`,
      );
    } finally {
      content.destroy();
    }
  }

  #authorization(origin: string, hash: string): string {
    const { VENUE_ID: venue, INSTALLATION: installation } = this.config;
    const to = this.trust.registry?.venues.find(({ role }) => role === 'main')?.id ?? 'main';
    const at = this.clock.instant();
    const request: RecordingDelivery = { v: 1, venue, to, installation, at, nonce: this.crypto.profile.newSalt(), origin, hash };
    return nodeAuthorization(this.crypto.signer, 'recordingDelivery', request);
  }
}
