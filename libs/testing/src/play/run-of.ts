import type { Engine, LotState } from '@app/evaluation';
import { EngineShelf, LotRun, NEXT } from '@app/evaluation';

/** A lot that stands as `state` says, under the rules of these sources or under `engine`. Its first entry has no secret parts. */
export function runOf(state: LotState, engine: Partial<Engine> = {}): LotRun {
  const { origin, lot, round } = state;
  const here: Engine = { ...NEXT, initial: () => state, evolve: () => state, ...engine };
  const first = { v: 1 as const, seq: 0, at: state.at ?? '2026-03-24T01:30:00.000Z', type: 'lot.create', parts: { skeleton: '' } };
  return LotRun.begin(new EngineShelf([{ engine: here, hash: null }]), { origin, lot, round }).next({ header: first, parts: {} });
}
