import { type LotEvent, type SentEntry, visibleEntry } from '@app/contracts';
import { secretEntryOf } from '@app/evaluation';

/** One event of the log, with the entry that told it. */
interface Told {
  readonly seq: number;
  /** Command of the entry. */
  readonly command: string;
  readonly at: string;
  /** Who acted; null where the reader may not see it. */
  readonly party: string | null;
  readonly event: LotEvent;
}

/** Of one entry object once: a live list does not read old texts again. */
const read = new WeakMap<SentEntry, readonly Told[]>();

/** What the log told this reader, event by event, oldest first. */
export const toldBy = (entries: readonly SentEntry[]): readonly Told[] =>
  entries.flatMap((entry) => {
    const known = read.get(entry);
    if (known !== undefined) return known;
    const { header, party, events } = secretEntryOf(visibleEntry(entry));
    const told = events.map((event) => ({ seq: header.seq, command: header.type, at: header.at, party, event }));
    read.set(entry, told);
    return told;
  });

/** A text of an event; empty where it has none. */
export const textIn = ({ event }: Told, field: string): string => (typeof event[field] === 'string' ? event[field] : '');
