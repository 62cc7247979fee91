import type { EntryPage, ExpertCall, Head, LotSummary, Task, Viewer } from '@app/contracts';
import { FINAL_STATUSES, GATHERING_STATES, isOnlyCalled, own, placeOf } from '@app/evaluation';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { SessionFacts } from '../sessions/session-facts.js';
import type { HeldLot } from './lot-source.js';
import { LotSource } from './lot-source.js';
import { seenAs, sentTo, viewersOf } from './viewing.js';

/** Entries in one page. */
export const ENTRY_PAGE_MAX = 1_000;
/** No log has so many entries: their numbers, with a page behind them, are integers of PostgreSQL. */
const BEYOND_ANY = 2 ** 31 - 1 - ENTRY_PAGE_MAX;

/** Lots that are asked for tasks, those that moved last: each is folded for it. */
const TASK_LOTS_MAX = 50;
const OVER: ReadonlySet<string> = new Set(FINAL_STATUSES);

/** A lot with whom somebody is in it. */
export interface OpenLot {
  readonly held: HeldLot;
  readonly parties: readonly string[];
  readonly viewers: readonly Viewer[];
}

/** What a venue shows of its lots to whoever asks. */
@Injectable()
export class Lots {
  constructor(private readonly source: LotSource) {}

  /** Throws NOT_FOUND for a lot that does not exist or that the asker may not know of: both look the same. */
  async open(lot: string, round: number, session: SessionFacts | null): Promise<OpenLot> {
    const held = await this.source.find(lot, round);
    const parties = held === null ? [] : seenAs(held, session);
    const viewers = held === null ? [] : viewersOf(held.run.state, parties);
    if (held === null || !viewers.some((viewer) => held.run.admits(viewer)))
      throw new DomainError('NOT_FOUND', `There is no lot ${lot} with round ${String(round)} here, or you have no part in it.`);
    return { held, parties, viewers };
  }

  /** A page of entries, cut down part by part. Throws NOT_FOUND, BEYOND_LOG. */
  async page(lot: string, round: number, session: SessionFacts | null, from: number, limit: number): Promise<EntryPage> {
    const { held } = await this.open(lot, round, session);
    const stored = await this.source.entries(held.origin, Math.min(from, BEYOND_ANY), Math.min(limit, ENTRY_PAGE_MAX));
    // Rights are those of now: the state is read after the entries, so that none is shown by an older state's rules.
    const now = await this.open(lot, round, session);
    const size = await now.held.size();
    atMost(from, size);
    const entries = stored.filter(({ header }) => header.seq < size);
    const end = from + entries.length;
    return {
      origin: held.origin,
      size,
      entries: entries.map((entry) => sentTo(entry, now.held.run, now.viewers)),
      next: entries.length > 0 && end < size ? end : null,
    };
  }

  /** The newest checkpoint; empty before the first one. Throws NOT_FOUND. */
  async head(lot: string, round: number, session: SessionFacts | null): Promise<Head> {
    const { held } = await this.open(lot, round, session);
    return (await this.source.head(held.origin)) ?? { origin: held.origin, checkpoint: '' };
  }

  /** Lots in which this person has a part that he knows of. */
  async mine(session: SessionFacts): Promise<LotSummary[]> {
    const lots = await Promise.all((await this.source.mine(session)).map((summary) => this.#asKnown(summary)));
    return lots.filter((summary) => summary.parties.length > 0);
  }

  /** Calls that this person accepted as an expert and has not signed in for. */
  async calls(session: SessionFacts): Promise<ExpertCall[]> {
    const found: ExpertCall[] = [];
    for (const { lot, round, parties } of await this.source.mine(session)) {
      if (!parties.some(isExpert)) continue;
      const held = await this.source.find(lot, round);
      if (held !== null) found.push(...parties.flatMap((part) => callOf(held, part.party)));
    }
    return found;
  }

  /** What this person's lots wait for from him now. */
  async tasks(session: SessionFacts): Promise<Task[]> {
    const going = (await this.mine(session)).filter(({ status }) => !OVER.has(status)).slice(0, TASK_LOTS_MAX);
    const found: Task[] = [];
    for (const { lot, round, name, regime, parties } of going) {
      const held = await this.source.find(lot, round);
      if (held === null) continue;
      for (const { party } of parties)
        found.push(...held.run.owed(party).map(({ command, until }) => ({ lot, round, name, regime, party, command, until })));
    }
    return found;
  }

  /** Without the parties whose person was only called yet. */
  async #asKnown(summary: LotSummary): Promise<LotSummary> {
    const { lot, round, parties } = summary;
    const drawn = parties.filter(isDrawn);
    if (drawn.length === 0) return summary;
    const held = await this.source.find(lot, round);
    return {
      ...summary,
      parties: parties.filter((part) => !isDrawn(part) || (held !== null && !isOnlyCalled(held.run.state, part.party))),
    };
  }

  all(): Promise<LotSummary[]> {
    return this.source.open();
  }
}

/** Throws BEYOND_LOG. */
export function atMost(from: number, size: number): void {
  if (from > size)
    throw new DomainError('BEYOND_LOG', `The log has ${String(size)} entries here; number ${String(from)} is beyond its end.`);
}

type Part = LotSummary['parties'][number];
const isExpert = ({ roles }: Part): boolean => roles.includes('expert');
/** Is an expert, or may have been one: who has left has no role any more. */
const isDrawn = (part: Part): boolean => isExpert(part) || part.roles.length === 0;

/** The call behind this party of an expert who has not signed in; none for anybody else. */
function callOf({ lot, round, origin, run }: HeldLot, party: string): ExpertCall[] {
  const { state } = run;
  const facts = own(state.parties, party);
  const { venue, seat } = placeOf(state, party);
  const { schedule, venues } = state.setup;
  if (facts?.roles.includes('expert') !== true || venue === null || schedule === null || !isOnlyCalled(state, party)) return [];
  const city = venues.find((plan) => plan.venue === venue)?.city ?? '';
  const signIn = GATHERING_STATES.includes(state.status) ? { lot, round, origin, party, isKeyed: run.takes('committee.bind-key') } : null;
  return [{ from: schedule.deadline, venue, city, seat, signIn }];
}
