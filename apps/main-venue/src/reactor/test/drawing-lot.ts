import type { LotState } from '@app/evaluation';
import { initialLotState, MAIN_NODE, PoolList } from '@app/evaluation';
import { profile } from '../../../test/support/people.js';

export const ORIGIN = 'gongping.test/lot/lot-1/1';
const listed = ['c-1', 'c-2', 'c-3', 'c-4'].map((id) => ({ id, specialties: ['A08'], city: '南京', person: null }));
const LIST = PoolList.of(profile, listed);
const SEED = '1'.repeat(64);
/** Candidates in the order in which they are called. */
export const ORDER = LIST.drawn(SEED).map(({ id }) => id);

/** A lot whose draw has its order and `places` places to fill; who was called is passed over. */
export function drawingLot(places: number, contacted: readonly string[] = [], size = 7): LotState {
  const state = initialLotState(ORIGIN, 'lot-1', 1);
  const slots = Array.from({ length: places }, (_, index) => ({ slot: `s-${index + 1}`, specialty: 'A08', city: null, venue: 'sub-1' }));
  return {
    ...state,
    size,
    status: 'PUBLISHED',
    parties: { [MAIN_NODE]: { roles: ['node'], admittedAs: ['node'], venue: 'main', seat: null, seq: 0 } },
    draw: {
      ...state.draw,
      request: { version: 1, count: places, nonceParties: [], seq: null, listed: slots },
      pool: { index: '0'.repeat(64), root: LIST.root, count: LIST.count, blob: null, seq: null, recused: 0, listed },
      seed: SEED,
      contacts: Object.fromEntries(contacted.map((id) => [id, { outcome: 'DECLINED' as const, at: '2026-03-20T00:00:00.000Z' }])),
    },
  };
}
