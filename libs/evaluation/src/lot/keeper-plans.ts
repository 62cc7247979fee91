import { hasRole, type LotState } from '../kernel/state.js';
import type { KeeperPlan } from './state.js';
import { fault, type PublicationFault } from './rules-fault.js';

/** Why the boxes of this lot cannot be left to the keepers that the draft names, or null. */
export function keepersFault(state: LotState): PublicationFault | null {
  const { bids, sheets } = state.setup.keepers;
  for (const [name, plan] of Object.entries({ bids, sheets })) {
    const message = planFault(state, plan) ?? ownersFault(state, plan);
    if (message !== null) return fault('E_INPUT', `keepers.${name}: ${message}`);
  }
  const message = automaticFault(state, bids);
  if (message !== null) return fault('E_INPUT', `keepers.bids: ${message}`);
  // Bidders seal to these keys from the first day.
  const published = state.keepers.published['bids'] ?? {};
  const missing = bids.parties.find((party) => !Object.hasOwn(published, party));
  return missing === undefined ? null : fault('E_KEY_MISSING', `${missing} has published no key for bids`);
}

function planFault(state: LotState, { threshold, parties }: KeeperPlan): string | null {
  if (new Set(parties).size !== parties.length) return 'a keeper is named twice';
  const stranger = parties.find((party) => !Object.hasOwn(state.parties, party));
  if (stranger !== undefined) return `${stranger} has no part in this lot`;
  return threshold > parties.length - 1 ? 'one lost key would lock every box; name another keeper, or lower the threshold' : null;
}

/** The tenderer and its agency are one side: it may neither open boxes alone nor, by keeping its keys, have them stay shut. */
function ownersFault(state: LotState, { threshold, parties }: KeeperPlan): string | null {
  const owners = parties.filter((party) => hasRole(state, party, 'tenderer') || hasRole(state, party, 'agency')).length;
  if (owners >= threshold)
    return 'the tenderer and its agency alone could open boxes; raise the threshold above their number, or name fewer of them';
  return threshold > parties.length - owners
    ? 'the tenderer and its agency alone could keep boxes shut; name a keeper of another side for one of them, or lower the threshold'
    : null;
}

/** Programs that release by themselves must not be enough for bids: whoever broke into the venues could open them before their time. */
function automaticFault(state: LotState, { threshold, parties }: KeeperPlan): string | null {
  const nodes = parties.filter((party) => hasRole(state, party, 'node')).length;
  return nodes >= threshold
    ? 'the nodes of the venues alone could open bids; name a person (the supervisor, a witness) for one of them, or raise the threshold'
    : null;
}
