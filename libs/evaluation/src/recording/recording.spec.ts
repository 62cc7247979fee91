import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import { TV_E2E_01 } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { view } from '../engine/index.js';
import { migrateState, type StateBefore } from '../engine/migrate.js';
import { recordingOf } from './index.js';

const HASH = { a: 'a'.repeat(64), b: 'b'.repeat(64), c: 'c'.repeat(64) };
const FROM = '2026-03-20T01:00:00.000Z';
const landing = (changes: JsonObject = {}): JsonObject => ({
  index: 0,
  prev: null,
  landing: HASH.a,
  from: FROM,
  to: '2026-03-20T01:00:05.000Z',
  segments: 2,
  gaps: 1,
  bytes: 1_000,
  ...changes,
});
const NEXT = { index: 1, prev: HASH.a, landing: HASH.b, from: '2026-03-20T01:00:05.000Z', to: '2026-03-20T01:00:10.000Z', gaps: 0 };

describe('the recordings of a lot', () => {
  it('land from each venue in a chain of its own, and add up', () => {
    const { table } = at(TV_E2E_01, 'locked');
    expect(table.answer('node:sub-1', 'recording.land', landing())).toBe('OK');
    expect(table.answer('node:sub-1', 'recording.land', landing(NEXT))).toBe('OK');
    expect(table.answer('node:sub-2', 'recording.land', landing({ landing: HASH.c }))).toBe('OK');
    expect(recordingOf(table.state, 'sub-1')).toEqual({
      landings: 2,
      last: HASH.b,
      from: FROM,
      to: '2026-03-20T01:00:10.000Z',
      segments: 4,
      gaps: 1,
      bytes: 2_000,
    });
    expect(recordingOf(table.state, 'sub-2')?.landings).toBe(1);
    // Everybody in the lot, and the public, sees that there is a recording; nobody sees in the log what is in it.
    expect(view(table.state, { party: null, roles: [] }).recording).toEqual(table.state.recording);
  });

  it.each<[string, JsonObject]>([
    ['is not the next', { index: 2, prev: HASH.a, landing: HASH.b }],
    ['begins anew', { index: 0, prev: null, landing: HASH.b }],
    ['follows another', { index: 1, prev: HASH.c, landing: HASH.b }],
  ])('do not land where a landing %s', (_how, changes) => {
    const { table } = at(TV_E2E_01, 'locked');
    table.act('node:sub-1', 'recording.land', landing());
    expect(table.answer('node:sub-1', 'recording.land', landing(changes))).toBe('E_RECORDING_CHAIN');
  });

  it('do not land twice, from the future, from anybody but a node of a venue, or in a draft', () => {
    const { table } = at(TV_E2E_01, 'locked');
    table.act('node:sub-1', 'recording.land', landing());
    expect(table.answer('node:sub-1', 'recording.land', landing())).toBe('E_ALREADY_DONE');
    expect(
      table.refusal('node:sub-2', 'recording.land', landing({ from: '2027-01-01T00:00:00.000Z', to: '2027-01-01T00:00:01.000Z' })),
    ).toBe('E_INPUT');
    expect(table.refusal('node:sub-2', 'recording.land', landing({ to: '2026-03-20T00:00:00.000Z' }))).toBe('E_INPUT');
    expect(table.refusal('supervisor', 'recording.land', landing())).toBe('FORBIDDEN');
    expect(table.refusal('node:sub-2', 'recording.land', landing({ landing: 'x' }))).toBe('E_INPUT');
  });

  it('are empty in a lot that knew none', () => {
    const { state } = at(TV_E2E_01, 'locked').table;
    const { recording: _recording, ...before } = state;
    expect(migrateState(before as StateBefore).recording).toEqual({ venues: {} });
  });
});
