import type { UploadReceipt } from '@app/contracts';
import { UPLOADS_PATH, zUuid } from '@app/contracts';
import type { Clock, Ids, Logger } from '@app/platform';
import { DomainError } from '@app/platform';
import { Server } from '@tus/server';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UploadLimits } from '../limits.js';
import { requireHash } from '../store/blob-store.js';
import { refusalOf } from './tus-refusal.js';
import type { UploadFiles } from './upload-files.js';
import type { UploadLocks } from './upload-locks.js';
import { readWish } from './upload-wish.js';
import type { UploadRepository } from './upload.repository.js';
import type { UploadRecord, UploadWish } from './upload.types.js';

/** How long a request that was asked to let go may still write. */
export const UPLOAD_DRAIN_MS = 100;
/** Bytes of a refused request that are still read. */
const DISCARDED_BYTES_MAX = 64 * 1024 * 1024;
const CLEAN_UP_BATCH = 1_000;

/** What the venue says to a new upload; every venue gives its own. */
export abstract class UploadDoor {
  /** Throws the refusal when this person may not upload this, for this lot, now. */
  abstract admit(wish: UploadWish): Promise<void>;
}

export interface UploadsDeps {
  readonly limits: UploadLimits;
  readonly files: UploadFiles;
  readonly locks: UploadLocks;
  readonly repository: UploadRepository;
  readonly door: UploadDoor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Pick<Logger, 'info'>;
}

/** Resumable uploads: the tus protocol inside the house's own rules. An upload belongs to the person who began it; others do not see it. */
export class Uploads {
  readonly #server: Server;
  /** The wish of the request under way, for the hooks of the tus server. */
  readonly #wishes = new AsyncLocalStorage<UploadWish | null>();

  constructor(private readonly deps: UploadsDeps) {
    const { files, locks, limits, ids, repository, door } = deps;
    this.#server = new Server({
      path: UPLOADS_PATH,
      relativeLocation: true,
      datastore: files,
      locker: locks,
      lockDrainTimeout: UPLOAD_DRAIN_MS,
      maxSize: limits.UPLOAD_BYTES_MAX,
      disableTerminationForFinishedUploads: true,
      // No other origin: a venue's web client comes from the venue itself.
      allowedOrigins: () => false,
      namingFunction: () => ids.next(),
      getFileIdFromRequest: (_request, id) => (zUuid.safeParse(id).success ? id : undefined),
      onUploadCreate: async (_request, upload) => {
        const wish = this.#wishes.getStore() ?? null;
        if (wish === null) throw new Error('an upload without a wish');
        await door.admit(wish);
        await repository.admit(upload.id, wish, limits);
        return {};
      },
      // Thrown on: the venue's filter tells it like every other refusal.
      onResponseError: (_request, error) => {
        throw refusalOf(error);
      },
    });
  }

  /**
   * Answers a request of the tus protocol. `id` is null for the address of the collection. Throws MALFORMED, NOT_FOUND (also another
   * person's), TOO_LARGE, QUOTA_EXCEEDED, UPLOAD_OFFSET, UPLOAD_BUSY, HASH_MISMATCH, STORAGE_FULL; then nothing was answered yet.
   */
  async handle(request: IncomingMessage, response: ServerResponse, person: string, id: string | null): Promise<void> {
    checkHeaders(request);
    if (id !== null) await this.#own(id, person);
    const wish = request.method === 'POST' ? readWish(request.headers, person, this.deps.limits) : null;
    try {
      await this.#wishes.run(wish, () => this.#server.handle(request, response));
    } catch (error) {
      discard(request);
      throw error;
    }
  }

  /** How an own upload stands. Asking finishes one whose last answer or last step was cut off. Throws NOT_FOUND. */
  async receipt(id: string, person: string): Promise<UploadReceipt> {
    const record = await this.#own(id, person);
    const { files, locks } = this.deps;
    const isLeft = record.state === 'open' && (await files.received(record)) !== record.size;
    if (record.state !== 'open' || isLeft) return this.#told(record);
    return this.#told(await locks.during(id, () => files.finishIfWhole(id)));
  }

  /** Own uploads of this content, the newest first: where a client that remembers nothing goes on. */
  async ofHash(hash: string, person: string): Promise<UploadReceipt[]> {
    const records = await this.deps.repository.ofPerson(person, requireHash(hash));
    return Promise.all(records.map((record) => this.#told(record)));
  }

  /** Removes what nobody finished: uploads without a byte for UPLOAD_IDLE_MS_MAX, and files that no record names. Answers how many. */
  async cleanUp(): Promise<number> {
    const { files, clock, limits, logger } = this.deps;
    const limitMs = clock.nowMs() - limits.UPLOAD_IDLE_MS_MAX;
    let removed = 0;
    for (let more = CLEAN_UP_BATCH; more === CLEAN_UP_BATCH; removed += more) more = await this.#removeIdle(limitMs);
    removed += await files.removeOrphans(limitMs);
    if (removed > 0) logger.info({ removed }, 'uploads that nobody finished were removed');
    return removed;
  }

  /** Removes up to {@link CLEAN_UP_BATCH} of them, the oldest first; fewer: there are no more, or somebody goes on with one. */
  async #removeIdle(limitMs: number): Promise<number> {
    const { repository, files, locks } = this.deps;
    let removed = 0;
    for (const id of await repository.idleSince(new Date(limitMs), CLEAN_UP_BATCH)) {
      removed += await locks
        .during(id, async () => {
          const record = await repository.find(id);
          if (record === null || record.state === 'stored' || Date.parse(record.lastByteAt) >= limitMs) return 0;
          await files.remove(id);
          return 1;
        })
        .catch(asLeft);
    }
    return removed;
  }

  async #own(id: string, person: string): Promise<UploadRecord> {
    const record = zUuid.safeParse(id).success ? await this.deps.repository.find(id) : null;
    if (record?.person !== person)
      throw new DomainError('NOT_FOUND', 'You have no such upload. It may have been removed because nobody went on with it.');
    return record;
  }

  async #told(record: UploadRecord): Promise<UploadReceipt> {
    const { id, hash, size, state, createdAt, lastByteAt } = record;
    return { id, hash, size, received: await this.deps.files.received(record), state, createdAt, lastByteAt };
  }
}

/** Throws away what a refused request still sends, so that the other end reads the answer; who sends much more is cut off. */
function discard(request: IncomingMessage): void {
  let left = DISCARDED_BYTES_MAX;
  request.removeAllListeners('data');
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

/** Somebody goes on with it, or it is gone: the next time will see. */
function asLeft(error: unknown): number {
  if (error instanceof DomainError) return 0;
  throw error;
}

const BYTES = /^\d{1,15}$/;

/** What the tus server would answer in words of its own. */
function checkHeaders({ method, headers }: IncomingMessage): void {
  if (method !== 'OPTIONS' && headers['tus-resumable'] !== '1.0.0') throw new DomainError('MALFORMED', 'Tus-Resumable: 1.0.0 is expected.');
  const offset = headers['upload-offset'];
  if (method === 'PATCH' && (typeof offset !== 'string' || !BYTES.test(offset)))
    throw new DomainError('MALFORMED', 'Upload-Offset: a number of bytes is expected.');
  if (method === 'PATCH' && headers['content-type'] !== 'application/offset+octet-stream')
    throw new DomainError('MALFORMED', 'Content-Type: application/offset+octet-stream is expected.');
  if (headers['upload-concat'] !== undefined || headers['upload-defer-length'] !== undefined)
    throw new DomainError(
      'MALFORMED',
      'Upload-Concat and Upload-Defer-Length are not taken: the length is declared when an upload is created.',
    );
}
