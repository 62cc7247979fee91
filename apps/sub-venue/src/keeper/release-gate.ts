import type { LotRun } from '@app/evaluation';
import type { Replica } from '../replica/replica.js';

/** What the keeper looks at of a replica. */
export type WatchedReplica = Pick<Replica, 'origin' | 'name' | 'size' | 'quorateSize' | 'fault' | 'standing' | 'run' | 'state'>;

/** What a look at a lot comes to. */
export interface Release {
  /** Purposes whose keys go now. */
  readonly due: readonly string[];
  /** Why a key that the log calls for stays here whatever the clock says; null: nothing keeps it. */
  readonly doubt: string | null;
  /** The next instant that the clock alone has to reach for a key; null: none waits for it. */
  readonly laterAt: string | null;
}

/**
 * Null, or why no key of this lot goes: its log contradicts what was signed, this site's judge found something wrong in it, or something
 * that the condition may rest on could not be judged here. What an engine that cannot be asked partly decided is taken as it stands.
 */
function doubtOf({ fault, standing, run }: WatchedReplica): string | null {
  if (fault !== null) return fault;
  if (standing.fault !== null) return standing.fault;
  if (standing.held !== null && run.isJudgedPartly)
    return `entry ${String(standing.held)} could not be judged with what this site was given`;
  return null;
}

/**
 * When a key may go: the condition holds in this site's own replica, it held at some size that a checkpoint with the witness quorum covers,
 * nothing folded since has taken it back, the site's own clock is not before the earliest instant, and nothing is doubtful. Never on
 * the main venue's word alone.
 */
export class ReleaseGate {
  /** Size at which the condition was first seen to hold, by purpose. */
  readonly #since = new Map<string, number>();

  /** `duties`: what the lot's own engine says that this keeper owes; `now`: by the site's clock. Call after every fold and every checkpoint. */
  look(replica: WatchedReplica, duties: ReturnType<LotRun['owed']>, now: string): Release {
    const { state } = replica;
    const releases = duties.filter(({ command }) => command === 'sealing.release');
    const purposes = releases.map(({ subject }) => subject);
    for (const purpose of [...this.#since.keys()]) if (!purposes.includes(purpose)) this.#since.delete(purpose);
    for (const purpose of purposes) if (!this.#since.has(purpose)) this.#since.set(purpose, state.size);
    if (releases.length === 0) return { due: [], doubt: null, laterAt: null };
    const doubt = doubtOf(replica);
    const later = releases.flatMap(({ notBefore }) => (notBefore !== null && notBefore > now ? [notBefore] : []));
    const laterAt = later.sort()[0] ?? null;
    // A state that lags behind the replica may not know yet of a pause.
    if (doubt !== null || state.size < replica.size) return { due: [], doubt, laterAt };
    const due = releases
      .filter(({ notBefore }) => notBefore === null || now >= notBefore)
      .map(({ subject }) => subject)
      .filter((purpose) => replica.quorateSize >= (this.#since.get(purpose) ?? Number.POSITIVE_INFINITY));
    return { due, doubt, laterAt };
  }
}
