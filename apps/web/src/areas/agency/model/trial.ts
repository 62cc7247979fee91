import { type JsonObject, zDecimal } from '@app/contracts';
import { aggregate, type Result, zCreate, zPositive } from '@app/evaluation';

/** A bid that nobody made: what it would cost, and the points that members would give it for everything but the price. */
export interface InventedBid {
  readonly name: string;
  readonly price: string;
  readonly others: string;
  readonly smallMicro: boolean;
  readonly domestic: boolean;
}

/** `ROWS`: fewer than one bid, a name twice, or a figure that is none, of `name`. `RULES`: the document's figures are not whole yet. */
export type Trial =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly code: 'RULES' | 'ROWS' | 'E_NOT_RANKABLE'; readonly name: string };

/** Who gives all points of a trial: what members do to each other's points is no question of prices. */
const MEMBER = 'member';
const NOBODY_DROPPED = { low: 0, high: 0 };

/** Values that K may be drawn from; none where it is fixed or there is none. */
export function drawnValuesOf(rules: JsonObject | undefined): readonly string[] {
  const price = zCreate.shape.rules.safeParse(rules).data?.price;
  return price !== undefined && 'k' in price && 'drawn' in price.k ? price.k.drawn : [];
}

/**
 * 试算: the document's own calculation over invented bids, as `scoring.aggregate` makes it of real ones. What a lot draws is chosen here: `k`
 * where K is drawn, and the order of the rows where only a draw would decide.
 */
export function tryOut(rules: JsonObject | undefined, bids: readonly InventedBid[], k: string | null): Trial {
  const read = zCreate.shape.rules.safeParse(rules);
  if (!read.success) return { ok: false, code: 'RULES', name: '' };
  const wrong = bids.find((bid, index) => !isWhole(bid) || bids.findIndex(({ name }) => name === bid.name) !== index);
  if (bids.length === 0 || wrong !== undefined) return { ok: false, code: 'ROWS', name: wrong?.name ?? '' };
  const item = read.data.items[0]?.id;
  const priced = bids.map(({ name: party, price, smallMicro, domestic }) => ({
    party,
    price,
    smallMicro,
    smallPartner: false,
    domestic,
    brand: null,
  }));
  const found = aggregate({
    rules: { ...read.data, memberTrim: NOBODY_DROPPED },
    ties: [],
    k: drawnValuesOf(rules).length === 0 ? null : k,
    bids: priced,
    expired: [],
    reviewed: priced,
    members: [MEMBER],
    scores: { [MEMBER]: Object.fromEntries(bids.map(({ name, others }) => [name, item === undefined ? {} : { [item]: others }])) },
    drawPlace: (party) => String(bids.findIndex(({ name }) => name === party)).padStart(2, '0'),
  });
  if ('code' in found) return { ok: false, code: 'E_NOT_RANKABLE', name: '' };
  return { ok: true, result: found.result };
}

const isWhole = ({ name, price, others }: InventedBid): boolean =>
  name !== '' && zPositive.safeParse(price).success && zDecimal.safeParse(others).success;
