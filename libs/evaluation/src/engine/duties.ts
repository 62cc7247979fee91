import { isRoundFull } from '../award/state.js';
import { isReleased } from '../keepers/boxes.js';
import { keeperPlan } from '../keepers/manifest.js';
import { owedKeys, owedReleases } from '../keepers/releasable.js';
import { isComplete, isMember, presenceOf } from '../committee/members.js';
import { dueContacts } from '../draw/selectors.js';
import { limitOf, tenderRulesOf } from '../lot/selectors.js';
import { openedBidders } from '../opening/selectors.js';
import { isFull, purposeOf, sheetsOwed } from '../sealed-step/step.js';
import type { SealedStep } from '../sealed-step/step.js';
import { partOfStep } from '../scoring/state.js';
import { ballotPurpose } from '../award/state.js';
import type { LotState } from '../kernel/state.js';
import { hasRole, MAIN_NODE, own } from '../kernel/state.js';

/** Something a party is to do next: which command, about what, in which window (instants; null: open). */
export interface Duty {
  readonly command: string;
  /** Purpose, bid, objection or candidate that the command names; empty where it names none. */
  readonly subject: string;
  readonly notBefore: string | null;
  readonly until: string | null;
}

const duty = (command: string, subject = '', notBefore: string | null = null, until: string | null = null): Duty => ({
  command,
  subject,
  notBefore,
  until,
});

/**
 * What the lot waits for from this party: the list of tasks on its screen, and what a node does by itself. Advice only: `decide` alone
 * says what is allowed.
 */
export function owed(state: LotState, party: string): Duty[] {
  if (own(state.parties, party) === undefined || state.status === 'SUSPENDED') return [];
  return [
    ...owedKeys(state, party).map((purpose) => duty('sealing.publish-key', purpose)),
    ...owedReleases(state, party).map((purpose) => duty('sealing.release', purpose)),
    ...founding(state, party),
    ...drawing(state, party),
    ...openingDuties(state, party),
    ...evaluating(state, party),
    ...awarding(state, party),
  ];
}

function founding({ status, setup }: LotState, party: string): Duty[] {
  const { schedule } = setup;
  if (schedule === null || party !== MAIN_NODE) return [];
  if (status === 'PUBLISHED') return [duty('lot.issue-documents', '', schedule.documentsFrom)];
  return status === 'SUBMISSION_OPEN' ? [duty('bidding.lock', '', schedule.deadline)] : [];
}

function drawing(state: LotState, party: string): Duty[] {
  const { request, pool, commits, reveals, seed } = state.draw;
  if (request === null) return [];
  const isContributor = request.nonceParties.includes(party);
  const duties: Duty[] = [];
  if (isContributor && own(commits, party) === undefined) duties.push(duty('draw.commit-nonce'));
  if (party === MAIN_NODE && pool === null) duties.push(duty('draw.fix-pool'));
  const isFixed = pool !== null && request.nonceParties.every((name) => own(commits, name) !== undefined);
  if (isContributor && isFixed && own(reveals, party) === undefined) duties.push(duty('draw.reveal-nonce'));
  if (party === MAIN_NODE && seed !== null)
    duties.push(...dueContacts(state).map(({ candidate }) => duty('draw.record-contact', candidate)));
  return duties;
}

function openingDuties(state: LotState, party: string): Duty[] {
  const { opening, status } = state;
  const isHost = hasRole(state, party, 'agency');
  if (status === 'SUBMISSION_CLOSED') return isHost ? [duty('opening.start')] : [];
  if (status !== 'OPENING' || opening.paused !== null) return [];
  if (party === MAIN_NODE) return nodeAtOpening(state);
  if (hasRole(state, party, 'bidder')) return bidderAtOpening(state, party);
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

function nodeAtOpening(state: LotState): Duty[] {
  const { step, bids, confirmUntil, confirmations, objections, decryptUntil } = state.opening;
  const of = (status: string): string[] => Object.keys(bids).filter((bid) => bids[bid]?.status === status);
  if (step === 'LIST_PUBLISHED' || step === 'DECRYPTING') {
    if (!isReleased(state, 'bids', keeperPlan(state, 'bids').threshold)) return [];
    const work = [
      ...of('LOCKED').map((bid) => duty('opening.extract-bid', bid)),
      ...of('DECRYPTED').map((bid) => duty('opening.open-bid', bid)),
    ];
    if (work.length > 0) return work;
    return [duty('opening.close-decryption', '', of('EXTRACTED').length > 0 ? decryptUntil : null)];
  }
  if (step === 'COEFFICIENT_DRAW') {
    const { commits, closedAt } = state.opening.coefficient;
    if (own(commits, MAIN_NODE) === undefined) return [duty('opening.commit-coefficient')];
    return closedAt === null ? [] : [duty('opening.draw-coefficient')];
  }
  if (step !== 'CONFIRMING' || objections.some(({ reply }) => reply === null)) return [];
  const isSilent = openedBidders(state).some((bidder) => own(confirmations, bidder) === undefined);
  return [duty('opening.make-record', '', isSilent ? confirmUntil : null)];
}

function bidderAtOpening(state: LotState, party: string): Duty[] {
  const { step, signedIn, confirmations, recordSignatures, bids, confirmUntil, decryptUntil } = state.opening;
  const duties = own(signedIn, party) === undefined ? [duty('opening.sign-in')] : [];
  const mine = Object.values(state.bidding.bids).find(({ bidder }) => bidder === party)?.bid ?? '';
  if (own(bids, mine)?.status === 'EXTRACTED') duties.push(duty('opening.decrypt-bid', mine, null, decryptUntil));
  if (step === 'CONFIRMING' && own(confirmations, party) === undefined) duties.push(duty('opening.confirm', '', null, confirmUntil));
  if (step === 'RECORD_MADE' && own(recordSignatures, party) === undefined) duties.push(duty('opening.sign-record'));
  return duties;
}

function evaluating(state: LotState, party: string): Duty[] {
  const { status, committee, report } = state;
  const duties: Duty[] = [];
  if (
    isMember(state, party) &&
    ['OPENED', 'QUALIFICATION_BY_PURCHASER', 'COMMITTEE_READY', 'EVALUATING', 'RE_EVALUATION'].includes(status)
  ) {
    const presence = presenceOf(state, party);
    if (presence === undefined) return [duty('committee.sign-in')];
    if (presence.pledgedAt === null) return [duty('committee.pledge')];
    const mayElect = (status === 'COMMITTEE_READY' || status === 'EVALUATING') && isComplete(state);
    if (mayElect && committee.chair === null && own(committee.election.ballots, party) === undefined)
      duties.push(duty('committee.elect-chair'));
  }
  if (status === 'OPENED' && hasRole(state, party, 'agency')) {
    if (state.setup.regime === 'GOV_PROCUREMENT') duties.push(duty('review.qualify'));
    else if (isComplete(state)) duties.push(duty('committee.form'));
  }
  if (status === 'QUALIFICATION_BY_PURCHASER' && hasRole(state, party, 'agency') && isComplete(state)) duties.push(duty('committee.form'));
  if (status === 'EVALUATING') duties.push(...atStep(state, party));
  if (status === 'REPORT_SIGNING') {
    if (party === MAIN_NODE && report.generated === null) duties.push(duty('report.generate'));
    if (isMember(state, party) && report.generated !== null && own(report.ends, party) === undefined) {
      duties.push(duty('report.sign', report.generated.hash, null, limitOf(state, 'reportSigning', report.generated.at)));
    }
  }
  return duties;
}

/** The step that is open to all venues: sheets by the members, their opening and the aggregation by the main venue. */
function atStep(state: LotState, party: string): Duty[] {
  const { step } = state.committee;
  if (step === 'aggregate') return party === MAIN_NODE ? [duty('scoring.aggregate')] : [];
  if (step === 'few-bids') {
    const isOwed = isMember(state, party) && own(state.review.fewBids.votes, party) === undefined;
    return isOwed ? [duty('review.vote-competition')] : [];
  }
  const part = partOfStep(step);
  if (step === 'review') return atSheets(state, party, { slice: 'review', base: step, sheets: state.review.sheets });
  return part === null || step === null ? [] : atSheets(state, party, { slice: 'scoring', base: step, sheets: state.scoring.parts[part] });
}

function atSheets(
  state: LotState,
  party: string,
  on: { readonly slice: string; readonly base: string; readonly sheets: SealedStep },
): Duty[] {
  const purpose = purposeOf(on.base, on.sheets.attempt);
  if (isMember(state, party)) {
    if (sheetsOwed(state, on.sheets).includes(party)) return [duty(`${on.slice}.submit-sheet`, purpose)];
    return on.sheets.owed.includes(party) ? [duty(on.slice === 'review' ? 'review.correct-sheet' : 'scoring.correct-item', purpose)] : [];
  }
  const isReady = isFull(state, on.sheets) && isReleased(state, purpose, keeperPlan(state, purpose).threshold);
  return party === MAIN_NODE && isReady ? [duty(`${on.slice}.open-sheets`, purpose)] : [];
}

function awarding(state: LotState, party: string): Duty[] {
  const { status, award, report } = state;
  const isTenderer = hasRole(state, party, 'tenderer');
  const isSeparated = state.setup.rules !== null && tenderRulesOf(state).award.kind !== 'rank-1';
  const isAccepted = report.reviewed?.outcome === 'ACCEPTED';
  if (status === 'EVALUATED') return isTenderer ? [duty('report.review')] : [];
  if (status === 'REPORT_REVIEW' && isAccepted) {
    if (state.setup.ruleSet?.candidatePublicity === false) return isTenderer ? [duty('award.decide')] : [];
    return hasRole(state, party, 'agency') ? [duty('award.publish-candidates')] : [];
  }
  if (status === 'CANDIDATE_PUBLICITY') {
    if (isTenderer)
      return award.objections.flatMap(({ id, answered, replyDue }) =>
        answered === null ? [duty('award.answer-objection', id, null, replyDue)] : [],
      );
    return party === MAIN_NODE ? [duty('award.close-publicity', '', award.publicity?.until ?? null)] : [];
  }
  if (status === 'AWARDING') return isSeparated ? voting(state, party) : isTenderer ? [duty('award.decide')] : [];
  return status === 'AWARDED' && isTenderer && award.announced === null ? [duty('award.announce')] : [];
}

function voting(state: LotState, party: string): Duty[] {
  const { committee, vote } = state.award;
  if (committee === null) return hasRole(state, party, 'tenderer') ? [duty('award.form-committee')] : [];
  const purpose = ballotPurpose(state);
  if (committee.includes(party) && own(vote.boxes, party) === undefined && vote.countedSeq === null)
    return [duty('award.submit-ballot', purpose)];
  const isReady = party === MAIN_NODE && isRoundFull(state) && isReleased(state, purpose, keeperPlan(state, purpose).threshold);
  return isReady ? [duty('award.open-ballots', purpose)] : [];
}

/** The next limit that everybody in the lot looks at, or null: what a countdown shows and a timer wakes for. */
export function nextLimit(state: LotState): { readonly name: string; readonly at: string } | null {
  const { setup, opening, award, status } = state;
  const named = (name: string, at: string | null | undefined): { name: string; at: string } | null =>
    at === null || at === undefined ? null : { name, at };
  if (status === 'PUBLISHED') return named('documents-from', setup.schedule?.documentsFrom);
  if (status === 'SUBMISSION_OPEN') return named('deadline', setup.schedule?.deadline);
  if (status === 'OPENING') return named('decryption', opening.decryptUntil) ?? named('confirmation', opening.confirmUntil);
  if (status === 'EVALUATING') return named('more-time', state.committee.moreTime.grantedUntil);
  if (status === 'REPORT_SIGNING' && state.report.generated !== null) {
    return named('report-signing', limitOf(state, 'reportSigning', state.report.generated.at));
  }
  if (status === 'EVALUATED' || status === 'REPORT_REVIEW') {
    return state.report.deliveredAt === null ? null : named('publicity-due', limitOf(state, 'reportToPublicity', state.report.deliveredAt));
  }
  if (status === 'CANDIDATE_PUBLICITY') return named('publicity', award.publicity?.until);
  if (status === 'AWARDED' && award.announced !== null) return named('contract', limitOf(state, 'contract', award.announced.at));
  return null;
}
