import { command } from '../kernel/slice.js';
import { seesCiphertext, zAnything, zCiphertext, zMasters } from '../sealed-step/index.js';
import { zNothing } from '../kernel/fields.js';
import { statusesBefore } from '../kernel/transitions.js';
import * as audience from './audience.js';
import * as commands from './commands.js';
import * as publicity from './publicity.js';
import * as vote from './vote.js';
import * as decision from './decision.js';
import * as givingUp from './giving-up.js';
import { askValidity, extendValidity } from './validity.js';

const publicityCommands = {
  'award.publish-candidates': command({
    schema: commands.zPublishCandidates,
    roles: ['agency', 'tenderer'],
    states: ['REPORT_REVIEW'],
    assurance: 'certificate',
    decide: publicity.publishCandidates,
    makes: ['award.candidates-published'],
  }),
  'award.object': command({
    schema: zNothing,
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
    schema: zNothing,
    roles: ['agency', 'tenderer', 'node'],
    states: ['CANDIDATE_PUBLICITY'],
    assurance: 'session',
    decide: publicity.closePublicity,
  }),
};

const decisionCommands = {
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
  'award.close-round': command({
    schema: zNothing,
    roles: ['tenderer', 'node'],
    states: ['AWARDING'],
    assurance: 'session',
    decide: vote.closeRound,
  }),
  'award.open-ballots': command({
    schema: commands.zOpenBallots,
    secrets: { masters: zMasters, 'sheet:*': zAnything },
    roles: ['node'],
    states: ['AWARDING'],
    assurance: 'node',
    decide: vote.openBallots,
    makes: ['award.round-counted', 'award.decided', 'lot.failed'],
    audience: {
      'x:masters': seesCiphertext,
      'x:sheet:*': audience.seesBallot,
      'd:tally': audience.seesAward,
      'd:award': audience.seesAward,
    },
  }),
  'award.decide': command({
    schema: zNothing,
    secrets: { decision: commands.zDecision },
    roles: ['tenderer'],
    states: ['REPORT_REVIEW', 'AWARDING'],
    assurance: 'certificate',
    decide: decision.decideAward,
    makes: ['award.opened', 'award.decided'],
    audience: { 'x:decision': audience.seesAward, 'd:award': audience.seesAward },
  }),
  'award.deem-decided': command({
    schema: zNothing,
    // The law decides, not who records it: whoever is hurt by the delay may.
    roles: ['node', 'agency', 'tenderer', 'supervisor', 'bidder'],
    states: ['EVALUATED', 'REPORT_REVIEW'],
    assurance: 'session',
    decide: decision.deemDecided,
    makes: ['award.opened', 'award.decided'],
    audience: { 'd:award': audience.seesAward },
  }),
  'award.give-up': command({
    schema: commands.zGiveUp,
    secrets: { statement: commands.zStatement },
    roles: ['bidder'],
    states: ['CANDIDATE_PUBLICITY', 'AWARDING', 'AWARDED'],
    assurance: 'certificate',
    decide: givingUp.giveUp,
    audience: { 'x:statement': audience.seesWord },
  }),
  'award.ask-validity': command({
    schema: commands.zAskValidity,
    roles: ['tenderer', 'agency'],
    states: statusesBefore('LOT_FAILED'),
    assurance: 'certificate',
    decide: askValidity,
    makes: ['award.validity-asked'],
  }),
  'award.extend-validity': command({
    schema: commands.zExtendValidity,
    roles: ['bidder'],
    // From the deadline, when it begins to run, to the award.
    states: statusesBefore('LOT_FAILED'),
    assurance: 'certificate',
    decide: extendValidity,
    makes: ['award.validity-extended'],
  }),
  'award.find-unlawful': command({
    schema: commands.zFindUnlawful,
    secrets: { finding: commands.zStatement },
    roles: ['supervisor'],
    states: ['EVALUATED', 'REPORT_REVIEW', 'CANDIDATE_PUBLICITY', 'AWARDING', 'AWARDED'],
    assurance: 'certificate',
    decide: givingUp.findUnlawful,
    audience: { 'x:finding': audience.seesWord },
  }),
};

const resultCommands = {
  'award.announce': command({
    schema: zNothing,
    roles: ['tenderer', 'agency'],
    states: ['AWARDED'],
    assurance: 'certificate',
    decide: decision.announce,
    makes: ['award.announced'],
    audience: { 'd:notice:*': audience.seesNotice },
  }),
  'award.pass-over': command({
    schema: commands.zPassOver,
    roles: ['tenderer'],
    states: ['AWARDED'],
    assurance: 'certificate',
    decide: decision.passOver,
    makes: ['award.passed-over'],
  }),
  'award.record-contract': command({
    schema: commands.zRecordContract,
    roles: ['tenderer', 'agency'],
    states: ['AWARDED'],
    assurance: 'certificate',
    decide: decision.recordContract,
  }),
  'award.archive': command({
    schema: commands.zArchive,
    roles: ['agency', 'node'],
    states: ['CONTRACTED'],
    assurance: 'session',
    decide: decision.archive,
  }),
};

export const awardCommands = { ...publicityCommands, ...decisionCommands, ...resultCommands };
