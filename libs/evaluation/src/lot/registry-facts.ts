import { type Right, zName } from '@app/contracts';
import { z } from 'zod';
import { refuse, type Refused } from '../kernel/slice.js';
import { own } from '../kernel/state.js';
import type { NamedParty } from './commands.js';

/**
 * Fact `registry` of `lot.create` and `lot.admit`: what the main venue's registry says of each binding that the command gives. It names
 * nobody, since facts are public. A verifier believes the registry here, as it believes it about the pool; that the same person and key
 * act afterwards it checks by itself.
 */
const zRegistryFacts = z.object({
  registry: z.strictObject({
    parties: z.record(
      zName,
      z.strictObject({
        /** Person, organisation and certificate, or the node's key, are as registered and in force. */
        isKnown: z.boolean(),
        /** Rights that the registry grants to the person. */
        rights: z.array(z.string().max(40)).max(40),
      }),
    ),
  }),
});
export type RegistryFacts = z.infer<typeof zRegistryFacts>['registry'];

/** What the registry must have granted to whoever stands behind a party of this role; the founder needs `lots:found` besides. */
const NEEDED: readonly { readonly role: 'supervisor' | 'witness'; readonly right: Right }[] = [
  // 条例 46, 电子招标投标办法 46: whoever supervises or attests is sent by the authority or the centre, never chosen by the owner.
  { role: 'supervisor', right: 'lots:supervise' },
  { role: 'witness', right: 'lots:witness' },
];

/** Why these parties cannot be admitted as far as the registry goes; `founder`: who creates the lot, null for a later admission. */
export function registryFault(facts: unknown, parties: readonly NamedParty[], founder: string | null): Refused | null {
  const read = zRegistryFacts.safeParse(facts);
  if (!read.success) return refuse('E_UNREGISTERED', 'the registry says nothing of these parties');
  const known = read.data.registry.parties;
  const holds = (party: string, right: Right): boolean => own(known, party)?.rights.includes(right) === true;
  const stranger = parties.find(({ party }) => own(known, party)?.isKnown !== true);
  if (stranger !== undefined)
    return refuse('E_UNREGISTERED', `${stranger.party} is bound to somebody, or to a key, that the registry has otherwise`);
  if (founder !== null && !holds(founder, 'lots:found')) return refuse('FORBIDDEN', 'founding a lot needs the right lots:found');
  for (const { role, right } of NEEDED) {
    const unfit = parties.find(({ party, roles }) => roles.includes(role) && !holds(party, right));
    if (unfit !== undefined) return refuse('FORBIDDEN', `${unfit.party} cannot be ${role}: the registry grants them no ${right}`);
  }
  return null;
}
