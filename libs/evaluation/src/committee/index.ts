import { command, event, type Slice } from '../kernel/slice.js';
import { moveTo } from '../kernel/state.js';
import { begunAgainEverywhere, withoutConclusions } from './conclusions.js';
import * as audience from './audience.js';
import * as commands from './commands.js';
import * as rules from './rules.js';
import * as events from './events.js';
import { MEMBER_ROLES } from './members.js';
import * as states from './state.js';

const gathering = {
  'committee.sign-in': command({
    schema: commands.zSignIn,
    roles: MEMBER_ROLES,
    states: ['OPENED', 'QUALIFICATION_BY_PURCHASER', 'COMMITTEE_READY', 'EVALUATING', 'RE_EVALUATION'],
    assurance: 'session',
    decide: rules.signIn,
  }),
  'committee.pledge': command({
    schema: commands.zPledge,
    roles: MEMBER_ROLES,
    states: ['OPENED', 'QUALIFICATION_BY_PURCHASER', 'COMMITTEE_READY', 'EVALUATING', 'RE_EVALUATION'],
    assurance: 'certificate',
    decide: rules.pledge,
  }),
  'committee.form': command({
    schema: commands.zForm,
    roles: ['agency', 'tenderer'],
    states: ['OPENED', 'QUALIFICATION_BY_PURCHASER', 'RE_EVALUATION'],
    assurance: 'certificate',
    decide: rules.form,
  }),
  'committee.elect-chair': command({
    schema: commands.zElectChair,
    secrets: { ballot: commands.zChairBallot },
    roles: MEMBER_ROLES,
    states: ['COMMITTEE_READY', 'EVALUATING'],
    assurance: 'session',
    decide: rules.electChair,
    audience: { 'x:ballot': audience.seesChairBallot },
  }),
};

const conduct = {
  'committee.replace-member': command({
    schema: commands.zReplaceMember,
    roles: ['agency', 'supervisor'],
    states: ['OPENED', 'QUALIFICATION_BY_PURCHASER', 'COMMITTEE_READY', 'EVALUATING', 'RE_EVALUATION'],
    assurance: 'certificate',
    decide: rules.replaceMember,
  }),
  'committee.request-more-time': command({
    schema: commands.zRequestMoreTime,
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'session',
    decide: rules.requestMoreTime,
  }),
  'committee.extend-time': command({
    schema: commands.zExtendTime,
    roles: ['agency', 'tenderer'],
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.extendTime,
  }),
  'committee.restart': command({
    schema: commands.zRestart,
    roles: ['agency', 'tenderer'],
    states: ['RE_EVALUATION'],
    assurance: 'certificate',
    decide: rules.restart,
  }),
};

const committeeEvents = {
  'committee.signed-in': event({
    schema: events.zSignedIn,
    evolve: (state, { member, venue, seat, at }) => states.signedIn(state, member, { venue, seat, signedInAt: at, pledgedAt: null }),
  }),
  'committee.pledged': event({ schema: events.zPledged, evolve: (state, { member, at }) => states.pledged(state, member, at) }),
  'committee.excused': event({
    schema: events.zExcused,
    evolve: (state, { member, cause, at }) => withoutConclusions(states.excused(state, member, at, cause), member, at),
  }),
  'committee.formed': event({ schema: events.zFormed, evolve: (state, { at }) => moveTo(states.formed(state, at), 'COMMITTEE_READY') }),
  'committee.ballot-cast': event({
    schema: events.zBallotCast,
    evolve: (state, { member }, entry) => states.ballotCast(state, member, entry),
  }),
  'committee.chair-tied': event({ schema: events.zChairTied, evolve: (state, { tied }) => states.chairTied(state, tied) }),
  'committee.chair-elected': event({ schema: events.zChairElected, evolve: (state, { chair }) => states.chairElected(state, chair) }),
  'committee.evaluation-started': event({ schema: events.zEvaluationStarted, evolve: (state) => moveTo(state, 'EVALUATING') }),
  'committee.step-opened': event({ schema: events.zStepOpened, evolve: (state, { step, at }) => states.stepOpened(state, step, at) }),
  'committee.more-time-asked': event({
    schema: events.zMoreTimeAsked,
    evolve: (state, { member, due }) => states.moreTimeAsked(state, member, due),
  }),
  'committee.more-time-granted': event({
    schema: events.zMoreTimeGranted,
    evolve: (state, { until }) => states.moreTimeGranted(state, until),
  }),
  'committee.reopened': event({
    schema: events.zReopened,
    evolve: (state, { committee, at }) => {
      const fresh = begunAgainEverywhere(states.reopened(state, committee, at));
      return committee === 'same' ? moveTo(fresh, 'EVALUATING') : fresh;
    },
  }),
};

export const committeeSlice: Slice = { name: 'committee', commands: { ...gathering, ...conduct }, events: committeeEvents };
export * from './chair-election.js';
export * from './members.js';
export * from './state.js';
export * from './steps.js';
