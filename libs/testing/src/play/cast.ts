import type { JsonObject } from '@app/contracts';
import type { RecordedAct } from '@app/evaluation';
import { bidOf, listedBids } from '@app/evaluation';
import type { KeeperKey, MadeBid } from '@app/sealing';
import { generateKeeperKey } from '@app/sealing';
import type { LotPlan } from '../lots/index.js';
import type { Registry } from './registry.js';
import { Table } from './table.js';

/** A bidder at its own desk: what only it holds. */
export interface Desk {
  readonly letter: string;
  readonly price: string;
  readonly smallMicro: boolean;
  readonly coreBrand: string | null;
  readonly partners: JsonObject | null;
  readonly creditCode: string;
  readonly encryption: KeeperKey;
  made?: MadeBid & { readonly bid: string };
}

/** Everybody who plays a lot, with the keys that each keeps. */
export interface Play {
  readonly plan: LotPlan;
  readonly table: Table;
  readonly desks: readonly Desk[];
  /** `<party>/<purpose>` → key. */
  readonly keys: Map<string, KeeperKey>;
  /** Acts before the deadline, as the platform log holds them. */
  readonly acts: RecordedAct[];
}

export const NODES = ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] as const;

export const DEADLINE = '2026-03-24T01:30:00.000Z';

/**
 * `under`: the engines at hand and the one that founds the lot; the rules of these
 * sources unless it is given. `registry`: where somebody checks the signatures.
 */
export function seat(plan: LotPlan, round = 1, under?: Pick<Table, 'shelf' | 'founding'>, registry: Registry | null = null): Play {
  const table = new Table(plan.id, round, '2026-03-02T01:00:00.000Z', 'gongping.test', under?.shelf, under?.founding, registry);
  const desks = plan.bids.map(({ letter, price, smallMicro = false, coreBrand = null, partners = null }): Desk => ({
    letter,
    price,
    smallMicro,
    coreBrand,
    partners,
    creditCode: `91330784MA2${letter}000001`,
    encryption: generateKeeperKey(table.profile),
  }));
  return { plan, table, desks, keys: new Map(), acts: [] };
}

export const bidderOf = ({ table }: Play, desk: Desk): string => {
  const listed = listedBids(table.state).find(({ bid }) => bid === desk.made?.bid);
  if (listed === undefined) throw new Error(`${desk.letter} is not on the list`);
  return listed.bidder;
};
export const letterOf = (play: Play, bidder: string): string =>
  play.desks.find((desk) => desk.made?.bid === bidOf(play.table.state, bidder)?.bid)?.letter ?? '?';
