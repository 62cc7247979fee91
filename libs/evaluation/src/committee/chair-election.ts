export type ElectionOutcome = { readonly chair: string } | { readonly tied: readonly string[] };

/**
 * 推选组长: plurality of the ballots of one round; a tie at the top goes to a further round among the tied (domain.md §3.4).
 * `ballots` maps voter to candidate and has at least one entry.
 */
export function electionOutcome(ballots: Readonly<Record<string, string>>): ElectionOutcome {
  const votes = new Map<string, number>();
  for (const candidate of Object.values(ballots)) votes.set(candidate, (votes.get(candidate) ?? 0) + 1);
  const most = Math.max(...votes.values());
  const leaders = [...votes].filter(([, count]) => count === most).map(([candidate]) => candidate);
  const [chair, ...others] = leaders;
  return chair !== undefined && others.length === 0 ? { chair } : { tied: leaders.sort() };
}
