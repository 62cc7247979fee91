import { runOf } from '@app/testing/play';
import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import type { WatchedReplica } from '../src/keeper/release-gate.js';

export const ME = 'node:sub-1';
export const ORIGIN = 'test/lot/a/1';

/** A lot in which this site keeps bids and sheets; `isOpen`: the bids may be opened. */
export function lot(size: number, isOpen: boolean, more: Partial<LotState> = {}): LotState {
  const state = initialLotState(ORIGIN, 'a', 1);
  const plan = { threshold: 2, parties: [ME, 'node:main', 'tenderer'] };
  return {
    ...state,
    size,
    status: isOpen ? 'OPENING' : 'SUBMISSION_CLOSED',
    parties: { [ME]: { roles: ['node'], admittedAs: ['node'], venue: 'sub-1', seat: null, seq: 0 } },
    setup: { ...state.setup, keepers: { bids: plan, sheets: plan } },
    keepers: { published: { bids: { [ME]: 'key' } }, released: {} },
    opening: { ...state.opening, step: 'DECRYPTING', paused: null },
    ...more,
  };
}
export const replica = (state: LotState, quorateSize: number, more: Partial<WatchedReplica> = {}): WatchedReplica => ({
  origin: ORIGIN,
  name: { origin: ORIGIN, lot: 'a', round: 1 },
  size: state.size,
  quorateSize,
  // The quorum stands at every moment unless a test says when it did.
  quorumAtMs: Number.POSITIVE_INFINITY,
  fault: null,
  standing: { size: state.size, fault: null, held: null },
  hasProven: () => false,
  run: runOf(state),
  state,
  ...more,
});
