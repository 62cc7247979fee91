import type { Context, JsonValue, LotEvent } from '@app/contracts';
import { placeOf, ruleSetOf, tenderRulesOf } from '../lot/index.js';
import { accept, command, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { disclosed, type LotState, own } from '../kernel/state.js';
import { tested } from '../kernel/unseen.js';
import { isMoreTimeDue } from '../law/majority.js';
import { compositionFault } from '../law/composition.js';
import { isDistributed } from '../law/distribution.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { electionOutcome } from './chair-election.js';
import { zChairBallot } from './commands.js';
import { bound, lotKeyCommands } from './lot-keys.js';
import { isChairDesignated, isComplete, isMember, isRepresentative, MEMBER_ROLES, membersOf, presenceOf } from './members.js';
import { GATHERING_STATES, openStep } from './steps.js';
import * as audience from './audience.js';
import * as commands from './commands.js';
import { seatFault } from './guards.js';
import { excuse, recusalOf, replacementCommands } from './replacement.js';

/** 电子招标投标办法 33: at the venue and seat that the lot has for this member, and no other. */
function signIn(state: LotState, asked: Of<typeof commands.zSignIn>, context: Context): Decision {
  const { party, payload } = asked;
  const facts = own(state.parties, party);
  if (facts === undefined || !isMember(state, party)) return refuse('FORBIDDEN', 'you are not a member of the committee any more');
  if (presenceOf(state, party) !== undefined) return refuse('E_ALREADY_DONE', 'you are signed in');
  const clash = recusalOf(state, party);
  if (clash !== null) return refuse(clash.code, clash.message);
  if (!state.setup.venues.some((plan) => plan.venue === payload.venue))
    return refuse('E_VENUE_NOT_APPROVED', 'this venue is not part of the lot');
  const place = placeOf(state, party);
  if ((place.venue ?? payload.venue) !== payload.venue) return refuse('E_SEAT_MISMATCH', `your venue is ${place.venue ?? ''}`);
  if ((place.seat ?? payload.seat) !== payload.seat) return refuse('E_SEAT_MISMATCH', 'another seat is bound to you');
  const taken = membersOf(state).some((member) => {
    const other = presenceOf(state, member);
    return other?.venue === payload.venue && other.seat === payload.seat;
  });
  if (taken) return refuse('E_SEAT_MISMATCH', 'somebody else is signed in at this seat');
  const { venue, seat } = payload;
  const signedIn: LotEvent = { type: 'committee.signed-in', member: party, venue, seat, at: context.at };
  const seated: LotEvent[] = facts.venue === null ? [{ type: 'lot.party-seated', party, venue, seat }] : [];
  return accept([...seated, signedIn, ...bound(state, asked, context.at)]);
}

/** Recusal: 12号令 12, 198号 16. A pledge is a legal act; a false one is the member's own breach. */
function pledge(state: LotState, asked: Of<typeof commands.zPledge>, context: Context): Decision {
  const presence = presenceOf(state, asked.party);
  if (!isMember(state, asked.party)) return refuse('FORBIDDEN', 'you are not a member of the committee any more');
  if (presence === undefined) return refuse('E_NOT_SIGNED_IN', 'sign in at your seat first');
  if (presence.pledgedAt !== null) return refuse('E_ALREADY_DONE', 'you have pledged');
  if (asked.payload.recusal) return accept(excuse(asked.party, asked.payload.cause, context.at));
  return accept([{ type: 'committee.pledged', member: asked.party, at: context.at }]);
}

/** 组建: the composition is lawful and as planned, spread over the venues as the lot asks, and everybody is at his seat. */
function form(state: LotState, _asked: Of<typeof zNothing>, context: Context): Decision {
  if (state.setup.regime === 'GOV_PROCUREMENT' && state.status === 'OPENED') {
    // 87号令 44: the purchaser reviews qualification before the committee begins.
    return refuse('WRONG_STATE', 'the purchaser reviews qualification first');
  }
  const members = membersOf(state);
  const plan = tenderRulesOf(state).committee;
  const representatives = members.filter((party) => isRepresentative(state, party)).length;
  const fault = compositionFault(ruleSetOf(state), {
    members: members.length,
    representatives,
    facts: tenderRulesOf(state).facts,
    waterWorks: state.setup.projectType === 'water-works',
  });
  if (fault !== null) return refuse(fault, `${members.length} members, ${representatives} of them representatives`);
  if (members.length !== plan.members || representatives !== plan.representatives) {
    return refuse('E_COMMITTEE_SIZE', `the tender document plans ${plan.members} members, ${plan.representatives} of them representatives`);
  }
  for (const member of members) {
    const clash = recusalOf(state, member);
    if (clash !== null) return refuse(clash.code, clash.message);
  }
  const absent = members.find((party) => presenceOf(state, party) === undefined);
  if (absent !== undefined) return refuse('E_NOT_SIGNED_IN', `${absent} is not signed in`);
  if (!isSpread(state, members))
    return refuse('E_VENUE_NOT_APPROVED', `the members are not spread over the venues as ${state.setup.venuePreset} asks`);
  return accept([{ type: 'committee.formed', at: context.at, members }]);
}

function isSpread(state: LotState, members: readonly string[]): boolean {
  const { venues, venuePreset, tendererCity } = state.setup;
  return isDistributed(venuePreset, {
    main: venues.find((venue) => venue.role === 'main')?.venue ?? '',
    subs: venues.filter((venue) => venue.role === 'sub').map((venue) => venue.venue),
    tendererCity,
    members: members.map((party) => {
      const venue = presenceOf(state, party)?.venue ?? '';
      return {
        kind: isRepresentative(state, party) ? 'representative' : 'expert',
        venue,
        // Seats of one room share what stands before the slash; a seat without one is a pod of its own.
        room: (presenceOf(state, party)?.seat ?? party).split('/')[0] ?? party,
        city: venues.find((plan) => plan.venue === venue)?.city ?? '',
      };
    }),
  });
}

/** 推选组长: plurality, further rounds among the tied; a purchaser's representative cannot lead (87号令 45). */
function electChair(state: LotState, asked: Of<typeof commands.zElectChair>, context: Context): Decision {
  const { election, chair } = state.committee;
  const seat = seatFault(state, asked.party);
  if (seat !== null) return seat;
  if (chair !== null) return refuse('E_ALREADY_DONE', 'there is a chair');
  if (isChairDesignated(state)) return refuse('FORBIDDEN', 'by the tender document the tenderer designates the chair');
  if (asked.payload.round !== election.round) return refuse('WRONG_STEP', `the vote is in round ${election.round}`);
  if (Object.hasOwn(election.ballots, asked.party)) return refuse('E_ALREADY_DONE', 'you have voted in this round');
  if (!isComplete(state)) return refuse('E_STEP_BARRIER', 'not every member is at his seat and has pledged');
  const fault = tested(asked, 'ballot', (ballot) => ballotFault(state, ballot));
  if (fault !== null) return fault;
  const cast: LotEvent = { type: 'committee.ballot-cast', member: asked.party, round: election.round };
  // Only the last vote of a round shapes anything.
  if (Object.keys(election.ballots).length + 1 < membersOf(state).length) return accept([cast]);
  const candidate = candidateOf(asked.opened['ballot']);
  const outcome = electionOutcome({ ...ballotsSoFar(state), ...(candidate === null ? {} : { [asked.party]: candidate }) });
  if ('tied' in outcome) return accept([cast, { type: 'committee.chair-tied', round: election.round, tied: [...outcome.tied] }]);
  const elected: LotEvent = { type: 'committee.chair-elected', round: election.round, chair: outcome.chair };
  return accept([cast, elected, ...started(state, context.at)]);
}

function ballotFault(state: LotState, ballot: JsonValue | undefined): Refused | null {
  const candidate = candidateOf(ballot);
  if (candidate === null) return refuse('E_INPUT', 'secrets.ballot: missing');
  const { candidates } = state.committee.election;
  if (!isMember(state, candidate) || (candidates !== null && !candidates.includes(candidate)))
    return refuse('E_INPUT', `secrets.ballot.candidate: ${candidate} can not be voted for`);
  return !ruleSetOf(state).representativeMayChair && isRepresentative(state, candidate)
    ? refuse('E_REP_AS_CHAIR', 'a representative of the purchaser can not be chair')
    : null;
}

const candidateOf = (ballot: JsonValue | undefined): string | null => zChairBallot.safeParse(ballot).data?.candidate ?? null;

/** 12号令 9: where the document says so the tenderer names one of the members, whose vote counts as any other's. */
function designateChair(state: LotState, asked: Of<typeof commands.zDesignateChair>, { at }: Context): Decision {
  const { member } = asked.payload;
  if (!isChairDesignated(state)) return refuse('FORBIDDEN', 'by the tender document the members elect their chair');
  if (state.committee.chair !== null) return refuse('E_ALREADY_DONE', 'there is a chair');
  if (!isComplete(state)) return refuse('E_STEP_BARRIER', 'not every member is at his seat and has pledged');
  if (!isMember(state, member)) return refuse('E_INPUT', `member: ${member} is no member of the committee`);
  return accept([{ type: 'committee.chair-designated', by: asked.party, chair: member, at }, ...started(state, at)]);
}

/** With its chair the committee begins. One who left during the evaluation is followed by another; the evaluation itself goes on. */
const started = (state: LotState, at: string): LotEvent[] =>
  state.status === 'EVALUATING' ? [] : [{ type: 'committee.evaluation-started', at }, openStep('review', at)];

function ballotsSoFar(state: LotState): Record<string, string> {
  const entries = Object.entries(state.committee.election.ballots).flatMap(([voter, seq]) => {
    const candidate = candidateOf(disclosed(state, seq, 'x:ballot'));
    return candidate === null ? [] : [[voter, candidate] as const];
  });
  return Object.fromEntries(entries);
}

/** 条例 48: more than a third find the time short, so the tenderer must extend it. */
function requestMoreTime(state: LotState, asked: Of<typeof commands.zRequestMoreTime>): Decision {
  const seat = seatFault(state, asked.party);
  if (seat !== null) return seat;
  const { step, moreTime } = state.committee;
  if (step === null || step === 'aggregate') return refuse('WRONG_STEP', 'no step is open that members work on');
  if (asked.step !== step) return refuse('WRONG_STEP', `the open step is ${step}`);
  if (moreTime.asked.includes(asked.party)) return refuse('E_ALREADY_DONE', 'you have asked for more time in this step');
  const due = isMoreTimeDue(moreTime.asked.length + 1, membersOf(state).length, ruleSetOf(state).thresholds.moreTimeShare);
  return accept([{ type: 'committee.more-time-asked', member: asked.party, due }]);
}

function extendTime(state: LotState, asked: Of<typeof commands.zExtendTime>, context: Context): Decision {
  if (!state.committee.moreTime.due) return refuse('WRONG_STEP', 'not more than a third of the members ask for time');
  if (asked.payload.until <= context.at) return refuse('E_INPUT', 'until: lies in the past');
  return accept([{ type: 'committee.more-time-granted', until: asked.payload.until }]);
}

/** After a recorded legal ground: the same committee begins again, or everybody is dismissed and the draw fills all places anew. */
function restart(state: LotState, _asked: Of<typeof zNothing>, context: Context): Decision {
  const last = state.setup.reEvaluations.at(-1);
  if (last === undefined) return refuse('WRONG_STATE', 'no re-evaluation is ordered');
  const begun = state.setup.reEvaluations.filter(({ committee }) => committee !== 'cells').length;
  if (state.committee.cycle > begun) return refuse('E_ALREADY_DONE', 'this re-evaluation has begun');
  if (last.committee === 'new') {
    const events = membersOf(state).flatMap((member) => excuse(member, 'COMMITTEE_REFORMED', context.at));
    return accept([...events, { type: 'committee.reopened', committee: 'new', at: context.at }]);
  }
  if (!isComplete(state)) return refuse('E_STEP_BARRIER', 'not every member is at his seat and has pledged');
  return accept([{ type: 'committee.reopened', committee: 'same', at: context.at }, openStep('review', context.at)]);
}

const gathering = {
  'committee.sign-in': command({
    schema: commands.zSignIn,
    roles: MEMBER_ROLES,
    states: GATHERING_STATES,
    assurance: 'session',
    bindsKey: true,
    decide: signIn,
  }),
  'committee.pledge': command({
    schema: commands.zPledge,
    roles: MEMBER_ROLES,
    states: GATHERING_STATES,
    assurance: 'certificate',
    decide: pledge,
  }),
  'committee.form': command({
    schema: zNothing,
    roles: ['agency', 'tenderer'],
    states: ['OPENED', 'QUALIFICATION_BY_PURCHASER', 'RE_EVALUATION'],
    assurance: 'certificate',
    decide: form,
  }),
  'committee.elect-chair': command({
    schema: commands.zElectChair,
    secrets: { ballot: commands.zChairBallot },
    roles: MEMBER_ROLES,
    states: ['COMMITTEE_READY', 'EVALUATING'],
    assurance: 'session',
    decide: electChair,
    makes: [
      'committee.ballot-cast',
      'committee.chair-tied',
      'committee.chair-elected',
      'committee.evaluation-started',
      'committee.step-opened',
    ],
    audience: { 'x:ballot': audience.seesChairBallot },
  }),
};

const designation = {
  'committee.designate-chair': command({
    schema: commands.zDesignateChair,
    roles: ['tenderer'],
    states: ['COMMITTEE_READY', 'EVALUATING'],
    assurance: 'certificate',
    decide: designateChair,
  }),
};

const conduct = {
  'committee.request-more-time': command({
    schema: commands.zRequestMoreTime,
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'session',
    decide: requestMoreTime,
  }),
  'committee.extend-time': command({
    schema: commands.zExtendTime,
    roles: ['agency', 'tenderer'],
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: extendTime,
  }),
  'committee.restart': command({
    schema: zNothing,
    roles: ['agency', 'tenderer'],
    states: ['RE_EVALUATION'],
    assurance: 'certificate',
    decide: restart,
  }),
};

export const committeeCommands = { ...gathering, ...designation, ...lotKeyCommands, ...replacementCommands, ...conduct };
