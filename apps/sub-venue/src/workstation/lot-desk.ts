import type { EntryPage, Head, LotSummary, SentEntry, Viewer } from '@app/contracts';
import { PART } from '@app/contracts';
import type { JsonValue } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { audience, disclosed, nextLimit, secretEntryOf, seesSkeletons } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { Replica } from '../replica/replica.js';
import type { Replicas } from '../replica/replicas.js';
import type { Seat, SiteTrust } from '../site/site-trust.js';

export const ENTRY_PAGE_MAX = 1_000;

/** Whoever reads: a person seated here, or null for the public. */
export type Reader = { readonly person: { readonly id: string } } | null;

/** Reads lots for the workstations, from this site's replicas and by the same rules as the main venue. */
export class LotDesk {
  constructor(
    private readonly replicas: Replicas,
    private readonly trust: SiteTrust,
  ) {}

  /** Lots in which this person is seated here. */
  mine(reader: NonNullable<Reader>): LotSummary[] {
    const seats = Map.groupBy(this.trust.seatsOf(reader.person.id), ({ origin }) => origin);
    return this.replicas.all().flatMap((replica) => {
      const mine = seats.get(replica.origin);
      return mine === undefined ? [] : [summaryOf(replica, mine)];
    });
  }

  /** Lots that everybody may see. */
  open(): LotSummary[] {
    return this.replicas
      .all()
      .filter(({ state }) => state.setup.isPublic)
      .map((replica) => summaryOf(replica, []));
  }

  /** The replica and the viewers this reader is there. Throws NOT_FOUND where he may not know of the lot. */
  seen(lot: string, round: number, reader: Reader): { replica: Replica; viewers: readonly Viewer[] } {
    const replica = this.replicas.ofLot(lot, round);
    const viewers = this.viewersOf(replica, reader);
    if (!viewers.some((viewer) => seesSkeletons(replica.state, viewer)))
      throw new DomainError('NOT_FOUND', 'There is no such lot here, or you have no part in it.');
    return { replica, viewers };
  }

  /** Whoever holds several seats sees what any of them may see. */
  viewersOf(replica: Replica, reader: Reader): Viewer[] {
    const seats = reader === null ? [] : this.trust.seatsOf(reader.person.id).filter(({ origin }) => origin === replica.origin);
    const { parties } = replica.state;
    return seats.length === 0 ? [{ party: null, roles: [] }] : seats.map(({ party }) => ({ party, roles: parties[party]?.roles ?? [] }));
  }

  async page(lot: string, round: number, reader: Reader, from: number, limit: number): Promise<EntryPage> {
    const { replica, viewers } = this.seen(lot, round, reader);
    const entries = await replica.entries(from, Math.min(limit, ENTRY_PAGE_MAX));
    const state = await replica.folded();
    const end = from + entries.length;
    return {
      origin: replica.origin,
      size: replica.size,
      entries: entries.map((entry) => sentTo(entry, state, viewers)),
      next: entries.length > 0 && end < replica.size ? end : null,
    };
  }

  /** The newest checkpoint that this site's replica fits; empty before the first one. */
  head(lot: string, round: number, reader: Reader): Head {
    const { origin, checkpoint } = this.seen(lot, round, reader).replica;
    return { origin, checkpoint: checkpoint ?? '' };
  }
}

/** The entry with the parts that these viewers may see, as the lot now stands. */
export function sentTo(entry: SentEntry, state: LotState, viewers: readonly Viewer[]): SentEntry {
  const skeleton = entry.parts[PART.skeleton];
  const parts: Record<string, JsonValue> = skeleton === undefined ? {} : { [PART.skeleton]: JSON.parse(skeleton.text) as JsonValue };
  const secret = secretEntryOf({ header: entry.header, parts });
  const visible = Object.entries(entry.parts).filter(([part]) => viewers.some((viewer) => audience(viewer, state, secret, part)));
  return { header: entry.header, parts: Object.fromEntries(visible) };
}

/** Secret parts below `end` that these viewers may see and that are here: grows when rights widen. */
export function visibleSecrets(state: LotState, viewers: readonly Viewer[], end: number): number {
  let count = 0;
  for (const [seq, entry] of Object.entries(state.secretEntries)) {
    if (Number(seq) >= end) continue;
    for (const name of Object.keys(entry.header.parts))
      if (disclosed(state, Number(seq), name) !== undefined && viewers.some((viewer) => audience(viewer, state, entry, name))) count += 1;
  }
  return count;
}

export function summaryOf({ name, size, state }: Replica, seats: readonly Seat[]): LotSummary {
  const { code, name: title, regime } = state.setup;
  return {
    ...name,
    code,
    name: title,
    regime,
    status: state.status,
    size,
    updatedAt: state.at ?? '1970-01-01T00:00:00.000Z',
    nextLimit: nextLimit(state),
    parties: seats.map(({ party, roles }) => ({ party, roles: [...roles] })),
  };
}
