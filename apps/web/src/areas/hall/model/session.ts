import { hasReached, hasRole, isBefore, type LotState, type LotStatus, type OpeningStep, own } from '@app/evaluation';

/** Who looks: the host (主持人), one of the bidders, or anybody else. */
export interface Look {
  readonly kind: 'host' | 'bidder' | 'other';
  /** The party that looks; null for whoever has none here. */
  readonly party: string | null;
}

export function lookOf(state: LotState, mine: readonly string[]): Look {
  const host = partyAs(state, mine, 'agency');
  if (host !== null) return { kind: 'host', party: host };
  const bidder = partyAs(state, mine, 'bidder');
  return bidder === null ? { kind: 'other', party: mine[0] ?? null } : { kind: 'bidder', party: bidder };
}

/** The one of these parties that has this role; null: none. */
export const partyAs = (state: LotState, mine: readonly string[], role: Parameters<typeof hasRole>[2]): string | null =>
  mine.find((party) => hasRole(state, party, role)) ?? null;

/** The stage of the lot; of one that is suspended or has failed, the stage that it was in. */
const stageOf = ({ status, previous }: LotState): LotStatus =>
  (status === 'SUSPENDED' || status === 'LOT_FAILED') && previous !== null ? previous : status;

export const isBeforeDeadline = (state: LotState): boolean => isBefore(stageOf(state), 'SUBMISSION_CLOSED');
const isOver = (state: LotState): boolean => hasReached(stageOf(state), 'OPENED');

const HOST_STRIP = ['list', 'decrypt', 'readOut', 'record', 'end'] as const;
const STRIP = ['signIn', 'decrypt', 'readOut', 'confirm', 'end'] as const;
/** On which of the five each step of the session stands. */
const PLACES: Readonly<Record<OpeningStep, readonly [others: number, host: number]>> = {
  WAITING: [0, 0],
  STARTED: [0, 0],
  LIST_PUBLISHED: [1, 1],
  DECRYPTING: [1, 1],
  COEFFICIENT_DRAW: [2, 2],
  READ_OUT: [2, 2],
  CONFIRMING: [3, 3],
  RECORD_MADE: [4, 3],
  CLOSED: [5, 5],
};

interface StripMark {
  readonly step: (typeof STRIP)[number] | (typeof HOST_STRIP)[number];
  readonly place: 'past' | 'current' | 'ahead';
}

/** 签到→解密→唱标→确认→结束; for the host 公布投标人名单→解密→唱标→开标记录→结束. Nothing is current before the deadline, or after the end. */
export function stripOf(state: LotState, { kind, party }: Look): readonly StripMark[] {
  const steps = kind === 'host' ? HOST_STRIP : STRIP;
  const now = isOver(state) ? steps.length : isBeforeDeadline(state) ? -1 : placeNow(state, kind, party);
  return steps.map((step, at) => ({ step, place: at < now ? 'past' : at === now ? 'current' : 'ahead' }));
}

function placeNow({ opening: { step, recordSignatures } }: LotState, kind: Look['kind'], party: string | null): number {
  const [others, host] = PLACES[step];
  if (kind !== 'host') return others;
  // Whoever has signed the record has nothing left but to close.
  return step === 'RECORD_MADE' && party !== null && own(recordSignatures, party) !== undefined ? host + 1 : host;
}

/** What the hall says to everybody now. Words of the locale files: `hall.say.<name>`. */
type Saying =
  | 'before'
  | 'fewer'
  | 'failed'
  | 'suspended'
  | 'paused'
  | 'locked'
  | 'started'
  | 'listed'
  | 'decrypting'
  | 'drawing'
  | 'readOut'
  | 'confirming'
  | 'objected'
  | 'record'
  | 'closed';

const SAYINGS: Readonly<Record<OpeningStep, Saying>> = {
  WAITING: 'locked',
  STARTED: 'started',
  LIST_PUBLISHED: 'listed',
  DECRYPTING: 'decrypting',
  COEFFICIENT_DRAW: 'drawing',
  READ_OUT: 'readOut',
  CONFIRMING: 'confirming',
  RECORD_MADE: 'record',
  CLOSED: 'closed',
};

export function sayingOf(state: LotState): Saying {
  const { status, setup, opening } = state;
  if (status === 'LOT_FAILED') return setup.failure?.reason.startsWith('LT3') === true ? 'fewer' : 'failed';
  if (status === 'TERMINATED') return 'failed';
  if (status === 'SUSPENDED') return 'suspended';
  if (isOver(state)) return 'closed';
  if (isBeforeDeadline(state)) return 'before';
  if (opening.paused !== null) return 'paused';
  if (opening.step === 'CONFIRMING' && opening.objections.some(({ reply }) => reply === null)) return 'objected';
  return SAYINGS[opening.step];
}

/** Why the hall stands still, in the words of whoever stopped it; empty while it goes on. */
export const standstill = ({ status, setup, opening }: LotState): string => {
  if (status === 'SUSPENDED') return setup.suspension?.reason ?? '';
  return status === 'OPENING' ? (opening.paused?.reason ?? '') : '';
};
