import type { JsonValue } from '@app/contracts';
import { utf8 } from '@app/contracts';
import { listedBids, nextOf, redact, secretEntryOf, storedBytes, view } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { bidAct, createLot, deliver, lock, type Play, publishKeys, publishLot, requestDraw, seat, seedDraw } from '@app/testing/play';
import { beforeAll, describe, expect, it } from '@jest/globals';

/**
 * Goal: without the main venue's root nobody learns how many bid before the list (电子招标投标办法 21, domain.md §2.2). Method: one lot with 3
 * bids and many other acts, the same one with 7; all that each of the others is given or holds, with what is chosen at random taken for
 * its length, must be the same for both.
 */
const PARTIES = ['tenderer', 'agency', 'supervisor', 'witness-main', 'node:sub-1', 'node:sub-2', 'node:supervision', 'representative-1'];
const NOBODY_YET = [null, 'stranger', 'prospective', 'bidder-1', 'bidder-3', 'bidder-7'] as const;

function openTo(bids: number): Play {
  const play = seat(TV_E2E_01);
  const { table } = play;
  createLot(play);
  publishKeys(play);
  publishLot(play);
  table.waitUntil('2026-03-10T02:00:00.000Z');
  play.desks.forEach((desk, index) => {
    if (index < bids) deliver(play, desk);
  });
  if (bids > 3) bidAct(play, play.desks[0]!, 'bidding.download', { package: table.state.setup.documentPackage });
  // Questions (提疑) are acts too: nobody tells from anything that one was asked, or how many.
  if (bids > 3)
    for (const desk of play.desks.slice(0, 5)) bidAct(play, desk, 'bidding.ask', { text: `${desk.letter}：控制价是否含暂列金额？` });
  // One objection to the document, open in both lots at the lock: that it is there is for everybody, and tells of no bid.
  bidAct(play, play.desks[bids > 3 ? 1 : 0]!, 'bidding.object', { text: '招标文件以特定行政区域的业绩作为加分条件' });
  lock(play);
  publishKeys(play);
  // The draw may go on between the lock and the list.
  requestDraw(play);
  seedDraw(play);
  return play;
}

function start({ table }: Play): void {
  for (const objection of table.state.bidding.objections)
    table.act('agency', 'bidding.answer-objection', { objection, text: '不作为加分条件，见澄清修改' });
  table.act('agency', 'opening.start');
  for (const name of ['tenderer', 'agency', 'witness-main']) table.act(name, 'opening.sign-in', {}, { assurance: 'session' });
}
const publish = ({ table }: Play): number => table.act('agency', 'opening.publish-list');

/** Ids, hashes, keys, boxes and signatures: drawn at random or made from what is; only how long they are says anything. */
const RANDOM = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Za-z_-]{20,}/g;
const shape = (value: unknown): string => JSON.stringify(value).replace(RANDOM, ({ length }) => `<${String(length)}>`);

/** What whoever holds this party has of the lot: his entries, the sizes of what he only keeps, his state, duties and limits. */
function known({ table }: Play, party: string | null): Record<string, string> {
  const { run, state, entries, sent } = table;
  const viewer = { party, roles: [...(state.parties[party ?? '']?.roles ?? [])] };
  const given = redact(entries, viewer, state);
  const kept = sent.map(({ header, parts }) => [
    header.seq,
    Object.entries(parts).map(([name, { text }]): JsonValue => [
      name,
      run.audience(viewer, secretEntryOf(entries[header.seq]!), name),
      storedBytes(header.type, name, utf8(text).length),
    ]),
  ]);
  const sees = view(state, viewer);
  return {
    given: shape(given),
    kept: viewer.roles.includes('node') ? shape(kept) : '',
    sees: shape(sees),
    bids: shape(listedBids(sees)),
    owed: shape(party === null ? [] : run.owed(party)),
    everybodysDuties: shape(Object.keys(sees.parties).map((other) => [other, run.owed(other)])),
    limits: shape([run.limits(), nextOf(run.limits(), party === null ? [] : [party], state.at)]),
    purposes: shape(run.purposes()),
  };
}

describe.each([
  ['at the lock', () => undefined],
  ['when the session has begun', start],
] as const)('the number of bids before the list, %s', (_when, go) => {
  let three: Play;
  let seven: Play;
  beforeAll(() => {
    three = openTo(3);
    seven = openTo(7);
    for (const play of [three, seven]) go(play);
  });

  it('is asked of everybody who has a part', () => {
    const parties = Object.keys(three.table.state.parties).filter((party) => party !== 'node:main');
    expect(PARTIES).toEqual(expect.arrayContaining(parties));
    expect(three.table.state.status).not.toBe('LOT_FAILED');
  });

  it.each([...NOBODY_YET, ...PARTIES])('is not to be told from anything that %s has', (party) => {
    expect(known(three, party)).toEqual(known(seven, party));
  });

  it('is known to the main venue alone', () => {
    expect(known(three, 'node:main')['given']).not.toBe(known(seven, 'node:main')['given']);
  });
});

it('the number of bids before the list is what the list then tells everybody', () => {
  for (const bids of [3, 7]) {
    const play = openTo(bids);
    start(play);
    publish(play);
    for (const party of [null, 'tenderer', 'bidder-1']) expect(listedBids(view(play.table.state, { party, roles: [] }))).toHaveLength(bids);
  }
});
