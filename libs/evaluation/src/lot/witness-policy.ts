import { formatVerifierKey, type Policy, parsePolicy } from '@app/ledger';
import { z } from 'zod';
import type { CryptoProfile } from '@app/sealing';
import type { LotState } from '../kernel/state.js';
import { profileFor } from './crypto.js';
import type { PublicationFault } from './rules-fault.js';

/** Fact `witnessPolicy` of `lot.publish`: the standing policy of the installation (C2SP tlog-policy). */
const zPolicyFact = z.object({ witnessPolicy: z.string().max(20_000) });

/**
 * Who witnesses a lot is not its founder's choice: the policy that is frozen with the lot asks the same of the same keys as the
 * installation's, whatever they are named, and asks somebody.
 */
export function witnessPolicyFault(state: LotState, facts: unknown): PublicationFault | null {
  const standing = zPolicyFact.safeParse(facts);
  if (!standing.success) return { code: 'E_INPUT', message: 'facts.witnessPolicy: the installation names no witnesses' };
  const profile = profileFor(state);
  const asked = witnessDemand(profile, standing.data.witnessPolicy);
  if (asked === null) return { code: 'E_INPUT', message: 'witnessPolicy: the installation asks no quorum of witnesses; lots need one' };
  if (witnessDemand(profile, state.setup.witnessPolicy) === asked) return null;
  return { code: 'E_INPUT', message: 'witnessPolicy: it asks another quorum, or other witnesses, than the policy of the installation' };
}

/** What a policy asks for, as text in one form; null when it asks nobody, or cannot be read. */
export function witnessDemand({ hash }: CryptoProfile, text: string): string | null {
  let policy: Policy;
  try {
    policy = parsePolicy(hash, text);
  } catch {
    return null;
  }
  const { witnesses, groups, quorum } = policy;
  const demands = new Map(witnesses.map(({ name, key }) => [name, formatVerifierKey(hash, key)]));
  // Groups only name what stands before them.
  for (const { name, threshold, members } of groups)
    demands.set(
      name,
      `(${threshold} of ${members
        .map((member) => demands.get(member) ?? '?')
        .sort()
        .join(' ')})`,
    );
  return quorum === null ? null : (demands.get(quorum) ?? null);
}
