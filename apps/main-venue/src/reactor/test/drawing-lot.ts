import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';

export const ORIGIN = 'gongping.test/lot/lot-1/1';
const CANDIDATES = ['c-1', 'c-2', 'c-3'];

/** A lot whose draw has its order and `places` places to fill; who was contacted is passed over. */
export function drawingLot(places: number, contacted: readonly string[] = [], size = 7): LotState {
  const state = initialLotState(ORIGIN, 'lot-1', 1);
  const slots = Array.from({ length: places }, (_, index) => ({ slot: `s-${index + 1}`, specialty: 'A08', city: null, venue: 'sub-1' }));
  return {
    ...state,
    size,
    status: 'PUBLISHED',
    draw: {
      ...state.draw,
      request: { version: 1, slots, nonceParties: [] },
      pool: { index: '0'.repeat(64), candidates: CANDIDATES.map((id) => ({ id, specialties: ['A08'], city: '南京' })), recused: 0 },
      seed: '1'.repeat(64),
      order: CANDIDATES,
      contacts: Object.fromEntries(contacted.map((id) => [id, { outcome: 'DECLINED' as const, at: '2026-03-20T00:00:00.000Z' }])),
    },
  };
}
