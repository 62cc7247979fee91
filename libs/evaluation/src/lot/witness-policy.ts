import { formatPolicy, formatVerifierKey, isQuorum, type Policy, parsePolicy } from '@app/ledger';
import { z } from 'zod';
import type { CryptoProfile } from '@app/sealing';
import type { LotState } from '../kernel/state.js';
import { profileFor } from './crypto.js';
import { fault, type PublicationFault } from './rules-fault.js';

/** Fact `witnessPolicy` of `lot.publish`: the standing policy of the installation (C2SP tlog-policy), its witnesses named by venue. */
const zPolicyFact = z.object({ witnessPolicy: z.string().max(20_000) });

/** Groups of a lot's policy that is not the installation's as it stands. */
const JUDGES = 'judging-sites';
const OTHERS = 'other-witnesses';
const JUDGED = 'quorum-with-a-judging-site';

/**
 * Who witnesses a lot is not its founder's choice: the policy that is frozen with the lot asks the same of the same keys as the
 * installation's, whatever they are named, and in each quorum for a site that judges this lot's entries.
 */
export function witnessPolicyFault(state: LotState, facts: unknown): PublicationFault | null {
  const read = zPolicyFact.safeParse(facts);
  if (!read.success) return fault('E_INPUT', 'facts.witnessPolicy: the installation names no witnesses');
  const profile = profileFor(state);
  const standing = readPolicy(profile, read.data.witnessPolicy);
  if (standing === null || demandOf(profile, standing) === null)
    return fault('E_INPUT', 'witnessPolicy: the installation asks no quorum of witnesses; lots need one');
  const owed = withJudges(state, standing);
  if (owed === null)
    return fault(
      'E_NO_JUDGING_WITNESS',
      'venues: none but the main venue has a witness; name a sub-venue or the supervision authority whose site witnesses, and admit its node',
    );
  if (witnessDemand(profile, state.setup.witnessPolicy) === demandOf(profile, owed)) return null;
  return fault(
    'E_INPUT',
    'witnessPolicy: it asks another quorum, or other witnesses, than the policy of the installation with a site that judges this lot; revise the lot with the text of /log/<origin>/policy',
  );
}

/**
 * The policy to freeze in a lot as it stands: the installation's or, where some quorum of that would hold witnesses alone who see no entry
 * of the lot, one with a site in each quorum that judges it. Null when no site does.
 */
export function lotPolicyText(state: LotState, standing: string): string | null {
  const profile = profileFor(state);
  const policy = readPolicy(profile, standing);
  const owed = policy === null ? null : withJudges(state, policy);
  return owed === null ? null : formatPolicy(profile.hash, owed);
}

/**
 * A main venue that holds the other witnesses' keys, or has their ear, gets no quorum for entries that nobody asked for. Where those are
 * enough for the installation's policy, one place of its threshold is kept for a judging site. (A tlog-policy names each witness in one
 * group only, so it cannot say "so many of all, one of these among them".)
 */
function withJudges(state: LotState, standing: Policy): Policy | null {
  const names = standing.witnesses.map(({ name }) => name);
  const judges = names.filter((name) => isJudging(state, name));
  const others = names.filter((name) => !judges.includes(name));
  if (judges.length === 0 || standing.quorum === null) return null;
  if (!isQuorum(standing, new Set(others))) return standing;
  const [group, ...more] = standing.groups;
  // The installation's policy is one threshold over all its witnesses; of another form nobody has decided who gives up a place.
  if (group?.name !== standing.quorum || more.length > 0 || group.members.length < names.length) return null;
  const judging = { name: JUDGES, threshold: 1, members: judges };
  if (group.threshold === 1) return { ...standing, groups: [judging], quorum: JUDGES };
  const rest = { name: OTHERS, threshold: group.threshold - 1, members: others };
  const both = { name: JUDGED, threshold: 2, members: [JUDGES, OTHERS] };
  return { ...standing, groups: [judging, rest, both], quorum: JUDGED };
}

/** A site follows, and judges, the lots in which its node has a part. */
const isJudging = (state: LotState, site: string): boolean =>
  state.setup.venues.some(({ venue, role }) => venue === site && role !== 'main') &&
  Object.values(state.parties).some(({ venue, roles }) => venue === site && roles.includes('node'));

function readPolicy({ hash }: CryptoProfile, text: string): Policy | null {
  try {
    return parsePolicy(hash, text);
  } catch {
    return null;
  }
}

/** What a policy asks for, as text in one form; null when it asks nobody, or cannot be read. */
export function witnessDemand(profile: CryptoProfile, text: string): string | null {
  const policy = readPolicy(profile, text);
  return policy === null ? null : demandOf(profile, policy);
}

function demandOf({ hash }: CryptoProfile, { witnesses, groups, quorum }: Policy): string | null {
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
