import type { Policy } from '@app/ledger';
import type { SignedCheckpoint } from './log.types.js';

/** The note with every cosignature it gained: lines of one note are independent of each other. */
export const withCosignatures = ({ note, cosignatures }: Pick<SignedCheckpoint, 'note' | 'cosignatures'>): string =>
  note + [...cosignatures.values()].join('');

/** Fewest witnesses that can make the policy's quorum; 0 when none is asked. */
export function quorumSize(policy: Policy): number {
  const cost = new Map(policy.witnesses.map(({ name }) => [name, 1]));
  for (const { name, threshold, members } of policy.groups) {
    const cheapest = members.map((member) => cost.get(member) ?? 0).sort((a, b) => a - b);
    cost.set(
      name,
      cheapest.slice(0, threshold).reduce((sum, each) => sum + each, 0),
    );
  }
  return policy.quorum === null ? 0 : (cost.get(policy.quorum) ?? 0);
}
