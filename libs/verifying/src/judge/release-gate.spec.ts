import { runOf } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { LotState } from '@app/evaluation';
import fc from 'fast-check';
import { kept, lot, ME } from '../../test/support/kept-lot.js';
import type { KeptLot } from './release-gate.js';
import { ReleaseGate } from './release-gate.js';

const NOW = '2026-03-24T01:30:00.000Z';
const dueAt = (gate: ReleaseGate, watched: KeptLot, now = NOW, party = ME): readonly string[] =>
  gate.look(watched, watched.run.owed(party), now).due;

describe('the gate before a release', () => {
  it('opens when the condition holds in the own replica under a checkpoint with the quorum, and not before', () => {
    const gate = new ReleaseGate();
    expect(dueAt(gate, kept(lot(9, false), 9))).toEqual([]);
    expect(dueAt(gate, kept(lot(10, true), 9))).toEqual([]);
    expect(dueAt(gate, kept(lot(10, true), 10))).toEqual(['bids']);
  });

  it('needs the quorum for the entry that fulfils the condition, not for every later one', () => {
    const gate = new ReleaseGate();
    dueAt(gate, kept(lot(10, true), 5));
    expect(dueAt(gate, kept(lot(14, true), 9))).toEqual([]);
    expect(dueAt(gate, kept(lot(14, true), 10))).toEqual(['bids']);
  });

  it('begins anew when the condition was taken back in between (a pause of the opening)', () => {
    const gate = new ReleaseGate();
    dueAt(gate, kept(lot(10, true), 5));
    expect(dueAt(gate, kept(lot(11, false), 10))).toEqual([]);
    expect(dueAt(gate, kept(lot(12, true), 11))).toEqual([]);
    expect(dueAt(gate, kept(lot(12, true), 12))).toEqual(['bids']);
  });

  it('stays shut on a replica that contradicts what was signed, and while folding lags behind the entries', () => {
    expect(dueAt(new ReleaseGate(), kept(lot(10, true), 10, { fault: 'another root' }))).toEqual([]);
    expect(dueAt(new ReleaseGate(), kept(lot(10, true), 20, { size: 20 }))).toEqual([]);
  });

  it('SEC-2 stays shut when the own judge found something wrong, or could not judge what a release may rest on', () => {
    const standing = (more: Partial<KeptLot['standing']>) => ({ standing: { size: 10, fault: null, held: null, ...more } });
    const due = (more: Partial<KeptLot>): readonly string[] => dueAt(new ReleaseGate(), kept(lot(10, true), 10, more));
    expect(due(standing({ fault: 'entry 7 (scoring.submit-sheet): …' }))).toEqual([]);
    expect(due(standing({ held: 7 }))).toEqual([]);
    expect(due(standing({}))).toEqual(['bids']);
    // Engines 0.1.0 and 0.2.0 can be asked with every secret only: what is wrong in their lots keeps the key, what is unseen cannot.
    const run = Object.defineProperty(runOf(lot(10, true)), 'isJudgedPartly', { value: false });
    expect(due({ run, ...standing({ held: 7 }) })).toEqual(['bids']);
    expect(due({ run, ...standing({ fault: 'entry 7' }) })).toEqual([]);
  });

  it('SEC-2 opens no bid before the deadline by the own clock, whatever the log says', () => {
    const state = lot(10, true);
    const schedule = { documentsFrom: '', documentsUntil: '', deadline: '2026-03-24T01:30:00.000Z' };
    const forged = kept({ ...state, setup: { ...state.setup, schedule } as LotState['setup'] }, 10);
    expect(dueAt(new ReleaseGate(), forged, '2026-03-24T01:29:59.999Z')).toEqual([]);
    expect(dueAt(new ReleaseGate(), forged, '2026-03-24T01:30:00.000Z')).toEqual(['bids']);
  });

  it('SEC-2 opens under a quorum that stood after the condition was seen here, and not under an older or a long past one', () => {
    const seen = Date.parse(NOW);
    const gate = new ReleaseGate();
    const at = (quorumAtMs: number, now = NOW) => {
      const watched = kept(lot(10, true), 10, { quorumAtMs });
      return gate.look(watched, watched.run.owed(ME), now);
    };
    expect(at(seen - 1_000)).toMatchObject({ due: [], isQuorumOwed: true });
    expect(at(seen - 1_000, '2026-03-24T01:30:04.000Z')).toMatchObject({ due: [], isQuorumOwed: true });
    expect(at(seen + 4_000, '2026-03-24T01:30:05.000Z')).toMatchObject({ due: ['bids'], isQuorumOwed: false });
    expect(at(seen + 4_000, '2026-03-24T01:35:04.001Z')).toMatchObject({ due: [], isQuorumOwed: true });
    // Cosignatures state whole seconds: one of the second in which the condition was seen counts.
    expect(dueAt(new ReleaseGate(), kept(lot(10, true), 10, { quorumAtMs: seen }), '2026-03-24T01:30:00.999Z')).toEqual(['bids']);
  });

  it('never opens for somebody who keeps no share', () => {
    expect(dueAt(new ReleaseGate(), kept(lot(10, true), 10), NOW, 'node:sub-2')).toEqual([]);
  });

  it('never opens before the condition stood under a quorum, whatever came before (property)', () => {
    const step = fc.record({ isOpen: fc.boolean(), grow: fc.integer({ min: 1, max: 3 }), quorum: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const gate = new ReleaseGate();
        let size = 0;
        let quorate = 0;
        let openSince: number | null = null;
        for (const { isOpen, grow, quorum } of steps) {
          size += grow;
          quorate = Math.max(quorate, Math.min(size, quorum));
          openSince = isOpen ? (openSince ?? size) : null;
          const due = dueAt(gate, kept(lot(size, isOpen), quorate));
          expect(due.length > 0).toBe(openSince !== null && quorate >= openSince);
        }
      }),
    );
  });
});
