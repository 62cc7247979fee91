import { BIDS_PURPOSE } from '@app/sealing';
import { bidOf, openDocumentObjections } from '../bidding/index.js';
import { isReleased, ringOf } from '../keepers/index.js';
import { unrecordedSecurities } from '../security/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, type Purpose, type RunningLimit, limit } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import type { LotStatus } from '../kernel/status.js';
import {
  areBidsOpenable,
  COEFFICIENT_PURPOSE,
  contributionsToK,
  drawnValues,
  isKContributed,
  openedBidders,
  pendingFindings,
} from './selectors.js';
import type { BidStatus } from './state.js';

/** Who owes what at the opening (domain.md §6.1). */
export function openingDuties(state: LotState, party: string): Duty[] {
  const { opening, status } = state;
  const isHost = hasRole(state, party, 'agency');
  if (status === 'SUBMISSION_CLOSED') return isHost && openDocumentObjections(state).length === 0 ? [duty('opening.start')] : [];
  if (status !== 'OPENING' || opening.paused !== null) return [];
  return [...contributions(state, party), ...ofRole(state, party, isHost)];
}

function ofRole(state: LotState, party: string, isHost: boolean): Duty[] {
  const { opening } = state;
  if (party === MAIN_NODE) return ofNode(state);
  if (hasRole(state, party, 'bidder')) return ofBidder(state, party);
  const duties: Duty[] = [];
  // Whoever attended is asked for the record's signature.
  if (hasRole(state, party, 'tenderer') || hasRole(state, party, 'witness')) duties.push(...signIn(state, party));
  if (isHost && opening.step === 'STARTED') duties.push(duty('opening.publish-list'));
  if (isHost && opening.step === 'COEFFICIENT_DRAW' && opening.coefficient.request === null) duties.push(duty('opening.name-contributors'));
  if (isHost && opening.step === 'READ_OUT' && unrecordedSecurities(state).length === 0) duties.push(duty('opening.read-out'));
  if (isHost) duties.push(...opening.objections.flatMap(({ id, reply }) => (reply === null ? [duty('opening.reply', id)] : [])));
  if (opening.step !== 'RECORD_MADE' && (hasRole(state, party, 'witness') || hasRole(state, party, 'supervisor')))
    duties.push(...pendingFindings(state).map(({ id }) => duty('opening.countersign-finding', id)));
  const signs =
    isHost || hasRole(state, party, 'tenderer') || (hasRole(state, party, 'witness') && own(opening.signedIn, party) !== undefined);
  if (opening.step === 'RECORD_MADE' && signs && own(opening.recordSignatures, party) === undefined)
    duties.push(duty('opening.sign-record'));
  if (opening.step === 'RECORD_MADE' && isHost && own(opening.recordSignatures, party) !== undefined) duties.push(duty('opening.close'));
  return duties;
}

/** 签到, until the record is made that says who was there. */
const signIn = ({ opening: { step, signedIn } }: LotState, party: string): Duty[] =>
  own(signedIn, party) === undefined && step !== 'RECORD_MADE' && step !== 'CLOSED' ? [duty('opening.sign-in')] : [];

function ofNode(state: LotState): Duty[] {
  switch (state.opening.step) {
    case 'LIST_PUBLISHED':
    case 'DECRYPTING':
      return atDecryption(state);
    case 'COEFFICIENT_DRAW':
      return isKContributed(state) && isReleased(state, COEFFICIENT_PURPOSE) ? [duty('opening.open-contributions')] : [];
    case 'CONFIRMING':
      return atRecord(state);
    default:
      return [];
  }
}

function atDecryption(state: LotState): Duty[] {
  const { step, bids, decryptUntil } = state.opening;
  if (!isReleased(state, BIDS_PURPOSE)) return [];
  const of = (status: BidStatus): string[] => Object.keys(bids).filter((bid) => bids[bid]?.status === status);
  const work = [
    ...of('LOCKED').map((bid) => duty('opening.extract-bid', bid)),
    ...of('DECRYPTED').map((bid) => duty('opening.open-bid', bid)),
  ];
  if (work.length > 0 || step === 'LIST_PUBLISHED') return work;
  return [duty('opening.close-decryption', '', of('EXTRACTED').length > 0 ? decryptUntil : null)];
}

/** The nonces of those who are named. */
function contributions(state: LotState, party: string): Duty[] {
  const { contributors, boxes } = contributionsToK(state);
  if (state.opening.step !== 'COEFFICIENT_DRAW' || ringOf(state).keepers(COEFFICIENT_PURPOSE).missing !== null) return [];
  return contributors.includes(party) && own(boxes, party) === undefined ? [duty('opening.contribute')] : [];
}

/** 电子招标投标办法 32: the platform makes the record. Silence through the whole window is no objection. */
function atRecord(state: LotState): Duty[] {
  const { confirmUntil, confirmations, objections } = state.opening;
  if (objections.some(({ reply }) => reply === null)) return [];
  const isSilent = openedBidders(state).some((bidder) => own(confirmations, bidder) === undefined);
  return [duty('opening.make-record', '', isSilent ? confirmUntil : null)];
}

function ofBidder(state: LotState, party: string): Duty[] {
  const { step, confirmations, recordSignatures, bids, confirmUntil, decryptUntil } = state.opening;
  const duties = signIn(state, party);
  const mine = bidOf(state, party)?.bid ?? '';
  if (own(bids, mine)?.status === 'EXTRACTED') duties.push(duty('opening.decrypt-bid', mine, null, decryptUntil));
  if (step === 'CONFIRMING' && own(confirmations, party) === undefined) duties.push(duty('opening.confirm', '', null, confirmUntil));
  if (step === 'RECORD_MADE' && own(recordSignatures, party) === undefined) duties.push(duty('opening.sign-record'));
  return duties;
}

export const openingLimits = ({ status, opening }: LotState): RunningLimit[] =>
  status === 'OPENING' ? [...limit('decryption', opening.decryptUntil), ...limit('confirmation', opening.confirmUntil)] : [];

/** States in which keepers owe their keys for the draw of K, so that nobody waits for them when it begins. */
const BEFORE_K: readonly LotStatus[] = ['PUBLISHED', 'SUBMISSION_OPEN', 'SUBMISSION_CLOSED', 'OPENING'];

/** Bids are sealed to the trustees' keys from the first day, so these stand before the publication. */
export const openingPurposes = (state: LotState): Purpose[] => [
  {
    family: BIDS_PURPOSE,
    current: BIDS_PURPOSE,
    isDue: state.status === 'DRAFT',
    opens: () => areBidsOpenable(state),
    notBefore: state.setup.schedule?.deadline,
  },
  {
    family: COEFFICIENT_PURPOSE,
    current: COEFFICIENT_PURPOSE,
    isDue:
      state.setup.rules !== null &&
      BEFORE_K.includes(state.status) &&
      drawnValues(state) !== null &&
      state.opening.coefficient.seed === null,
    opens: (purpose) => purpose === COEFFICIENT_PURPOSE && atCoefficientDraw(state) && isKContributed(state),
  },
];

const atCoefficientDraw = ({ status, opening: { step, paused } }: LotState): boolean =>
  status === 'OPENING' && step === 'COEFFICIENT_DRAW' && paused === null;
