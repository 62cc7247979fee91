import type { Context, LotEvent } from '@app/contracts';
import { isMember, MEMBER_ROLES, membersOf } from '../committee/index.js';
import { limitOf } from '../lot/index.js';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { reportContent } from './content.js';
import * as commands from './commands.js';
import * as audience from './audience.js';

/** Made from the record alone; a new version is possible until somebody has signed. */
function generate(state: LotState, _asked: Of<typeof zNothing>, context: Context): Decision {
  const { generated, ends } = state.report;
  if (Object.keys(ends).length > 0) return refuse('E_ALREADY_LOCKED', 'a member has signed this report');
  const version = (generated?.version ?? 0) + 1;
  return accept([{ type: 'report.generated', version, at: context.at }], { report: reportContent(state) });
}

/** 条例 53: every member signs; who differs says so in writing with reasons, and it is attached. */
function sign(state: LotState, asked: Of<typeof commands.zSign>, context: Context): Decision {
  const { generated, ends } = state.report;
  if (!isMember(state, asked.party)) return refuse('FORBIDDEN', 'you are not a member of the committee');
  if (generated === null) return refuse('WRONG_STATE', 'the report is not made yet');
  if (Object.hasOwn(ends, asked.party)) return refuse('E_ALREADY_DONE', 'you have signed');
  if (asked.payload.report !== generated.hash)
    return refuse('E_REPORT_HASH_CHANGED', 'this is not the report on the record: read it again');
  const isDissent = asked.payload.mode !== 'SIGNED';
  if (isDissent !== Object.hasOwn(asked.secrets, 'dissent')) {
    return refuse(
      'E_REASON_REQUIRED',
      isDissent ? 'secrets.dissent: give the dissent and its reasons in writing' : 'secrets.dissent: the mode says no dissent',
    );
  }
  return ended(state, asked.party, asked.payload.mode, context.at);
}

function ended(state: LotState, member: string, end: string, at: string): Decision {
  const signed: LotEvent = { type: 'report.signed', member, end, at };
  const open = membersOf(state).filter((party) => party !== member && !Object.hasOwn(state.report.ends, party));
  return open.length > 0 ? accept([signed]) : accept([signed, { type: 'report.delivered', at }]);
}

/** 条例 53: whoever refuses to sign and states no dissent in writing is taken to agree; a witness notes it, after the time to sign. */
function deemAgreed(state: LotState, asked: Of<typeof commands.zDeemAgreed>, context: Context): Decision {
  const { generated, ends } = state.report;
  const { member } = asked.payload;
  if (generated === null) return refuse('WRONG_STATE', 'the report is not made yet');
  if (!isMember(state, member)) return refuse('E_INPUT', `member: ${member} is no member of the committee`);
  if (Object.hasOwn(ends, member)) return refuse('E_ALREADY_DONE', `${member} has signed`);
  const until = limitOf(state, 'reportSigning', generated.at) ?? generated.at;
  if (context.at < until) return refuse('E_TOO_EARLY', `members may sign until ${until}`);
  return ended(state, member, 'REFUSED_DEEMED_AGREED', context.at);
}

/** 1117号 (五): the tenderer checks the report before anything is published; doubts lead to a re-evaluation on a legal ground only. */
function reviewReport(state: LotState, asked: Of<typeof commands.zReviewReport>, context: Context): Decision {
  if (state.report.reviewed?.outcome === 'ACCEPTED') return refuse('E_ALREADY_DONE', 'the report is accepted');
  if (asked.payload.outcome === 'QUESTIONED' && !Object.hasOwn(asked.secrets, 'findings')) {
    return refuse('E_REASON_REQUIRED', 'secrets.findings: say what is questioned');
  }
  return accept([{ type: 'report.reviewed', outcome: asked.payload.outcome, at: context.at }]);
}

export const reportCommands = {
  'report.generate': command({
    schema: zNothing,
    roles: ['node'],
    states: ['REPORT_SIGNING'],
    assurance: 'node',
    decide: generate,
    makes: ['report.generated'],
    audience: { 'd:report': audience.seesReport },
  }),
  'report.sign': command({
    schema: commands.zSign,
    secrets: { dissent: commands.zDissent.optional() },
    roles: MEMBER_ROLES,
    states: ['REPORT_SIGNING'],
    assurance: 'certificate',
    decide: sign,
    audience: { 'x:dissent': audience.seesReport },
  }),
  'report.deem-agreed': command({
    schema: commands.zDeemAgreed,
    roles: ['witness'],
    states: ['REPORT_SIGNING'],
    assurance: 'certificate',
    decide: deemAgreed,
  }),
  'report.review': command({
    schema: commands.zReviewReport,
    secrets: { findings: commands.zFindings.optional() },
    roles: ['tenderer', 'agency'],
    states: ['EVALUATED', 'REPORT_REVIEW'],
    assurance: 'certificate',
    decide: reviewReport,
    audience: { 'x:findings': audience.seesFindings },
  }),
};
