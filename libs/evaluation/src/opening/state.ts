import { addMs } from '../law/calendar.js';
import { event } from '../kernel/slice.js';
import { type LotState, moveTo, own, withFault } from '../kernel/state.js';
import type { Contributions } from '../keepers/index.js';
import { zLotResumed } from '../lot/index.js';
import type { FAULT_PARTIES } from './commands.js';
import * as events from './events.js';

/** Steps of the session (domain.md §6.1). */
export type OpeningStep =
  'WAITING' | 'STARTED' | 'LIST_PUBLISHED' | 'DECRYPTING' | 'COEFFICIENT_DRAW' | 'READ_OUT' | 'CONFIRMING' | 'RECORD_MADE' | 'CLOSED';

export type BidStatus = 'LOCKED' | 'EXTRACTED' | 'DECRYPTED' | 'OPENED' | 'FAILED_BIDDER_FAULT' | 'FAILED_OTHER_FAULT';
export type DecryptResult = 'OK' | 'WRONG_KEY' | 'CERT_EXPIRED' | 'FILE_CORRUPT' | 'TIMEOUT' | 'PLATFORM_ERROR';
export type FaultParty = (typeof FAULT_PARTIES)[number];

export interface OpenedBid {
  readonly status: BidStatus;
  readonly result: DecryptResult | null;
  readonly fault: FaultParty | null;
  /** Why it failed; null for one that did not, and for what an earlier engine decided. */
  readonly explanation: string | null;
  /** When its present status was reached. */
  readonly at: string;
  /** Inner header that goes to the bidder, once extracted; base64url. */
  readonly innerHeader: string | null;
  /** Entry that disclosed the index and the opening sheet (`x:index`, `x:sheet`), when opened. */
  readonly sheetSeq: number | null;
}

/** 系数 K: contributions are sealed to the keepers and opened together. */
export interface Coefficient {
  /** Null until the contributors are named; others are a new version, never an edit. */
  readonly request: { readonly version: number; readonly contributors: readonly string[] } | null;
  readonly boxes: Contributions['boxes'];
  /** What counted, by contributor, once drawn. */
  readonly nonces: Readonly<Record<string, string>>;
  readonly seed: string | null;
  /** The drawn K, or the fixed one of the tender document; null where the method has none. */
  readonly value: string | null;
}

/** What a person found of a bid that was not opened; it counts when another person has signed too. */
export interface Finding {
  /** Command that recorded it. */
  readonly id: string;
  readonly by: string;
  readonly bid: string;
  readonly at: string;
  readonly result: DecryptResult;
  readonly fault: FaultParty;
  readonly explanation: string;
  readonly countersignedBy: string | null;
}

interface OpeningObjection {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly reply: string | null;
}

export interface OpeningState {
  readonly step: OpeningStep;
  readonly startedAt: string | null;
  readonly host: string | null;
  readonly paused: { readonly at: string; readonly reason: string } | null;
  /** End of the decryption window; moves with every extraction, pause and extension. */
  readonly decryptUntil: string | null;
  readonly confirmUntil: string | null;
  readonly signedIn: Readonly<Record<string, string>>;
  /** Organisation names, public from the publication of the list. */
  readonly names: Readonly<Record<string, string>>;
  readonly bids: Readonly<Record<string, OpenedBid>>;
  /** Last finding of each bid. */
  readonly findings: Readonly<Record<string, Finding>>;
  readonly coefficient: Coefficient;
  readonly confirmations: Readonly<Record<string, string>>;
  readonly objections: readonly OpeningObjection[];
  readonly readOutAt: string | null;
  /** Hash of the opening record, and the entry whose part `d:record` is it. */
  readonly record: { readonly hash: string; readonly seq: number } | null;
  readonly recordSignatures: Readonly<Record<string, string>>;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly opening: OpeningState;
  }
}

export const initialOpening: OpeningState = {
  step: 'WAITING',
  startedAt: null,
  host: null,
  paused: null,
  decryptUntil: null,
  confirmUntil: null,
  signedIn: {},
  names: {},
  bids: {},
  findings: {},
  coefficient: { request: null, boxes: {}, nonces: {}, seed: null, value: null },
  confirmations: {},
  objections: [],
  readOutAt: null,
  record: null,
  recordSignatures: {},
};

const opening = (state: LotState, change: Partial<OpeningState>): LotState => ({ ...state, opening: { ...state.opening, ...change } });
const coefficient = (state: LotState, change: Partial<Coefficient>): LotState =>
  opening(state, { coefficient: { ...state.opening.coefficient, ...change } });

function bid(state: LotState, id: string, change: Partial<OpenedBid>): LotState {
  const before = own(state.opening.bids, id);
  if (before === undefined) return withFault(state, `no bid ${id}`);
  return opening(state, { bids: { ...state.opening.bids, [id]: { ...before, ...change } } });
}

const found = (state: LotState, finding: Finding): LotState =>
  opening(state, { findings: { ...state.opening.findings, [finding.bid]: finding } });

/** Windows that were running last as much longer as time was lost (domain.md §6.3). */
const withTimeLost = (state: LotState, lostMs: number): LotState =>
  opening(state, {
    decryptUntil: state.opening.decryptUntil === null ? null : addMs(state.opening.decryptUntil, lostMs),
    confirmUntil: state.opening.confirmUntil === null ? null : addMs(state.opening.confirmUntil, lostMs),
  });

const locked = (at: string): OpenedBid => ({
  status: 'LOCKED',
  result: null,
  fault: null,
  explanation: null,
  at,
  innerHeader: null,
  sheetSeq: null,
});

const session = {
  'opening.started': event({
    schema: events.zStarted,
    evolve: (state, { at, host }) => {
      const moved = moveTo(opening(state, { step: 'STARTED', startedAt: at, host }), 'OPENING');
      return { ...moved, setup: { ...moved.setup, isPublic: true } };
    },
  }),
  'opening.signed-in': event({
    schema: events.zSignedIn,
    evolve: (state, { at, party }) => opening(state, { signedIn: { ...state.opening.signedIn, [party]: at } }),
  }),
  'opening.list-published': event({
    schema: events.zListPublished,
    evolve: (state, { at, bidders }) => {
      const bids = Object.fromEntries(Object.keys(state.bidding.bids).map((id) => [id, locked(at)]));
      const names = Object.fromEntries(bidders.map(({ party, name }) => [party, name]));
      return opening(state, { step: 'LIST_PUBLISHED', names, bids });
    },
  }),
  'opening.paused': event({ schema: events.zPaused, evolve: (state, { at, reason }) => opening(state, { paused: { at, reason } }) }),
  'opening.resumed': event({
    schema: events.zResumed,
    evolve: (state, { lostMs }) => withTimeLost(opening(state, { paused: null }), lostMs),
  }),
  'opening.window-extended': event({
    schema: events.zWindowExtended,
    evolve: (state, { until }) => opening(state, state.opening.step === 'CONFIRMING' ? { confirmUntil: until } : { decryptUntil: until }),
  }),
} as const;

const decryption = {
  'opening.bid-extracted': event({
    schema: events.zBidExtracted,
    evolve: (state, { at, bid: id, innerHeader, until }) =>
      opening(bid(state, id, { status: 'EXTRACTED', innerHeader, at }), { step: 'DECRYPTING', decryptUntil: until }),
  }),
  'opening.bid-decrypted': event({
    schema: events.zBidDecrypted,
    evolve: (state, { at, bid: id }) => bid(state, id, { status: 'DECRYPTED', result: 'OK', at }),
  }),
  'opening.bid-opened': event({
    schema: events.zBidOpened,
    evolve: (state, { at, bid: id }, { header: { seq } }) => bid(state, id, { status: 'OPENED', sheetSeq: seq, at }),
  }),
  'opening.bid-failed': event({
    schema: events.zBidFailed,
    // 电子招标投标办法 31: by the bidder's fault the bid counts as revoked, by another's as withdrawn; the other bids go on.
    evolve: (state, { at, bid: id, result, fault, explanation }) =>
      opening(
        bid(state, id, { status: fault === 'BIDDER' ? 'FAILED_BIDDER_FAULT' : 'FAILED_OTHER_FAULT', result, fault, explanation, at }),
        {
          step: state.opening.step === 'LIST_PUBLISHED' ? 'DECRYPTING' : state.opening.step,
        },
      ),
  }),
  'opening.finding-recorded': event({
    schema: events.zFindingRecorded,
    evolve: (state, { type: _, ...finding }) => found(state, { ...finding, countersignedBy: null }),
  }),
  'opening.finding-countersigned': event({
    schema: events.zFindingCountersigned,
    evolve: (state, { bid: id, party }) => {
      const finding = own(state.opening.findings, id);
      return finding === undefined ? withFault(state, `no finding of bid ${id}`) : found(state, { ...finding, countersignedBy: party });
    },
  }),
  'opening.decryption-closed': event({
    schema: events.zDecryptionClosed,
    evolve: (state, { next, k }) => coefficient(opening(state, { step: next, decryptUntil: null }), { value: k }),
  }),
} as const;

const draw = {
  'opening.contributors-named': event({
    schema: events.zContributorsNamed,
    // No box can be opened yet: what was sealed for other contributors counts no more.
    evolve: (state, { version, contributors }) => coefficient(state, { request: { version, contributors }, boxes: {} }),
  }),
  'opening.contributed': event({
    schema: events.zContributed,
    evolve: (state, { party, manifest }, { header: { seq } }) =>
      coefficient(state, { boxes: { ...state.opening.coefficient.boxes, [party]: { seq, manifest } } }),
  }),
  'opening.coefficient-drawn': event({
    schema: events.zCoefficientDrawn,
    evolve: (state, { seed, value, nonces }) => opening(coefficient(state, { seed, value, nonces }), { step: 'READ_OUT' }),
  }),
} as const;

const record = {
  'opening.read-out': event({
    schema: events.zReadOut,
    evolve: (state, { at, until }) => opening(state, { step: 'CONFIRMING', readOutAt: at, confirmUntil: until }),
  }),
  'opening.confirmed': event({
    schema: events.zConfirmed,
    evolve: (state, { at, party }) => opening(state, { confirmations: { ...state.opening.confirmations, [party]: at } }),
  }),
  'opening.objected': event({
    schema: events.zObjected,
    evolve: (state, { at, id, party, text }) =>
      opening(state, { objections: [...state.opening.objections, { id, by: party, at, text, reply: null }] }),
  }),
  'opening.replied': event({
    schema: events.zReplied,
    evolve: (state, { id, text }) =>
      opening(state, { objections: state.opening.objections.map((known) => (known.id === id ? { ...known, reply: text } : known)) }),
  }),
  'opening.record-made': event({
    schema: events.zRecordMade,
    evolve: (state, { hash }, { header: { seq } }) => opening(state, { step: 'RECORD_MADE', record: { hash, seq }, confirmUntil: null }),
  }),
  'opening.record-signed': event({
    schema: events.zRecordSigned,
    evolve: (state, { at, party }) => opening(state, { recordSignatures: { ...state.opening.recordSignatures, [party]: at } }),
  }),
  'opening.closed': event({ schema: events.zClosed, evolve: (state) => moveTo(opening(state, { step: 'CLOSED' }), 'OPENED') }),
} as const;

/** A suspension takes time from the windows as a pause does. */
export const openingFollows = {
  'lot.resumed': event({ schema: zLotResumed, evolve: (state, { lostMs }) => withTimeLost(state, lostMs) }),
} as const;

export const openingEvents = { ...session, ...decryption, ...draw, ...record };
