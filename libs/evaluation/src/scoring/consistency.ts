import { decimal } from '../kernel/decimal.js';
import type { ScoreItem } from '../lot/index.js';
import type { Scores } from './aggregate.js';

export interface Mismatch {
  readonly item: string;
  readonly party: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Objective items (客观分) on which members do not hold one value: 87号令 64(3), 195号 9. */
export function objectiveMismatches(
  items: readonly ScoreItem[],
  parties: readonly string[],
  members: readonly string[],
  scores: Readonly<Record<string, Readonly<Record<string, Scores>>>>,
): Mismatch[] {
  return items
    .filter((item) => item.objective)
    .flatMap((item) =>
      parties.flatMap((party) => {
        const values = Object.fromEntries(members.map((member) => [member, scores[member]?.[party]?.[item.id] ?? '']));
        const distinct = new Set(Object.values(values).map((value) => (value === '' ? '' : decimal(value).toFixed())));
        return distinct.size > 1 ? [{ item: item.id, party, values }] : [];
      }),
    );
}
