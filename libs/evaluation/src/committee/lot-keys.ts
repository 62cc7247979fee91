import type { Command, Context, LotEvent } from '@app/contracts';
import { decodePublicKey } from '@app/sealing';
import { type Of, zNothing } from '../kernel/fields.js';
import { accept, type Asked, command, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import type { LotStatus } from '../kernel/status.js';
import { attesterOf, venueOf } from '../lot/index.js';
import { zAttestKey } from './commands.js';
import { isMember, MEMBER_ROLES } from './members.js';
import type { LotKey } from './state.js';
import { GATHERING_STATES } from './steps.js';

/** Keys of one member in one lot: every terminal or fresh start of one makes its own. */
const KEYS_OF_MEMBER_MAX = 16;

/** States in which a member acts. */
const ACTING_STATES: readonly LotStatus[] = [
  ...GATHERING_STATES,
  'REPORT_SIGNING',
  'EVALUATED',
  'REPORT_REVIEW',
  'CANDIDATE_PUBLICITY',
  'AWARDING',
];

/** Keys of the lot that are bound to a member, by the key. */
const keysOf = (state: LotState, member: string): string[] =>
  Object.keys(state.committee.keys).filter((key) => state.committee.keys[key]?.member === member);

/**
 * Names of members are secret (招标投标法 37), signatures are not: every act of a member is signed by a key of this lot too, which its first
 * act binds to the pseudonym by the member's certificate. Refusal for an act whose key is not bound, and for a key where none belongs.
 */
export function lotKeyFault(state: LotState, { party, key }: Command['actor'], bindsKey: boolean): Refused | null {
  if (!isMember(state, party))
    return key === undefined ? null : refuse('E_INPUT', 'actor.key: members of the evaluation committee alone act by a key of the lot');
  if (key === undefined) return refuse('E_KEY_NOT_BOUND', 'actor.key: name the key of this lot that signs beside your own');
  const bound = own(state.committee.keys, key);
  if (bound !== undefined) return bound.member === party ? null : refuse('E_INPUT', 'actor.key: is bound to another member');
  if (!bindsKey) return refuse('E_KEY_NOT_BOUND', 'bind this key to yourself first (committee.bind-key)');
  if (decodePublicKey(key)?.kind !== 'command') return refuse('E_INPUT', 'actor.key: not a key that signs commands');
  return keysOf(state, party).length < KEYS_OF_MEMBER_MAX
    ? null
    : refuse('QUOTA_EXCEEDED', `you have ${KEYS_OF_MEMBER_MAX} keys in this lot; go on with one of them`);
}

/** What becomes of the key of an act that may bind one. */
export const bound = (state: LotState, { party, key }: Pick<Asked<unknown>, 'party' | 'key'>, at: string): LotEvent[] =>
  key === null || own(state.committee.keys, key) !== undefined ? [] : [{ type: 'committee.key-bound', member: party, key, at }];

/** Has the node of the member's seat said that the member's certificate bound this key? */
export const isAttested = (state: LotState, key: string): boolean => (own(state.committee.keys, key)?.attestedAt ?? null) !== null;

/**
 * The same, or of a member who left: nothing of his stands that anybody would have to vouch for (条例 48), so a site that is lost does not
 * stop the lot when its members are replaced.
 */
export function isVouchedFor(state: LotState, key: string): boolean {
  const known = own(state.committee.keys, key);
  return known !== undefined && (isAttested(state, key) || !isMember(state, known.member));
}

/** Keys of members that wait for this node's word. */
export const attestedBy = (state: LotState, node: string): string[] =>
  Object.entries(state.committee.keys)
    .filter(([, { member, attestedAt }]) => attestedAt === null && isMember(state, member) && attesterOf(state, member) === node)
    .map(([key]) => key);

function bindKey(state: LotState, asked: Of<typeof zNothing>, { at }: Context): Decision {
  // Which node attests it, and so whether anything opens over it, is known when he sits somewhere.
  if (venueOf(state, asked.party) === null) return refuse('E_NOT_SIGNED_IN', 'sign in at your seat first, with this key');
  const events = bound(state, asked, at);
  return events.length === 0 ? refuse('E_ALREADY_DONE', 'this key is bound to you') : accept(events);
}

/** The node has seen the certificate behind the act that bound the key, which other sites have not. */
function attestKey(state: LotState, { party, payload: { key } }: Of<typeof zAttestKey>, { at }: Context): Decision {
  const known: LotKey | undefined = own(state.committee.keys, key);
  if (known === undefined) return refuse('E_INPUT', 'key: no member has bound it');
  const attester = attesterOf(state, known.member);
  if (attester !== party) return refuse('FORBIDDEN', `${attester ?? 'no node'} sees whose key this is`);
  if (known.attestedAt !== null) return refuse('E_ALREADY_DONE', 'this key is attested');
  return accept([{ type: 'committee.key-attested', key, at }]);
}

export const lotKeyCommands = {
  'committee.bind-key': command({
    schema: zNothing,
    roles: MEMBER_ROLES,
    states: ACTING_STATES,
    assurance: 'session',
    bindsKey: true,
    decide: bindKey,
  }),
  'committee.attest-key': command({
    schema: zAttestKey,
    roles: ['node'],
    states: ACTING_STATES,
    assurance: 'node',
    decide: attestKey,
  }),
};
