import type { Role } from '@app/contracts';
import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { hasRole, type LotState } from '../kernel/state.js';
import type { LotStatus } from '../kernel/status.js';
import { RUNNING_STATUSES, statusesBefore } from '../kernel/transitions.js';
import * as commands from './commands.js';
import { failed } from './selectors.js';

const OWNER: readonly Role[] = ['agency', 'tenderer'];
const BEFORE_OPENING: readonly LotStatus[] = ['PUBLISHED', 'SUBMISSION_OPEN'];

/** What befalls a lot as a whole. */
export const fateCommands = {
  'lot.suspend': command({
    schema: commands.zSuspend,
    roles: ['supervisor', 'agency', 'tenderer'],
    states: RUNNING_STATUSES,
    assurance: 'certificate',
    decide: (state, { payload: { cause, reason }, party }, { at }): Decision =>
      cause === 'SUPERVISION_ORDER' && !hasRole(state, party, 'supervisor')
        ? refuse('FORBIDDEN', 'only the supervision authority orders this')
        : accept([{ type: 'lot.suspended', at, by: party, cause, reason }]),
  }),
  'lot.resume': command({
    schema: commands.zResume,
    roles: ['supervisor', 'agency', 'tenderer'],
    states: ['SUSPENDED'],
    assurance: 'certificate',
    decide: (state, { payload, party }, { at }): Decision =>
      state.setup.suspension?.cause === 'SUPERVISION_ORDER' && !hasRole(state, party, 'supervisor')
        ? refuse('FORBIDDEN', 'who ordered the suspension lifts it')
        : resumed(state, at, payload.deadline),
  }),
  'lot.terminate': command({
    schema: commands.zTerminate,
    roles: OWNER,
    states: [...BEFORE_OPENING, 'SUSPENDED'],
    assurance: 'certificate',
    // 条例 31, 87号令 29: the tender is ended before the deadline, everybody is told, costs are refunded.
    decide: (state, { payload, party }, { at }): Decision =>
      state.previous !== null && !BEFORE_OPENING.includes(state.previous)
        ? refuse('WRONG_STATE', 'after the deadline a lot fails for a reason of the law, it is not ended')
        : accept([{ type: 'lot.terminated', at, by: party, reason: payload.reason }]),
  }),
  'lot.fail': command({
    schema: commands.zFail,
    // 政府采购法 36, 条例 44: whether the law is broken, or the need is gone, is not the owner's word; counts and prices the rules find.
    roles: ['supervisor'],
    states: statusesBefore('LOT_FAILED'),
    assurance: 'certificate',
    decide: (state, { payload: { reason, explanation } }, { at }): Decision =>
      // 招标投标法 45: the notice of award binds; who has it is passed over for a cause of the law, or sues.
      state.award.announced === null
        ? accept([failed(at, reason, explanation)])
        : refuse('WRONG_STATE', 'the notice of award has gone out: a lot fails before it only'),
  }),
  'lot.re-evaluate': command({
    schema: commands.zReEvaluate,
    // 87号令 67, 条例 71: found by the authority. What the rules or the committee find about a score is `scoring.reopen`,
    // `scoring.recognise-outlier`.
    roles: ['supervisor'],
    // A suspended lot may go back to it, but is not sent to it.
    states: statusesBefore('RE_EVALUATION').filter((status) => status !== 'SUSPENDED'),
    assurance: 'certificate',
    decide: (state, { payload: { ground, reason } }, { at }): Decision => {
      if (ground !== 'OBJECTION_UPHELD') return accept([{ type: 'lot.re-evaluation-started', at, ground, reason, committee: 'new' }]);
      // 94号令 16: in procurement an upheld challenge leads to the next candidate or to a new tender, never to a new evaluation.
      if (state.setup.regime !== 'TENDER_LAW') return refuse('E_INPUT', 'ground: an upheld challenge is none in procurement');
      if (!state.award.objections.some(({ answered }) => answered?.upheld === true))
        return refuse('E_INPUT', 'ground: no objection was upheld');
      return accept([{ type: 'lot.re-evaluation-started', at, ground, reason, committee: 'same' }]);
    },
  }),
} as const;

/** The lot goes on where it was; see `lot.resumed`. */
export function resumed(state: LotState, at: string, deadline: string | null): Decision {
  const present = state.setup.schedule?.deadline ?? at;
  const isOpenForBids = state.previous === 'SUBMISSION_OPEN' || state.previous === 'PUBLISHED';
  // Nobody loses time for bidding to a suspension: what ended meanwhile gets a new end.
  if (isOpenForBids && (deadline ?? present) <= at) return refuse('E_INPUT', 'deadline: it passed meanwhile; name a later one');
  if (deadline !== null && (!isOpenForBids || deadline < present)) return refuse('E_INPUT', 'deadline: it can not be moved so');
  const lostMs = Math.max(0, Date.parse(at) - Date.parse(state.setup.suspension?.at ?? at));
  return accept([{ type: 'lot.resumed', at, lostMs, deadline }]);
}
