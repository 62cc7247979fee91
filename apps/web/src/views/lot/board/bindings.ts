import { bindingOf, type LotState } from '@app/evaluation';

/** Parties who stand for an organisation; of the others the person's name is what people call them by. */
const BY_ORGANISATION = /^(tenderer|agency|bidder-\d+)$/;

/** Names of the parties whose binding this reader may see, by pseudonym. */
export function namesOf(state: LotState): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const party of Object.keys(state.parties)) {
    const binding = bindingOf(state, party);
    const [first, second] = BY_ORGANISATION.test(party)
      ? [binding?.organisation, binding?.person]
      : [binding?.person, binding?.organisation];
    const name = first?.name ?? second?.name;
    if (name !== undefined && name !== '') names.set(party, name);
  }
  return names;
}
