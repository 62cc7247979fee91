import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue, VisibleEntry } from '@app/contracts';
import { ERROR_CODES, zCommandPart } from '@app/contracts';
import type { Decision, LotState } from '@app/evaluation';
import { commandRule, commandTypes, decide, evolve, initialLotState } from '@app/evaluation';
import fc from 'fast-check';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { playToTheEnd, type Prepared, seat, Table } from '@app/testing/play';

/**
 * Goal: no input makes the engine throw, and every refusal is a documented code that is not INTERNAL. Method: one state for each moment
 * that differs in status or step, every command type, every kind of party, three payloads: none, the one that was accepted somewhere in
 * the plays, and whatever fast-check makes.
 */
const plays = [seat(TV_E2E_01), seat(TV_E2E_02)] as const;
plays.forEach((play, index) => {
  playToTheEnd(play, ['B', 'C'][index] ?? 'B');
  play.table.act('supervisor', 'lot.erase-parts', { parts: [{ seq: 3, name: 'who' }], ground: '保存期限已届满' });
});

function moments(): LotState[] {
  const seen = new Map<string, LotState>();
  for (const { table } of plays) {
    let state = initialLotState(table.state.origin, table.lot, 1);
    for (const entry of table.entries) {
      seen.set(
        `${state.setup.regime} ${state.status} ${state.opening.step} ${String(state.committee.step)} ${state.draw.seed === null}`,
        state,
      );
      state = evolve(state, entry);
    }
    seen.set(`${state.setup.regime} ${state.status}`, state);
    seen.set('SUSPENDED', { ...state, status: 'SUSPENDED', previous: 'EVALUATING' });
    seen.set('TERMINATED', { ...state, status: 'TERMINATED' });
    seen.set('RE_EVALUATION', { ...state, status: 'RE_EVALUATION' });
  }
  return [...seen.values()];
}
const STATES = moments();
const PARTIES = [
  'tenderer',
  'agency',
  'supervisor',
  'witness-main',
  'node:main',
  'node:sub-1',
  'bidder-1',
  'expert-1',
  'representative-1',
  'nobody',
];

/** A payload and secrets that were accepted once, by command type. */
const accepted = new Map<string, { payload: JsonObject; secrets: Record<string, JsonValue>; step: string }>();
for (const { table } of plays) {
  for (const { header, parts } of table.entries) {
    const { command } = zCommandPart.parse(parts['command']);
    const secrets = Object.entries(parts).filter(([name]) => name.startsWith('x:'));
    const values = Object.fromEntries(secrets.map(([name, value]) => [name.slice(2), value]));
    accepted.set(header.type, { payload: command.public, secrets: values, step: command.step });
  }
}

const asker = new Table('asker', 1, '2026-06-01T00:00:00.000Z');

/** Asks at a state, as one who can sign for any party of any lot. */
function ask(
  state: LotState,
  party: string,
  type: string,
  payload: JsonObject,
  secrets: Record<string, JsonValue> = {},
  step = '',
): Decision {
  const { command, openings, context } = asker.prepare(party, type, payload, { secrets, step });
  const here = { ...command, origin: state.origin, lot: state.lot, round: state.round };
  return decide(state, { command: here, openings }, context);
}

/** What is wrong with an answer: an undocumented code, INTERNAL, or something accepted from who or when it may not be. */
function flaw(state: LotState, party: string, type: string, decision: Decision): string[] {
  const where = `${type} by ${party} in ${state.status}`;
  if (!decision.ok) {
    const isDocumented = decision.code in ERROR_CODES && decision.code !== 'INTERNAL' && decision.message.length > 3;
    return isDocumented ? [] : [`${where}: ${decision.code} ${decision.message}`];
  }
  const rule = commandRule(type);
  if (rule?.states.includes(state.status) !== true) return [`${where}: accepted in a wrong state`];
  const roles = state.parties[party]?.roles ?? [];
  return rule.founds === true || roles.some((role) => rule.roles.includes(role)) ? [] : [`${where}: accepted from a wrong role`];
}

/** Somebody of this lot who may ask this at all. */
const entitled = (state: LotState, type: string): string =>
  Object.keys(state.parties).find((name) => commandRule(type)?.roles.some((role) => state.parties[name]?.roles.includes(role))) ?? 'agency';

describe('every state × command × role', () => {
  it(`has ${STATES.length} moments and ${commandTypes().length} commands`, () => {
    expect(new Set(STATES.map(({ status }) => status)).size).toBeGreaterThanOrEqual(17);
    expect(commandTypes().length).toBeGreaterThan(60);
  });

  it.each(commandTypes())('%s is refused with a documented code or lawful, with no payload and with an accepted one', (type) => {
    const known = accepted.get(type);
    const flaws = STATES.flatMap((state) =>
      PARTIES.flatMap((party) => [
        ...flaw(state, party, type, ask(state, party, type, {})),
        ...(known === undefined ? [] : flaw(state, party, type, ask(state, party, type, known.payload, known.secrets, known.step))),
      ]),
    );
    expect(flaws).toEqual([]);
  });
});

const DOCUMENT = plays[0].table.state;
const STRANGE = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '\u{1F4A3}', -1, 1e21, 0.5, null, [], {}),
) as fc.Arbitrary<JsonValue>;

describe('hostile input', () => {
  it('in a payload is refused, never thrown: any JSON for any command', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...commandTypes()),
        fc.constantFrom(...STATES),
        fc.dictionary(fc.string(), STRANGE),
        (type, state, payload) => {
          const party = entitled(state, type);
          expect(flaw(state, party, type, ask(state, party, type, payload))).toEqual([]);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('in one field of an accepted payload is refused or lawful', () => {
    const types = [...accepted.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.constantFrom(...STATES), fc.nat(20), STRANGE, (type, state, at, value) => {
        const known = accepted.get(type);
        if (known === undefined) return;
        const fields = Object.keys(known.payload);
        const field = fields[at % Math.max(1, fields.length)] ?? 'extra';
        const party = entitled(state, type);
        const payload = { ...known.payload, [field]: value };
        expect(flaw(state, party, type, ask(state, party, type, payload, known.secrets, known.step))).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([null, 1, 'x', [], {}, { command: null, openings: {} }, { command: {}, openings: null }])(
    'instead of a command (%j) is MALFORMED',
    (given) => {
      const { context } = new Table('l', 1, '2026-06-01T00:00:00.000Z').prepare('agency', 'lot.publish');
      expect(decide(DOCUMENT, JSON.parse(JSON.stringify(given)) as Prepared, context)).toMatchObject({ ok: false, code: 'MALFORMED' });
    },
  );

  it('in an entry is left out and noted as a fault, never thrown', () => {
    const { table } = plays[0];
    let state = initialLotState(table.state.origin, table.lot, 1);
    const states = table.entries.map((entry) => {
      const before = state;
      state = evolve(state, entry);
      return before;
    });
    fc.assert(
      fc.property(fc.nat(table.entries.length - 1), fc.nat(40), STRANGE, (at, field, value) => {
        const [entry, before] = [table.entries[at], states[at]];
        if (entry === undefined || before === undefined) return;
        const { events } = entry.parts['skeleton'] as { events: JsonObject[] };
        const target = events.at(-1) ?? {};
        const name = Object.keys(target)[field % Object.keys(target).length] ?? 'type';
        const skeleton = { events: [...events.slice(0, -1), { ...target, [name]: value }] };
        const folded = evolve(before, { ...entry, parts: { ...entry.parts, skeleton } });
        expect(folded.size).toBe(before.size + 1);
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([
    ['a gap', { header: { seq: 7 } }],
    ['no header', { header: null }],
    ['no events', { parts: { skeleton: { events: null } } }],
    ['nobody acted', { parts: { skeleton: { events: [{ type: 'lot.documents-issued', at: '2026-06-01T00:00:00.000Z' }] } } }],
    ['an unknown event', { parts: { skeleton: { events: [{ type: 'entry.acted', party: 'agency' }, { type: '__proto__' }] } } }],
  ])('with %s is a fault', (_name, change) => {
    const first = plays[0].table.entries[0];
    const start = initialLotState(DOCUMENT.origin, DOCUMENT.lot, 1);
    const entry = {
      header: { ...first?.header, ...(change as { header?: object }).header },
      parts: { ...first?.parts, ...(change as { parts?: object }).parts },
    };
    const broken = (change as { header?: unknown }).header === null ? { ...entry, header: null } : entry;
    expect(evolve(start, JSON.parse(JSON.stringify(broken)) as VisibleEntry).faults.length).toBeGreaterThan(0);
  });
});
