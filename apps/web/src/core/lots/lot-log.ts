import { isSecretPart, type SentEntry, type VisibleEntry, visibleEntry } from '@app/contracts';

/** What is known of a lot's log in this window, folded as far as it goes without a gap. Generic so that rules stay out of the plumbing. */
export interface LotLog<S> {
  readonly entries: readonly SentEntry[];
  readonly state: S;
  /** When each status was entered, oldest first. */
  readonly stages: readonly Stage[];
  /** Entries that came before an earlier one did, by number. */
  readonly early: ReadonlyMap<number, SentEntry>;
}

export interface Stage {
  readonly status: string;
  readonly at: string;
  readonly seq: number;
}

/** The fold and what the log asks of its state. */
export interface Folding<S> {
  readonly evolve: (state: S, entry: VisibleEntry) => S;
  readonly statusOf: (state: S) => string;
}

export const emptyLog = <S>(state: S): LotLog<S> => ({ entries: [], state, stages: [], early: new Map() });

/** Adds entries in any order, folding those that follow without a gap. Known ones are ignored: notices and pages overlap. */
export function withEntries<S>(log: LotLog<S>, arrived: readonly SentEntry[], folding: Folding<S>): LotLog<S> {
  const early = new Map(log.early);
  for (const entry of arrived) if (entry.header.seq >= log.entries.length) early.set(entry.header.seq, entry);
  const entries = [...log.entries];
  const stages = [...log.stages];
  let state = log.state;
  for (let next = early.get(entries.length); next !== undefined; next = early.get(entries.length)) {
    early.delete(entries.length);
    state = folding.evolve(state, visibleEntry(next));
    entries.push(next);
    const status = folding.statusOf(state);
    if (stages.at(-1)?.status !== status) stages.push({ status, at: next.header.at, seq: next.header.seq });
  }
  return { entries, state, stages, early };
}

/** Number of the first entry that is missing while later ones are here; null when nothing is missing. */
export const missingFrom = (log: LotLog<unknown>): number | null => (log.early.size > 0 ? log.entries.length : null);

/** How many secret parts of its entries are here. */
export const secretsOf = ({ entries }: LotLog<unknown>): number =>
  entries.reduce((count, { parts }) => count + Object.keys(parts).filter(isSecretPart).length, 0);
