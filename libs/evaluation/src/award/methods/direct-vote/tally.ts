import type { Tally } from '../method.js';

/**
 * 直接票决 (domain.md §8.3): the winner has more than half of the *full* committee; otherwise the two highest go to a run-off,
 * and all tied for second join them. Abstentions (null) count for nobody and do not lower the bar.
 */
export function tally(candidates: readonly string[], ballots: readonly (string | null)[], members: number): Tally {
  const rows = candidates.map((candidate) => ({ candidate, count: ballots.filter((choice) => choice === candidate).length }));
  const votes = Object.fromEntries(rows.map(({ candidate, count }) => [candidate, count]));
  const winner = rows.find(({ count }) => count * 2 > members);
  if (winner !== undefined) return { votes, outcome: { winner: winner.candidate } };
  const second = rows.map(({ count }) => count).sort((a, b) => b - a)[1] ?? 0;
  return { votes, outcome: { runOff: rows.filter(({ count }) => count >= second).map(({ candidate }) => candidate) } };
}
