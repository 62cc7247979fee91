import { SystemClock } from '@app/platform';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { TV_E2E_01, TV_E2E_02, type LotPlan } from '@app/testing/lots';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { decrypt } from '../../tools/demo/src/acts/opening.js';
import { readPeople } from '../../tools/demo/src/people.js';
import { playLot } from '../../tools/demo/src/play-lot.js';
import { readWorld } from '../../tools/demo/src/world.js';
import type { World } from '../../tools/demo/src/cast-of-lot.js';
import { axeFaults, launch, shoot } from './support/chromium.js';
import { castLot, enterHall, extendConfirmation, readyLot, releaseKeys, takeSeat, type HallLot, type Seat } from './support/hall.js';

jest.setTimeout(480_000);
const asking = (plan: LotPlan, id: string): LotPlan => ({
  ...plan,
  id,
  rules: { ...plan.rules, bidSecurity: { amount: '20000.00', forms: ['TRANSFER', 'BANK_GUARANTEE'] } },
});
const OPENED = { ...asking(TV_E2E_01, 'SECURITY-01'), bids: TV_E2E_01.bids.slice(0, 3) };
const CONTRACTED = asking(TV_E2E_02, 'SECURITY-02');
const DEADLINE_SECONDS = 60;
const BEIJING_OFFSET_MS = 8 * 3_600_000;
/** Beijing time as a field takes it, whole seconds. */
const local = (ms: number): string => new Date(ms + BEIJING_OFFSET_MS).toISOString().slice(0, 19);

/** 投标保证金 in the browser: asked for, recorded and read out at an opening, returned after a contract. */
describe('bid securities in the browser', () => {
  let system: RunningSystem;
  let world: World;
  let browser: Browser;
  let lot: HallLot;
  let host: Seat;
  let visitor: Seat;
  let bidder: Seat;
  const cleanUps: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    system = await startSystem({ quiet: true, fsync: false, seed: false });
    cleanUps.push(() => endSystem(system));
    const opened = await launch();
    browser = opened;
    cleanUps.unshift(() => opened.close());
    world = await readWorld(system.home, JSON.stringify(system.urls));
    const people = readPeople(system.home);
    const sit = (id: string | null): Promise<Seat> => takeSeat(browser, system, id === null ? null : (people.get(id) ?? null));
    [host, visitor, bidder] = await Promise.all([sit('host'), sit(null), sit('bidder-01')]);
    lot = await castLot(world, OPENED, 1);
    await readyLot(world, OPENED, lot, DEADLINE_SECONDS);
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });
  afterEach(() => {
    expect([host, visitor, bidder].flatMap(({ errors }) => errors.splice(0))).toEqual([]);
  });

  const panel = ({ page }: Seat, name = '投标保证金'): Locator => page.getByRole('region', { name, exact: true });
  const rowOf = (seat: Seat, at: number, name = '投标保证金'): Locator =>
    panel(seat, name)
      .getByRole('row')
      .filter({ hasText: OPENED.bids[at]?.company ?? '' });
  const field = ({ page }: Seat, label: string): Locator => page.getByLabel(label, { exact: true });
  const send = (seat: Seat): Promise<void> => panel(seat).locator('form').getByRole('button').click();

  it('A-102 tells bidders before the deadline what is asked for, and tells nobody of anybody’s', async () => {
    await bidder.page.goto(`${system.urls.main}/lots/${OPENED.id}/1/bid`);
    await bidder.page.getByText('20,000.00 元，转账或银行保函，投标截止前提交').waitFor();
    await shoot(bidder.page, 'security-bidder-1366');
    await enterHall(host, OPENED.id);
    await host.page.getByText('公布名单前，投标人名称和数量对任何人保密').waitFor();
    expect(await panel(host).count()).toBe(0);
    const { stage, office } = lot;
    await stage.until('the lock', ({ status }) => status === 'SUBMISSION_CLOSED');
    await stage.act(office.agency, 'opening.start', '宣布开标');
    await host.page.getByText('开标会已开始').first().waitFor();
    expect(await panel(host).count()).toBe(0);
    await stage.act(office.agency, 'opening.publish-list', '公布投标人名单');
    await stage.until('the list', ({ opening }) => opening.step === 'LIST_PUBLISHED');
  });

  it('A-102 A-104 the agency records each in the hall, and the platform compares it with the tender document', async () => {
    await panel(host).getByText('招标', { exact: false }).first().waitFor();
    await enterHall(visitor, OPENED.id);
    const before = local(lot.stage.state.setup.schedule === null ? 0 : Date.parse(lot.stage.state.setup.schedule.deadline) - 30_000);
    const choose = async (at: number): Promise<void> => {
      const option = field(host, '投标人')
        .locator('option')
        .filter({ hasText: OPENED.bids[at]?.company ?? '' });
      await field(host, '投标人').selectOption(await option.getAttribute('value'));
    };
    await choose(0);
    await field(host, '凭证（保函）编号').fill('2026-0330-001');
    await field(host, '到账（出具）时间').fill(before);
    await shoot(host.page, 'security-record-1366');
    await send(host);
    await rowOf(visitor, 0).getByText('符合要求').waitFor();
    await choose(1);
    await field(host, '形式').selectOption('银行保函');
    await field(host, '金额（元）').fill('15000.00');
    await field(host, '凭证（保函）编号').fill('BH-7781');
    await send(host);
    await rowOf(visitor, 1).getByText('金额不足').waitFor();
    await choose(2);
    await field(host, '形式').selectOption('未提交');
    await send(host);
    await rowOf(visitor, 2).getByText('未提交').waitFor();
    // The public is not told whose account it was; whoever keeps it is.
    expect(await panel(visitor).innerText()).not.toContain('2026-0330-001');
    expect(await rowOf(host, 0).innerText()).toContain('2026-0330-001');
    await shoot(host.page, 'security-recorded-1366');
    expect(await axeFaults(host.page)).toEqual([]);
  });

  it('A-103 it is read out with the rest and stands in the record', async () => {
    await releaseKeys(lot);
    await decrypt(lot.stage, world, lot.all);
    const readOut = host.page.getByRole('button', { name: '唱标', exact: true });
    await readOut.waitFor();
    await Promise.all([readOut.click(), extendConfirmation(lot)]);
    await panel(visitor, '唱标').getByRole('columnheader', { name: '投标保证金（收到）' }).waitFor();
    await rowOf(visitor, 1, '唱标').getByText('金额不足').waitFor();
    await shoot(host.page, 'security-readout-1366');
    const { stage } = lot;
    for (const one of lot.all) {
      const name = stage.state.opening.names;
      const party = Object.keys(name).find((known) => name[known] === one.bid.company) ?? '';
      await stage.act({ ...one.actor, party }, 'opening.confirm', '确认');
    }
    const state = await stage.until('the record', ({ opening }) => opening.record !== null);
    const { seq } = state.opening.record ?? { seq: 0 };
    const record = state.disclosed[`${String(seq)}/d:record`] as { bids: { name: string; security: { findings: string[] } }[] };
    expect(record.bids.map(({ security }) => security.findings).sort()).toEqual([[], ['MISSING'], ['SHORT']]);
    expect(JSON.stringify(record)).not.toContain('BH-7781');
    await panel(host).getByRole('button', { name: '登记投标保证金' }).waitFor({ state: 'detached' });
  });

  it('A-105 the agency returns them after the contract, with interest, within the days of the law', async () => {
    const performance = { lot: CONTRACTED, name: CONTRACTED.id, firstCompany: 8, until: null } as const;
    const { stage } = await playLot(world, performance, new SystemClock());
    await host.page.goto(`${system.urls.main}/lots/${CONTRACTED.id}/1`);
    await panel(host).getByText('前退还').first().waitFor();
    const at = local(Date.parse(stage.state.award.contract?.signedAt ?? '') + 1_000);
    await field(host, '银行同期存款利息（元）').fill('12.35');
    await field(host, '退还时间').fill(at);
    await shoot(host.page, 'security-return-1366');
    await send(host);
    await panel(host).getByText('利息 12.35 元').waitFor();
    await panel(host).getByText('已退还').waitFor();
    await visitor.page.goto(`${system.urls.main}/lots/${CONTRACTED.id}/1`);
    await panel(visitor).getByText('已退还').waitFor();
    await panel(visitor).scrollIntoViewIfNeeded();
    await shoot(visitor.page, 'security-returned-public-1366');
    expect(await axeFaults(host.page)).toEqual([]);
  });
});
