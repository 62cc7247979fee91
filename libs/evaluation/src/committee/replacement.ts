import type { Context, LotEvent } from '@app/contracts';
import { addMs } from '../law/calendar.js';
import { type Clash, bindingOf, clashWith, limitOf, standingOf, standingsOf } from '../lot/index.js';
import { accept, command, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import type { LotStatus } from '../kernel/status.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { isListPublished } from '../bidding/index.js';
import { type ExcusalCause, zReplaceMember } from './commands.js';
import { isMember, MEMBER_ROLES, membersOf, presenceOf } from './members.js';
import { GATHERING_STATES } from './steps.js';

/** What happens when a member leaves: his part ends here, and the draw owes a replacement (条例 48, 87号令 49). */
export const excuse = (member: string, cause: ExcusalCause, at: string): LotEvent[] => [
  { type: 'committee.excused', member, cause, at },
  { type: 'lot.party-retired', party: member, at, reason: cause },
];

/** The recusal rule that hits a member beside everybody who is known in the lot by now, or null (条例 46, 87号令 47). */
export const recusalOf = (state: LotState, member: string): Clash | null =>
  clashWith(standingOf({ party: member, roles: own(state.parties, member)?.roles ?? [] }, bindingOf(state, member)), standingsOf(state));

/** Members whom a recusal rule hits now that the bidders are known: the draw may have come before them (domain.md §3.6). */
export const recused = (state: LotState): string[] =>
  isListPublished(state) && RECUSAL_STATES.includes(state.status)
    ? membersOf(state).filter((member) => recusalOf(state, member) !== null)
    : [];
const RECUSAL_STATES: readonly LotStatus[] = ['OPENING', ...GATHERING_STATES];

/**
 * 条例 46(2): a member is replaced for a cause of the law, and nobody's word alone makes one. That a member did not come shows the record;
 * who falls ill or leaves says so, or the witness who sees it; what is a violation the authority finds.
 */
function causeFault(state: LotState, { party, payload: { member, cause } }: Of<typeof zReplaceMember>, at: string): Refused | null {
  const isSupervisor = hasRole(state, party, 'supervisor');
  switch (cause) {
    case 'NO_SHOW': {
      if (party === member) return refuse('FORBIDDEN', 'whoever does not come cannot say so here');
      if (presenceOf(state, member) !== undefined) return refuse('E_ALREADY_DONE', `${member} has signed in`);
      const until = arrivalEnd(state, member);
      return until === null || at < until
        ? refuse('E_TOO_EARLY', `${member} may sign in until ${until ?? 'the opening is over, and later'}`)
        : null;
    }
    case 'ILLNESS':
    case 'LEFT':
      return party === member || hasRole(state, party, 'witness')
        ? null
        : refuse('FORBIDDEN', `${cause}: the member says so, or the witness who sees it`);
    default:
      return isSupervisor ? null : refuse('FORBIDDEN', `${cause}: the supervision authority finds it`);
  }
}

/** Until when a member has time to come: from the end of the opening, or from his call where that came later. Null: it does not run yet. */
function arrivalEnd(state: LotState, member: string): string | null {
  const { gatheringFrom: from } = state.committee;
  if (from === null) return null;
  const place = Object.values(state.draw.filled).find(({ party }) => party === member);
  const calledAt = place === undefined ? from : (own(state.draw.contacts, place.candidate)?.at ?? from);
  const until = limitOf(state, 'memberArrival', calledAt > from ? calledAt : from);
  return until === null ? null : addMs(until, state.setup.suspendedMs);
}

function replaceMember(state: LotState, asked: Of<typeof zReplaceMember>, context: Context): Decision {
  const { member, cause } = asked.payload;
  if (!isMember(state, member)) return refuse('E_INPUT', `member: ${member} is no member of the committee`);
  return causeFault(state, asked, context.at) ?? accept(excuse(member, cause, context.at));
}

/** The third of four moments: over all who were called before the bidders were known. */
function recuseMembers(state: LotState, asked: Of<typeof zNothing>, { at }: Context): Decision {
  if (asked.party !== MAIN_NODE) return refuse('FORBIDDEN', 'the main venue knows who everybody is');
  const hit = recused(state);
  if (hit.length === 0) return refuse('E_ALREADY_DONE', 'no recusal rule hits a member');
  return accept(hit.flatMap((member) => excuse(member, 'RECUSAL', at)));
}

export const replacementCommands = {
  'committee.replace-member': command({
    schema: zReplaceMember,
    roles: ['agency', 'supervisor', 'witness', ...MEMBER_ROLES],
    states: GATHERING_STATES,
    assurance: 'certificate',
    decide: replaceMember,
  }),
  'committee.recuse': command({
    schema: zNothing,
    roles: ['node'],
    states: RECUSAL_STATES,
    assurance: 'node',
    decide: recuseMembers,
    makes: ['committee.excused', 'lot.party-retired'],
  }),
};
