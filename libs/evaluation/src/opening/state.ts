/** Steps of the session (domain.md §6.1). */
export const OPENING_STEPS = [
  'WAITING',
  'STARTED',
  'LIST_PUBLISHED',
  'DECRYPTING',
  'COEFFICIENT_DRAW',
  'READ_OUT',
  'CONFIRMING',
  'RECORD_MADE',
  'CLOSED',
] as const;
export type OpeningStep = (typeof OPENING_STEPS)[number];

export type BidStatus = 'LOCKED' | 'EXTRACTED' | 'DECRYPTED' | 'OPENED' | 'FAILED_BIDDER_FAULT' | 'FAILED_OTHER_FAULT';
export type DecryptResult = 'OK' | 'WRONG_KEY' | 'CERT_EXPIRED' | 'FILE_CORRUPT' | 'TIMEOUT' | 'PLATFORM_ERROR';
export type FaultParty = 'BIDDER' | 'PLATFORM' | 'TENDERER' | 'CA' | 'FORCE_MAJEURE' | 'UNDETERMINED';

export interface OpenedBid {
  readonly status: BidStatus;
  readonly result: DecryptResult | null;
  readonly fault: FaultParty | null;
  /** When its present status was reached. */
  readonly at: string;
  /** Inner header that goes to the bidder, once extracted; base64url. */
  readonly innerHeader: string | null;
  /** Entry that disclosed the index and the opening sheet (`x:index`, `x:sheet`), when opened. */
  readonly sheetSeq: number | null;
}

/** 系数 K: contributions are committed, then opened; nobody who commits knows what the others will open. */
export interface Coefficient {
  readonly commits: Readonly<Record<string, string>>;
  /** From then on nothing is committed any more, only revealed. */
  readonly closedAt: string | null;
  readonly reveals: Readonly<Record<string, string>>;
  readonly seed: string | null;
  /** The drawn K, or the fixed one of the tender document; null where the method has none. */
  readonly value: string | null;
}

export interface OpeningObjection {
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
  coefficient: { commits: {}, closedAt: null, reveals: {}, seed: null, value: null },
  confirmations: {},
  objections: [],
  readOutAt: null,
  record: null,
  recordSignatures: {},
};
