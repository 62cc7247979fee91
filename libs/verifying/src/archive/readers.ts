import type { Archive } from '@app/archive';
import type { Role, Viewer, VisibleEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import { secretEntryOf } from '@app/evaluation';

/** Parts that are named in the sentence; the others are counted. */
const NAMED_MAX = 3;

interface Missing {
  readonly entry: VisibleEntry;
  readonly part: string;
}

/**
 * Null when every part is here or lawfully erased. Else whether the archive is what the audience table leaves to some reader of the lot, or
 * lacks what he would see: whoever passes an archive on may cut it, and must not be able to do so in silence.
 */
export function whatIsMissing(archive: Archive, visible: readonly VisibleEntry[], run: LotRun): string | null {
  const missing = visible.flatMap((entry, index) => {
    const erased = archive.entries[index]?.erased ?? [];
    const names = Object.keys(entry.header.parts).filter((part) => !Object.hasOwn(entry.parts, part) && !erased.includes(part));
    return names.map((part): Missing => ({ entry, part }));
  });
  if (missing.length === 0) return null;
  const readers = readersOf(run).map((reader) => ({ reader, lacks: missing.filter((item) => sees(run, reader, item)) }));
  const best = readers.reduce((one, two) => (two.lacks.length < one.lacks.length ? two : one));
  const who = best.reader.party === null ? 'the public' : `${best.reader.roles.join(', ')} (${best.reader.party})`;
  if (best.lacks.length === 0) return `cut for ${who} as the audience table allows: ${missing.length} parts are not visible`;
  const named = best.lacks.slice(0, NAMED_MAX).map(({ entry, part }) => `entry ${entry.header.seq} part ${part}`);
  const more = best.lacks.length > NAMED_MAX ? ` and ${best.lacks.length - NAMED_MAX} more` : '';
  return `lacks what ${who} sees: ${named.join(', ')}${more}`;
}

/** The public first, then one reader of every kind of party as they were admitted; of those who lack equally little the first is named. */
function readersOf(run: LotRun): Viewer[] {
  const kinds = new Map<string, Viewer>();
  for (const [party, { roles }] of Object.entries(run.state.parties)) {
    const kind = roles.join();
    if (roles.length > 0 && !kinds.has(kind)) kinds.set(kind, { party, roles: [...roles] satisfies Role[] });
  }
  return [{ party: null, roles: [] }, ...kinds.values()];
}

const sees = (run: LotRun, reader: Viewer, { entry, part }: Missing): boolean => run.audience(reader, secretEntryOf(entry), part);
