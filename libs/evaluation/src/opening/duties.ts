import { BIDS_PURPOSE } from '@app/sealing';
import { bidOf } from '../bidding/index.js';
import { isReleased } from '../keepers/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, type Purpose, type RunningLimit, limit } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { limitOf } from '../lot/index.js';
import { areBidsOpenable, openedBidders } from './selectors.js';
import type { BidStatus } from './state.js';

/** Who owes what at the opening (domain.md §6.1). */
export function openingDuties(state: LotState, party: string): Duty[] {
  const { opening, status } = state;
  const isHost = hasRole(state, party, 'agency');
  if (status === 'SUBMISSION_CLOSED') return isHost ? [duty('opening.start')] : [];
  if (status !== 'OPENING' || opening.paused !== null) return [];
  if (party === MAIN_NODE) return ofNode(state);
  if (hasRole(state, party, 'bidder')) return ofBidder(state, party);
  const duties: Duty[] = [];
  if (isHost && opening.step === 'STARTED') duties.push(duty('opening.publish-list'));
  if (isHost && opening.step === 'READ_OUT') duties.push(duty('opening.read-out'));
  if (isHost) duties.push(...opening.objections.flatMap(({ id, reply }) => (reply === null ? [duty('opening.reply', id)] : [])));
  const signs =
    isHost || hasRole(state, party, 'tenderer') || (hasRole(state, party, 'witness') && own(opening.signedIn, party) !== undefined);
  if (opening.step === 'RECORD_MADE' && signs && own(opening.recordSignatures, party) === undefined)
    duties.push(duty('opening.sign-record'));
  if (opening.step === 'RECORD_MADE' && isHost && own(opening.recordSignatures, party) !== undefined) duties.push(duty('opening.close'));
  return duties;
}

function ofNode(state: LotState): Duty[] {
  switch (state.opening.step) {
    case 'LIST_PUBLISHED':
    case 'DECRYPTING':
      return atDecryption(state);
    case 'COEFFICIENT_DRAW':
      return atCoefficient(state);
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

/** Whoever committed and stays silent is left out when the window is over; somebody besides the main venue must have revealed. */
function atCoefficient(state: LotState): Duty[] {
  const { commits, reveals, closedAt } = state.opening.coefficient;
  if (own(commits, MAIN_NODE) === undefined) return [duty('opening.commit-coefficient')];
  if (closedAt === null || Object.keys(reveals).length === 0) return [];
  const isSilent = Object.keys(commits).some((party) => party !== MAIN_NODE && own(reveals, party) === undefined);
  return [duty('opening.draw-coefficient', '', isSilent ? limitOf(state, 'openingConfirmation', closedAt) : null)];
}

/** 电子招标投标办法 32: the platform makes the record. Silence through the whole window is no objection. */
function atRecord(state: LotState): Duty[] {
  const { confirmUntil, confirmations, objections } = state.opening;
  if (objections.some(({ reply }) => reply === null)) return [];
  const isSilent = openedBidders(state).some((bidder) => own(confirmations, bidder) === undefined);
  return [duty('opening.make-record', '', isSilent ? confirmUntil : null)];
}

function ofBidder(state: LotState, party: string): Duty[] {
  const { step, signedIn, confirmations, recordSignatures, bids, confirmUntil, decryptUntil } = state.opening;
  const duties = own(signedIn, party) === undefined ? [duty('opening.sign-in')] : [];
  const mine = bidOf(state, party)?.bid ?? '';
  if (own(bids, mine)?.status === 'EXTRACTED') duties.push(duty('opening.decrypt-bid', mine, null, decryptUntil));
  if (step === 'CONFIRMING' && own(confirmations, party) === undefined) duties.push(duty('opening.confirm', '', null, confirmUntil));
  if (step === 'RECORD_MADE' && own(recordSignatures, party) === undefined) duties.push(duty('opening.sign-record'));
  return duties;
}

export const openingLimits = ({ status, opening }: LotState): RunningLimit[] =>
  status === 'OPENING' ? [...limit('decryption', opening.decryptUntil), ...limit('confirmation', opening.confirmUntil)] : [];

/** Bids are sealed to the trustees' keys from the first day, so these stand before the publication. */
export const openingPurposes = (state: LotState): Purpose[] => [
  {
    family: BIDS_PURPOSE,
    current: BIDS_PURPOSE,
    isDue: state.status === 'DRAFT',
    opens: () => areBidsOpenable(state),
    notBefore: state.setup.schedule?.deadline,
  },
];
