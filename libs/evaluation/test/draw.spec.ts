import { canonicalText, utf8 } from '@app/contracts';
import type { ErrorCode, JsonObject } from '@app/contracts';
import type { Turn } from '@app/evaluation';
import { membersOf, openSlots, owed, owedReleases, PoolList, redact, sealedName } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import {
  askFor,
  callOf,
  contactExperts,
  contribute,
  electChair,
  formCommittee,
  freezePool,
  openNonces,
  personOf,
  poolFact,
  poolOf,
  publishKeys,
  requestDraw,
  requestOf,
  requestRefusal,
  seedDraw,
  turnIn,
} from '@app/testing/play';
import { at } from '@app/testing/play';

/** A lot whose seed is drawn, with its list. */
function drawn(candidates = 40): { play: Play; list: PoolList } {
  const play = at(TV_E2E_01, 'opened');
  const list = poolOf(play, candidates);
  requestDraw(play);
  seedDraw(play, list);
  return { play, list };
}
const turnOf = (play: Play, list: PoolList): Turn => {
  const turn = turnIn(play, list);
  if (turn === null) throw new Error('nobody is due');
  return turn;
};
const call = (play: Play, turn: Turn, outcome = 'DECLINED', change: JsonObject = {}): ErrorCode | null => {
  const { payload, secrets } = callOf(play, turn, outcome);
  return play.table.refusal('node:main', 'draw.record-call', payload, { secrets: { ...secrets, ...change } });
};
/** A candidate who fits the place of a turn, and stands before or behind its candidate in the drawn order. */
function neighbour({ play, list }: { play: Play; list: PoolList }, turn: Turn, side: 'before' | 'behind'): Turn {
  const order = list.drawn(play.table.state.draw.seed ?? '');
  const here = order.findIndex(({ id }) => id === turn.record.id);
  const slot = openSlots(play.table.state).find((open) => open.slot === turn.slot);
  const found = order.find(
    (candidate, index) =>
      (side === 'before' ? index < here : index > here) && candidate.city === slot?.city && candidate.specialties[0] === slot.specialty,
  );
  if (found === undefined) throw new Error(`nobody ${side}`);
  return list.turn(found, turn.slot);
}

describe('a call to a drawn expert', () => {
  it('proves its candidate: no record that the pool does not hold, of another place, or for a place that it does not fit', () => {
    const { play, list } = drawn();
    const turn = turnOf(play, list);
    const other = list.candidates.find(({ id }) => id !== turn.record.id) ?? turn.record;
    expect(call(play, { ...turn, record: { ...turn.record, city: '上海' } })).toBe('E_INPUT');
    expect(call(play, { ...turn, index: turn.index + 1 })).toBe('E_INPUT');
    expect(call(play, { ...turn, path: turn.path.slice(1) })).toBe('E_INPUT');
    expect(call(play, turn, 'DECLINED', { turn: { ...list.turn(other, turn.slot) } })).toBe('E_INPUT');
    const elsewhere = openSlots(play.table.state).find(({ city }) => city !== turn.record.city)?.slot ?? '';
    expect(call(play, { ...turn, slot: elsewhere })).toBe('FORBIDDEN');
    expect(call(play, { ...turn, slot: 'no-place' })).toBe('FORBIDDEN');
    expect(call(play, turn)).toBeNull();
  });

  it('is for one candidate once, and goes forward in the drawn order', () => {
    const { play, list } = drawn();
    const first = turnOf(play, list);
    const skipped = neighbour({ play, list }, first, 'behind');
    // A main venue that skips somebody cannot come back to him in this walk; that it skipped him the verifier finds.
    play.table.act('node:main', 'draw.record-call', ...acted(callOf(play, skipped, 'DECLINED')));
    expect(call(play, first)).toBe('FORBIDDEN');
    expect(call(play, skipped)).toBe('E_ALREADY_DONE');
  });

  it('goes back to the first of the order when a place opens anew (B-021)', () => {
    const { play, list } = drawn();
    contactExperts(play, 1, list);
    formCommittee(play);
    electChair(play);
    const { lastCall, seed } = play.table.state.draw;
    play.table.act('witness-main', 'committee.replace-member', { member: 'expert-1', cause: 'ILLNESS', reason: '突发疾病' });
    const turn = turnOf(play, list);
    expect(list.drawn(seed ?? '').map(({ id }) => id)).toContain(turn.record.id);
    expect(call(play, turn, 'ACCEPTED')).toBeNull();
    contactExperts(play, 0, list);
    expect(membersOf(play.table.state)).toHaveLength(5);
    expect(play.table.state.draw.seed).toBe(seed);
    expect(lastCall).not.toBeNull();
  });

  it('SEC-4 is bound to the person who stood behind the pseudonym before the seed was drawn', () => {
    const { play, list } = drawn();
    const turn = turnOf(play, list);
    const other = list.candidates.find(({ id }) => id !== turn.record.id)?.id ?? '';
    expect(call(play, turn, 'ACCEPTED', { person: personOf(play, other) })).toBe('OPENING_MISMATCH');
    expect(call(play, turn, 'ACCEPTED', { person: { ...personOf(play, turn.record.id), salt: 'AAAA' } })).toBe('OPENING_MISMATCH');
    const friend = { ...(callOf(play, turn, 'ACCEPTED').secrets['binding'] as JsonObject), person: { id: 'friend', name: '朋友' } };
    expect(call(play, turn, 'ACCEPTED', { binding: friend })).toBe('E_INPUT');
    const { payload, secrets } = callOf(play, turn, 'ACCEPTED');
    const { person: _person, ...nameless } = secrets;
    expect(play.table.refusal('node:main', 'draw.record-call', payload, { secrets: nameless })).toBe('E_INPUT');
    expect(call(play, turn, 'ACCEPTED')).toBeNull();
  });

  it('tells nobody but the main venue who may be called: neither attributes nor persons, the supervisor by his order', () => {
    const { play, list } = drawn();
    contactExperts(play, 1, list);
    const seen = (party: string): string[] => {
      const { state, entries } = play.table;
      const viewer = { party, roles: state.parties[party]?.roles ?? [] };
      return [...new Set(redact(entries, viewer, state).flatMap(({ parts }) => Object.keys(parts)))];
    };
    const sealed = ['x:mapping', 'x:turn', 'x:person'];
    for (const party of ['agency', 'tenderer', 'supervisor', 'witness-main', 'bidder-1', 'expert-1', 'node:sub-1'])
      expect(seen(party).filter((name) => sealed.includes(name))).toEqual([]);
    expect(seen('node:main')).toEqual(expect.arrayContaining(sealed));
    play.table.act('supervisor', 'lot.order', { kind: 'UNSEAL_IDENTITIES', reason: '核查抽取过程' });
    expect(seen('supervisor')).toEqual(expect.arrayContaining(sealed));
  });
});

const acted = ({ payload, secrets }: ReturnType<typeof callOf>): [JsonObject, { secrets: typeof secrets }] => [payload, { secrets }];

describe('SEC-4 the seed', () => {
  const CONTRIBUTORS = ['agency', 'supervisor', 'node:main', 'node:supervision'];
  const request = (play: Play, nonceParties: readonly string[], slots = TV_E2E_01.slots): string | null =>
    requestRefusal(play, slots, { nonceParties, reason: '变更抽取方案' });
  /** Requested, and everybody has sealed a nonce. */
  function sealed(): Play {
    const play = at(TV_E2E_01, 'opened');
    requestDraw(play);
    publishKeys(play);
    for (const name of CONTRIBUTORS) contribute(play, name);
    return play;
  }

  it('SEC-4 cannot be steered by a contributor who is added when the others are fixed: a new plan begins anew, and is counted', () => {
    const play = sealed();
    askFor(play, TV_E2E_01.slots, { nonceParties: [...CONTRIBUTORS, 'tenderer'], reason: '增加' });
    expect(play.table.state.draw).toMatchObject({ request: { version: 2 }, boxes: {} });
    contribute(play, 'tenderer');
    expect(() => {
      freezePool(play);
    }).toThrow('E_STEP_BARRIER');
  });

  it('SEC-4 takes no plan and no nonce from the frozen pool on, when keepers may have opened the first', () => {
    const play = sealed();
    freezePool(play);
    expect(request(play, [...CONTRIBUTORS, 'tenderer'])).toBe('E_ALREADY_LOCKED');
    expect(request(play, CONTRIBUTORS)).toBe('E_ALREADY_LOCKED');
    const box = { secrets: { ciphertext: 'AA' } };
    expect(play.table.refusal('agency', 'draw.contribute', { manifest: {} }, box)).toBe('E_ALREADY_LOCKED');
    openNonces(play);
    expect(request(play, [...CONTRIBUTORS, 'tenderer'])).toBe('E_ALREADY_LOCKED');
  });

  it('SEC-4 needs nobody but the keepers once the pool is frozen: silence neither stops it nor chooses', () => {
    const play = sealed();
    expect(owedReleases(play.table.state, 'node:sub-1')).not.toContain('draw');
    freezePool(play);
    const idle = CONTRIBUTORS.filter((name) => owed(play.table.state, name).some(({ command }) => command.startsWith('draw.')));
    expect(idle).toEqual([]);
    expect(owedReleases(play.table.state, 'node:sub-1')).toContain('draw');
    openNonces(play);
    expect(play.table.state.draw.seed).toMatch(/^[0-9a-f]{64}$/);
  });

  it('SEC-4 counts a box without a nonce by what was fixed with it, so that spoiling a box chooses nothing', () => {
    const play = at(TV_E2E_01, 'opened');
    requestDraw(play);
    publishKeys(play);
    for (const name of CONTRIBUTORS) contribute(play, name, name === 'agency' ? { no: 'nonce' } : undefined);
    freezePool(play);
    openNonces(play);
    const { events } = play.table.entries.at(-1)?.parts['skeleton'] as { events: JsonObject[] };
    expect(events.at(-1)).toMatchObject({ type: 'draw.seeded', void: ['agency'] });
  });

  it('SEC-4 lets a changed plan walk on in the same order: only wider, only when nobody is left', () => {
    const { play, list } = drawn();
    const [first, ...rest] = TV_E2E_01.slots;
    if (first === undefined) throw new Error('no place');
    expect(request(play, CONTRIBUTORS, [{ ...first, city: '上海' }, ...rest])).toBe('E_ALREADY_LOCKED');
    expect(request(play, CONTRIBUTORS, [{ ...first, slot: 'renamed' }, ...rest])).toBe('E_ALREADY_LOCKED');
    expect(request(play, CONTRIBUTORS, [{ ...first, specialty: 'A' }, ...rest])).toBe('E_ALREADY_LOCKED');
    contactExperts(play, 40, list);
    expect(play.table.state.draw.exhausted).toContain(sealedName(play.table.state, first.slot));
    expect(request(play, CONTRIBUTORS, [{ ...first, specialty: 'B' }, ...rest])).toBe('E_ALREADY_LOCKED');
    expect(request(play, CONTRIBUTORS, [{ ...first, specialty: 'A' }, ...rest])).toBeNull();
  });
});

describe('B3 who fills which place', () => {
  it('B3 is not told by an exhausted pool, nor found out by asking for a wider or moved plan: every place gets the same answer', () => {
    const { play, list } = drawn(8);
    contactExperts(play, 6, list);
    const { table } = play;
    const [held, left] = [Object.keys(table.state.draw.filled).length, table.state.draw.exhausted];
    expect([held > 0, left.length]).toEqual([true, TV_E2E_01.slots.length - held]);
    const shown = JSON.stringify(table.entries.slice(-1).map(({ parts }) => [parts['skeleton'], parts['command']]));
    expect(TV_E2E_01.slots.filter(({ slot }) => shown.includes(slot))).toEqual([]);
    const nonceParties = table.state.draw.request?.nonceParties ?? [];
    for (const change of [{ city: null }, { venue: 'sub-2', city: null }]) {
      const answers = TV_E2E_01.slots.map(({ slot: changed }) => {
        const plan = TV_E2E_01.slots.map((place) => (place.slot === changed ? { ...place, ...change } : place));
        return requestRefusal(play, plan, { nonceParties, reason: '专家不足' });
      });
      expect(new Set(answers.filter((answer) => answer !== 'E_VENUE_NOT_APPROVED'))).toEqual(new Set([null]));
    }
  });

  it('B3 takes no place by another name, none that is held, and no exhaustion of other places than those that wait', () => {
    const { play, list } = drawn();
    const { table } = play;
    const turn = turnOf(play, list);
    const { payload, secrets } = callOf(play, turn, 'ACCEPTED');
    const asks = (change: JsonObject): ErrorCode | null =>
      table.refusal('node:main', 'draw.record-call', { ...payload, ...change }, { secrets });
    expect(asks({ place: turn.slot })).toBe('E_INPUT');
    expect(asks({ place: null })).toBe('E_INPUT');
    const elsewhere = { ...secrets, seat: { venue: turn.slot.startsWith('sub-1') ? 'sub-2' : 'sub-1', seat: null } };
    expect(table.refusal('node:main', 'draw.record-call', payload, { secrets: elsewhere })).toBe('E_INPUT');
    expect(asks({ outcome: 'DECLINED' })).toBe('E_INPUT');
    expect(asks({ outcome: 'DECLINED', place: null })).toBe('E_INPUT');
    const names = TV_E2E_01.slots.map(({ slot }) => sealedName(table.state, slot) ?? '');
    expect(table.refusal('node:main', 'draw.record-exhaustion', { places: names.slice(1) })).toBe('E_INPUT');
    expect(table.refusal('node:main', 'draw.record-exhaustion', { places: [...names.slice(1), 'b'.repeat(64)] })).toBe('E_INPUT');
    table.act('node:main', 'draw.record-call', payload, { secrets });
    const next = callOf(play, turnOf(play, list), 'ACCEPTED');
    const taken = { ...next.payload, place: payload['place'] ?? null };
    expect(table.refusal('node:main', 'draw.record-call', taken, { secrets: next.secrets })).toBe('FORBIDDEN');
  });

  it('B3 is not found out by asking: a plan that moves any place gets the same answer, held or not', () => {
    const { play, list } = drawn();
    play.table.act('node:main', 'draw.record-call', ...acted(callOf(play, turnOf(play, list), 'ACCEPTED')));
    const { slots } = TV_E2E_01;
    const nonceParties = play.table.state.draw.request?.nonceParties ?? [];
    const answers = slots.map(({ slot: moved }) => {
      const plan = slots.map((place) => (place.slot === moved ? { ...place, venue: place.venue === 'sub-1' ? 'sub-2' : 'sub-1' } : place));
      const { payload, secrets } = requestOf(play, plan, { nonceParties, reason: '改派场所' });
      const asked = play.table.prepare('agency', 'draw.request', payload, { secrets });
      return JSON.stringify(play.table.run.decide(asked, asked.context)).replaceAll(moved, '…');
    });
    expect(answers[0]).toContain('E_ALREADY_LOCKED');
    expect(new Set(answers).size).toBe(1);
  });

  it('B3 is known to whoever sees the key of the mapping', () => {
    const { play, list } = drawn();
    const turn = turnOf(play, list);
    play.table.act('node:main', 'draw.record-call', ...acted(callOf(play, turn, 'ACCEPTED')));
    const { state } = play.table;
    expect(Object.keys(state.draw.filled)).toEqual([sealedName(state, turn.slot)]);
    expect(openSlots(state).map(({ slot }) => slot)).not.toContain(turn.slot);
    expect(new Set(TV_E2E_01.slots.map(({ slot }) => sealedName(state, slot))).size).toBe(TV_E2E_01.slots.length);
  });
});

describe('an exhausted pool', () => {
  it('is on the record, ends the duty to call, and is undone by a wider plan', () => {
    const { play, list } = drawn(8);
    const isOwed = (): boolean => owed(play.table.state, 'node:main').some(({ command }) => command === 'draw.record-call');
    expect(isOwed()).toBe(true);
    contactExperts(play, 8, list);
    const open = play.table.state.draw.exhausted;
    const names = openSlots(play.table.state).map(({ slot }) => sealedName(play.table.state, slot) ?? '');
    expect(open).toEqual([...names].sort());
    expect([open.length > 0, isOwed()]).toEqual([true, false]);
    expect(play.table.refusal('node:main', 'draw.record-exhaustion', { places: names })).toBe('E_ALREADY_DONE');
    expect(play.table.refusal('agency', 'draw.record-exhaustion', { places: names })).toBe('FORBIDDEN');
    const wider = TV_E2E_01.slots.map((slot) => ({ ...slot, city: null }));
    const parties = play.table.state.draw.request?.nonceParties ?? [];
    askFor(play, wider, { nonceParties: parties, reason: '专家不足，扩大地域' });
    expect([play.table.state.draw.exhausted, isOwed()]).toEqual([[], true]);
  });
});

describe('a pool of ten thousand', () => {
  const COUNT = 10_000;

  it('leaves a few hundred bytes in the log, and the lot is drawn and goes on', () => {
    const { play, list } = drawn(COUNT);
    contactExperts(play, 20, list);
    expect(openSlots(play.table.state)).toEqual([]);
    const bytes = (part: string, type: string): number => {
      const entry = play.table.entries.find(({ header }) => header.type === type);
      return utf8(canonicalText(entry?.parts[part] ?? null)).length;
    };
    expect(bytes('skeleton', 'draw.freeze-pool')).toBeLessThan(500);
    expect(bytes('command', 'draw.freeze-pool')).toBeLessThan(1_500);
    expect(bytes('skeleton', 'draw.record-call')).toBeLessThan(500);
    expect(JSON.stringify(play.table.state.draw).length).toBeLessThan(8_000);
    formCommittee(play);
    expect(play.table.state.status).toBe('COMMITTEE_READY');
  });

  it('is a list that reads back to the same root, and no other', () => {
    const { play, list } = drawn();
    const read = PoolList.read(play.table.profile, list.bytes());
    expect(read).toMatchObject({ root: list.root, count: 40 });
    const text = new TextDecoder().decode(list.bytes());
    const [first = '', second = ''] = text.split('\n');
    expect(PoolList.read(play.table.profile, utf8(text.replace(`${first}\n${second}`, `${second}\n${first}`)))).toBe(
      'line 2: ids do not ascend',
    );
    expect(PoolList.read(play.table.profile, utf8(text.replace(second, first)))).toBe('line 2: ids do not ascend');
    expect(PoolList.read(play.table.profile, utf8(text.slice(0, -1)))).toBe('the last line does not end');
    expect(PoolList.read(play.table.profile, utf8(`${text}{"id":"x"}\n`))).toBe('line 41 is no candidate');
    expect(PoolList.read(play.table.profile, utf8(text.replace(first, ` ${first}`)))).toBe('line 1 is no candidate');
    expect(() => PoolList.of(play.table.profile, [...list.candidates, ...list.candidates.slice(0, 1)])).toThrow('ids do not ascend');
  });

  it('is frozen once, by the main venue, with the key that ties it to persons', () => {
    const play = at(TV_E2E_01, 'opened');
    requestDraw(play);
    publishKeys(play);
    for (const name of play.table.state.draw.request?.nonceParties ?? []) contribute(play, name);
    const fact = { facts: { pool: poolFact(play, poolOf(play)) } };
    const mapping = { secrets: { mapping: 'A'.repeat(43) } };
    expect(play.table.refusal('node:main', 'draw.freeze-pool', {}, fact)).toBe('E_INPUT');
    expect(play.table.refusal('node:sub-1', 'draw.freeze-pool', {}, { ...fact, ...mapping })).toBe('FORBIDDEN');
    freezePool(play);
    expect(() => {
      freezePool(play);
    }).toThrow('E_ALREADY_LOCKED');
  });
});
