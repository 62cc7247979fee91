import type { JsonObject, Opening } from '@app/contracts';
import { utf8 } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { COEFFICIENT_PURPOSE, initialLotState, evolve, keyPublication, MAIN_NODE, owed, ringOf, undrilled } from '@app/evaluation';
import type { BidBox, BidResult, DeliveredBid, OpenedBid } from '@app/sealing';
import { bidContext, BIDS_PURPOSE, extraction, makeBid, opening, passBytes, profileOf, sealBox } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import type { LotPlan } from '@app/testing/lots';
import { SEPARATED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import type { Desk } from '@app/testing/play';
import {
  at,
  bidAct,
  createLot,
  decryptBid,
  deliver,
  delivery,
  finish,
  lock,
  makeBidAt,
  openAllBids,
  type Play,
  playToTheEnd,
  publishKeys,
  publishLot,
  releaseKeys,
  seat,
  startOpening,
  submitBox,
  untilLocked,
  untilOpened,
  untilReported,
  voteOnAward,
} from '@app/testing/play';
import { ActRecords, BidOpener } from '../../core/ports.js';
import { CALL_DUTIES } from '../lot-jobs.js';
import { NodeSecrets } from '../node-secrets.js';
import type { NodeAct, Tools } from '../performer.js';
import { PERFORMERS } from './index.js';
import { fileFault } from './opening.js';

class NoActs extends ActRecords {
  settled(): never {
    throw new Error('not asked here');
  }
}
class NoBids extends BidOpener {
  extract(): never {
    throw new Error('not asked here');
  }
  open(): never {
    throw new Error('not asked here');
  }
}
const profile = profileOf('gp-std-1');
const TOOLS: Tools = { profile, secrets: new NodeSecrets(profile, new Uint8Array(32).fill(3)), acts: new NoActs(), bids: new NoBids() };
const NO_DUTY = { command: '', subject: '', notBefore: null, until: null };

const separated = (): Play => {
  const play = seat(SEPARATED);
  untilReported(play);
  voteOnAward(play);
  finish(play);
  return play;
};
const whole = (plan: typeof TV_E2E_01, winner: string): Play => {
  const play = seat(plan);
  playToTheEnd(play, winner);
  return play;
};

const DRAWN_K: LotPlan = {
  ...TV_E2E_01,
  rules: { ...TV_E2E_01.rules, price: { ...TV_E2E_01.rules.price, k: { drawn: ['0.955', '0.960'] } } as LotPlan['rules']['price'] },
};
const untilDrawn = (): Play => {
  const play = seat(DRAWN_K);
  untilOpened(play);
  return play;
};

const DRILLED: LotPlan = { ...TV_E2E_02, drill: true };
const drilled = (): Play => {
  const play = seat(DRILLED);
  untilLocked(play);
  return play;
};

/** Commands that the main venue's node ever owes in a played lot. */
function owedInAll({ table }: Play): Set<string> {
  let state = initialLotState(table.state.origin, table.lot, 1);
  const commands = new Set<string>();
  for (const entry of table.entries) {
    state = evolve(state, entry);
    for (const { command } of owed(state, MAIN_NODE)) commands.add(command);
  }
  return commands;
}

describe('the performers of the main venue', () => {
  it('are one for each kind of duty', () => {
    const commands = PERFORMERS.map(({ command }) => command);
    expect(new Set(commands).size).toBe(commands.length);
  });

  it.each([
    ['by rank', () => whole(TV_E2E_01, 'B')],
    ['in procurement', () => whole(TV_E2E_02, 'C')],
    ['by vote', separated],
    ['with a drawn K', untilDrawn],
    ['with a drill of its trustees', drilled],
  ])('fulfil everything that the node owes in a lot that is played %s', (_name, play) => {
    const known = new Set([...PERFORMERS.map(({ command }) => command), ...CALL_DUTIES]);
    expect([...owedInAll(play())].filter((command) => !known.has(command))).toEqual([]);
  });

  it('A8 seal the main venue’s nonce for K, and open everybody’s when the keepers have released', async () => {
    const play = at(DRAWN_K, 'locked');
    const { table } = play;
    startOpening(play);
    openAllBids(play);
    const perform = async (): Promise<void> => {
      const [due] = owed(table.state, MAIN_NODE).filter(({ command }) => command.startsWith('opening.'));
      const found = await PERFORMERS.find(({ command }) => command === due?.command)?.act(table.state, due ?? NO_DUTY, TOOLS, table.run);
      if (found == null || due === undefined) throw new Error('nothing to do');
      const openings = Object.entries(found.openings ?? {}).map(([name, opening]): [string, { opening: Opening }] => [name, { opening }]);
      table.act(MAIN_NODE, due.command, found.payload, { secrets: { ...found.secrets, ...Object.fromEntries(openings) } });
    };
    publishKeys(play);
    table.act('agency', 'opening.name-contributors', { contributors: [MAIN_NODE, 'supervisor'], reason: null });
    await perform();
    submitBox(play, 'supervisor', 'opening.contribute', COEFFICIENT_PURPOSE, 'nonce-of-supervision-0123456789');
    releaseKeys(play);
    await perform();
    const { value, nonces } = table.state.opening.coefficient;
    expect(['0.955', '0.960']).toContain(value);
    expect(Object.keys(nonces)).toEqual([MAIN_NODE, 'supervisor']);
  });
});

describe('the drill of the opening trustees', () => {
  it('is begun with a challenge that stays the same for one deadline, and answered by the main venue with its own key', async () => {
    const play = seat(DRILLED);
    const { table } = play;
    createLot(play);
    // The key that the node keeps, as it publishes it.
    const { secrets } = TOOLS;
    const key = secrets.keeperKey(table.state.origin, BIDS_PURPOSE);
    table.act(MAIN_NODE, 'sealing.publish-key', keyPublication(table.run, MAIN_NODE, BIDS_PURPOSE, key));
    publishKeys(play);
    publishLot(play);
    table.waitUntil('2026-03-23T01:00:00.000Z');
    const perform = async (command: string): Promise<JsonObject> => {
      const [due] = owed(table.state, MAIN_NODE).filter((duty) => duty.command === command);
      const found = await PERFORMERS.find((known) => known.command === command)?.act(table.state, due ?? NO_DUTY, TOOLS, table.run);
      return found?.payload ?? {};
    };
    const begun = await perform('sealing.begin-drill');
    expect(await perform('sealing.begin-drill')).toEqual(begun);
    const { setup } = table.state;
    const later = { ...table.state, setup: { ...setup, schedule: { ...setup.schedule, deadline: '2026-04-24T01:30:00.000Z' } } };
    const [moved] = PERFORMERS.filter(({ command }) => command === 'sealing.begin-drill');
    expect((await moved?.act(later as LotState, NO_DUTY, TOOLS, table.run))?.payload).not.toEqual(begun);
    expect(await perform('sealing.answer-drill')).toEqual({});
    table.act(MAIN_NODE, 'sealing.begin-drill', begun);
    table.act(MAIN_NODE, 'sealing.answer-drill', await perform('sealing.answer-drill'));
    expect(undrilled(table.state)).not.toContain(MAIN_NODE);
  });
});

/** The files of the desks as the main venue keeps them. */
class DeskBids extends BidOpener {
  constructor(private readonly desks: readonly Desk[]) {
    super();
  }
  extract(box: BidBox): Promise<BidResult<string | null>> {
    return Promise.resolve(passBytes(extraction(profile, box), this.#bytes(box)));
  }
  open(box: BidBox, delivered: DeliveredBid): Promise<BidResult<OpenedBid>> {
    return Promise.resolve(passBytes(opening(profile, box, delivered), this.#bytes(box)));
  }
  #bytes({ manifest }: BidBox): Uint8Array {
    return this.desks.find(({ made }) => made?.manifest.ciphertext.hash === manifest.ciphertext.hash)?.made?.ciphertext ?? new Uint8Array();
  }
}

describe('the fact behind a bid that is thrown out', () => {
  /** The first bidder hands in what `make` makes of its desk; the box is good in any case. */
  function delivered(make: (play: Play, desk: Desk) => NonNullable<Desk['made']>): {
    play: Play;
    first: Desk;
    rubbish: string;
    whole: string;
  } {
    const play = seat(TV_E2E_02);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    play.table.waitUntil('2026-03-10T02:00:00.000Z');
    const [first, ...others] = play.desks;
    if (first === undefined) throw new Error('no bid');
    first.made = make(play, first);
    bidAct(play, first, 'bidding.deliver', delivery(first.made));
    for (const desk of others) deliver(play, desk);
    lock(play);
    startOpening(play);
    return { play, first, rubbish: first.made.bid, whole: others[0]?.made?.bid ?? '' };
  }
  const rubbish = (play: Play, desk: Desk): NonNullable<Desk['made']> => {
    const made = makeBidAt(play, desk);
    const { keepers } = ringOf(play.table.state).keepers(BIDS_PURPOSE);
    const context = bidContext({ origin: play.table.state.origin, bidder: desk.creditCode, bid: made.bid });
    return { ...made, ...sealBox(profile, { purpose: BIDS_PURPOSE, context, threshold: 3, keepers }, utf8('no bid at all')) };
  };
  const withSheet =
    (content: Uint8Array) =>
    ({ table }: Play, { creditCode: bidder, encryption }: Desk): NonNullable<Desk['made']> => {
      const bid = table.newId();
      const parts = [{ type: 'OPENING_SHEET', title: '开标一览表', media: 'application/json', content }] as const;
      const { keepers } = ringOf(table.state).keepers(BIDS_PURPOSE);
      const rest = { encryptionPublicKey: encryption.publicKey, keepers, threshold: 3 };
      return { ...makeBid(profile, { origin: table.state.origin, bidder, bid, parts, ...rest }), bid };
    };
  const performed = (command: string, { table, desks }: Play, bid: string): Promise<NodeAct | null> => {
    const performer = PERFORMERS.find((known) => known.command === command);
    return Promise.resolve(
      performer?.act(table.state, { ...NO_DUTY, subject: bid }, { ...TOOLS, bids: new DeskBids(desks) }, table.run) ?? null,
    );
  };

  it('SEC-3 is what the bytes show when they are opened again: the bidder’s own fault, or none', async () => {
    const { play, rubbish: bad, whole } = delivered(rubbish);
    const { table, desks } = play;
    const tools = { profile, bids: new DeskBids(desks) };
    const act = (bid: string): Promise<NodeAct | null> => performed('opening.extract-bid', play, bid);
    expect([await act(bad), await fileFault(table.state, bad, tools)]).toEqual([null, null]);
    releaseKeys(play);
    expect(await fileFault(table.state, bad, tools)).toMatchObject({ code: 'INNER_HEADER' });
    expect(await fileFault(table.state, whole, tools)).toBeNull();
    expect((await act(whole))?.type).toBeUndefined();
    const found = await act(bad);
    expect(found?.type).toBe('opening.fail-bid');
    const facts = async (bid: string): Promise<JsonObject> => ({ fault: await fileFault(table.state, bid, tools) });
    const intact = { ...found?.payload, bid: whole };
    expect(table.refusal(MAIN_NODE, 'opening.fail-bid', intact, { facts: await facts(whole) })).toBe('E_INPUT');
    table.act(MAIN_NODE, 'opening.fail-bid', found?.payload, { facts: await facts(bad) });
    expect(table.state.opening.bids[bad]).toMatchObject({ status: 'FAILED_BIDDER_FAULT', result: 'FILE_CORRUPT' });
    expect(table.state.opening.bids[bad]?.explanation).toMatch(/^INNER_HEADER: /);
  });
  it.each([
    ['no JSON', '{"price":'],
    ['no object', '[]'],
  ])('an opening sheet that is %s holds nothing up: its bid is thrown out for it', async (_name, text) => {
    const { play, first, rubbish: bad } = delivered(withSheet(utf8(text)));
    const { table, desks } = play;
    releaseKeys(play);
    const { payload } = (await performed('opening.extract-bid', play, bad)) ?? { payload: {} };
    table.act(MAIN_NODE, 'opening.extract-bid', payload);
    decryptBid(play, first);
    const act = await performed('opening.open-bid', play, bad);
    expect(act?.type).toBe('opening.fail-bid');
    const fault = await fileFault(table.state, bad, { profile, bids: new DeskBids(desks) });
    expect(fault).toMatchObject({ code: 'PART' });
    table.act(MAIN_NODE, 'opening.fail-bid', act?.payload, { facts: { fault } });
    expect(table.state.opening.bids[bad]).toMatchObject({ status: 'FAILED_BIDDER_FAULT', result: 'FILE_CORRUPT' });
  });
});
