import { isListPublished } from '../bidding/index.js';
import { duty, type Duty, type RunningLimit } from '../kernel/slice.js';
import { hasRole, type LotState, partiesWith } from '../kernel/state.js';
import { dueReturns, unrecordedSecurities, withholdingGroundOf } from './selectors.js';

/** One duty for all of them: whoever does it sees in the lot of whom. */
export function securityDuties(state: LotState, party: string): Duty[] {
  const isAgency = hasRole(state, party, 'agency');
  if (state.status === 'OPENING')
    return isAgency && isListPublished(state) && unrecordedSecurities(state).length > 0 ? [duty('security.record')] : [];
  const due = dueReturns(state);
  // Where there is a ground to keep it the tenderer decides; he may give it back all the same.
  const isDisputed = ({ bidder }: DueReturn): boolean => withholdingGroundOf(state, bidder) !== null;
  return [
    ...(isAgency
      ? earliest(
          'security.return',
          due.filter((one) => !isDisputed(one)),
        )
      : []),
    ...(hasRole(state, party, 'tenderer') ? earliest('security.withhold', due.filter(isDisputed)) : []),
  ];
}

type DueReturn = ReturnType<typeof dueReturns>[number];
function earliest(command: string, due: readonly DueReturn[]): Duty[] {
  const days = due.flatMap(({ until }) => until ?? []).sort();
  return due.length === 0 ? [] : [duty(command, '', null, days[0] ?? null)];
}

/** One for each day that is due: it concerns whose securities are to be back by then, and the owner. */
export function securityLimits(state: LotState): RunningLimit[] {
  const byDay = new Map<string, string[]>();
  for (const { bidder, until } of dueReturns(state)) if (until !== null) byDay.set(until, [...(byDay.get(until) ?? []), bidder]);
  const owners = [...partiesWith(state, 'tenderer'), ...partiesWith(state, 'agency')];
  return [...byDay].map(([at, bidders]) => ({ name: 'security-return', at, parties: [...bidders, ...owners] }));
}
