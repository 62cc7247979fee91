import { isMember } from '../committee/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, limit, type RunningLimit } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { limitOf } from '../lot/index.js';

export function reportDuties(state: LotState, party: string): Duty[] {
  const { status, report } = state;
  if (status === 'EVALUATED') return hasRole(state, party, 'tenderer') ? [duty('report.review')] : [];
  if (status !== 'REPORT_SIGNING') return [];
  const { generated } = report;
  if (generated === null) return party === MAIN_NODE ? [duty('report.generate')] : [];
  if (!isMember(state, party) || own(report.ends, party) !== undefined) return [];
  return [duty('report.sign', generated.hash, null, limitOf(state, 'reportSigning', generated.at))];
}

export function reportLimits(state: LotState): RunningLimit[] {
  const { status, report } = state;
  if (status === 'REPORT_SIGNING' && report.generated !== null)
    return limit('report-signing', limitOf(state, 'reportSigning', report.generated.at));
  // 条例 54: candidates are published within three days of the report.
  const isWaited = (status === 'EVALUATED' || status === 'REPORT_REVIEW') && report.deliveredAt !== null;
  return isWaited ? limit('publicity-due', limitOf(state, 'reportToPublicity', report.deliveredAt)) : [];
}
