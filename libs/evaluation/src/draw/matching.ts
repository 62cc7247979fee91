/** Who may take which place, and who is out of the question. */
export interface Places {
  /** Places to fill, in the order of the plan. */
  readonly slots: readonly string[];
  readonly fits: (candidate: string, slot: string) => boolean;
}

/**
 * Fills places by a growing matching: in drawn order, each candidate is taken when with him one place more can be filled, those before
 * him keeping a place each. The set taken is the first in drawn order that fills as many places as can be filled, and when one of them
 * falls out exactly one other comes in. Returns place → candidate.
 */
export function growMatching(order: readonly string[], { slots, fits }: Places): Map<string, string> {
  const taken = new Map<string, string>();
  for (const candidate of order) {
    if (taken.size === slots.length) break;
    place(candidate, slots, fits, taken, new Set());
  }
  return taken;
}

/** Finds a place for a candidate, moving others among the places they fit; at most one visit to each place. */
function place(
  candidate: string,
  slots: readonly string[],
  fits: Places['fits'],
  taken: Map<string, string>,
  visited: Set<string>,
): boolean {
  for (const slot of slots) {
    if (visited.has(slot) || !fits(candidate, slot)) continue;
    visited.add(slot);
    const holder = taken.get(slot);
    if (holder === undefined || place(holder, slots, fits, taken, visited)) {
      taken.set(slot, candidate);
      return true;
    }
  }
  return false;
}
