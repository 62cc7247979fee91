import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Command, VisibleEntry } from '@app/contracts';
import { PART } from '@app/contracts';
import type { Engine, ShelvedEngine } from '@app/evaluation';
import { EngineShelf, LotRun, NEXT, openPlaces, openSlots, plannedSlots, resultOf, secretEntryOf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { FROZEN } from '../src/engines/frozen.js';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  AS_RELEASED,
  callOf,
  contactExperts,
  createLot,
  decideAward,
  drawK,
  electChair,
  finish,
  formCommittee,
  fromEvaluatingToReported,
  fromOpenedToEvaluating,
  letterOf,
  openAllBids,
  type Play,
  poolOf,
  qualify,
  requestDraw,
  reviewBids,
  scoreBids,
  seat,
  startOpening,
  Table,
  seedDraw,
  turnIn,
  untilLocked,
  untilOpened,
} from '@app/testing/play';

const OLD = 'gongping-engine/0.1.0';
const WINNER = 'C';
/** The engines of this build. */
let built: EngineShelf;
/** The released ones, and the rules of these sources as if they were released too. */
let shelf: EngineShelf;
let NEW: string;

beforeAll(async () => {
  built = await openCheckedShelf();
  shelf = new EngineShelf([...built.all.filter(({ hash }) => hash !== null), AS_RELEASED]);
  NEW = shelf.newest.id;
}, 60_000);

/** A released engine. In 0.2.0 contributors to K committed to nonces and revealed them later. */
const released = (version: string): ShelvedEngine => {
  const found = built.all.find(({ engine, hash }) => engine.version === version && hash !== null);
  if (found === undefined) throw new Error(`no engine ${version}`);
  return found;
};
const seatUnder = (engine: string, on = shelf): Play => seat(TV_E2E_02, 1, { shelf: on, founding: on.find(engine) ?? on.newest });

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

  it('A1 a lot of 0.1.0 that deducts a whole price is not ranked by the newest engine: E_NOT_RANKABLE, where 0.1.0 put NaN into the table', () => {
    const plan = { ...TV_E2E_02, id: 'whole-price', rules: { ...TV_E2E_02.rules, deductions: { smallMicro: '100', domestic: '0' } } };
    const play = seat(plan, 1, { shelf, founding: shelf.find(OLD) ?? shelf.newest });
    untilOpened(play);
    fromOpenedToEvaluating(play);
    reviewBids(play);
    scoreBids(play, 'technical');
    scoreBids(play, 'commercial');
    const { table } = play;
    const prepared = table.prepare('node:main', 'scoring.aggregate');
    const before = table.run.decide(prepared, prepared.context);
    expect(JSON.stringify(before)).toContain('NaN');
    table.act('supervisor', 'lot.change-engine', { engine: NEW, reason: '按监督部门意见更换规则引擎' });
    expect(table.answer('node:main', 'scoring.aggregate')).toBe('E_NOT_RANKABLE');
  });

  it('C5 A6 what 0.1.0 did not know is filled in: the ceiling stands for the budget, its own tie rules go on', () => {
    const play = seatUnder(OLD);
    untilLocked(play);
    const { setup } = play.table.state;
    expect(setup.rules).toMatchObject({ ceiling: '1300000.00', facts: { budget: '1300000.00', isReserved: false }, ties: [] });
    expect(setup.ruleSet).toMatchObject({ id: 'cn-gov-2026', ties: ['price'], calendar: { to: '2026-12-31' }, thresholds: { bidsMin: 3 } });
    expect(setup.ruleSet?.preferences.goods.domestic?.min).toBe('20');
  });

  it('draws on in the order of a pool that 0.1.0 fixed as a list, after a change of engine in the middle of the calls', () => {
    const play = seatUnder(OLD);
    untilOpened(play);
    qualify(play);
    requestDraw(play);
    seedDraw(play);
    const { table } = play;
    const list = poolOf(play);
    const call = (outcome: string): string => {
      const turn = turnIn(play, list);
      if (turn === null) throw new Error('nobody is due');
      const { payload, secrets } = callOf(play, turn, outcome);
      table.act(
        'node:main',
        table.run.choices('draw.record-call', 'outcome').length > 0 ? 'draw.record-call' : 'draw.record-contact',
        payload,
        { secrets },
      );
      return turn.record.id;
    };
    const order = list.drawn(table.state.draw.seed ?? '').map(({ id }) => id);
    const called = [call('DECLINED'), call('ACCEPTED')];
    const { seed, pool, contacts } = table.state.draw;
    table.act('supervisor', 'lot.change-engine', { engine: NEW, reason: '按监督部门意见更换规则引擎' });
    expect(table.state.draw).toMatchObject({ seed, contacts, pool: { root: pool?.root, count: 40, blob: null } });
    called.push(call('TIMEOUT'), call('ACCEPTED'));
    expect(called.map((id) => order.indexOf(id))).toEqual(called.map((id) => order.indexOf(id)).sort((a, b) => a - b));
    contactExperts(play, 0, list);
    formCommittee(play);
    electChair(play);
    fromEvaluatingToReported(play);
    decideAward(play, WINNER);
    finish(play);
    expectResult(play);
    expectReplay(play);
  });

  it.each(['0.2.0', '0.3.0', '0.4.0'])(
    'B3 calls go on after a change from %s in the middle of them: places named before stay held, those after have sealed names',
    (version) => {
      const play = seatUnder(released(version).id);
      expect(play.table.run.engine).toBe(released(version).id);
      untilOpened(play);
      qualify(play);
      requestDraw(play);
      seedDraw(play);
      const { table } = play;
      const list = poolOf(play);
      const call = (outcome: string): void => {
        const turn = turnIn(play, list);
        if (turn === null) throw new Error('nobody is due');
        const { payload, secrets } = callOf(play, turn, outcome);
        table.act('node:main', 'draw.record-call', payload, { secrets });
      };
      for (const outcome of ['DECLINED', 'ACCEPTED', 'ACCEPTED']) call(outcome);
      const names = TV_E2E_02.slots.map(({ slot }) => slot);
      const before = Object.keys(table.state.draw.filled);
      // 0.2.0 named places as the plan does.
      expect(before.filter((place) => names.includes(place))).toEqual(version === '0.2.0' ? before : []);
      const open = openPlaces(table.state);
      table.act('supervisor', 'lot.change-engine', { engine: NEW, reason: '按监督部门意见更换规则引擎' });
      expect([openPlaces(table.state), openSlots(table.state).length]).toEqual([open, open]);
      expect(plannedSlots(table.state)).toEqual(TV_E2E_02.slots);
      contactExperts(play, 1, list);
      const after = Object.keys(table.state.draw.filled).filter((place) => !before.includes(place));
      expect([after.length, after.filter((place) => names.includes(place))]).toEqual([open, []]);
      formCommittee(play);
      expect(table.state.status).toBe('COMMITTEE_READY');
      expectReplay(play);
    },
  );

  it.each(['0.1.0', '0.2.0', '0.3.0'])(
    'tells the list of a lot that was locked under %s, whose lock had told the number, after a change of engine',
    (version) => {
      const play = seatUnder(released(version).id);
      untilLocked(play);
      const { table } = play;
      const { bids, seq } = table.state.bidding;
      expect([table.state.setup.isPublic, Object.keys(bids).length]).toEqual([false, play.desks.length]);
      table.act('supervisor', 'lot.change-engine', { engine: NEW, reason: '按监督部门意见更换规则引擎' });
      startOpening(play);
      expect(table.state.bidding).toMatchObject({ bids, listSeq: seq, root: null });
      expect(Object.values(table.state.opening.names)).toContain('A建设有限公司');
      openAllBids(play);
      expect(table.state.opening.step).toBe('READ_OUT');
      expectReplay(play);
    },
  );

  it('A8 draws K anew after a change of engine in the middle of the draw, when nonces were only committed to', () => {
    const rules = {
      ...TV_E2E_01.rules,
      price: { ...TV_E2E_01.rules.price, k: { drawn: ['0.95', '0.97'] } } as typeof TV_E2E_01.rules.price,
    };
    const play = seat({ ...TV_E2E_01, rules }, 1, { shelf, founding: released('0.2.0') });
    untilLocked(play);
    startOpening(play);
    openAllBids(play);
    const { table } = play;
    table.act('node:main', 'opening.commit-coefficient', { commitment: 'a'.repeat(64) });
    table.act('supervisor', 'lot.change-engine', { engine: NEW, reason: '按监督部门意见更换规则引擎' });
    expect(table.state.opening.coefficient).toEqual({ request: null, boxes: {}, nonces: {}, seed: null, value: null });
    drawK(play);
    expect(['0.95', '0.97']).toContain(table.state.opening.coefficient.value);
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

describe('the engine that a new lot gets', () => {
  const create = (jurisdiction: string): Command => ({
    ...seatUnder(OLD).table.prepare('agency', 'lot.create', { jurisdiction }).command,
  });
  const begun = (founding?: ShelvedEngine): LotRun =>
    LotRun.begin(built, { origin: 'gongping.test/lot/lot-9/1', lot: 'lot-9', round: 1 }, founding);

  it('is the newest released one, and that under development for tests and demonstrations alone', () => {
    const released = built.all.findLast(({ hash }) => hash !== null);
    expect(begun().engineFor(create('CN'))).toBe(released?.id);
    expect(begun().engineFor(create('CN-33'))).toBe(released?.id);
    expect(begun().engineFor(create('demo'))).toBe('gongping-engine/next');
  });

  it('is the latest that a lot is offered: rules under development only where they found lots', () => {
    const released = built.newestReleased.id;
    for (const [rules, newest] of [
      ['released', released],
      ['next', 'gongping-engine/next'],
    ] as const) {
      const on = built.foundedUnder(rules);
      const name = { origin: 'gongping.test/lot/lot-9/1', lot: 'lot-9', round: 1 };
      expect(LotRun.begin(on, name).engineFor(create('demo'))).toBe(newest);
      const demo = (engine: string): LotRun => {
        const play = seat({ ...TV_E2E_02, jurisdiction: 'demo' }, 1, { shelf: on, founding: on.find(engine) ?? on.newest });
        createLot(play);
        return play.table.run;
      };
      const run = demo(OLD);
      expect([run.state.setup.jurisdiction, run.laterEngine]).toEqual(['demo', newest]);
      const own = demo(released);
      expect([own.engine, own.laterEngine]).toEqual([released, newest === released ? null : newest]);
    }
  });

  it('is not the one under development anywhere else, by whatever way: ENGINE_UNRELEASED', () => {
    const under = (play: Play): Play => {
      untilLocked(play);
      return play;
    };
    const founded = begun(built.newest);
    const prepared = new Table('lot-9', 1, '2026-03-01T00:00:00.000Z', 'gongping.test', built).prepare('agency', 'lot.create', {
      jurisdiction: 'CN',
    });
    expect(founded.decide(prepared, prepared.context)).toMatchObject({ ok: false, code: 'ENGINE_UNRELEASED' });
    const { table } = under(seatUnder(OLD, built));
    const order = { engine: 'gongping-engine/next', reason: '更换' };
    expect(table.refusal('supervisor', 'lot.change-engine', order)).toBe('ENGINE_UNRELEASED');
    // Nor does a draft of the demonstration become a real lot under it.
    const demo = begun(built.newest);
    const revise = table.prepare('agency', 'lot.revise', { jurisdiction: 'CN-33' });
    const context = { ...revise.context, engine: 'gongping-engine/next' };
    expect(demo.decide(revise, context)).toMatchObject({ ok: false, code: 'ENGINE_UNRELEASED' });
  });
});

describe('an engine that a later release superseded', () => {
  const refusedAt = (version: string, type: string, instant: string): string | null => {
    const old = released(version);
    const table = new Table('lot-9', 1, instant, 'gongping.test', built, old);
    const prepared = table.prepare('agency', type);
    const decision = table.run.decide(prepared, prepared.context);
    return !decision.ok && decision.code === 'ENGINE_RETIRED' ? decision.message : null;
  };

  it.each(FROZEN.map(({ version }) => version))('%s founds and publishes lots for as long as its table says', (version) => {
    const until = built.foundedUntil(released(version));
    const next = FROZEN[FROZEN.findIndex((one) => one.version === version) + 1];
    if (next === undefined) {
      expect(until).toBeNull();
      expect(refusedAt(version, 'lot.create', '2099-01-01T00:00:00.000Z')).toBeNull();
      return;
    }
    // Keepers cannot judge a lot of these with what they see.
    const graceDays = ['0.1.0', '0.2.0'].includes(version) ? 0 : 30;
    const last = new Date(Date.parse(next.released) + graceDays * 86_400_000).toISOString();
    const after = new Date(Date.parse(last) + 1).toISOString();
    expect(until).toBe(last);
    for (const type of ['lot.create', 'lot.publish']) {
      expect(refusedAt(version, type, last)).toBeNull();
      expect(refusedAt(version, type, after)).toContain(`until ${last}; copy the draft`);
    }
    // What only follows the rules goes on for as long as the lot lives.
    expect(refusedAt(version, 'lot.suspend', '2099-01-01T00:00:00.000Z')).toBeNull();
  });

  it('is superseded by what was released, not by rules under development', () => {
    expect(built.foundedUntil(built.newest)).toBeNull();
    expect(built.foundedUntil(built.newestReleased)).toBeNull();
  });
});

describe('a lot of an older engine', () => {
  /** The newest engine as a trap: whoever asks it for a lot that is not its own is found out. */
  function trap(): { shelf: EngineShelf; migrations: () => number } {
    let migrations = 0;
    const asked = (): never => {
      throw new Error('the newest engine was asked for a lot of an older one');
    };
    const engine: Engine = {
      ...NEXT,
      decide: asked,
      evolve: asked,
      audience: asked,
      owed: asked,
      limits: asked,
      purposes: asked,
      migrate: (before) => {
        migrations += 1;
        return NEXT.migrate(before);
      },
    };
    return {
      shelf: new EngineShelf([...built.all.filter(({ hash }) => hash !== null), { engine, hash: null }]),
      migrations: () => migrations,
    };
  }

  it('is decided, folded and shown by its own engine, while everybody reads the newest shape', () => {
    const { shelf: on } = trap();
    const play = seatUnder(OLD, on);
    untilOpened(play);
    const { run } = play.table;
    const entry = play.table.entries.find(({ header }) => header.type === 'sealing.release');
    if (entry === undefined) throw new Error('no key was released');
    const secret = secretEntryOf(entry);
    const viewer = { party: secret.party, roles: [] };
    expect([run.audience(viewer, secret, PART.skeleton), run.admits(viewer), run.admits({ party: null, roles: [] })]).toEqual([
      true,
      true,
      true,
    ]);
    expect(run.owed('agency').length + run.owed('node:main').length).toBeGreaterThan(0);
    expect([run.limits().length >= 0, run.purposes().length > 0, run.nextLimit(['agency'])?.name ?? null]).toEqual([true, true, null]);
    expect(run.state.parties['agency']?.admittedAs).toEqual(['agency']);
  });

  it('is folded without being migrated; its newest shape is made when somebody reads it, once', () => {
    const played = seatUnder(OLD);
    untilOpened(played);
    const { shelf: on, migrations } = trap();
    const { origin } = played.table.state;
    let run = LotRun.begin(on, { origin, lot: played.table.lot, round: played.table.round });
    for (const entry of played.table.entries) run = run.next(entry);
    expect([run.size, run.engine, migrations()]).toEqual([played.table.entries.length, OLD, 0]);
    expect(run.state).toBe(run.state);
    const before = migrations();
    // An entry that names no party leaves the migrated parties what they are.
    const later = run.next(play(played));
    expect(later.state.parties).toBe(run.state.parties);
    expect(migrations()).toBeGreaterThanOrEqual(before);
  });
});

/** One more entry of the lot. */
function play({ table }: Play): VisibleEntry {
  const { length } = table.entries;
  table.act('supervisor', 'lot.give-opinion', { text: '无', target: 'agency' });
  const entry = table.entries[length];
  if (entry === undefined) throw new Error('no entry');
  return entry;
}
