import { MEMBER_ROLES } from '../committee/members.js';
import { command, event, type Slice } from '../kernel/slice.js';
import { moveTo } from '../kernel/state.js';
import * as audience from './audience.js';
import * as commands from './commands.js';
import * as rules from './rules.js';
import * as events from './events.js';
import { boxSubmitted, closed, corrected, sheetsOpened } from '../sealed-step/step.js';
import { withReview, withReviewSheets } from './state.js';

const qualification = {
  'review.qualify': command({
    schema: commands.zQualify,
    secrets: { qualification: commands.zQualification },
    roles: ['tenderer', 'agency'],
    states: ['OPENED'],
    assurance: 'certificate',
    decide: rules.qualify,
    audience: { 'x:qualification': audience.seesQualification },
  }),
};

const sheets = {
  'review.submit-sheet': command({
    schema: commands.zSubmitSheet,
    secrets: { ciphertext: commands.zCiphertext },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'session',
    decide: rules.submitSheet,
    audience: { 'x:ciphertext': audience.seesCiphertext },
  }),
  'review.open-sheets': command({
    schema: commands.zOpenSheets,
    secrets: { masters: commands.zMasters, 'sheet:*': commands.zAnything },
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: rules.openSheets,
    audience: { 'x:masters': audience.seesCiphertext, 'x:sheet:*': audience.seesReviewSheet, 'd:review': audience.seesFindings },
  }),
  'review.correct-sheet': command({
    schema: commands.zCorrectSheet,
    secrets: { correction: commands.zSheet },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.correctSheet,
    audience: { 'x:correction': audience.seesReviewSheet, 'd:review': audience.seesFindings },
  }),
  'review.vote-competition': command({
    schema: commands.zVoteCompetition,
    secrets: { vote: commands.zCompetitionVote },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.voteCompetition,
    audience: { 'x:vote': audience.seesFindings },
  }),
};

const clarifications = {
  'review.ask-clarification': command({
    schema: commands.zAskClarification,
    secrets: { question: commands.zClarificationText },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.askClarification,
    audience: { 'x:question': audience.seesClarification },
  }),
  'review.answer-clarification': command({
    schema: commands.zAnswerClarification,
    secrets: { answer: commands.zClarificationText },
    roles: ['bidder'],
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.answerClarification,
    audience: { 'x:answer': audience.seesClarification },
  }),
};

const reviewEvents = {
  'review.qualified': event({
    schema: events.zQualified,
    evolve: (state, { passed }, { header }) =>
      moveTo(withReview(state, { qualification: { seq: header.seq, passed } }), 'QUALIFICATION_BY_PURCHASER'),
  }),
  'review.sheet-submitted': event({
    schema: events.zSheetSubmitted,
    evolve: (state, { member, manifest }, { header }) =>
      withReviewSheets(state, boxSubmitted(state.review.sheets, member, { seq: header.seq, manifest })),
  }),
  'review.sheets-opened': event({
    schema: events.zSheetsOpened,
    evolve: (state, { verdicts, owed }, { header }) =>
      withReviewSheets(state, sheetsOpened(state.review.sheets, verdicts, owed, header.seq)),
  }),
  'review.sheet-corrected': event({
    schema: events.zSheetCorrected,
    evolve: (state, { member, owed }, { header }) => withReviewSheets(state, corrected(state.review.sheets, member, owed, header.seq)),
  }),
  'review.concluded': event({
    schema: events.zConcluded,
    evolve: (state, { at }, { header }) =>
      withReview(state, {
        concluded: { seq: header.seq, at },
        sheets: closed(state.review.sheets, at),
        fewBids: { votes: {}, outcome: null },
      }),
  }),
  'review.competition-voted': event({
    schema: events.zCompetitionVoted,
    evolve: (state, { member }, { header }) =>
      withReview(state, { fewBids: { ...state.review.fewBids, votes: { ...state.review.fewBids.votes, [member]: header.seq } } }),
  }),
  'review.competition-decided': event({
    schema: events.zCompetitionDecided,
    evolve: (state, { outcome }) => withReview(state, { fewBids: { ...state.review.fewBids, outcome } }),
  }),
  'review.clarification-asked': event({
    schema: events.zClarificationAsked,
    evolve: (state, { id, bidder, dueAt }, { header }) =>
      withReview(state, {
        clarifications: [...state.review.clarifications, { id, bidder, dueAt, askedSeq: header.seq, answeredSeq: null }],
      }),
  }),
  'review.clarification-answered': event({
    schema: events.zClarificationAnswered,
    evolve: (state, { id }, { header }) =>
      withReview(state, {
        clarifications: state.review.clarifications.map((one) => (one.id === id ? { ...one, answeredSeq: header.seq } : one)),
      }),
  }),
};

export const reviewSlice: Slice = {
  name: 'review',
  commands: { ...qualification, ...sheets, ...clarifications },
  events: reviewEvents,
};
export * from './bids.js';
export * from './state.js';
export { type Sheet as ReviewSheet, type ReviewEntry } from './commands.js';
