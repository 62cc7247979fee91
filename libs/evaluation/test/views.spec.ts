import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Viewer, VisibleEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import {
  evolve,
  evolveAll,
  initialLotState,
  isOnlyCalled,
  lotViewer,
  membersOf,
  openPlaces,
  openSlots,
  placeOf,
  plannedSlots,
  redact,
  secretEntryOf,
  view,
} from '@app/evaluation';
import { type LotPlan, SECURED, SEPARATED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at as playedTo,
  contactExperts,
  drawExperts,
  finish,
  once,
  type Play,
  playToTheEnd,
  requestDraw,
  seat,
  seedDraw,
  signInMember,
  untilReported,
  voteOnAward,
} from '@app/testing/play';

/**
 * Goal: whoever folds only what he may see knows exactly what he may know (architecture §1.5), at every moment of both lots.
 * Method: for each viewer and prefix, redact the prefix as the lot then stands and fold it; compare with the view of the full state. A
 * fold is carried on from the prefix before while no right widened, as a client does, and done again from the start when one did.
 */
const VIEWERS = [
  null,
  'stranger',
  'tenderer',
  'agency',
  'supervisor',
  'witness-main',
  'node:main',
  'node:sub-1',
  'node:supervision',
  'bidder-1',
  'bidder-3',
  'expert-1',
  'expert-4',
  'representative-1',
  'award-1',
] as const;

const played = new Map<string, { entries: readonly VisibleEntry[]; states: LotState[] }>();
function play(plan: LotPlan, winner: string): { entries: readonly VisibleEntry[]; states: LotState[] } {
  const known = played.get(plan.id);
  if (known !== undefined) return known;
  const { table, ...rest } = seat(plan);
  if (plan.rules.award.kind === 'rank-1') playToTheEnd({ table, ...rest }, winner);
  else {
    untilReported({ table, ...rest });
    voteOnAward({ table, ...rest });
    finish({ table, ...rest });
  }
  table.act('supervisor', 'lot.erase-parts', { parts: [{ seq: 3, name: 'who' }], ground: '保存期限已届满' });
  let state = initialLotState(table.state.origin, plan.id, 1);
  const states = [state, ...table.entries.map((entry) => (state = evolve(state, entry)))];
  const done = { entries: table.entries, states };
  played.set(plan.id, done);
  return done;
}

const namesOf = (entries: readonly VisibleEntry[]): string => entries.map(({ parts }) => Object.keys(parts).join()).join(';');

/** First prefix whose redacted fold is not the view, or null. */
function firstDifference({ entries, states }: { entries: readonly VisibleEntry[]; states: LotState[] }, viewer: Viewer): number | null {
  let folded = states[0] ?? initialLotState('', '', 1);
  let names = '';
  for (const [size, state] of states.entries()) {
    const visible = redact(entries.slice(0, size), viewer, state);
    const before = namesOf(visible.slice(0, -1));
    const last = visible.at(-1);
    const start = initialLotState(state.origin, state.lot, state.round);
    folded = last !== undefined && before === names ? evolve(folded, last) : evolveAll(start, visible);
    names = namesOf(visible);
    if (!isDeepStrictEqual(folded, view(state, viewer))) return size;
  }
  return null;
}

describe.each([
  [TV_E2E_01, 'B'],
  [TV_E2E_02, 'C'],
  [SEPARATED, 'E'],
  [SECURED, 'C'],
] as const)('what each may know of $id', (plan, winner) => {
  it.each(VIEWERS)('is, for %s, what he folds from what he may see, at every prefix', (party) => {
    expect(firstDifference(play(plan, winner), { party, roles: [] })).toBeNull();
  });
});

describe('secrecy', () => {
  it('A-134 nobody but its member and the supervisor sees a ballot; the tally is public with the award', () => {
    const { states } = play(SEPARATED, 'E');
    const last = states.at(-1) ?? initialLotState('', '', 1);
    const ballots = (party: string): number =>
      Object.keys(view(last, { party, roles: [] }).disclosed).filter((key) => key.includes('/x:sheet:award-')).length;
    expect([ballots('award-1'), ballots('supervisor'), ballots('tenderer'), ballots('bidder-1')]).toEqual([2, 14, 0, 0]);
    expect(JSON.stringify(view(last, { party: null, roles: [] }).disclosed)).toContain('"runOff"');
  });

  const at = (plan: LotPlan, winner: string, viewer: string | null, until: (state: LotState) => boolean): string => {
    const { states } = play(plan, winner);
    const state = states.find(until);
    if (state === undefined) throw new Error('never');
    return JSON.stringify(view(state, { party: viewer, roles: [] }).disclosed);
  };

  it('a party nobody admitted is the public', () => {
    const { states } = play(TV_E2E_01, 'B');
    const last = states.at(-1) ?? initialLotState('', '', 1);
    expect(lotViewer({ party: 'stranger', roles: ['supervisor'] }, last)).toEqual({ party: null, roles: [] });
  });

  it.each([null, 'stranger', 'bidder-1'])('SEC-21 %s knows nothing of a draft, not even its name', (party) => {
    const { states } = play(TV_E2E_01, 'B');
    const drafts = states.filter(({ status, size }) => status === 'DRAFT' && size > 0);
    expect(drafts.length).toBeGreaterThan(3);
    for (const draft of drafts) {
      const { origin, lot, round, size } = draft;
      expect(view(draft, { party, roles: [] })).toEqual({ ...initialLotState(origin, lot, round), size });
    }
  });

  it('whoever may want to bid sees notice, document and keys from the publication on (招标投标法 16)', () => {
    const { states } = play(TV_E2E_01, 'B');
    const published = states.find(({ status }) => status === 'PUBLISHED') ?? initialLotState('', '', 1);
    const { setup, keepers } = view(published, { party: null, roles: [] });
    expect([setup.name, setup.documentPackage]).toEqual([TV_E2E_01.name, published.setup.documentPackage]);
    expect(Object.keys(keepers.published['bids'] ?? {})).toEqual([...published.setup.keepers.bids.parties]);
  });

  it('from the publication to the opening the public sees who the opening trustees are and that their keys are theirs, and no other secret part', () => {
    for (const [plan, winner] of [
      [TV_E2E_01, 'B'],
      [TV_E2E_02, 'C'],
      [SEPARATED, 'E'],
    ] as const) {
      const { states, entries } = play(plan, winner);
      const before = states.filter(({ status }) => ['PUBLISHED', 'SUBMISSION_OPEN', 'SUBMISSION_CLOSED'].includes(status));
      expect(before.length).toBeGreaterThan(2);
      for (const state of before) {
        const seen = view(state, { party: null, roles: [] });
        // SEC-10: whoever seals a bid proves whose keys it is sealed to.
        const named = Object.keys(seen.disclosed).map((key) => key.slice(key.indexOf('d:binding:')));
        expect(named.sort()).toEqual(state.setup.keepers.bids.parties.map((party) => `d:binding:${party}`).sort());
        const shown = redact(entries.slice(0, state.size), { party: null, roles: [] }, state);
        const signed = shown.filter(({ parts }) => 'who' in parts);
        const persons = signed.filter((entry) => secretEntryOf(entry).party?.startsWith('node:') === false);
        const trustees = state.setup.keepers.bids.parties.filter((party) => !party.startsWith('node:'));
        expect(persons.map(({ header }) => header.type)).toEqual(trustees.map(() => 'sealing.publish-key'));
        expect(persons.map((entry) => secretEntryOf(entry).party).sort()).toEqual(trustees.sort());
      }
    }
  });

  it.each(['tenderer', 'agency', 'supervisor', 'node:sub-1', 'witness-main', 'bidder-1'])(
    'A-106 %s does not know who bids before the list is published',
    (viewer) => {
      const text = at(TV_E2E_01, 'B', viewer, ({ opening }) => opening.step === 'STARTED');
      const shown = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].filter((letter) => text.includes(`org-${letter}`));
      expect(shown).toEqual([]);
    },
  );

  it.each(['tenderer', 'agency', 'supervisor', 'witness-main', 'bidder-1'])(
    'A-134 %s does not know the drawn experts before they sign in',
    (viewer) => {
      expect(at(TV_E2E_01, 'B', viewer, ({ parties }) => 'expert-4' in parties)).not.toContain('person":{"id":"pool-');
    },
  );

  /** Experts who accepted before the opening, and after it. */
  const calledEarly = once(() => {
    const early = playedTo(TV_E2E_01, 'locked');
    requestDraw(early);
    seedDraw(early);
    contactExperts(early);
    return early;
  });
  const calledLate = once(() => {
    const late = playedTo(TV_E2E_01, 'opened');
    drawExperts(late);
    return late;
  });
  const seen = (state: LotState, party: string | null): LotState => view(state, { party, roles: [] });

  it.each(['expert-1', 'expert-4'])(
    'B4 %s sees of a lot before its opening what everybody sees, although the call is accepted',
    (expert) => {
      const { table } = calledEarly();
      expect(table.state.parties[expert]?.roles).toEqual(['expert']);
      const { state, entries } = table;
      expect(seen(state, expert)).toEqual(seen(state, null));
      const partsOf = (party: string | null) => redact(entries, { party, roles: [] }, state).map(({ parts }) => Object.keys(parts));
      expect(partsOf(expert)).toEqual(partsOf(null));
    },
  );

  it('B4 of a lot that is public an expert knows what everybody knows, until the sign-in at the seat shows it to him alone', () => {
    const play = calledLate();
    const { table } = play;
    expect(seen(table.state, 'expert-1')).toEqual(seen(table.state, null));
    signInMember(play, 'expert-1');
    expect([isOnlyCalled(table.state, 'expert-1'), isOnlyCalled(table.state, 'expert-2')]).toEqual([false, true]);
    const knowsOf = (party: string | null): boolean =>
      Object.keys(seen(table.state, party).disclosed).some((key) => key.endsWith('d:binding:expert-1'));
    expect([knowsOf('expert-1'), knowsOf('expert-2'), knowsOf(null)]).toEqual([true, false, false]);
    expect(seen(table.state, 'expert-2')).toEqual(seen(table.state, null));
  });

  it('B4 whoever never came learns nothing afterwards either', () => {
    const { table } = calledLate();
    table.pass(3_600);
    table.act('agency', 'committee.replace-member', { member: 'expert-2', cause: 'NO_SHOW', reason: '未到场' });
    expect([isOnlyCalled(table.state, 'expert-2'), isOnlyCalled(table.state, 'stranger')]).toEqual([true, false]);
    expect(seen(table.state, 'expert-2')).toEqual(seen(table.state, null));
  });

  it.each(['tenderer', 'agency', 'supervisor', 'witness-main', 'bidder-1', 'expert-1', 'node:sub-1', null])(
    'B3 to %s a drawn expert is a pseudonym: specialities, city and person stand as a commitment',
    (viewer) => {
      for (const { table } of [calledEarly(), calledLate()]) {
        const { state, entries } = table;
        const shown = JSON.stringify(redact(entries, { party: viewer, roles: [] }, state).map(({ parts }) => parts));
        expect(shown).not.toContain('"specialties"');
        expect(Object.keys(seen(state, viewer).disclosed).filter((key) => /x:(turn|person|mapping)$/.test(key))).toEqual([]);
      }
    },
  );

  it.each(['tenderer', 'agency', 'supervisor', 'witness-main', 'bidder-1', 'expert-1', 'node:sub-1', null])(
    'B3 to %s the log does not say which place of the plan a drawn expert fills, only how many are held',
    (viewer) => {
      for (const { table } of [calledEarly(), calledLate()]) {
        const { state, entries } = table;
        const names = plannedSlots(state).map(({ slot }) => slot);
        const shown = redact(entries, { party: viewer, roles: [] }, state).filter(({ header }) => header.type === 'draw.record-call');
        expect(names.filter((name) => JSON.stringify(shown).includes(`"${name}"`))).toEqual([]);
        expect(names.filter((name) => Object.hasOwn(state.draw.filled, name))).toEqual([]);
        const view = seen(state, viewer);
        if (view.draw.request !== null) {
          expect([Object.keys(view.draw.filled).length, openPlaces(view)]).toEqual([names.length, 0]);
          expect(() => openSlots(view)).toThrow(/mapping|plan/);
        }
        expect(openSlots(state)).toEqual([]);
      }
    },
  );

  /** What the plan says of its places, each word as it would stand in JSON. */
  const placeWords = (state: LotState): string[] => {
    const slots = plannedSlots(state);
    const cities = state.setup.venues.filter(({ venue }) => slots.some((slot) => slot.venue === venue)).map(({ city }) => city);
    const words = slots.flatMap(({ slot, venue, specialty, city }) => [slot, venue, specialty, city ?? '']);
    return [...new Set([...words, ...cities])].filter((word) => word !== '').map((word) => JSON.stringify(word));
  };
  const callsSeenBy = ({ table: { state, entries } }: Play, viewer: string | null): VisibleEntry[] =>
    redact(entries, { party: viewer, roles: [] }, state).filter(({ header }) => header.type === 'draw.record-call');

  it.each(['tenderer', 'agency', 'supervisor', 'witness-main', 'bidder-1', 'expert-1', 'representative-1', 'node:supervision', null])(
    'B3 to %s no call says before the sign-in where its expert will sit: no venue, city, seat or speciality, and every accepted call looks alike',
    (viewer) => {
      for (const play of [calledEarly(), calledLate()]) {
        const { state } = play.table;
        const calls = callsSeenBy(play, viewer);
        const text = JSON.stringify(calls.map(({ parts }) => parts));
        expect([...placeWords(state), '"pod-'].filter((word) => text.includes(word))).toEqual([]);
        const accepted = calls.filter(({ header }) => 'x:binding' in header.parts);
        const opaque = /expert-\d|pool-\d+|[0-9a-f]{64}|[-\w]{43}|"2026-[^"]*"|"(basis)":\d+|"id":"[-0-9a-f]{36}"/g;
        const forms = accepted.map(({ header, parts }) => JSON.stringify([Object.keys(header.parts), parts]).replaceAll(opaque, '…'));
        expect(new Set(forms).size).toBeLessThanOrEqual(1);
        const view = seen(state, viewer);
        expect(membersOf(view).filter((party) => party.startsWith('expert-') && placeOf(view, party).venue !== null)).toEqual([]);
      }
    },
  );

  it.each([
    ['tenderer', true],
    ['agency', true],
    ['supervisor', true],
    ['witness-main', true],
    ['node:main', true],
    ['node:supervision', false],
    ['node:sub-1', false],
    ['bidder-1', false],
    ['expert-1', false],
    [null, false],
  ])('B3 to %s the plan of the draw (抽取方案) is shown: %s', (viewer, isShown) => {
    for (const play of [calledEarly(), calledLate()]) {
      const { state, entries } = play.table;
      const plans = redact(entries, { party: viewer, roles: [] }, state).filter(({ header }) => header.type === 'draw.request');
      const text = JSON.stringify(plans.map(({ parts }) => parts));
      const words = plannedSlots(state).map(({ slot }) => slot);
      expect([words.length > 0, words.every((word) => text.includes(word))]).toEqual([true, isShown]);
      if (isShown) expect(plannedSlots(seen(state, viewer))).toEqual(plannedSlots(state));
      else expect([...placeWords(state)].filter((word) => text.includes(word))).toEqual([]);
    }
  });

  it('B3 a site is told of the experts it must seat and of no others; who has signed in sits there for everybody', () => {
    const play = playedTo(TV_E2E_01, 'opened');
    drawExperts(play);
    const { table } = play;
    const experts = membersOf(table.state).filter((party) => party.startsWith('expert-'));
    const at = (venue: string): string[] => experts.filter((party) => placeOf(table.state, party).venue === venue);
    const known = (viewer: string): string[] => experts.filter((party) => placeOf(seen(table.state, viewer), party).venue !== null);
    expect([at('sub-1').length > 0, at('sub-2').length > 0, at('main').length > 0]).toEqual([true, true, true]);
    expect([known('node:sub-1'), known('node:sub-2'), known('node:main')]).toEqual([at('sub-1'), at('sub-2'), experts]);
    expect([known('node:supervision'), known('agency')]).toEqual([[], []]);
    const [first = ''] = at('sub-1');
    signInMember(play, first);
    for (const viewer of ['agency', 'node:sub-2', 'node:supervision', 'bidder-1']) expect(known(viewer)).toContain(first);
    expect(known('agency')).toEqual([first]);
  });

  it('B3 the pool is a root, a count and the hash of a file to everybody', () => {
    const { pool } = seen(calledLate().table.state, null).draw;
    expect(Object.keys(pool ?? {}).sort()).toEqual(['blob', 'count', 'index', 'listed', 'recused', 'root', 'seq']);
    expect([pool?.count, pool?.listed]).toEqual([40, null]);
  });

  it.each(['tenderer', 'agency', 'bidder-1', null])('A-134 %s does not know the members while they evaluate', (viewer) => {
    expect(at(TV_E2E_01, 'B', viewer, ({ status }) => status === 'REPORT_REVIEW')).not.toContain('person":{"id":"pool-');
  });

  it('members do not see prices before the technical scores are locked (两步开启)', () => {
    const technical = at(TV_E2E_01, 'B', 'expert-1', ({ committee }) => committee.step === 'scores:technical');
    const commercial = at(TV_E2E_01, 'B', 'expert-1', ({ committee }) => committee.step === 'scores:commercial');
    expect(technical).not.toContain('9480000.00');
    expect(commercial).toContain('9480000.00');
  });

  it('everybody but the committee sees prices from the opening on (A-114)', () => {
    expect(at(TV_E2E_01, 'B', null, ({ status }) => status === 'OPENED')).toContain('9480000.00');
  });

  it.each(['expert-2', 'supervisor', 'tenderer', 'bidder-2', 'node:sub-1'])(
    '%s sees no score before every sheet of the step is in',
    (viewer) => {
      const before = at(
        TV_E2E_01,
        'B',
        viewer,
        ({ scoring, committee }) => committee.step === 'scores:technical' && Object.keys(scoring.parts.technical.boxes).length === 5,
      );
      expect(before).not.toContain('"technical-1":"2');
    },
  );

  it('no file key of a bid reaches a member, the owner or a rival', () => {
    for (const viewer of ['expert-1', 'tenderer', 'bidder-2', null]) {
      const view = at(TV_E2E_01, 'B', viewer, ({ status }) => status === 'ARCHIVED');
      const keys = Object.keys(JSON.parse(view) as object).filter((key) => key.endsWith('x:file-key'));
      expect(keys).toHaveLength(viewer === 'bidder-2' ? 1 : 0);
    }
  });
});
