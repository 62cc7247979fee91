import { canonicalText, type SentEntry } from '@app/contracts';
import { initialLotState, MAIN_NODE, SLICES } from '@app/evaluation';
import { TV_E2E_01, type LotPlan } from '@app/testing/lots';
import {
  at,
  bidderOf,
  closeOpening,
  decryptAndOpen,
  decryptBid,
  drawK,
  extractBid,
  openAllBids,
  recordSecurities,
  releaseKeys,
  startOpening,
  type Desk,
  type Play,
} from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { areEqual, bidRows, countsOf, hashRows, queueBefore } from '../src/areas/hall/model/bid-rows.js';
import { clockFace, toldMark } from '../src/areas/hall/model/clock-face.js';
import { beijingWeekday } from '../src/utils/time.js';
import { coefficientProof } from '../src/areas/hall/model/coefficient-proof.js';
import { NOTICED, noticesOf } from '../src/areas/hall/model/notices.js';
import { hallPanels } from '../src/areas/hall/model/panels.js';
import { selfCheck } from '../src/areas/hall/model/self-check.js';
import { lookOf, sayingOf, standstill, stripOf } from '../src/areas/hall/model/session.js';
import { cellOf, columnsOf, wordsAgree } from '../src/areas/hall/model/sheet-columns.js';
import { securityAct, securityActs, securityRows } from '../src/areas/lot/model/securities.js';
import { findable, steeringAct, type SteeringInput, steeringsOf } from '../src/areas/hall/model/steering.js';

const price = { ...TV_E2E_01.rules.price, k: { drawn: ['0.955', '0.960', '0.970'] } } as LotPlan['rules']['price'];
const DRAWN: LotPlan = { ...TV_E2E_01, id: 'hall', rules: { ...TV_E2E_01.rules, price } };
const locked = (): Play => at(DRAWN, 'locked');
const sent = ({ table }: Play): SentEntry[] =>
  table.entries.map(({ header, parts }) => ({
    header,
    parts: Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, { salt: '', text: canonicalText(value) }])),
  }));
const desk = ({ desks }: Play, nth = 0): Desk => {
  const found = desks[nth];
  if (found === undefined) throw new Error(`no desk ${String(nth)}`);
  return found;
};
const steps = (play: Play, mine: readonly string[]): string =>
  stripOf(play.table.state, lookOf(play.table.state, mine))
    .map(({ step, place }) => `${step}:${place}`)
    .join(' ');
const INPUT: SteeringInput = { reason: '停电', minutes: 10, target: '开标', bid: 'b', result: 'TIMEOUT', fault: 'PLATFORM' };

describe('the hall, folded from the log', () => {
  it('A-107 knows no row and no panel before the list is told, and says so', () => {
    const empty = initialLotState('gongping.test/lot/x/1', 'x', 1);
    expect([sayingOf(empty), hallPanels(empty), bidRows(empty, [])]).toEqual(['before', [], []]);
    const play = locked();
    expect(sayingOf(play.table.state)).toBe('locked');
    play.table.act('agency', 'opening.start');
    expect([sayingOf(play.table.state), hallPanels(play.table.state)]).toEqual(['started', []]);
    expect(noticesOf(sent(play)).map(({ command }) => command)).toEqual(['opening.start', 'bidding.lock']);
  });

  it('A-103 has a panel for the securities where the document asks for one, in sight while the read-out waits for it', () => {
    const bidSecurity: LotPlan['rules']['bidSecurity'] = { amount: '20000.00', forms: ['TRANSFER'] };
    const play = at({ ...DRAWN, id: 'secured', rules: { ...DRAWN.rules, bidSecurity } }, 'locked');
    const { table } = play;
    expect(hallPanels(table.state)).toEqual([]);
    startOpening(play);
    expect([hallPanels(table.state), securityRows(table.state).length]).toEqual([['decryption', 'security'], play.desks.length]);
    const [act] = securityActs(table.run, ['agency']);
    expect(act).toMatchObject({ command: 'security.record', bidders: securityRows(table.state).map(({ bidder }) => bidder) });
    expect(securityActs(table.run, ['tenderer', 'bidder-1', 'supervisor'])).toEqual([]);
    const input = { bidder: 'bidder-1', form: 'TRANSFER', amount: '20000.00', number: 'n', at: table.now, interest: '' } as const;
    for (const missing of [{ bidder: 'bidder-99' }, { amount: ' ' }, { number: '' }, { at: '' }])
      expect(securityAct(table.state, 'security.record', { ...input, ...missing })).toBeNull();
    expect(securityAct(table.state, 'security.record', { ...input, form: '' })).toMatchObject({ payload: { received: null } });
    const { payload, secrets } = securityAct(table.state, 'security.record', input) ?? {};
    expect(table.answer('agency', 'security.record', payload ?? {}, { secrets: secrets ?? {}, assurance: 'session' })).toBe('OK');
    expect(securityActs(table.run, ['agency'])[0]?.bidders.at(-1)).toBe('bidder-1');
    recordSecurities(play);
    openAllBids(play);
    drawK(play);
    expect(hallPanels(table.state).at(-1)).toBe('security');
    closeOpening(play);
    expect(securityActs(table.run, ['agency'])).toEqual([]);
  });

  it('A-109 B-018 says that fewer than three bid, and has neither row nor name for anybody', () => {
    const play = at({ ...DRAWN, bids: DRAWN.bids.slice(0, 2) }, 'locked');
    const { state } = play.table;
    expect([state.status, sayingOf(state), hallPanels(state)]).toEqual(['LOT_FAILED', 'fewer', []]);
    expect(steps(play, [])).toMatch(/^signIn:current/);
    expect(
      noticesOf(sent(play))
        .map(({ command, text }) => [command, text])
        .flat()
        .join(),
    ).not.toMatch(/bidder|有限公司/);
  });

  it('walks the strip with the session, the host’s own beside everybody’s', () => {
    const play = locked();
    expect(steps(play, [])).toBe('signIn:current decrypt:ahead readOut:ahead confirm:ahead end:ahead');
    startOpening(play);
    expect(steps(play, ['bidder-1'])).toMatch(/^signIn:past decrypt:current/);
    expect(steps(play, ['agency'])).toMatch(/^list:past decrypt:current/);
    openAllBids(play);
    expect([steps(play, []), sayingOf(play.table.state)]).toEqual([expect.stringContaining('readOut:current'), 'drawing']);
    expect(hallPanels(play.table.state)[0]).toBe('coefficient');
    drawK(play);
    closeOpening(play);
    expect(steps(play, [])).not.toMatch(/current|ahead/);
    expect([sayingOf(play.table.state), hallPanels(play.table.state)]).toEqual([
      'closed',
      ['read-out', 'record', 'confirmation', 'coefficient', 'decryption'],
    ]);
  });

  it('A-110 A-112 counts what is opened and what is left, and how long each took', () => {
    const play = locked();
    startOpening(play);
    releaseKeys(play);
    const count = play.desks.length;
    expect(queueBefore(play.table.state, desk(play, 2).made?.bid ?? '')).toBe(2);
    for (const one of play.desks) extractBid(play, one);
    play.table.pass(60);
    decryptAndOpen(play, desk(play));
    const rows = bidRows(play.table.state, sent(play));
    expect(countsOf(rows)).toMatchObject({ total: count, opened: 1, left: count - 1, failed: 0 });
    const own = rows.find(({ bidder }) => bidder === bidderOf(play, desk(play)));
    expect(own).toMatchObject({ status: 'OPENED', isSignedIn: true });
    expect(own?.tookMs).toBeGreaterThanOrEqual(60_000);
    // From the first extraction, whosever bid that was.
    expect(countsOf(rows).tookMs).toBe(
      Date.parse(own?.openedAt ?? '') - Date.parse(rows.map(({ extractedAt }) => extractedAt).sort()[0] ?? ''),
    );
    expect(rows.filter(({ tookMs }) => tookMs !== null).length).toBe(1);
  });

  it('B-023 shows that the hash that the venue locked is the one that was signed and sealed', () => {
    const play = locked();
    startOpening(play);
    const { bid = '', manifest } = desk(play).made ?? {};
    const hash = manifest?.ciphertext.hash ?? '';
    const rows = hashRows(play.table.state, bid, hash);
    expect(rows).toEqual([
      { from: 'device', hash },
      { from: 'signed', hash },
      { from: 'locked', hash },
    ]);
    expect(areEqual(rows)).toBe(true);
    expect(areEqual(hashRows(play.table.state, bid, 'f'.repeat(64)))).toBe(false);
    expect(hashRows(play.table.state, bid, null).map(({ from }) => from)).toEqual(['signed', 'locked']);
  });

  it('TV-DRAW-01 draws K again from the public numbers, and tells a record that says another', () => {
    const play = locked();
    startOpening(play);
    openAllBids(play);
    expect(coefficientProof(play.table.state)).toBeNull();
    drawK(play);
    const { state } = play.table;
    const proof = coefficientProof(state);
    expect(proof).toMatchObject({ agrees: true, seed: state.opening.coefficient.seed, value: state.opening.coefficient.value });
    expect(proof?.nonces.map(([party]) => party)).toContain(MAIN_NODE);
    const { opening } = state;
    const other = ['0.955', '0.960', '0.970'].find((value) => value !== opening.coefficient.value) ?? '';
    const forged = { ...state, opening: { ...opening, coefficient: { ...opening.coefficient, value: other } } };
    expect(coefficientProof(forged)?.agrees).toBe(false);
  });

  it('A-195 finds before the end what keeps the host from closing', () => {
    const play = locked();
    startOpening(play);
    openAllBids(play);
    drawK(play);
    const { table } = play;
    expect(selfCheck(table.state, 1)).toEqual([]);
    table.act('agency', 'opening.read-out');
    table.act('bidder-2', 'opening.object', { text: '请核对工期' });
    expect([sayingOf(table.state), selfCheck(table.state, 0)]).toEqual(['objected', [{ kind: 'objection', party: 'bidder-2' }]]);
    table.act('agency', 'opening.reply', { objection: table.state.opening.objections[0]?.id ?? '', text: '一致' });
    expect(selfCheck(table.state, 2)).toEqual([{ kind: 'fault', party: '' }]);
    for (const one of play.desks) table.act(bidderOf(play, one), 'opening.confirm', {}, { assurance: 'session' });
    table.act('node:main', 'opening.make-record');
    expect(selfCheck(table.state, 0)).toEqual([
      { kind: 'unsigned', party: 'agency' },
      { kind: 'witness', party: 'witness-main' },
    ]);
    expect(noticesOf(sent(play)).slice(0, 3)).toMatchObject([
      { command: 'opening.make-record' },
      { command: 'opening.reply', party: 'agency', text: '一致' },
      { command: 'opening.object', party: 'bidder-2', text: '请核对工期' },
    ]);
  });

  it('names only events that the rules make', () => {
    const known = SLICES.flatMap(({ events }) => Object.keys(events));
    expect(NOTICED.filter((type) => !known.includes(type))).toEqual([]);
  });
});

describe('what host and supervisor may do beside what is owed', () => {
  const offered = ({ table }: Play, party: string): string => steeringsOf(table.run, party, table.now).join();

  it('is offered when the rules take it, and its act is taken', () => {
    const play = locked();
    const { table } = play;
    expect([offered(play, 'agency'), offered(play, 'supervisor'), offered(play, 'bidder-1')]).toEqual(['', 'opinion', '']);
    startOpening(play);
    releaseKeys(play);
    for (const one of play.desks) extractBid(play, one);
    expect(offered(play, 'agency')).toBe('pause,extend');
    for (const kind of ['extend', 'pause', 'resume', 'opinion'] as const) {
      const act = steeringAct(kind, INPUT);
      table.act(kind === 'opinion' ? 'supervisor' : 'agency', act?.type ?? '', act?.payload ?? {}, { assurance: 'session' });
      if (kind === 'pause') expect([offered(play, 'agency'), standstill(table.state)]).toEqual(['resume', INPUT.reason]);
    }
    expect(offered(play, 'supervisor')).toBe('opinion,pause,extend');
  });

  it('finds nothing of a bid while its window runs, and then what a person may find', () => {
    const play = locked();
    startOpening(play);
    releaseKeys(play);
    for (const one of play.desks) extractBid(play, one);
    decryptBid(play, desk(play));
    const { table } = play;
    expect(findable(table.state, table.now)).toEqual([]);
    table.waitUntil(table.state.opening.decryptUntil ?? '');
    expect(offered(play, 'agency')).toBe('pause,finding');
    expect(findable(table.state, table.now).length).toBe(play.desks.length);
    const act = steeringAct('finding', { ...INPUT, bid: desk(play, 1).made?.bid ?? '' });
    table.act('agency', act?.type ?? '', act?.payload ?? {});
    const row = bidRows(table.state, sent(play)).find(({ bid }) => bid === desk(play, 1).made?.bid);
    expect(row).toMatchObject({ result: 'TIMEOUT', fault: 'PLATFORM', note: INPUT.reason, isPending: true });
  });

  it.each([
    ['a reason', 'pause', { reason: ' ' }],
    ['a bid', 'finding', { bid: '' }],
    ['whole minutes', 'extend', { minutes: 1.5 }],
    ['at least one', 'extend', { minutes: 0 }],
    ['at most a day', 'extend', { minutes: 1_441 }],
  ] as const)('asks for %s', (_what, kind, input) => {
    expect(steeringAct(kind, { ...INPUT, ...input })).toBeNull();
  });
});

describe('the clock and the sheet', () => {
  it('A-98 shows each second, and tells a screen reader a few marks only', () => {
    expect(clockFace(2 * 86_400_000 + 7_509_000)).toEqual({ days: 2, time: '02:05:09' });
    expect(clockFace(-1)).toEqual({ days: 0, time: '00:00:00' });
    expect([7_200_000, 3_600_000, 299_000, 60_000, 9_000, 0].map(toldMark)).toEqual([null, 3_600, 300, 60, 10, 0]);
    expect(beijingWeekday(Date.parse('2026-11-29T16:00:00.000Z'))).toBe(1);
  });

  it('reads a sheet out as it stands, and compares words with figures', () => {
    const sheet = {
      v: 1 as const,
      price: '9620000.00',
      priceWords: '玖佰陆拾贰万元整',
      duration: '270 日历天',
      quality: '合格',
      projectLead: '王建华',
      validityDays: 90,
      security: { kind: '电子保函', amount: '20000.00' },
      claims: { smallMicro: false, domestic: false },
    };
    const cells = ['9620000.00', '玖佰陆拾贰万元整', '270 日历天', '合格', '王建华', '90', '电子保函 20000.00'];
    const said = columnsOf(initialLotState('o', 'l', 1)).flatMap(({ field }) => (field === 'received' ? [] : [field]));
    expect(said.map((field) => cellOf(sheet, field))).toEqual(cells);
    expect(cellOf({ ...sheet, security: null }, 'security')).toBe('');
    // as the tender document sets it, where it does.
    const columns = [{ field: 'price', title: '总报价' } as const];
    const state = initialLotState('o', 'l', 1);
    const rules = { ...TV_E2E_01.rules, openingForm: { title: '开标记录', note: '', columns } };
    expect(columnsOf({ ...state, setup: { ...state.setup, rules } })).toEqual(columns);
    expect([wordsAgree(sheet), wordsAgree({ ...sheet, priceWords: '玖佰陆拾万元整' })]).toEqual([true, false]);
  });
});
