import type { AccessEntry, Checked, Mark, VenueTrack } from '@app/contracts';
import { ACCESS_COMMANDS } from '@app/contracts';
import type { TimeRow } from '../../lot/index.js';

/** Something at an instant of the time line: an entry of the lot's log, or a note of the access log (标记). */
export interface TimeMark {
  readonly key: string;
  readonly atMs: number;
  readonly kind: 'entry' | 'note';
  /** Of the lot's log, or of the access log. */
  readonly seq: number;
  readonly type: string;
  readonly party: string | null;
  readonly about: string | null;
  readonly note: string;
  readonly isChecked: boolean;
}

/** What the access log says so far, by kind. */
export interface AccessFacts {
  readonly notes: readonly (Mark & { readonly seq: number; readonly party: string })[];
  /** Entries of the lot's log that somebody has marked as checked (标记为已核查). */
  readonly checkedEntries: ReadonlySet<number>;
  readonly checkedSpans: readonly { readonly track: VenueTrack; readonly fromMs: number; readonly toMs: number }[];
}

export function accessFacts(entries: readonly AccessEntry[]): AccessFacts {
  const notes: (Mark & { seq: number; party: string })[] = [];
  const checkedEntries = new Set<number>();
  const checkedSpans: { track: VenueTrack; fromMs: number; toMs: number }[] = [];
  for (const { type, payload, seq, party } of entries) {
    if (type === 'access.mark') {
      const mark = ACCESS_COMMANDS['access.mark'].safeParse(payload).data;
      if (mark !== undefined) notes.push({ ...mark, seq, party });
    }
    if (type === 'access.check') {
      const of: Checked['of'] | undefined = ACCESS_COMMANDS['access.check'].safeParse(payload).data?.of;
      if (of?.kind === 'entry') checkedEntries.add(of.seq);
      if (of?.kind === 'span') checkedSpans.push({ track: of.track, fromMs: Date.parse(of.from), toMs: Date.parse(of.to) });
    }
  }
  return { notes, checkedEntries, checkedSpans };
}

/** Entries and notes in one order, oldest first. Landings are no events of the evaluation: there are hundreds of them. */
export function marksOf(rows: readonly TimeRow[], facts: AccessFacts): readonly TimeMark[] {
  const entries = rows
    .filter(({ type }) => type !== 'recording.land')
    .map(({ seq, at, type, party, about }): TimeMark => {
      const isChecked = facts.checkedEntries.has(seq);
      return { key: `entry ${String(seq)}`, atMs: Date.parse(at), kind: 'entry', seq, type, party, about, note: '', isChecked };
    });
  const notes = facts.notes.map(({ seq, at, party, note }): TimeMark => {
    const [atMs, key] = [Date.parse(at), `note ${String(seq)}`];
    return { key, atMs, kind: 'note', seq, type: 'access.mark', party, about: null, note, isChecked: false };
  });
  return [...entries, ...notes].sort((one, other) => one.atMs - other.atMs || (one.key < other.key ? -1 : 1));
}

/** Those in whose words every word of the search is; all of them for an empty one. */
export function found<M>(marks: readonly M[], search: string, wordsOf: (mark: M) => string): readonly M[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return marks;
  return marks.filter((mark) => {
    const words = wordsOf(mark).toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
}
