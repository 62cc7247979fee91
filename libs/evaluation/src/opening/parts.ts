import type { JsonObject, JsonValue, Viewer } from '@app/contracts';
import { canonicalText, parseCanonical } from '@app/contracts';
import type { BidIndex, DeliveredBid, OpenedBid, PartType } from '@app/sealing';
import { PART_TYPES, partKeys, readBidIndex } from '@app/sealing';
import { actOf, zOpenedSheet } from '../bidding/index.js';
import { profileFor } from '../lot/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { disclosed, disclosedAll, hasRole, isObject, type LotState, own } from '../kernel/state.js';
import { arePricesLocked, isMemberViewer } from './selectors.js';

/** File key that the bidder of this bid gave; null before, and for whoever may not see it. */
export function fileKeyOf(state: LotState, bid: string): string | null {
  const bidder = own(state.bidding.bids, bid)?.bidder;
  const found = disclosedAll(state, 'x:file-key').find(({ seq }) => own(state.secretEntries, String(seq))?.party === bidder);
  return typeof found?.value === 'string' ? found.value : null;
}

/** What the bidder signed and gave: what an opened bid is compared with. Null while something of it is not known. */
export function deliveredBid(state: LotState, bid: string): DeliveredBid | null {
  const listed = own(state.bidding.bids, bid);
  const act = actOf(state, bid);
  const fileKey = fileKeyOf(state, bid);
  if (listed === undefined || act === null || fileKey === null) return null;
  const { innerHeaderHash, indexCommitment } = listed;
  return { origin: state.origin, bidder: act.creditCode, bid, fileKey, innerHeaderHash, indexCommitment };
}

/** Index of an opened bid; null before, and for whoever may not see it. */
export function bidIndexOf(state: LotState, bid: string): BidIndex | null {
  const opened = own(state.opening.bids, bid);
  const index = opened?.status === 'OPENED' && opened.sheetSeq !== null ? disclosed(state, opened.sheetSeq, 'x:index') : undefined;
  return index === undefined ? null : readBidIndex(canonicalText(index));
}

/** Secret of `opening.open-bid` that holds the keys of the parts of a type, by part: `keys-price` … */
export const keysSecret = (type: PartType): string => `keys-${type.toLowerCase().replaceAll('_', '-')}`;
export const typeOfKeys = (secret: string): PartType | undefined => PART_TYPES.find((type) => keysSecret(type) === secret);

/** The secrets that disclose a bid part by part; none for a bid of form 1, whose parts have no keys of their own. */
export function partKeySecrets(state: LotState, index: BidIndex, fileKey: string): Record<string, Record<string, string>> {
  const keys = partKeys(profileFor(state), index, fileKey);
  return Object.fromEntries(PART_TYPES.flatMap((type) => (keys[type] === undefined ? [] : [[keysSecret(type), keys[type]]])));
}

/** The opening sheet of a bid as a value, of whatever form; null when its text is no canonical JSON object. */
export function sheetOfText(text: string): JsonObject | null {
  try {
    const value = parseCanonical(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** What `opening.open-bid` discloses of a bid: keys of its parts only when it has an opening sheet that can be read out. */
export function bidSecrets(state: LotState, { index, texts }: OpenedBid, sheet: JsonObject, fileKey: string): Record<string, JsonValue> {
  const keys = zOpenedSheet.safeParse(sheet).success ? partKeySecrets(state, index, fileKey) : {};
  return { index: parseCanonical(texts.index), sheet, ...keys };
}

/** Parts that are a price, or of which nobody has said that they are none. */
const PRICED: readonly PartType[] = ['OPENING_SHEET', 'PRICE', 'ATTACHMENT'];
const EVALUATION_STATES: readonly string[] = ['EVALUATING', 'REPORT_SIGNING', 'RE_EVALUATION'];

/**
 * Who may read the parts of this type of an opened bid: its bidder, the supervisor and the main venue's node all of them; members while
 * they evaluate, prices with the delay of {@link arePricesLocked}; nobody else. A blind part (暗标) goes to no member while the platform can
 * not show it under a code in place of the bidder's name.
 */
export function mayReadBidPart(viewer: Viewer, state: LotState, bid: string, type: PartType): boolean {
  const { party } = viewer;
  const listed = own(state.bidding.bids, bid);
  if (listed === undefined || party === null || own(state.opening.bids, bid)?.status !== 'OPENED') return false;
  if (party === listed.bidder || party === MAIN_NODE || hasRole(state, party, 'supervisor')) return true;
  const sits = own(state.committee.present, party)?.pledgedAt ?? null;
  if (sits === null || !isMemberViewer({ party, roles: own(state.parties, party)?.roles ?? [] })) return false;
  if (type === 'BLIND_TECHNICAL' || !EVALUATION_STATES.includes(state.status)) return false;
  return !PRICED.includes(type) || !arePricesLocked(state);
}
