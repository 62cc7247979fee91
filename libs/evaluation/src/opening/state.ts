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
  /** Entry that disclosed the opening sheet, when opened. */
  readonly sheetSeq: number | null;
}

export interface OpeningState {
  readonly step: OpeningStep;
  readonly startedAt: string | null;
  readonly paused: { readonly at: string; readonly reason: string } | null;
  readonly pausedMs: number;
  readonly decryptUntil: string | null;
  readonly confirmUntil: string | null;
  readonly signedIn: Readonly<Record<string, string>>;
  readonly bids: Readonly<Record<string, OpenedBid>>;
  readonly coefficient: {
    readonly commits: Readonly<Record<string, string>>;
    readonly reveals: Readonly<Record<string, string>>;
    /** The drawn K, or the fixed one. */
    readonly value: string | null;
    readonly seed: string | null;
  };
  readonly confirmations: Readonly<Record<string, string>>;
  readonly objections: readonly { readonly id: string; readonly by: string; readonly at: string; readonly text: string; readonly reply: string | null }[];
  readonly record: string | null;
  readonly recordSignatures: Readonly<Record<string, string>>;
}

export const initialOpening: OpeningState = {
  step: 'WAITING',
  startedAt: null,
  paused: null,
  pausedMs: 0,
  decryptUntil: null,
  confirmUntil: null,
  signedIn: {},
  bids: {},
  coefficient: { commits: {}, reveals: {}, value: null, seed: null },
  confirmations: {},
  objections: [],
  record: null,
  recordSignatures: {},
};
