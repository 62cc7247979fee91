import { describe, expect, it } from '@jest/globals';
import type { LotEvent } from '@app/contracts';
import { ERASED_PARTS_MAX, erasedBy, evolve, evolveAll, FINAL_STATUSES, initialLotState, partsErasedBy } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, decideAward, finish, type Play, publishCandidates } from '@app/testing/play';

const GROUND = '保存期限已届满，本人请求删除（个人信息保护法第四十七条）';
const who = (...seqs: number[]): { parts: { seq: number; name: string }[]; ground: string } => ({
  parts: seqs.map((seq) => ({ seq, name: 'who' })),
  ground: GROUND,
});
const erase = 'lot.erase-parts';

/** The lot of TV-E2E-01, played to its archive. */
function archived(): Play {
  const play = at(TV_E2E_01, 'reported');
  publishCandidates(play);
  decideAward(play, 'B');
  finish(play);
  return play;
}

describe('an erasure (个人信息保护法 47)', () => {
  it('is ordered by the supervisor with his certificate, for entries before his own, and stands in the state', () => {
    const { table } = archived();
    const order = table.act('supervisor', erase, who(3, table.state.size - 1));
    expect(erasedBy(table.state, 3, 'who')).toBe(order);
    expect(erasedBy(table.state, order - 1, 'who')).toBe(order);
    expect(erasedBy(table.state, 4, 'who')).toBeNull();
    expect(table.state).toMatchObject({ status: 'ARCHIVED', faults: [] });
  });

  it.each(['tenderer', 'agency', 'witness-main', 'node:main', 'bidder-1', 'expert-1'])('is not ordered by %s', (party) => {
    const { table } = archived();
    expect(table.refusal(party, erase, who(3), { assurance: 'certificate' })).toBe('FORBIDDEN');
  });

  it('needs the certificate itself, and a lot that is over: archived, failed or terminated', () => {
    expect(FINAL_STATUSES).toEqual(['ARCHIVED', 'LOT_FAILED', 'TERMINATED']);
    const { table } = archived();
    expect(table.refusal('supervisor', erase, who(3), { assurance: 'session' })).toBe('ASSURANCE');
    const running = at(TV_E2E_01, 'locked').table;
    expect(running.refusal('supervisor', erase, who(3))).toBe('WRONG_STATE');
    running.act('supervisor', 'lot.fail', { reason: 'ILLEGALITY', explanation: '串通投标' });
    expect(running.refusal('supervisor', erase, who(3))).toBeNull();
    const reported = at(TV_E2E_01, 'reported').table;
    expect(reported.refusal('supervisor', erase, who(3))).toBe('WRONG_STATE');
  });

  it.each(['skeleton', 'command', 'x:bindings', 'd:binding:agency', '__proto__', ''])('never takes the part "%s"', (name) => {
    const { table } = archived();
    expect(table.refusal('supervisor', erase, { parts: [{ seq: 0, name }], ground: GROUND })).toBe('E_INPUT');
  });

  it('names entries that are there, each once, up to the limit, on a ground', () => {
    const { table } = archived();
    const { size } = table.state;
    const all = Array.from({ length: ERASED_PARTS_MAX + 1 }, (_, seq) => seq);
    expect(table.refusal('supervisor', erase, who(size))).toBe('E_INPUT');
    expect(table.refusal('supervisor', erase, who(size + 7))).toBe('E_INPUT');
    expect(table.refusal('supervisor', erase, who(-1))).toBe('E_INPUT');
    expect(table.refusal('supervisor', erase, who(3, 3))).toBe('E_INPUT');
    expect(table.refusal('supervisor', erase, who())).toBe('E_INPUT');
    expect(table.refusal('supervisor', erase, who(...all))).toBe('E_INPUT');
    expect(table.refusal('supervisor', erase, { ...who(3), ground: '  ' })).toBe('E_INPUT');
    expect(table.refusal('supervisor', erase, { ...who(3), ground: 'x'.repeat(501) })).toBe('E_INPUT');
  });

  it('is not ordered twice, and keeps the signature under every order', () => {
    const { table } = archived();
    const order = table.act('supervisor', erase, who(3));
    expect(table.refusal('supervisor', erase, who(3))).toBe('E_ALREADY_DONE');
    expect(table.refusal('supervisor', erase, who(4, 3))).toBe('E_ALREADY_DONE');
    expect(table.refusal('supervisor', erase, who(order))).toBe('FORBIDDEN');
    expect(table.refusal('supervisor', erase, who(4))).toBeNull();
  });

  it('changes nothing else: whoever folds the log without the erased parts has the same state', () => {
    const { table } = archived();
    const before = table.state.setup;
    table.act('supervisor', erase, who(...Array.from({ length: table.state.size }, (_, seq) => seq)));
    const { origin, lot, round } = table.state;
    const left = table.entries.map((entry) => {
      const { who: gone, ...parts } = entry.parts;
      return erasedBy(table.state, entry.header.seq, 'who') === null
        ? { ...entry, parts: { ...parts, who: gone ?? null } }
        : { ...entry, parts };
    });
    expect(evolveAll(initialLotState(origin, lot, round), left)).toEqual(table.state);
    expect({ ...table.state.setup, erased: {} }).toEqual(before);
  });

  it('of a part that is not in the log yet is a fault that no honest main venue writes', () => {
    const { table } = archived();
    const seq = table.state.size;
    const event: LotEvent = { type: 'lot.parts-erased', at: table.now, by: 'supervisor', ...who(seq) };
    const header = { v: 1 as const, seq, at: table.now, type: erase, parts: { skeleton: '0'.repeat(64) } };
    const acted: LotEvent = { type: 'entry.acted', party: 'supervisor' };
    const state = evolve(table.state, { header, parts: { skeleton: { events: [acted, event] } } });
    expect([state.faults.length, state.setup.erased]).toEqual([1, {}]);
  });

  it('can be read off the events of its entry alone', () => {
    const event: LotEvent = { type: 'lot.parts-erased', at: '2026-06-01T00:00:00.000Z', by: 'supervisor', ...who(3) };
    expect(partsErasedBy([event])).toEqual([{ seq: 3, name: 'who' }]);
    expect(partsErasedBy([{ ...event, parts: [{ seq: 3, name: 'skeleton' }] }, { type: 'lot.order-given' }])).toEqual([]);
  });
});
