import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EngineShelf } from '@app/evaluation';
import { LotRun, resultOf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { TV_E2E_02 } from '@app/testing/lots';
import {
  decideAward,
  finish,
  fromEvaluatingToReported,
  fromOpenedToEvaluating,
  letterOf,
  type Play,
  seat,
  untilLocked,
  untilOpened,
} from '@app/testing/play';

const OLD = 'gongping-engine/0.1.0';
const NEW = 'gongping-engine/next';
const WINNER = 'C';
let shelf: EngineShelf;

beforeAll(async () => {
  shelf = await openCheckedShelf();
});

const seatUnder = (engine: string): Play => seat(TV_E2E_02, 1, { shelf, founding: shelf.find(engine) ?? shelf.newest });

function toTheEnd(play: Play): void {
  fromOpenedToEvaluating(play);
  fromEvaluatingToReported(play);
  decideAward(play, WINNER);
  finish(play);
}

/** TV-E2E-02: totals and winner, whatever the lot was decided by. */
function expectResult({ table, ...play }: Play): void {
  const { state } = table;
  const letter = (party: string): string => letterOf({ table, ...play }, party);
  expect([state.status, state.faults]).toEqual(['ARCHIVED', []]);
  expect(Object.fromEntries((resultOf(state)?.rows ?? []).map(({ party, total }) => [letter(party), total]))).toEqual({
    C: '90.63',
    A: '89.21',
    B: '86.43',
  });
  expect(letter(state.award.announced?.winner ?? '')).toBe(WINNER);
}

/** Folds the whole log anew and asks the engines again: what a verifier does. */
function expectReplay({ table }: Play): void {
  const { origin } = table.state;
  let run = LotRun.begin(shelf, { origin, lot: table.lot, round: table.round }, table.founding);
  for (const entry of table.entries) run = run.next(entry);
  expect(run.missing).toBeNull();
  expect(run.engine).toBe(table.run.engine);
  expect(run.state).toEqual(table.state);
}

const enginesOf = ({ table }: Play): string[] => [...new Set(table.contexts.map(({ engine }) => engine))];

describe('lots of several engines beside each other', () => {
  it('TV-E2E-02 a lot founded under 0.1.0 stays on it to its end', () => {
    const play = seatUnder(OLD);
    untilOpened(play);
    toTheEnd(play);
    expectResult(play);
    expect(enginesOf(play)).toEqual([OLD]);
    expectReplay(play);
  });

  it('TV-E2E-02 another changes its engine on the record after the opening, is awarded and folds to the same again', () => {
    const play = seatUnder(OLD);
    untilOpened(play);
    const { table } = play;
    const order = { engine: NEW, reason: '按监督部门意见更换规则引擎' };
    expect(table.refusal('agency', 'lot.change-engine', order)).toBe('FORBIDDEN');
    expect(table.refusal('supervisor', 'lot.change-engine', { ...order, engine: 'gongping-engine/9.9.9@00' })).toBe('ENGINE_UNKNOWN');
    expect(table.refusal('supervisor', 'lot.change-engine', { ...order, engine: OLD })).toBe('E_INPUT');
    table.act('supervisor', 'lot.change-engine', order);
    expect([table.run.engine, table.state.setup.engine]).toEqual([NEW, NEW]);
    // Back is no way.
    expect(table.refusal('supervisor', 'lot.change-engine', { ...order, engine: OLD })).toBe('E_INPUT');
    toTheEnd(play);
    expectResult(play);
    expect(enginesOf(play)).toEqual([OLD, NEW]);
    expectReplay(play);
  });

  it('TV-E2E-02 a third is of the newest engine from its first entry on', () => {
    const play = seatUnder(NEW);
    untilOpened(play);
    toTheEnd(play);
    expectResult(play);
    expect(enginesOf(play)).toEqual([NEW]);
    expectReplay(play);
  });

  it('a log that calls for an engine nobody ships is run no further, and nothing is decided for it', () => {
    const play = seatUnder(OLD);
    untilLocked(play);
    const { table } = play;
    table.act('supervisor', 'lot.change-engine', { engine: NEW, reason: '更换' });
    const last = table.entries.at(-1);
    if (last === undefined) throw new Error('no entry');
    const unknown = `gongping-engine/0.2.0@${'0'.repeat(64)}`;
    const strange = { ...last, parts: { ...last.parts, skeleton: { events: [{ type: 'lot.engine-changed', to: unknown }] } } };
    let run = LotRun.begin(shelf, { origin: table.state.origin, lot: table.lot, round: table.round });
    for (const entry of [...table.entries.slice(0, -1), strange]) run = run.next(entry);
    expect(run.missing).toEqual({ seq: last.header.seq, engine: unknown });
    expect([run.engine, run.state.size]).toEqual([OLD, last.header.seq]);
    const prepared = table.prepare('agency', 'opening.start');
    expect(run.decide(prepared, prepared.context)).toMatchObject({ ok: false, code: 'ENGINE_UNKNOWN' });
    expect(run.next(last)).toBe(run);
  });

  it('an engine takes the commands whose form the newest one has not changed', () => {
    const { run } = seatUnder(OLD).table;
    expect(run.takes('opening.confirm')).toBe(true);
    expect(run.takes('lot.change-engine')).toBe(false);
    expect(seatUnder(NEW).table.run.takes('lot.change-engine')).toBe(true);
  });
});
