import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import { runOf } from '@app/testing/play';
import type { KeptLot } from '../../src/judge/release-gate.js';

export const ME = 'node:sub-1';
export const ORIGIN = 'test/lot/a/1';

/** A lot in which ME keeps bids and sheets; `isOpen`: the bids may be opened. */
export function lot(size: number, isOpen: boolean, more: Partial<LotState> = {}): LotState {
  const state = initialLotState(ORIGIN, 'a', 1);
  const plan = { threshold: 2, parties: [ME, 'node:main', 'tenderer'] };
  return {
    ...state,
    size,
    status: isOpen ? 'OPENING' : 'SUBMISSION_CLOSED',
    parties: { [ME]: { roles: ['node'], admittedAs: ['node'], venue: 'sub-1', seat: null, seq: 0 } },
    setup: { ...state.setup, keepers: { bids: plan, sheets: plan } },
    keepers: { published: { bids: { [ME]: 'key' } }, released: {}, drill: null },
    opening: { ...state.opening, step: 'DECRYPTING', paused: null },
    ...more,
  };
}

export const kept = (state: LotState, quorateSize: number, more: Partial<KeptLot> = {}): KeptLot => ({
  size: state.size,
  quorateSize,
  // The quorum stands at every moment unless a test says when it did.
  quorumAtMs: Number.POSITIVE_INFINITY,
  fault: null,
  standing: { size: state.size, fault: null, held: null },
  run: runOf(state),
  ...more,
});
