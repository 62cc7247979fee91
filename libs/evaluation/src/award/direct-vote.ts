export interface Tally {
  /** Votes by candidate; every candidate of the round has a row. */
  readonly votes: Readonly<Record<string, number>>;
  readonly outcome: { readonly winner: string } | { readonly runOff: readonly string[] };
}

/**
 * 直接票决 (domain.md §8.3): the winner has more than half of the *full* committee; otherwise the two highest go to a run-off,
 * and all tied for second join them. Abstentions (null) count for nobody and do not lower the bar.
 */
export function tally(candidates: readonly string[], ballots: readonly (string | null)[], members: number): Tally {
  const votes = Object.fromEntries(candidates.map((candidate) => [candidate, ballots.filter((choice) => choice === candidate).length]));
  const winner = candidates.find((candidate) => votes[candidate]! * 2 > members);
  if (winner !== undefined) return { votes, outcome: { winner } };
  const counts = candidates.map((candidate) => votes[candidate]!).sort((a, b) => b - a);
  const second = counts[1] ?? 0;
  const ahead = candidates.filter((candidate) => votes[candidate]! >= second);
  return { votes, outcome: { runOff: ahead } };
}
