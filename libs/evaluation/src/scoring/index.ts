import { MEMBER_ROLES } from '../committee/members.js';
import { stepOpened } from '../committee/state.js';
import { command, event, type Slice } from '../kernel/slice.js';
import { moveTo } from '../kernel/state.js';
import { seesCiphertext } from '../review/audience.js';
import { zAnything, zCiphertext, zMasters } from '../review/commands.js';
import { boxSubmitted, closed, corrected, sheetsOpened } from '../sealed-step/step.js';
import * as audience from './audience.js';
import * as commands from './commands.js';
import * as rules from './rules.js';
import * as events from './events.js';
import { withPart, withScoring } from './state.js';

const sheets = {
  'scoring.submit-sheet': command({
    schema: commands.zSubmitScores,
    secrets: { ciphertext: zCiphertext },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'session',
    decide: rules.submitScores,
    audience: { 'x:ciphertext': seesCiphertext },
  }),
  'scoring.open-sheets': command({
    schema: commands.zOpenScores,
    secrets: { masters: zMasters, 'sheet:*': zAnything },
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: rules.openScores,
    audience: { 'x:masters': seesCiphertext, 'x:sheet:*': audience.seesScoreSheet, 'd:dues': audience.seesDues },
  }),
  'scoring.aggregate': command({
    schema: commands.zAggregate,
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: rules.aggregateScores,
    audience: { 'd:result': audience.seesResult },
  }),
};

const settlement = {
  'scoring.correct-item': command({
    schema: commands.zCorrectScores,
    secrets: { correction: commands.zScoreSheet },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.correctScores,
    audience: { 'x:correction': audience.seesScoreSheet, 'd:dues': audience.seesDues },
  }),
  'scoring.confirm-item': command({
    schema: commands.zConfirmItem,
    secrets: { confirmation: commands.zConfirmation },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.confirmItem,
    audience: { 'x:confirmation': audience.seesDues, 'd:dues': audience.seesDues },
  }),
  'scoring.explain-outlier': command({
    schema: commands.zExplainOutlier,
    secrets: { explanation: commands.zExplanation },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: rules.explainOutlier,
    audience: { 'x:explanation': audience.seesDues, 'd:dues': audience.seesDues },
  }),
};

const scoringEvents = {
  'scoring.sheet-submitted': event({
    schema: events.zScoresSubmitted,
    evolve: (state, { part, member, manifest }, { header }) =>
      withPart(state, part, (step) => boxSubmitted(step, member, { seq: header.seq, manifest })),
  }),
  'scoring.sheets-opened': event({
    schema: events.zScoresOpened,
    evolve: (state, { part, verdicts, owed }, { header }) =>
      withPart(state, part, (step) => sheetsOpened(step, verdicts, owed, header.seq)),
  }),
  'scoring.item-corrected': event({
    schema: events.zItemCorrected,
    evolve: (state, { part, member, owed }, { header }) => withPart(state, part, (step) => corrected(step, member, owed, header.seq)),
  }),
  'scoring.item-confirmed': event({
    schema: events.zItemConfirmed,
    evolve: (state, { part, member, owed }, { header }) => withPart(state, part, (step) => corrected(step, member, owed, header.seq)),
  }),
  'scoring.outlier-explained': event({
    schema: events.zOutlierExplained,
    evolve: (state, { part, member, owed }, { header }) => withPart(state, part, (step) => corrected(step, member, owed, header.seq)),
  }),
  'scoring.part-closed': event({
    schema: events.zPartClosed,
    evolve: (state, { part, at }) => withPart(state, part, (step) => closed(step, at)),
  }),
  'scoring.aggregated': event({
    schema: events.zAggregated,
    evolve: (state, { at }, { header }) =>
      moveTo(stepOpened(withScoring(state, { aggregated: { seq: header.seq, at } }), null, at), 'REPORT_SIGNING'),
  }),
};

export const scoringSlice: Slice = { name: 'scoring', commands: { ...sheets, ...settlement }, events: scoringEvents };
export * from './aggregate.js';
export * from './consistency.js';
export * from './dues.js';
export * from './low-price.js';
export * from './outliers.js';
export * from './policy-deduction.js';
export * from './price-score.js';
export * from './ranking.js';
export * from './result.js';
export * from './sheets.js';
export * from './state.js';
