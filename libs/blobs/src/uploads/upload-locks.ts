import type { Clock } from '@app/platform';
import { DomainError } from '@app/platform';
import type { Lock, Locker, RequestRelease } from '@tus/server';
import type { Pool } from 'pg';
import { randomUUID } from 'node:crypto';

/** A lease that nobody renews ends after this: its process was killed. */
const UPLOAD_LEASE_MS = 6_000;
const RENEW_MS = 1_500;
/** How long a request waits for another one that writes the same upload. */
const UPLOAD_LOCK_WAIT_MS_MAX = 12_000;
const ASK_AGAIN_MS = 100;

/**
 * One request at a time writes an upload, whichever process it came to: a lease in the row of the upload, renewed while the request runs.
 * Who waits asks the holder to let go; the holder ends at the next chunk (here) or renewal (in another process), so that a second tab or a
 * HEAD after a cut does not wait for a connection that is dead.
 */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, RequestRelease>();

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  newLock(id: string): Lock {
    const holder = randomUUID();
    let isHeld = false;
    return {
      lock: async (signal, letGo) => {
        await this.#acquire(id, holder, signal);
        isHeld = true;
        this.#held.set(id, letGo);
        const renew = (): void => {
          this.clock.after(RENEW_MS, () => {
            if (!isHeld) return;
            void this.#renew(id, holder, letGo).finally(renew);
          });
        };
        renew();
      },
      unlock: async () => {
        isHeld = false;
        this.#held.delete(id);
        await this.pool.query(
          'UPDATE upload SET lease_holder = NULL, lease_until = NULL, is_lease_wanted = false WHERE id = $1 AND lease_holder = $2',
          [id, holder],
        );
      },
    };
  }

  /** Runs `work` while no request writes the upload. Throws UPLOAD_BUSY. */
  async during<T>(id: string, work: () => Promise<T>): Promise<T> {
    const lock = this.newLock(id);
    await lock.lock(new AbortController().signal, () => undefined);
    try {
      return await work();
    } finally {
      await lock.unlock();
    }
  }

  async #acquire(id: string, holder: string, signal: AbortSignal): Promise<void> {
    const untilMs = this.clock.nowMs() + UPLOAD_LOCK_WAIT_MS_MAX;
    for (;;) {
      const { rows } = await this.pool.query<{ is_mine: boolean }>(
        `UPDATE upload SET
           is_lease_wanted = coalesce(lease_until >= now(), false),
           lease_holder = CASE WHEN lease_until >= now() THEN lease_holder ELSE $2 END,
           lease_until = CASE WHEN lease_until >= now() THEN lease_until ELSE now() + $3 * interval '1 millisecond' END
         WHERE id = $1 RETURNING lease_holder = $2 AS is_mine`,
        [id, holder, UPLOAD_LEASE_MS],
      );
      if (rows[0] === undefined)
        throw new DomainError('NOT_FOUND', 'There is no such upload. It may have been removed because nobody went on with it.');
      if (rows[0].is_mine) return;
      await this.#held.get(id)?.();
      if (signal.aborted || this.clock.nowMs() > untilMs)
        throw new DomainError('UPLOAD_BUSY', 'Another request is writing this upload. Wait a moment and go on.');
      await this.clock.sleep(ASK_AGAIN_MS);
    }
  }

  async #renew(id: string, holder: string, letGo: RequestRelease): Promise<void> {
    try {
      const { rows } = await this.pool.query<{ is_lease_wanted: boolean }>(
        `UPDATE upload SET lease_until = now() + $3 * interval '1 millisecond' WHERE id = $1 AND lease_holder = $2 RETURNING is_lease_wanted`,
        [id, holder, UPLOAD_LEASE_MS],
      );
      // Somebody waits, or the lease is not ours any more: the request must end.
      if (rows[0]?.is_lease_wanted !== false) await letGo();
    } catch {
      await letGo();
    }
  }
}
