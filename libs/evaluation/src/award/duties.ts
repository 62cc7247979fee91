import { isReleased } from '../keepers/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, limit, type Purpose, type RunningLimit } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { FINAL_STATUSES } from '../kernel/transitions.js';
import { limitOf } from '../lot/index.js';
import { awardOf, ballotUntil, challengeEnd, deemedFrom, isSeparated, isVoted, openObjections } from './selectors.js';
import { expiryOf } from '../review/index.js';
import { validityDuties } from './validity.js';
import { ballotPurpose, BALLOTS, isRoundFull } from './state.js';
import { partiesWith } from '../kernel/state.js';

export const awardDuties = (state: LotState, party: string): Duty[] => [...validityDuties(state, party), ...ofStatus(state, party)];

function ofStatus(state: LotState, party: string): Duty[] {
  const isTenderer = hasRole(state, party, 'tenderer');
  switch (state.status) {
    case 'EVALUATED':
      return party === MAIN_NODE ? deeming(state) : [];
    case 'REPORT_REVIEW':
      return [...afterReview(state, party), ...(party === MAIN_NODE ? deeming(state) : [])];
    case 'CANDIDATE_PUBLICITY':
      return [...(isTenderer ? answers(state) : []), ...(party === MAIN_NODE ? closing(state) : [])];
    case 'AWARDING':
      return isVoted(state) ? voting(state, party) : isTenderer ? [duty('award.decide')] : [];
    case 'AWARDED':
      return isTenderer ? [...answers(state), ...(state.award.announced === null ? announcing(state) : [])] : [];
    default:
      return [];
  }
}

/** Procurement has no publicity of candidates: the purchaser decides when he has accepted the report (87号令 68). */
function afterReview(state: LotState, party: string): Duty[] {
  if (state.report.reviewed?.outcome !== 'ACCEPTED') return [];
  if (state.setup.ruleSet?.candidatePublicity === false) return hasRole(state, party, 'tenderer') ? [duty('award.decide')] : [];
  return hasRole(state, party, 'agency') ? [duty('award.publish-candidates')] : [];
}

/** What the purchaser does not decide in time the law decides (87号令 68). */
function deeming(state: LotState): Duty[] {
  const from = deemedFrom(state);
  return from === null ? [] : [duty('award.deem-decided', '', from)];
}

/** 招标投标法 45; a winner whose bid ended before the notice is passed over. */
function announcing(state: LotState): Duty[] {
  const winner = awardOf(state)?.winner;
  const isOver = winner !== undefined && expiryOf(state, winner, state.at ?? '') !== null;
  return [isOver ? duty('award.pass-over', winner) : duty('award.announce')];
}

const answers = (state: LotState): Duty[] =>
  openObjections(state).map(({ id, replyDue }) => duty('award.answer-objection', id, null, replyDue));

/** While an objection is open the procedure rests; one that was upheld leads back to the evaluation (条例 54). */
function closing(state: LotState): Duty[] {
  const { publicity, objections } = state.award;
  const rests = objections.some(({ answered }) => answered === null || answered.upheld);
  return rests ? [] : [duty('award.close-publicity', '', publicity?.until ?? null)];
}

function voting(state: LotState, party: string): Duty[] {
  const { committee, vote } = state.award;
  if (committee === null) return hasRole(state, party, 'tenderer') ? [duty('award.form-committee')] : [];
  const purpose = ballotPurpose(state);
  const until = ballotUntil(state);
  const isWaited = !isRoundFull(state) && vote.countedSeq === null;
  if (committee.includes(party) && own(vote.boxes, party) === undefined && isWaited)
    return [duty('award.submit-ballot', purpose, null, until)];
  if (party !== MAIN_NODE) return [];
  if (isWaited) return until === null ? [] : [duty('award.close-round', '', until)];
  return isRoundFull(state) && isReleased(state, purpose) ? [duty('award.open-ballots', purpose)] : [];
}

export function awardLimits(state: LotState): RunningLimit[] {
  const { status, award } = state;
  const owners = [...partiesWith(state, 'tenderer'), ...partiesWith(state, 'agency')];
  const replies = openObjections(state).flatMap(({ by, replyDue }) => limit('objection-reply', replyDue, [by, ...owners]));
  if (status === 'CANDIDATE_PUBLICITY') return [...limit('publicity', award.publicity?.until), ...replies];
  if (status === 'EVALUATED' || status === 'REPORT_REVIEW') return limit('winner-decision', deemedFrom(state), owners);
  if (status === 'AWARDING' && isVoted(state)) return limit('ballot', ballotUntil(state), [...(award.committee ?? []), ...owners]);
  if (status === 'AWARDED' && award.announced !== null) {
    const { at, securityDue, winner } = award.announced;
    return [
      ...limit('contract', limitOf(state, 'contract', at)),
      ...limit('challenge', challengeEnd(state), [...partiesWith(state, 'bidder'), ...owners]),
      ...limit('performance-security', securityDue, [winner, ...owners]),
      ...replies,
    ];
  }
  return [];
}

/** Ballots are sealed until every one that the round waits for is in. */
export const awardPurposes = (state: LotState): Purpose[] => {
  const current = ballotPurpose(state);
  const isPast = FINAL_STATUSES.includes(state.status) || state.status === 'AWARDED' || state.status === 'CONTRACTED';
  return [
    {
      family: BALLOTS,
      current,
      isDue: state.setup.rules !== null && isSeparated(state) && state.status !== 'DRAFT' && !isPast,
      opens: (purpose) => state.status === 'AWARDING' && purpose === current && isVoted(state) && isRoundFull(state),
    },
  ];
};
