import { type Decimal, decimal, mean } from '../kernel/decimal.js';

export interface Outlier {
  /** Index of the member in the scores given. */
  readonly member: number;
  /** Deviation from the mean of the others in percent; null when that mean is zero. */
  readonly percent: Decimal | null;
}

/** Deviation of each member's score from the mean of the other members' (domain.md §4.4), in percent. */
export function deviations(scores: readonly Decimal[]): (Decimal | null)[] {
  return scores.map((score, index) => {
    const others = scores.filter((_, other) => other !== index);
    if (others.length === 0) return decimal(0);
    const average = mean(others);
    if (average.isZero()) return score.isZero() ? decimal(0) : null;
    return score.minus(average).div(average).times(100);
  });
}

/** 畸高畸低: members whose score is further than `percent` from the mean of the others. A prompt for a reason, never a verdict. */
export function outliers(scores: readonly Decimal[], percent: Decimal): Outlier[] {
  return deviations(scores).flatMap((value, member) => (value === null || value.abs().gt(percent) ? [{ member, percent: value }] : []));
}
