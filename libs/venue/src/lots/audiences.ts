import type { SentEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { Crowd } from './crowd.js';
import { cutTo, readEntry, viewersOf, visibleParts, visibleSecrets } from './viewing.js';

/** Everybody who is up to date with a lot and has the same parties in it: they see the same, so they stand in one room. */
interface Audience {
  readonly room: string;
  readonly parties: readonly string[];
  /** Secret parts below the lot's `next` that they see: when it grows otherwise than by new entries, their rights have widened. */
  visible: number;
  members: number;
}

/**
 * The classes of a lot's followers. One new entry costs one question per class and part, and one text per set of visible parts; how many
 * follow the lot matters to the sockets alone.
 */
export class Audiences {
  readonly #audiences = new Map<string, Audience>();

  constructor(
    private readonly name: { readonly origin: string; readonly lot: string; readonly round: number },
    private readonly crowd: Crowd,
  ) {}

  /** Takes somebody in who has every entry below `next`; answers how many secret parts their class sees of those. */
  join(id: string, parties: readonly string[], run: LotRun, next: number): number {
    const key = keyOf(parties);
    const known = this.#audiences.get(key);
    const audience = known ?? {
      room: `${this.name.origin}#${key}`,
      parties,
      visible: visibleSecrets(run, viewersOf(run.state, parties), 0, next),
      members: 0,
    };
    this.#audiences.set(key, audience);
    audience.members += 1;
    this.crowd.join(id, audience.room);
    return audience.visible;
  }

  leave(id: string, parties: readonly string[]): void {
    const key = keyOf(parties);
    const audience = this.#audiences.get(key);
    if (audience === undefined) return;
    this.crowd.leave(id, audience.room);
    audience.members -= 1;
    if (audience.members === 0) this.#audiences.delete(key);
  }

  /** Sends entries that nobody here has yet, to each class what it may see. */
  send(entries: readonly SentEntry[], run: LotRun): void {
    const [first] = entries;
    if (first === undefined || this.#audiences.size === 0) return;
    const read = entries.map(readEntry);
    const from = first.header.seq;
    const same = new Map<string, { names: string[][]; rooms: string[] }>();
    for (const audience of this.#audiences.values()) {
      const viewers = viewersOf(run.state, audience.parties);
      const names = read.map((entry) => visibleParts(entry, run, viewers));
      audience.visible += visibleSecrets(run, viewers, from, from + entries.length);
      const key = JSON.stringify(names);
      const group = same.get(key) ?? { names, rooms: [] };
      group.rooms.push(audience.room);
      same.set(key, group);
    }
    const { lot, round } = this.name;
    for (const { names, rooms } of same.values()) {
      const cut = entries.map((entry, index) => cutTo(entry, names[index] ?? []));
      this.crowd.emit(rooms, 'entries:appended', { lot, round, entries: cut });
    }
  }

  /** Tells the classes whose rights to what they have already have changed: only folding again from the start puts it in its place. */
  compareRights(run: LotRun, next: number): void {
    const { lot, round } = this.name;
    for (const audience of this.#audiences.values()) {
      const visible = visibleSecrets(run, viewersOf(run.state, audience.parties), 0, next);
      if (visible === audience.visible) continue;
      audience.visible = visible;
      this.crowd.emit([audience.room], 'lot:refold', { lot, round });
    }
  }
}

export const keyOf = (parties: readonly string[]): string => parties.join(',');
