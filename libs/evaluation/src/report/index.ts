import { isInsider, MEMBER_ROLES } from '../committee/members.js';
import { command, event, type Audience, type Slice } from '../kernel/slice.js';
import { moveTo, withFault } from '../kernel/state.js';
import { isOwner } from '../review/audience.js';
import * as commands from './commands.js';
import * as rules from './rules.js';
import * as events from './events.js';
import { withReport } from './state.js';

/** 评标报告: the committee and the supervisor at once, tenderer and agency when it is delivered (domain.md §2.2). */
const seesReport: Audience = (viewer, state) => isInsider(viewer, state) || (state.report.deliveredAt !== null && isOwner(viewer));
const seesFindings: Audience = (viewer, state) => isOwner(viewer) || isInsider(viewer, state);

const reportCommands = {
  'report.generate': command({
    schema: commands.zGenerate,
    roles: ['node'],
    states: ['REPORT_SIGNING'],
    assurance: 'node',
    decide: rules.generate,
    audience: { 'd:report': seesReport },
  }),
  'report.sign': command({
    schema: commands.zSign,
    secrets: { dissent: commands.zDissent.optional() },
    roles: MEMBER_ROLES,
    states: ['REPORT_SIGNING'],
    assurance: 'certificate',
    decide: rules.sign,
    audience: { 'x:dissent': seesReport },
  }),
  'report.deem-agreed': command({
    schema: commands.zDeemAgreed,
    roles: ['witness'],
    states: ['REPORT_SIGNING'],
    assurance: 'certificate',
    decide: rules.deemAgreed,
  }),
  'report.review': command({
    schema: commands.zReviewReport,
    secrets: { findings: commands.zFindings.optional() },
    roles: ['tenderer', 'agency'],
    states: ['EVALUATED', 'REPORT_REVIEW'],
    assurance: 'certificate',
    decide: rules.reviewReport,
    audience: { 'x:findings': seesFindings },
  }),
};

const reportEvents = {
  'report.generated': event({
    schema: events.zGenerated,
    evolve: (state, { version, at }, { header }) => {
      const hash = header.parts['d:report'];
      if (hash === undefined) return withFault(state, 'a report without its part');
      return withReport(state, { generated: { seq: header.seq, at, version, hash }, ends: {} });
    },
  }),
  'report.signed': event({
    schema: events.zSigned,
    evolve: (state, { member, end, at }, { header }) =>
      withReport(state, { ends: { ...state.report.ends, [member]: { end, at, seq: header.seq } } }),
  }),
  'report.delivered': event({
    schema: events.zDelivered,
    evolve: (state, { at }) => moveTo(withReport(state, { deliveredAt: at }), 'EVALUATED'),
  }),
  'report.reviewed': event({
    schema: events.zReviewed,
    evolve: (state, { outcome, at }, { header }) => {
      const reviewed = withReport(state, { reviewed: { outcome, at, seq: header.seq } });
      return state.status === 'EVALUATED' ? moveTo(reviewed, 'REPORT_REVIEW') : reviewed;
    },
  }),
};

export const reportSlice: Slice = { name: 'report', commands: reportCommands, events: reportEvents };
export * from './content.js';
export * from './state.js';
