import { BIDS_PURPOSE, checkDrill } from '@app/sealing';
import { accept, command, type Decision, duty, type Duty, limit, refuse, type RunningLimit } from '../kernel/slice.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { type LotState, own } from '../kernel/state.js';
import { addMs, dateInChina, startOfDate, workingDayBefore } from '../law/calendar.js';
import { profileFor } from '../lot/index.js';
import { zAnswerDrill, zBeginDrill } from './commands.js';
import { KEEPER_ROLES } from './roles.js';
import { keeperPlan } from './ring.js';
import type { Drill } from './state.js';

/** A drill is due by the end of office hours (18:00 in China). */
const OFFICE_ENDS_MS = 18 * 3_600_000;
/** From the beginning of a drill to its limit, unless the deadline for bids comes first. */
const DRILL_MS_MIN = 3_600_000;

/**
 * When the opening trustees (开标受托人) show that the keys which they published are still at hand: on the last working day before the deadline,
 * while a copy can still be fetched. Null where the lot asks for no drill (演练).
 */
export function drillTimes({ setup: { keepers, schedule, ruleSet } }: LotState): { readonly from: string; readonly until: string } | null {
  if (keepers.drill !== true || schedule === null || ruleSet === null) return null;
  const from = startOfDate(workingDayBefore(dateInChina(schedule.deadline), ruleSet.calendar));
  return { from, until: addMs(from, OFFICE_ENDS_MS) };
}

/** The drill before the present deadline; null: none has begun. One before a deadline that was moved since says nothing of this one. */
export function drillOf({ keepers: { drill }, setup: { schedule } }: LotState): Drill | null {
  return drill !== null && drill.deadline === schedule?.deadline ? drill : null;
}

const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string, other: string): string => (one < other ? other : one);

/** Opening trustees who have not answered the drill that is under way. */
export function undrilled(state: LotState): readonly string[] {
  const answered = drillOf(state)?.answered;
  return answered === undefined ? [] : keeperPlan(state, BIDS_PURPOSE).parties.filter((party) => own(answered, party) === undefined);
}

export const drillCommands = {
  'sealing.begin-drill': command({
    schema: zBeginDrill,
    roles: ['node'],
    states: ['SUBMISSION_OPEN'],
    assurance: 'node',
    decide: (state, { party, payload: { challenge } }, { at }): Decision => {
      if (party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue begins the drill');
      const times = drillTimes(state);
      const deadline = state.setup.schedule?.deadline ?? '';
      if (times === null) return refuse('E_INPUT', 'this lot asks for no drill of its trustees');
      if (at < times.from) return refuse('E_TOO_EARLY', `the drill begins at ${times.from}`);
      if (at >= deadline) return refuse('E_DEADLINE_PASSED', 'the deadline for bids has passed');
      if (drillOf(state) !== null) return refuse('E_ALREADY_DONE', 'the drill before this deadline has begun');
      // Where the notice came later than that day, or the deadline was moved over it, there is time up to the deadline.
      // Begun in its last minutes it would make everybody late: whoever is asked has time to answer.
      const least = addMs(at, DRILL_MS_MIN);
      const until = at < times.until ? earlier(deadline, later(times.until, least)) : deadline;
      return accept([{ type: 'sealing.drill-begun', at, challenge, deadline, until }]);
    },
  }),
  'sealing.answer-drill': command({
    schema: zAnswerDrill,
    roles: KEEPER_ROLES,
    states: ['SUBMISSION_OPEN'],
    assurance: 'session',
    // An answer after the limit is late and still of use: it is taken up to the deadline.
    decide: (state, { payload: { proof }, party }, { at }): Decision => {
      const drill = drillOf(state);
      if (!keeperPlan(state, BIDS_PURPOSE).parties.includes(party)) return refuse('FORBIDDEN', 'you keep no share of the bids');
      if (drill === null) return refuse('E_TOO_EARLY', 'the drill has not begun');
      if (own(drill.answered, party) !== undefined) return refuse('E_ALREADY_DONE', 'you have answered the drill');
      const place = { origin: state.origin, purpose: BIDS_PURPOSE, party };
      const published = own(own(state.keepers.published, BIDS_PURPOSE) ?? {}, party) ?? '';
      return checkDrill(profileFor(state), place, drill.challenge, published, proof)
        ? accept([{ type: 'sealing.drill-answered', at, party }])
        : refuse('E_KEY_MISMATCH', 'proof: it is not made with the key that you published');
    },
  }),
} as const;

export function drillDuties(state: LotState, party: string): Duty[] {
  if (state.status !== 'SUBMISSION_OPEN') return [];
  const drill = drillOf(state);
  if (drill !== null) return undrilled(state).includes(party) ? [duty('sealing.answer-drill', BIDS_PURPOSE, null, drill.until)] : [];
  const times = drillTimes(state);
  return times !== null && party === MAIN_NODE ? [duty('sealing.begin-drill', '', times.from)] : [];
}

export function keepersLimits(state: LotState): RunningLimit[] {
  const parties = undrilled(state);
  return state.status === 'SUBMISSION_OPEN' && parties.length > 0 ? limit('drill', drillOf(state)?.until, parties) : [];
}
