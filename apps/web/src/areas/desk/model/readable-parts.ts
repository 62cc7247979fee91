import {
  bidIndexOf,
  bidOf,
  disclosed,
  keysSecret,
  type LotState,
  manifestOf,
  mayReadBidPart,
  own,
  recoverBox,
  ringOf,
} from '@app/evaluation';
import type { BidBox, PartType } from '@app/sealing';

/** A part of an opened bid that this member may read now, with the key that the log discloses to him. */
export interface ReadablePart {
  readonly bid: string;
  readonly id: string;
  readonly type: PartType;
  /** As its bidder called it; null while the bid's index is closed to the members (两步开启). */
  readonly title: string | null;
  /** Null with {@link title}. */
  readonly media: string | null;
  readonly key: string;
}

/** What the opening sheet says stands in the record of the opening; the rest is read here, in the order of the review. */
const READ: readonly PartType[] = ['QUALIFICATION', 'TECHNICAL', 'COMMERCIAL', 'PRICE', 'ATTACHMENT'];

/**
 * The parts of a bidder's bid that a party may read now: those of which the rules say so (`mayReadBidPart`) and whose keys came with the log. The
 * order is that of the tabs.
 */
export function readableParts(state: LotState, party: string, bidder: string): ReadablePart[] {
  const bid = bidOf(state, bidder)?.bid;
  const seq = bid === undefined ? null : (own(state.opening.bids, bid)?.sheetSeq ?? null);
  if (bid === undefined || seq === null) return [];
  const viewer = { party, roles: own(state.parties, party)?.roles ?? [] };
  const named = bidIndexOf(state, bid)?.parts ?? [];
  return READ.filter((type) => mayReadBidPart(viewer, state, bid, type)).flatMap((type) =>
    Object.entries(keysOf(disclosed(state, seq, `x:${keysSecret(type)}`))).map(([id, key]) => {
      const known = named.find((part) => part.id === id);
      return { bid, id, type, title: known?.title ?? null, media: known?.media ?? null, key };
    }),
  );
}

function keysOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The outer box of an opened bid with its master, as the trustees' released keys give it; null before, and for a box that does not open. */
export function boxOfBid(state: LotState, bid: string): BidBox | null {
  const manifest = manifestOf(state, bid);
  const recovery = manifest === null ? null : recoverBox(ringOf(state), manifest);
  return manifest === null || recovery?.status !== 'recovered' ? null : { manifest, master: recovery.master };
}
