import { type SentEntry, visibleEntry } from '@app/contracts';

export interface TimeRow {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  /** Pseudonym of who acted; null when the reader may not see it. */
  readonly party: string | null;
  /** Whom or what it is about, when the skeleton says so plainly. */
  readonly about: string | null;
  readonly isHidden: boolean;
  /** First row of its day: shown with the date. */
  readonly opensDay: string | null;
}

/** Entries as rows of the time line, newest first. Rows of one entry object are made once: a live list does not read old texts again. */
export function timeRows(entries: readonly SentEntry[]): readonly TimeRow[] {
  const rows = entries.map((entry) => {
    const known = made.get(entry);
    if (known !== undefined) return known;
    const row = rowOf(entry);
    made.set(entry, row);
    return row;
  });
  return rows
    .reverse()
    .map((row, index, list) =>
      index === 0 || dayOf(list[index - 1]?.at ?? '') !== dayOf(row.at) ? { ...row, opensDay: dayOf(row.at) } : row,
    );
}

const made = new WeakMap<SentEntry, TimeRow>();
const BEIJING_OFFSET_MS = 8 * 3_600_000;
const dayOf = (at: string): string => new Date(Date.parse(at) + BEIJING_OFFSET_MS).toISOString().slice(0, 10);

function rowOf(entry: SentEntry): TimeRow {
  const { skeleton } = visibleEntry(entry).parts;
  const events = isRecord(skeleton) && Array.isArray(skeleton['events']) ? skeleton['events'].filter(isRecord) : [];
  const acted = events.find((event) => event['type'] === 'entry.acted');
  const told = events.find((event) => event['type'] !== 'entry.acted');
  const scores = typeof told?.['part'] === 'string' ? `scores:${told['part']}` : undefined;
  const about = [told?.['bidder'], scores, told?.['member'], told?.['step'], told?.['purpose'], told?.['bid']].find(
    (value) => typeof value === 'string',
  );
  return {
    seq: entry.header.seq,
    at: entry.header.at,
    type: entry.header.type,
    party: typeof acted?.['party'] === 'string' ? acted['party'] : null,
    about: typeof about === 'string' && about !== acted?.['party'] ? about : null,
    isHidden: skeleton === undefined,
    opensDay: null,
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
