import type { Head, LotSummary, SentEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import { FakeClock, SequentialIds } from '@app/platform';
import { runOf } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { Problems } from '../problems/problems.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import type { Crowd } from './crowd.js';
import { RETRY_MS, RIGHTS_MS } from './followed-lot.js';
import { LotFollower, LOTS_WATCHED_MAX } from './lot-follower.js';
import { LotSource, type HeldLot, type MovedListener } from './lot-source.js';
import { Lots } from './lots.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const SECRET = 'x:sheet';
const person = (id: string): SessionFacts => ({ person: { id, name: id }, organisation: null, fingerprint: id });

/** A lot in memory whose parties are its persons' names; everybody may see its skeletons. */
class OneLot extends LotSource {
  readonly log: SentEntry[] = [];
  isAway = false;
  reads = 0;
  parties: Record<string, string> = { 'p-1': 'expert-1', 'p-2': 'expert-2', 'p-3': 'expert-2' };
  #state: LotState = publicState();
  #moved: MovedListener = () => undefined;

  add(party: string | null = null, secret?: string): void {
    const seq = this.log.length;
    const parts: SentEntry['parts'] = {
      skeleton: { salt: '', text: JSON.stringify({ events: party === null ? [] : [{ type: 'entry.acted', party }] }) },
      ...(secret === undefined ? {} : { [SECRET]: { salt: '', text: JSON.stringify(secret) } }),
    };
    const header = {
      v: 1 as const,
      seq,
      at: '2026-03-24T01:30:00.000Z',
      type: 'no.rule',
      parts: Object.fromEntries(Object.keys(parts).map((name) => [name, ''])),
    };
    this.log.push({ header, parts });
    const { secretEntries, disclosed } = this.#state;
    const kept = { header, events: [], party };
    this.#state = {
      ...this.#state,
      size: seq + 1,
      ...(secret === undefined
        ? {}
        : { secretEntries: { ...secretEntries, [seq]: kept }, disclosed: { ...disclosed, [`${String(seq)}/${SECRET}`]: secret } }),
    };
  }
  tell(from: number, isGiven = true): void {
    this.#moved(ORIGIN, isGiven ? this.log.slice(from) : []);
  }

  find(lot: string): Promise<HeldLot | null> {
    if (this.isAway) return Promise.reject(new Error('connect ECONNREFUSED'));
    const state = this.#state;
    const partiesOf = (session: SessionFacts | null): string[] =>
      session === null ? [] : [this.parties[session.person.id] ?? ''].filter((party) => party !== '');
    return Promise.resolve(
      lot === 'lot-1' ? { origin: ORIGIN, lot, round: 1, run: runOf(state), size: () => Promise.resolve(state.size), partiesOf } : null,
    );
  }
  entries(_origin: string, from: number, limit: number): Promise<SentEntry[]> {
    this.reads += 1;
    return this.isAway ? Promise.reject(new Error('connect ECONNREFUSED')) : Promise.resolve(this.log.slice(from, from + limit));
  }
  head(): Promise<Head | null> {
    return Promise.resolve(null);
  }
  summary(): Promise<LotSummary | null> {
    return Promise.resolve(null);
  }
  mine(): Promise<LotSummary[]> {
    return Promise.resolve([]);
  }
  open(): Promise<LotSummary[]> {
    return Promise.resolve([]);
  }
  readonly renewed: string[] = [];
  renewHead(origin: string): Promise<void> {
    this.renewed.push(origin);
    return Promise.resolve();
  }
  onMoved(listener: MovedListener): () => void {
    this.#moved = listener;
    return () => undefined;
  }
  onHead(): () => void {
    return () => undefined;
  }
}

function publicState(): LotState {
  const state = initialLotState(ORIGIN, 'lot-1', 1);
  const present = { 'expert-1': signedIn(), 'expert-2': signedIn() };
  return {
    ...state,
    setup: { ...state.setup, isPublic: true },
    parties: { 'expert-1': expert(), 'expert-2': expert() },
    committee: { ...state.committee, present },
  };
}
const signedIn = () => ({ venue: 'main', seat: 'r1-s1', signedInAt: '2026-03-24T01:30:00.000Z', pledgedAt: null });
const expert = (): LotState['parties'][string] => ({ roles: ['expert'], admittedAs: ['expert'], venue: null, seat: null, seq: 0 });

/** Rooms in memory, with what came to each connection and how often a notice was made. */
class Hall implements Crowd {
  readonly seen = new Map<string, { name: string; notice: unknown }[]>();
  made = 0;
  readonly #rooms = new Map<string, Set<string>>();

  emit(rooms: readonly string[], name: string, notice: unknown): void {
    this.made += 1;
    const ids = new Set(rooms.flatMap((room) => [...(this.#rooms.get(room) ?? [room])]));
    for (const id of ids) this.seen.set(id, [...(this.seen.get(id) ?? []), { name, notice }]);
  }
  join(id: string, room: string): void {
    this.#rooms.set(room, (this.#rooms.get(room) ?? new Set()).add(id));
  }
  leave(id: string, room: string): void {
    this.#rooms.get(room)?.delete(id);
  }

  entriesOf(id: string): SentEntry[] {
    return (this.seen.get(id) ?? []).flatMap(({ name, notice }) =>
      name === 'entries:appended' ? (notice as { entries: SentEntry[] }).entries : [],
    );
  }
  seqsOf(id: string): number[] {
    return this.entriesOf(id).map(({ header }) => header.seq);
  }
  refoldsOf(id: string): number {
    return (this.seen.get(id) ?? []).filter(({ name }) => name === 'lot:refold').length;
  }
}

function world() {
  const clock = new FakeClock();
  const source = new OneLot();
  const hall = new Hall();
  const logged: unknown[] = [];
  const problems = new Problems({ error: (facts: unknown) => logged.push(facts) }, new SequentialIds(clock));
  const sut = new LotFollower(new Lots(source), source, clock, problems);
  sut.start(hall);
  const watch = (id: string, session: SessionFacts | null = null, from = 0): Promise<number> => {
    sut.connected(id);
    return sut.watch(id, session, { lot: 'lot-1', round: 1, from });
  };
  return { clock, source, hall, logged, sut, watch };
}
/** Lets the follower's loop come to rest. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a followed lot', () => {
  it('is sent from where a follower begins, and then entry by entry', async () => {
    const { source, hall, watch } = world();
    source.add();
    source.add();
    expect(await watch('a', null, 1)).toBe(2);
    await settled();
    source.add();
    source.tell(2);
    await settled();
    expect(hall.seqsOf('a')).toEqual([1, 2]);
  });

  it('makes one text per set of visible parts, however many follow, and reads no entry again that it was handed', async () => {
    const { source, hall, watch } = world();
    for (let index = 0; index < 50; index += 1) await watch(`public-${String(index)}`);
    await watch('one', person('p-1'));
    await watch('two', person('p-2'));
    await watch('three', person('p-3'));
    await settled();
    const { made } = hall;
    source.add('expert-1', 'mine');
    source.tell(0);
    await settled();
    expect(hall.made - made).toBe(2);
    expect(source.reads).toBe(0);
    expect(Object.keys(hall.entriesOf('one')[0]?.parts ?? {})).toEqual(['skeleton', SECRET]);
    for (const id of ['public-7', 'two', 'three']) expect(Object.keys(hall.entriesOf(id)[0]?.parts ?? {})).toEqual(['skeleton']);
  });

  it('has a head of this moment made for a party that keeps a key, and for nobody else', async () => {
    const { source, sut } = world();
    source.add();
    await sut.wantHead(person('p-1'), { lot: 'lot-1', round: 1 });
    for (const session of [null, person('stranger')])
      await expect(sut.wantHead(session, { lot: 'lot-1', round: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(source.renewed).toEqual([ORIGIN]);
  });

  it('reads once for all who come in together', async () => {
    const { source, hall, watch } = world();
    source.add();
    await Promise.all(['a', 'b', 'c'].map((id) => watch(id)));
    await settled();
    expect([source.reads, hall.seqsOf('a'), hall.seqsOf('c')]).toEqual([1, [0], [0]]);
  });

  it('heals a gap in what it was told', async () => {
    const { source, hall, watch } = world();
    await watch('a');
    await settled();
    source.add();
    source.add();
    source.add();
    source.tell(2);
    await settled();
    expect(hall.seqsOf('a')).toEqual([0, 1, 2]);
  });

  it('tells a follower whose rights to earlier entries have widened to fold again, and nobody else', async () => {
    const { clock, source, hall, watch } = world();
    source.add('expert-1', 'mine');
    await watch('one', person('p-1'));
    await watch('two', person('p-2'));
    await watch('out');
    await settled();
    source.parties = { ...source.parties, 'p-2': 'expert-1' };
    source.tell(1, false);
    await clock.advance(RIGHTS_MS);
    await settled();
    expect(['one', 'two', 'out'].map((id) => hall.refoldsOf(id))).toEqual([0, 1, 0]);
  });

  it('lets whoever was away go on from its own place, and begin anew only when it may see more of what it has by now', async () => {
    const { source, hall, sut, watch } = world();
    source.add('expert-1', 'mine');
    source.add();
    const back = (id: string, secrets: number): Promise<number> => {
      sut.connected(id);
      return sut.watch(id, person('p-1'), { lot: 'lot-1', round: 1, from: 1, secrets });
    };
    await watch('whole', person('p-1'));
    await back('same', 1);
    await back('fewer', 0);
    await settled();
    expect(['whole', 'same', 'fewer'].map((id) => [hall.seqsOf(id).length, hall.refoldsOf(id)])).toEqual([
      [2, 0],
      [1, 0],
      [1, 1],
    ]);
  });

  it('brings a follower up to date by itself when the database was away as the last entry came', async () => {
    const { clock, source, hall, logged, watch } = world();
    await watch('a');
    await settled();
    source.add();
    source.isAway = true;
    source.tell(0, false);
    source.tell(0);
    await settled();
    expect([hall.seqsOf('a'), logged.length > 0]).toEqual([[], true]);
    source.isAway = false;
    await clock.advance(RETRY_MS);
    await settled();
    expect(hall.seqsOf('a')).toEqual([0]);
  });

  it('is told to nobody who has left', async () => {
    const { source, hall, sut, watch } = world();
    await watch('a');
    await watch('b');
    await settled();
    sut.leave('a', 'lot-1', 1);
    sut.disconnected('b');
    source.add();
    source.tell(0);
    await settled();
    expect([hall.seqsOf('a'), hall.seqsOf('b')]).toEqual([[], []]);
  });

  it('is refused from beyond its end, where it is not, and beyond the number that one connection may follow', async () => {
    const { sut, watch } = world();
    await expect(watch('a', null, 1)).rejects.toMatchObject({ code: 'BEYOND_LOG' });
    await expect(sut.watch('a', null, { lot: 'lot-2', round: 1, from: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(LOTS_WATCHED_MAX).toBeGreaterThan(12);
  });
});
