import { bindingOf, type LotState } from '@app/evaluation';

/** Parties who stand for an organisation; of the others the person's name is what people call them by. */
const BY_ORGANISATION = /^(tenderer|agency|bidder-\d+)$/;

/** Names of the parties whose binding this reader may see, by pseudonym. A node is nobody's act and has none. */
export function namesOf(state: LotState): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const party of Object.keys(state.parties).filter((name) => !name.startsWith('node:'))) {
    const binding = bindingOf(state, party);
    const [first, second] = BY_ORGANISATION.test(party)
      ? [binding?.organisation, binding?.person]
      : [binding?.person, binding?.organisation];
    const name = first?.name ?? second?.name;
    if (name !== undefined && name !== '') names.set(party, name);
  }
  // The list of bidders is public from its publication on, whoever may see the bindings.
  for (const [bidder, name] of Object.entries(state.opening.names)) if (name !== '') names.set(bidder, name);
  return names;
}
