import { describe, expect, it } from '@jest/globals';
import type { AnySlice } from '../src/kernel/slice.js';
import { remarkSlice } from './example/remark-slice.js';

// What the slice's line in engine/slices.ts does; the engine reads that list when it is loaded, so it is loaded afterwards.
const { INITIAL, SLICES } = await import('../src/engine/slices.js');
(SLICES as AnySlice[]).push(remarkSlice);
Object.assign(INITIAL, remarkSlice.initial);
const { audience, owed, secretEntryOf } = await import('../src/engine/index.js');
const { createLot, seat } = await import('@app/testing/play');
const { TV_E2E_01 } = await import('@app/testing/lots');

describe('the slice of docs/extending.md, played in a lot', () => {
  it('decides, folds, says what is owed, and who may read the secret', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    const { table } = play;
    const secrets = { text: 'came late to the opening' };
    const owes = (): boolean => owed(table.state, 'witness-main').some(({ command }) => command === 'remark.write');
    const write = (about: string) => table.answer('witness-main', 'remark.write', { about }, { secrets, assurance: 'session' });
    expect(owes()).toBe(true);
    expect([write('nobody'), write('agency'), write('agency')]).toEqual(['NOT_FOUND', 'OK', 'E_ALREADY_DONE']);
    expect(table.refusal('agency', 'remark.write', { about: 'agency' }, { secrets })).toBe('FORBIDDEN');
    const [entry] = table.entries.slice(-1);
    if (entry === undefined) throw new Error('no entry');
    expect([table.state.remark, table.state.faults, owes()]).toEqual([{ written: { agency: entry.header.seq } }, [], false]);
    const sees = (party: string): boolean =>
      audience({ party, roles: table.state.parties[party]?.roles ?? [] }, table.state, secretEntryOf(entry), 'x:text');
    expect([sees('supervisor'), sees('agency'), sees('tenderer')]).toEqual([true, false, false]);
  });
});
