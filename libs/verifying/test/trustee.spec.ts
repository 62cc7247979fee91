import type { LotState } from '@app/evaluation';
import { runOf } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { lot, ME } from './support/kept-lot.js';
import { Trustee, type ReadLot } from '@app/verifying';

const NOW = '2026-03-24T01:30:10.000Z';
const ROOT = new Uint8Array(32).fill(7);
const HEX = '07'.repeat(32);

/** A lot of ten entries in which the bids may be opened, as a trustee's browser has read and judged it. */
function read(more: Partial<ReadLot> = {}, state: LotState = lot(10, true), head: Partial<NonNullable<ReadLot['head']>> = {}): ReadLot {
  const size = state.size;
  return {
    entries: Array.from({ length: size }, (_none, seq) => ({ header: { v: 1 as const, seq, at: NOW, type: 'x', parts: {} }, parts: {} })),
    judgedSize: size,
    run: runOf(state),
    head: {
      origin: state.origin,
      checkpoint: '',
      size,
      root: HEX,
      isSigned: true,
      cosigned: ['a', 'b'],
      quorum: 2,
      witnesses: 3,
      isWitnessed: true,
      witnessedAtMs: Date.parse(NOW),
      ...head,
    },
    judging: { size, rootOf: () => ROOT, standing: { size, fault: null, held: null } },
    anchors: 'pinned',
    ...more,
  };
}
const standing = (lotRead: ReadLot, trustee = new Trustee(ME), now = NOW) => trustee.look(lotRead, now).get('bids')?.kind;

describe("a trustee's key in the browser (开标受托人)", () => {
  it('may go when everything was judged here under a head that a quorum cosigned after the condition was seen', () => {
    expect(standing(read())).toBe('due');
  });

  it('is not asked about while the lot does not call for it', () => {
    expect(standing(read({}, lot(10, false)))).toBeUndefined();
    expect(standing(read(), new Trustee('node:sub-2'))).toBeUndefined();
  });

  it('SEC-2 stays while nobody compared the keys that this device believes, or the venue names others', () => {
    expect([standing(read({ anchors: 'none' })), standing(read({ anchors: 'changed' }))]).toEqual(['pins', 'pins']);
  });

  it('SEC-2 stays while not all is judged, and over what the own judge finds wrong or cannot judge', () => {
    expect(standing(read({ judgedSize: 9 }))).toBe('judging');
    const judged = (more: object): ReadLot =>
      read({ judging: { size: 10, rootOf: () => ROOT, standing: { size: 10, fault: null, held: null, ...more } } });
    expect(standing(judged({ fault: 'entry 7: decide' }))).toBe('doubt');
    expect(standing(judged({ held: 7 }))).toBe('doubt');
  });

  it('SEC-2 stays when the witnessed head is of other entries than those that the server showed', () => {
    expect(standing(read({}, undefined, { root: '08'.repeat(32) }))).toBe('doubt');
  });

  it('waits for a quorum of this moment: an older one knows nothing of a pause since', () => {
    const trustee = new Trustee(ME);
    const seen = Date.parse(NOW);
    expect(standing(read({}, undefined, { witnessedAtMs: seen - 5_000 }), trustee)).toBe('head');
    expect(standing(read({}, undefined, { witnessedAtMs: null, isWitnessed: false }), trustee)).toBe('head');
    expect(standing(read({}, undefined, { isSigned: false }), trustee)).toBe('head');
    expect(standing(read({}, undefined, { size: 9 }), trustee)).toBe('head');
    expect(standing(read({}, undefined, { witnessedAtMs: seen + 2_000 }), trustee, '2026-03-24T01:30:13.000Z')).toBe('due');
  });

  it('waits for the clock of this device, whatever the server says the time is', () => {
    const state = lot(10, true);
    const schedule = { documentsFrom: '', documentsUntil: '', deadline: '2026-03-24T02:00:00.000Z' };
    const early = { ...state, setup: { ...state.setup, schedule } } as LotState;
    expect(new Trustee(ME).look(read({}, early), NOW).get('bids')).toEqual({ kind: 'clock', at: schedule.deadline });
  });
});
