import type { Outcome } from '@app/contracts';
import { canonicalText } from '@app/contracts';

/** Canonical text of an outcome, as it is kept and signed. */
export const outcomeText = (outcome: Outcome): string => canonicalText(outcome);
