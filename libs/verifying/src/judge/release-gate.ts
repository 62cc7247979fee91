import type { LotRun } from '@app/evaluation';
import type { Standing } from './lot-judge.js';

/** What a keeper looks at of a lot as it holds it: a site's replica, or what a trustee's browser has read. */
export interface KeptLot {
  /** Entries that are held; `run` may lag behind them. */
  readonly size: number;
  /** Entries under the newest head that has its quorum. */
  readonly quorateSize: number;
  /** When that quorum stood by the witnesses' clocks, milliseconds. */
  readonly quorumAtMs: number;
  /** What contradicts what was signed; null: nothing. */
  readonly fault: string | null;
  /** What the keeper's own judge found. */
  readonly standing: Standing;
  readonly run: LotRun;
}

/** A witness's clock may be so far ahead of the keeper's; what is stated beyond that says nothing of when a quorum stood. */
export const COSIGNATURE_AHEAD_MS_MAX = 60_000;

/** What a look at a lot comes to. */
export interface Release {
  /** Purposes whose keys go now. */
  readonly due: readonly string[];
  /** Why a key that the log calls for stays here whatever the clock says; null: nothing keeps it. */
  readonly doubt: string | null;
  /** A key waits for nothing but a quorum that is newer than its condition. */
  readonly isQuorumOwed: boolean;
  /** The next instant that the clock alone has to reach for a key; null: none waits for it. */
  readonly laterAt: string | null;
}

/**
 * Null, or why no key of this lot goes: its log contradicts what was signed, its judge found something wrong in it, or something
 * that the condition may rest on could not be judged here. What an engine that cannot be asked partly decided is taken as it stands.
 */
function doubtOf({ fault, standing, run }: KeptLot): string | null {
  if (fault !== null) return fault;
  if (standing.fault !== null) return standing.fault;
  if (standing.held !== null && run.isJudgedPartly)
    return `entry ${String(standing.held)} could not be judged with what this keeper was given`;
  return null;
}

/** A quorum that stood longer ago than this says nothing of what the log became since. */
const QUORUM_AGE_MS_MAX = 300_000;

/** Where a condition was first seen to hold: entries that were folded, and the keeper's clock. */
interface Since {
  readonly size: number;
  readonly atMs: number;
}

/**
 * When a key may go: the condition holds in the keeper's own copy, nothing folded since has taken it back, its own clock is not
 * before the earliest instant, nothing is doubtful, and a checkpoint that covers the condition has a quorum which stood after the keeper
 * saw it: so witnesses know of no later entry, a pause say, that is withheld from here. Never on the main venue's word alone.
 */
export class ReleaseGate {
  readonly #since = new Map<string, Since>();

  /** `duties`: what the lot's own engine says that this keeper owes; `now`: by the keeper's clock. Call after every fold and every checkpoint. */
  look(lot: KeptLot, duties: ReturnType<LotRun['owed']>, now: string): Release {
    const { state } = lot.run;
    const releases = duties.filter(({ command }) => command === 'sealing.release');
    this.#note(
      releases.map(({ subject }) => subject),
      { size: state.size, atMs: Date.parse(now) },
    );
    if (releases.length === 0) return { due: [], doubt: null, isQuorumOwed: false, laterAt: null };
    const doubt = doubtOf(lot);
    const later = releases.flatMap(({ notBefore }) => (notBefore !== null && notBefore > now ? [notBefore] : []));
    const laterAt = later.sort()[0] ?? null;
    // A state that lags behind the entries may not know yet of a pause.
    if (doubt !== null || state.size < lot.size) return { due: [], doubt, isQuorumOwed: false, laterAt };
    const asked = releases.filter(({ notBefore }) => notBefore === null || now >= notBefore).map(({ subject }) => subject);
    const due = asked.filter((purpose) => this.#isCovered(lot, purpose, Date.parse(now)));
    return { due, doubt, isQuorumOwed: due.length < asked.length, laterAt };
  }

  #note(purposes: readonly string[], since: Since): void {
    for (const purpose of [...this.#since.keys()]) if (!purposes.includes(purpose)) this.#since.delete(purpose);
    for (const purpose of purposes) if (!this.#since.has(purpose)) this.#since.set(purpose, since);
  }

  #isCovered({ quorateSize, quorumAtMs }: KeptLot, purpose: string, nowMs: number): boolean {
    const since = this.#since.get(purpose);
    if (since === undefined || quorateSize < since.size) return false;
    // Cosignatures state whole seconds.
    const isAfter = quorumAtMs >= Math.floor(since.atMs / 1_000) * 1_000;
    return isAfter && quorumAtMs >= nowMs - QUORUM_AGE_MS_MAX;
  }
}
