import type { ArchivedBlob } from '@app/archive';
import type { JsonObject } from '@app/contracts';
import { LotRun, PoolList, wantedNames } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, callOf, contactExperts, type Play, poolOf, requestDraw, seedDraw, turnIn } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { CheckResult } from '../findings.js';
import { checkDraw, isTurn, type Moment } from './draw.js';

const blobOf = (bytes: Uint8Array): ArchivedBlob => ({
  size: bytes.length,
  crc: 0,
  read: (from, to) => Promise.resolve(bytes.slice(from, to)),
  stream: async function* (from, to) {
    yield await Promise.resolve(bytes.slice(from, to));
  },
});

const SEALED = ['x:mapping', 'x:person', 'x:turn'];

/** What the verifier says of the draw of a lot, with this list beside it; its reader does not see these parts. */
function judged({ table }: Play, list: PoolList | null, hidden: readonly string[] = []): Promise<CheckResult> {
  const { origin } = table.state;
  let run = LotRun.begin(table.shelf, { origin, lot: table.lot, round: table.round });
  const turns: Moment[] = [];
  const visible = table.entries.map((entry) => {
    const parts = Object.entries(entry.parts).filter(([name]) => !hidden.includes(name));
    const seen = { ...entry, parts: Object.fromEntries(parts) };
    if (isTurn(seen)) turns.push({ before: run.state, entry: seen });
    run = run.next(seen);
    return seen;
  });
  const blobs = list === null ? [] : [[table.profile.hashHex(list.bytes()), blobOf(list.bytes())] as const];
  return checkDraw({ blobs: new Map(blobs) }, visible, turns, table.profile);
}

function drawn(candidates = 40, frozen?: (play: Play) => PoolList): { play: Play; list: PoolList } {
  const play = at(TV_E2E_01, 'opened');
  const list = frozen === undefined ? poolOf(play, candidates) : frozen(play);
  requestDraw(play);
  seedDraw(play, list);
  return { play, list };
}

const record = (play: Play, list: PoolList, pick: (turn: NonNullable<ReturnType<typeof turnIn>>) => ReturnType<typeof turnIn>): void => {
  const due = turnIn(play, list);
  const turn = due === null ? null : pick(due);
  if (turn === null) throw new Error('nobody');
  const { payload, secrets } = callOf(play, turn, 'DECLINED');
  play.table.act('node:main', 'draw.record-call', payload, { secrets });
};

describe('the draw, walked again with the list', () => {
  it('holds for an honest draw with refusals, and for one that exhausts the pool', async () => {
    for (const [candidates, declines] of [
      [40, 3],
      [8, 6],
    ] as const) {
      const { play, list } = drawn(candidates);
      contactExperts(play, declines, list);
      expect(await judged(play, list)).toMatchObject({ verdict: 'PASS', wrong: 0, isPartial: false });
    }
  });

  it('SEC-4 names the candidate whom a lying main venue skipped', async () => {
    const { play, list } = drawn();
    const skipped = turnIn(play, list)?.record.id ?? '';
    record(play, list, (turn) => {
      const order = list.drawn(play.table.state.draw.seed ?? '');
      const later = order.findLast(({ city, specialties }) => city === turn.record.city && specialties[0] === turn.record.specialties[0]);
      return later === undefined ? null : list.turn(later, turn.slot);
    });
    const { verdict, first } = await judged(play, list);
    expect([verdict, first?.reason]).toEqual(['FAIL', expect.stringContaining(`it was the turn of ${skipped}`)]);
  });

  it('SEC-4 finds that somebody was left when the main venue said that nobody was', async () => {
    const { play, list } = drawn();
    play.table.act('node:main', 'draw.record-exhaustion', { places: wantedNames(play.table.state) ?? [] });
    const { verdict, first } = await judged(play, list);
    expect([verdict, first?.reason]).toEqual(['FAIL', expect.stringContaining('says that nobody is left')]);
  });

  it('B3 recomputes which place a call filled: an expert recorded at another place than his is found', async () => {
    const { play, list } = drawn();
    contactExperts(play, 0, list);
    expect(await judged(play, list)).toMatchObject({ verdict: 'PASS', isPartial: false });
    const { entries } = play.table;
    const [first, second] = entries.filter(({ header }) => header.type === 'draw.record-call');
    const placeOf = (entry = first): string => /"slot":"([^"]+)"/.exec(JSON.stringify(entry?.parts['skeleton']))?.[1] ?? '';
    const moved = JSON.parse(JSON.stringify(first?.parts['skeleton']).replace(placeOf(first), placeOf(second))) as JsonObject;
    const told = entries.map((entry) => (entry === first ? { ...entry, parts: { ...entry.parts, skeleton: moved } } : entry));
    const lying = { ...play, table: Object.create(play.table, { entries: { value: told } }) as Play['table'] };
    expect(await judged(lying, list)).toMatchObject({ verdict: 'FAIL', first: { reason: expect.stringContaining('fills another place') } });
    expect(await judged(lying, list, SEALED)).toMatchObject({ verdict: 'NOT VISIBLE', wrong: 0 });
  });

  it('SEC-4 finds a person who stands in the list twice, to be drawn more often', async () => {
    const { play, list } = drawn(40, (table) => {
      const { candidates } = poolOf(table);
      const [favourite] = candidates;
      if (favourite === undefined) throw new Error('no candidate');
      return PoolList.of(table.table.profile, [...candidates, { ...favourite, id: 'pool-twin' }]);
    });
    const { verdict, first } = await judged(play, list);
    expect([verdict, first?.reason]).toEqual(['FAIL', 'one person stands in the list under two pseudonyms']);
  });

  it('fails without the list for whoever is given it, and without the right one', async () => {
    const { play, list } = drawn();
    contactExperts(play, 1, list);
    expect(await judged(play, null)).toMatchObject({ verdict: 'FAIL', first: { reason: 'the list of candidates is missing' } });
    expect(await judged(play, null, SEALED)).toMatchObject({ verdict: 'NOT VISIBLE', wrong: 0 });
    expect(await judged(play, list, SEALED)).toMatchObject({ verdict: 'NOT VISIBLE', wrong: 0 });
    expect(await judged(play, list, ['x:plan'])).toMatchObject({ verdict: 'NOT VISIBLE', wrong: 0 });
    const other = poolOf(play, 41);
    const frozen = play.table.entries.find(({ header }) => header.type === 'draw.freeze-pool');
    const event = (frozen?.parts['skeleton'] as { events: JsonObject[] }).events.at(-1);
    const hash = play.table.profile.hashHex(other.bytes());
    const entries = play.table.entries.map((entry) => (entry === frozen ? renamed(entry, event, hash) : entry));
    const swapped = { ...play, table: Object.create(play.table, { entries: { value: entries } }) as Play['table'] };
    expect(await judged(swapped, other)).toMatchObject({ verdict: 'FAIL', first: { reason: expect.stringContaining('is not the list') } });
  });

  it('says nothing of a lot without a draw', async () => {
    expect(await judged(at(TV_E2E_01, 'locked'), null)).toMatchObject({ verdict: 'NOTHING TO CHECK' });
  });
});

type Entry = Play['table']['entries'][number];
const renamed = (entry: Entry, event: JsonObject | undefined, blob: string): Entry => ({
  ...entry,
  parts: {
    ...entry.parts,
    skeleton: {
      events: [
        { type: 'entry.acted', party: 'node:main' },
        { ...event, blob },
      ],
    },
  },
});
