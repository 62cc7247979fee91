import type { ErrorCode, LotEvent } from '@app/contracts';
import { type LotState, own, partKey } from '../kernel/state.js';
import type { ErasedPart } from './commands.js';
import { zPartsErased } from './events.js';
import { isEvidencePreserved } from './selectors.js';

/** Command type that orders an erasure (删除, 个人信息保护法 47); the type of the entry that it becomes. */
export const ERASE_PARTS = 'lot.erase-parts';

/** The entry that ordered this part to be erased, or null. */
export const erasedBy = (state: LotState, seq: number, part: string): number | null => own(state.setup.erased, partKey(seq, part)) ?? null;

/** What an entry with these events orders to be erased; empty for every other entry. */
export const partsErasedBy = (events: readonly LotEvent[]): readonly ErasedPart[] =>
  events.flatMap((event) => {
    const read = zPartsErased.safeParse(event);
    return read.success ? read.data.parts : [];
  });

/** Why these parts cannot be ordered to be erased, or null. */
export function erasureFault(state: LotState, parts: readonly ErasedPart[]): { readonly code: ErrorCode; readonly message: string } | null {
  if (isEvidencePreserved(state))
    return { code: 'E_EVIDENCE_PRESERVED', message: 'the authority ordered the evidence to be preserved, and has not released it' };
  const orders = new Set(Object.values(state.setup.erased));
  const named = new Set<string>();
  for (const { seq, name } of parts) {
    const part = partKey(seq, name);
    // The order's own entry is the next one: neither it nor a later one can be named.
    if (seq >= state.size) return { code: 'E_INPUT', message: `parts: there is no entry ${seq} before this one` };
    if (named.has(part)) return { code: 'E_INPUT', message: `parts: ${part} is named twice` };
    const order = erasedBy(state, seq, name);
    if (order !== null) return { code: 'E_ALREADY_DONE', message: `${part} was erased by entry ${order}` };
    // Who made others' signatures go answers for it with his own.
    if (orders.has(seq)) return { code: 'FORBIDDEN', message: `entry ${seq} orders an erasure: its signature stays` };
    named.add(part);
  }
  return null;
}
