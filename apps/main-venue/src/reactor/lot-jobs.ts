import type { LotRun } from '@app/evaluation';
import { MAIN_NODE, wantedPlaces } from '@app/evaluation';
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
    return [...wakes, ...this.#calls(old, now)];
  }

  /** The row of a wake-up; the same lot and instant are the same job. */
  wake(origin: string, at: string): JobRow {
    return this.book.row('lot:wake', `${origin}@${at}`, { origin }, { runAt: at });
  }

  #calls(old: LotRun | null, now: LotRun): JobRow[] {
    const turn = turnOf(now);
    if (turn === null || (old !== null && turnOf(old) === turn)) return [];
    const { origin, size } = now.state;
    // A turn that passed and comes again is another call: the key names the entry that brought it.
    return [this.book.row('expert:contact', `${origin}@${size}`, { origin })];
  }
}

/** Duties of the node that a job fulfils, since a call takes its time. The second name is that of engine 0.1.0. */
export const CALL_DUTIES: readonly string[] = ['draw.record-call', 'draw.record-contact'];

/** Whether somebody is to be called now is for the lot's own engine to say: nobody while the lot is suspended, or over. */
export const owesCall = (run: LotRun): boolean => run.owed(MAIN_NODE).some(({ command }) => CALL_DUTIES.includes(command));

/** Which of its turns a lot is in, so that each brings one job; null while nobody is to be called. */
function turnOf(run: LotRun): string | null {
  if (!owesCall(run)) return null;
  const { contacts, exhausted } = run.state.draw;
  return JSON.stringify([Object.keys(contacts).length, wantedPlaces(run.state), exhausted]);
}
