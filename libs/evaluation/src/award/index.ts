import { command, event, type Slice } from '../kernel/slice.js';
import { moveTo } from '../kernel/state.js';
import { zAnything, zCiphertext, zMasters } from '../review/commands.js';
import { seesCiphertext } from '../review/audience.js';
import * as audience from './audience.js';
import * as commands from './commands.js';
import * as rules from './rules.js';
import * as events from './events.js';
import * as publicity from './publicity.js';
import { initialAward, nextRound, withAward } from './state.js';
import * as vote from './vote.js';

const publicityCommands = {
  'award.publish-candidates': command({
    schema: commands.zPublishCandidates,
    roles: ['agency', 'tenderer'],
    states: ['REPORT_REVIEW'],
    assurance: 'certificate',
    decide: publicity.publishCandidates,
  }),
  'award.object': command({
    schema: commands.zObject,
    secrets: { objection: commands.zObjectionText },
    roles: ['bidder'],
    states: ['CANDIDATE_PUBLICITY', 'AWARDED'],
    assurance: 'certificate',
    decide: publicity.object,
    audience: { 'x:objection': audience.seesObjection },
  }),
  'award.answer-objection': command({
    schema: commands.zAnswerObjection,
    secrets: { answer: commands.zObjectionText },
    roles: ['tenderer', 'agency'],
    states: ['CANDIDATE_PUBLICITY', 'AWARDED'],
    assurance: 'certificate',
    decide: publicity.answerObjection,
    audience: { 'x:answer': audience.seesObjection },
  }),
  'award.close-publicity': command({
    schema: commands.zClosePublicity,
    roles: ['agency', 'tenderer', 'node'],
    states: ['CANDIDATE_PUBLICITY'],
    assurance: 'session',
    decide: publicity.closePublicity,
  }),
};

const awardCommands = {
  'award.form-committee': command({
    schema: commands.zFormCommittee,
    roles: ['tenderer'],
    states: ['CANDIDATE_PUBLICITY', 'AWARDING'],
    assurance: 'certificate',
    decide: vote.formCommittee,
  }),
  'award.submit-ballot': command({
    schema: commands.zSubmitBallot,
    secrets: { ciphertext: zCiphertext },
    roles: ['award-member'],
    states: ['AWARDING'],
    assurance: 'certificate',
    decide: vote.submitBallot,
    audience: { 'x:ciphertext': seesCiphertext },
  }),
  'award.open-ballots': command({
    schema: commands.zOpenBallots,
    secrets: { masters: zMasters, 'sheet:*': zAnything },
    roles: ['node'],
    states: ['AWARDING'],
    assurance: 'node',
    decide: vote.openBallots,
    audience: {
      'x:masters': seesCiphertext,
      'x:sheet:*': audience.seesBallot,
      'd:tally': audience.seesAward,
      'd:award': audience.seesAward,
    },
  }),
  'award.decide': command({
    schema: commands.zDecide,
    secrets: { decision: commands.zDecision },
    roles: ['tenderer'],
    states: ['REPORT_REVIEW', 'AWARDING'],
    assurance: 'certificate',
    decide: rules.decideAward,
    audience: { 'x:decision': audience.seesAward, 'd:award': audience.seesAward },
  }),
};

const resultCommands = {
  'award.announce': command({
    schema: commands.zAnnounce,
    roles: ['tenderer', 'agency'],
    states: ['AWARDED'],
    assurance: 'certificate',
    decide: rules.announce,
    audience: { 'd:notice:*': audience.seesNotice },
  }),
  'award.pass-over': command({
    schema: commands.zPassOver,
    roles: ['tenderer'],
    states: ['AWARDED'],
    assurance: 'certificate',
    decide: rules.passOver,
  }),
  'award.record-contract': command({
    schema: commands.zRecordContract,
    roles: ['tenderer', 'agency'],
    states: ['AWARDED'],
    assurance: 'certificate',
    decide: rules.recordContract,
  }),
  'award.archive': command({
    schema: commands.zArchive,
    roles: ['agency', 'node'],
    states: ['CONTRACTED'],
    assurance: 'session',
    decide: rules.archive,
  }),
};

const publicityEvents = {
  'award.candidates-published': event({
    schema: events.zCandidatesPublished,
    evolve: (state, { at, until, late, candidates }) =>
      moveTo({ ...state, award: { ...initialAward, publicity: { from: at, until, late, candidates } } }, 'CANDIDATE_PUBLICITY'),
  }),
  'award.objected': event({
    schema: events.zObjected,
    evolve: (state, { id, by, at, replyDue }, { header }) =>
      withAward(state, {
        objections: [...state.award.objections, { id, by, at, seq: header.seq, replyDue, answered: null }],
      }),
  }),
  'award.objection-answered': event({
    schema: events.zObjectionAnswered,
    evolve: (state, { id, at, upheld, late }, { header }) =>
      withAward(state, {
        objections: state.award.objections.map((one) =>
          one.id === id ? { ...one, answered: { at, seq: header.seq, upheld, late } } : one,
        ),
      }),
  }),
  'award.publicity-closed': event({
    schema: events.zPublicityClosed,
    evolve: (state, { at }) => moveTo(withAward(state, { publicityClosedAt: at }), 'AWARDING'),
  }),
  'award.opened': event({ schema: events.zAwardOpened, evolve: (state) => moveTo(state, 'AWARDING') }),
};

const voteEvents = {
  'award.committee-formed': event({
    schema: events.zCommitteeFormed,
    evolve: (state, { members }) => withAward(state, { committee: members }),
  }),
  'award.ballot-submitted': event({
    schema: events.zBallotSubmitted,
    evolve: (state, { member, manifest }, { header }) => {
      const boxes = { ...state.award.vote.boxes, [member]: { seq: header.seq, manifest } };
      return withAward(state, { vote: { ...state.award.vote, boxes } });
    },
  }),
  'award.round-counted': event({
    schema: events.zRoundCounted,
    evolve: (state, { verdicts, outcome }, { header }) => {
      const counted = withAward(state, { vote: { ...state.award.vote, verdicts, outcome, countedSeq: header.seq } });
      return outcome === 'RUN_OFF' ? nextRound(counted) : counted;
    },
  }),
};

const resultEvents = {
  'award.decided': event({
    schema: events.zDecided,
    evolve: (state, { at }, { header }) => moveTo(withAward(state, { decided: { seq: header.seq, at } }), 'AWARDED'),
  }),
  'award.announced': event({
    schema: events.zAnnounced,
    evolve: (state, { at, winner, price, late }, { header }) =>
      withAward(state, { announced: { seq: header.seq, at, winner, price, late } }),
  }),
  'award.passed-over': event({
    schema: events.zPassedOver,
    evolve: (state, { bidder, cause }) => {
      const passed = withAward(state, { passedOver: { ...state.award.passedOver, [bidder]: cause }, decided: null, announced: null });
      return moveTo(state.award.vote.countedSeq === null ? passed : nextRound(passed), 'AWARDING');
    },
  }),
  'award.contract-recorded': event({
    schema: events.zContractRecorded,
    evolve: (state, { type: _, ...contract }) => moveTo(withAward(state, { contract }), 'CONTRACTED'),
  }),
  'award.archived': event({
    schema: events.zArchived,
    evolve: (state, { at, package: hash, size }) => moveTo(withAward(state, { archive: { at, package: hash, size } }), 'ARCHIVED'),
  }),
};

export const awardSlice: Slice = {
  name: 'award',
  commands: { ...publicityCommands, ...awardCommands, ...resultCommands },
  events: { ...publicityEvents, ...voteEvents, ...resultEvents },
};
export * from './direct-vote.js';
export * from './selectors.js';
export * from './state.js';
