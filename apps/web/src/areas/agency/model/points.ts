import { decimal, sum } from '@app/evaluation';
import { zDecimal } from '@app/contracts';
import type { ItemDraft } from './draft.js';

/** Points of the scored items; null while one of them is no number. */
export function pointsOf(items: readonly Pick<ItemDraft, 'max'>[]): string | null {
  if (items.some(({ max }) => !zDecimal.safeParse(max.trim()).success)) return null;
  return sum(items.map(({ max }) => decimal(max.trim()))).toFixed();
}
