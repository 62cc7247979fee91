import type { LotRun, LotState } from '@app/evaluation';
import { FINAL_STATUSES, wantedPlaces } from '@app/evaluation';
import { Contributes } from '@app/platform';
import type { JobRow } from '@app/platform/jobs';
import { JOB_EXTENSION, JobBook } from '@app/platform/jobs';
import { Injectable } from '@nestjs/common';
import { LotStream } from '../pipeline/lot-stream.js';
import type { LogChange, PutRow } from '../pipeline/projections.js';
import { Projection } from '../pipeline/projections.js';

/**
 * The jobs that a lot's entries bring, in the transaction of those entries: a wake-up for each limit that begins to run, a call when
 * it becomes an expert's turn. Neither can be missing while the entry stands, nor be there without it.
 */
@Contributes(Projection)
@Injectable()
export class LotJobs extends Projection {
  readonly tables = [JOB_EXTENSION];

  constructor(private readonly book: JobBook) {
    super();
  }

  project({ before, after }: LogChange, put: PutRow): void {
    if (!(after instanceof LotStream)) return;
    const old = before instanceof LotStream && before.size > 0 ? before.run : null;
    for (const row of this.rows(old, after.run)) put(JOB_EXTENSION.name, [...row]);
  }

  /** Rows of the jobs that `now` brings beside `old`; with null, of all that are open. */
  rows(old: LotRun | null, now: LotRun): JobRow[] {
    const { origin } = now.state;
    const known = new Set(old === null ? [] : old.limits().map(({ at }) => at));
    const begun = new Set(now.limits().flatMap(({ at }) => (known.has(at) ? [] : [at])));
    const wakes = [...begun].map((at) => this.wake(origin, at));
    return [...wakes, ...this.#calls(old?.state ?? null, now.state)];
  }

  /** The row of a wake-up; the same lot and instant are the same job. */
  wake(origin: string, at: string): JobRow {
    return this.book.row('lot:wake', `${origin}@${at}`, { origin }, { runAt: at });
  }

  #calls(old: LotState | null, now: LotState): JobRow[] {
    const turn = turnOf(now);
    if (turn === null || FINAL_STATUSES.includes(now.status) || (old !== null && turnOf(old) === turn)) return [];
    // A turn that passed and comes again is another call: the key names the entry that brought it.
    return [this.book.row('expert:contact', `${now.origin}@${now.size}`, { origin: now.origin })];
  }
}

/** What a turn follows from, as far as the lot knows it; null while nobody is to be called. */
function turnOf(state: LotState): string | null {
  const wanted = wantedPlaces(state);
  return wanted === 0 ? null : JSON.stringify([Object.keys(state.draw.contacts).length, wanted, state.draw.exhausted]);
}
