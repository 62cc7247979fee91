import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { readPeople } from '../../tools/demo/src/people.js';
import { readWorld } from '../../tools/demo/src/world.js';
import { axeFaults, launch, shoot, SIZES } from './support/chromium.js';
import {
  castLot,
  enterHall,
  extendConfirmation,
  hallPlan,
  logInBy,
  readyLot,
  releaseKeys,
  takeSeat,
  type HallLot,
  type Seat,
} from './support/hall.js';
import { pinByFile, trustFileOf } from './support/trust.js';

jest.setTimeout(240_000);
const LOT = 'HALL-01';
/** From the founding to the deadline: three bids are delivered and four people come in. A busy machine gets more, by how long it took before. */
const DEADLINE_SECONDS_MIN = 30;
/** Later than a person is who imports a file at once. */
const LATE_MS = 3_000;
const PLAN = hallPlan(LOT, 3);
const COMPANIES = PLAN.bids.map(({ company }) => company);

/** One opening from the last seconds before the deadline to the closed record, as everybody sees it at the same time. */
describe('the opening hall in the browser', () => {
  let system: RunningSystem;
  let browser: Browser;
  let lot: HallLot;
  let host: Seat;
  let supervisor: Seat;
  let visitor: Seat;
  let bidders: Seat[];
  const cleanUps: (() => Promise<void>)[] = [];
  const seats = (): Seat[] => [host, supervisor, visitor, ...bidders];
  const person = (id: string) => {
    const found = readPeople(system.home).get(id);
    if (found === undefined) throw new Error(`nobody is called ${id}`);
    return found;
  };

  beforeAll(async () => {
    system = await startSystem({ quiet: true, fsync: false, seed: false });
    cleanUps.push(() => endSystem(system));
    const opened: Browser = await launch();
    browser = opened;
    cleanUps.unshift(() => opened.close());
    const world = await readWorld(system.home, JSON.stringify(system.urls));
    const sit = (id: string): Promise<Seat> => takeSeat(browser, system, person(id));
    const startedMs = performance.now();
    const [played] = await Promise.all([
      castLot(world, PLAN, 1),
      (async () => {
        [host, supervisor, visitor] = await Promise.all([sit('host'), sit('supervisor'), takeSeat(browser, system, null, 'phone')]);
        bidders = await Promise.all(['bidder-01', 'bidder-02', 'bidder-03'].map(sit));
      })(),
    ]);
    const tookSeconds = Math.ceil((performance.now() - startedMs) / 1_000);
    await readyLot(world, PLAN, played, Math.max(DEADLINE_SECONDS_MIN, 2 * tookSeconds));
    lot = played;
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });
  afterEach(() => {
    if (!isBroken) expect(seats().flatMap(({ errors }) => errors.splice(0))).toEqual([]);
  });

  /** Each goes on where the one before it ended, so after a failure nothing is waited for. */
  let isBroken = false;
  const step = (name: string, run: () => Promise<void>): void => {
    it(name, async () => {
      // An earlier one failed.
      expect(isBroken).toBe(false);
      isBroken = true;
      await run();
      isBroken = false;
    });
  };
  const bidder = (at: number): Seat => {
    const seat = bidders[at];
    if (seat === undefined) throw new Error(`no bidder ${String(at)}`);
    return seat;
  };
  /** Faults against WCAG 2.2 AA, of every screen that was looked at. */
  const faults: string[] = [];
  const look = async ({ page }: Seat, name: string): Promise<void> => {
    await shoot(page, name);
    faults.push(...(await axeFaults(page)).map((fault) => `${name}: ${fault}`));
  };
  const panel = ({ page }: Seat, name: string): Locator => page.getByRole('region', { name, exact: true });
  const says = (seat: Seat, text: string): Promise<void> => panel(seat, '现在').getByText(text).waitFor();
  const press = ({ page }: Seat, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const primary = ({ page }: Seat): Locator => page.locator('.hall .el-button--primary');
  /** It is the one primary action, as soon as this screen knows of it. */
  const isPrimary = async (seat: Seat, name: string): Promise<void> => {
    await primary(seat).filter({ hasText: name }).waitFor();
    expect(await primary(seat).allInnerTexts()).toEqual([name]);
  };
  const sign = ({ page }: Seat): Promise<void> => page.getByRole('dialog').getByRole('button', { name: '签名办理' }).click();
  const mainText = (page: Page): Promise<string> => page.locator('main').innerText();
  const rowOf = (seat: Seat, at: number): Locator =>
    panel(seat, '投标人与解密')
      .getByRole('row')
      .filter({ hasText: COMPANIES[at] ?? '' });

  step('A-97 A-98 A-107 counts on the venue’s clock before the deadline, and tells nobody a name or a number', async () => {
    await Promise.all([host, supervisor, visitor, bidder(0)].map((seat) => enterHall(seat, LOT)));
    for (const seat of [host, supervisor, visitor, bidder(0)]) {
      await says(seat, '公布名单前，投标人名称和数量对任何人保密');
      const text = await mainText(seat.page);
      expect(text).toMatch(/北京时间[\s\S]*星期[日一二三四五六]/);
      for (const company of COMPANIES) expect(text).not.toContain(company);
      expect(text).not.toMatch(/\d+\s*家/);
      expect(await panel(seat, '投标人与解密').count()).toBe(0);
    }
    const clock = host.page.getByRole('timer').last().locator('.clock');
    const first = await clock.innerText();
    expect(first).toMatch(/^00:00:\d\d$/);
    await clock.filter({ hasNotText: first }).waitFor();
    await look(visitor, 'hall-before-390');
  });

  step('A-106 A-108 begins at the deadline, tells the list, and signs bidders in', async () => {
    await lot.stage.until('the lock', ({ status }) => status === 'SUBMISSION_CLOSED');
    await says(host, '全部投标文件已同时锁定');
    await isPrimary(host, '开标会开始');
    await press(host, '开标会开始');
    await sign(host);
    await says(visitor, '开标会已开始');
    for (const company of COMPANIES) expect(await mainText(visitor.page)).not.toContain(company);
    await press(host, '公布投标人名单');
    await says(visitor, '暂未开始解密，请耐心等待');
    await Promise.all([1, 2].map((at) => enterHall(bidder(at), LOT)));
    for (const at of [0, 1, 2]) {
      expect(
        await primary(bidder(at))
          .allInnerTexts()
          .then((texts) => texts.length),
      ).toBeLessThanOrEqual(1);
      await press(bidder(at), '开标签到');
      await rowOf(host, at).getByText('已签到').waitFor();
      expect(await rowOf(visitor, at).innerText()).toMatch(/密封，待提取|待投标人解密/);
    }
  });

  step(
    'A-110 A-112 a bidder whose key is not there sees that the bid is unharmed, and opens it with the key within the window',
    async () => {
      await releaseKeys(lot);
      await rowOf(host, 0).getByText('待投标人解密').waitFor();
      // The host gives more time in the hall: the demonstration's window is half a minute.
      await press(host, '延长时限');
      await host.page.getByLabel('延长分钟数').fill('30');
      await host.page.getByLabel('理由').fill('演示：留出时间');
      await panel(host, '主持与监督').locator('form').getByRole('button').click();
      await panel(bidder(1), '消息盒子').getByText('演示：留出时间').waitFor();

      const keyless = bidder(1);
      await logInBy(keyless, { ...person('bidder-02'), encryptionKey: null });
      await enterHall(keyless, LOT);
      await press(keyless, '解密投标文件');
      const failure = panel(keyless, '我的投标文件').getByRole('alert');
      await failure.getByText('解密失败，可重试').waitFor();
      expect(await failure.innerText()).toMatch(/未认定[\s\S]*没有发出任何内容/);
      await panel(keyless, '我的投标文件').getByText('主场保存的就是递交的那一份').waitFor();
      await look(keyless, 'hall-bidder-failed-1366');
      expect(await rowOf(host, 1).innerText()).toContain('待投标人解密');

      await logInBy(keyless, person('bidder-02'));
      await enterHall(keyless, LOT);
      for (const at of [0, 1]) {
        await press(bidder(at), '解密投标文件');
        await panel(bidder(at), '我的投标文件').getByText('解密完成').waitFor();
      }
      // Prices are told together: what the first two cost is still theirs.
      expect(await mainText(visitor.page)).not.toMatch(/9,?620,?000/);
      await panel(host, '投标人与解密').getByText('已解密 2 家').waitFor();
      await panel(host, '投标人与解密').getByText('剩 1 家').waitFor();
      await look(host, 'hall-host-decrypting-1366');
    },
  );

  step('is the same after a reload, and for whoever lost the line meanwhile', async () => {
    const away = bidder(2);
    const before = await panel(host, '投标人与解密').innerText();
    await host.page.reload();
    await panel(host, '投标人与解密').waitFor();
    expect(await panel(host, '投标人与解密').innerText()).toBe(before);
    await away.cut();
    await away.page.getByText('与服务器的连接中断').waitFor();
    await press(supervisor, '暂停开标');
    await supervisor.page.getByLabel('理由').fill('核对线路');
    await panel(supervisor, '主持与监督').locator('form').getByRole('button').click();
    await says(visitor, '开标已暂停');
    await press(supervisor, '恢复开标');
    await panel(supervisor, '主持与监督').locator('form').getByRole('button').click();
    await says(visitor, '正在解密');
    away.mend();
    await panel(away, '消息盒子').getByText('核对线路').waitFor();
    expect(await panel(away, '投标人与解密').innerText()).toBe(await panel(visitor, '投标人与解密').innerText());
    await press(away, '解密投标文件');
    await says(host, '正在抽取系数');
  });

  step('TV-DRAW-01 draws K from sealed numbers, and every screen draws it again', async () => {
    // What the venue names comes after the person has pinned a file: it takes the place of nothing.
    await supervisor.page.route('**/api/trust', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, LATE_MS));
      await route.continue();
    });
    const late = supervisor.page.waitForResponse('**/api/trust');
    await Promise.all([host, supervisor, bidder(0)].map((seat) => pinByFile(seat.page, trustFileOf(system))));
    await late;
    await panel(host, '最高投标限价与系数抽取')
      .getByLabel(new RegExp(COMPANIES[0] ?? ''))
      .check();
    await press(host, '确定系数抽取参与方');
    for (const seat of [supervisor, bidder(0)]) {
      await isPrimary(seat, '密封提交系数抽取随机数');
      await press(seat, '密封提交系数抽取随机数');
      await seat.page.getByRole('button', { name: '密封提交系数抽取随机数' }).waitFor({ state: 'detached' });
    }
    for (const seat of seats()) await panel(seat, '最高投标限价与系数抽取').getByText('与记录一致').waitFor();
    const said = await Promise.all(seats().map((seat) => panel(seat, '最高投标限价与系数抽取').locator('.proof').innerText()));
    const seeds = said.map((text) => /[0-9a-f]{64}/.exec(text)?.[0]);
    expect(new Set(seeds).size).toBe(1);
    await shoot(host.page, 'hall-host-k-1366');
  });

  step('A-111 A-113 B-016 reads out what was opened, in the columns that the host chooses, in big type', async () => {
    await Promise.all([press(host, '唱标'), extendConfirmation(lot)]);
    for (const seat of [visitor, bidder(2), supervisor]) {
      const table = panel(seat, '唱标');
      for (const { company, price } of PLAN.bids) {
        const row = table.getByRole('row').filter({ hasText: company });
        await row.getByText(Number(price).toLocaleString('en-US', { minimumFractionDigits: 2 })).waitFor();
      }
    }
    await host.page.getByLabel('项目负责人').uncheck();
    expect(await panel(host, '唱标').getByRole('columnheader').allInnerTexts()).not.toContain('项目负责人');
    expect(await host.page.getByRole('button', { name: '打开语音' }).getAttribute('aria-pressed')).toBe('false');
    await shoot(host.page, 'hall-host-readout-1366');
    await host.page.locator('body').press('m');
    await host.page.getByRole('button', { name: '退出大屏' }).waitFor();
    // In the order of delivery: the first has replaced its bid.
    const order = await panel(host, '唱标').locator('tbody th').allInnerTexts();
    await press(host, '自动唱标');
    await host.page
      .locator('.now .name')
      .getByText(order[0] ?? '')
      .waitFor();
    await host.page.keyboard.press('ArrowRight');
    await host.page
      .locator('.now .name')
      .getByText(order[1] ?? '')
      .waitFor();
    await shoot(host.page, 'hall-big-1366');
    await host.page.setViewportSize(SIZES.wide);
    await look(host, 'hall-big-1920');
    await host.page.keyboard.press('Escape');
    await host.page.locator('body').press('?');
    await host.page.getByRole('dialog').getByText('M：大屏').waitFor();
    await host.page.keyboard.press('Escape');
    await host.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await shoot(host.page, 'hall-host-readout-1920');
    await host.page.setViewportSize(SIZES.seat);
  });

  step('A-195 A-196 an objection is answered on the spot, and no record is made before; the others confirm figures and words', async () => {
    const objecting = bidder(2);
    await objecting.page.getByLabel('有异议').fill('请核对开标一览表的工期');
    await press(objecting, '开标异议');
    await says(visitor, '有异议待当场答复');
    await panel(host, '主持与监督').getByText('自检：发现 1 个问题').waitFor();
    for (const at of [0, 1]) {
      const { price } = PLAN.bids[at] ?? { price: '' };
      const own = panel(bidder(at), '报价确认与异议');
      expect(await own.innerText()).toContain(Number(price).toLocaleString('en-US', { minimumFractionDigits: 2 }));
      await own.getByText('大小写一致').waitFor();
      if (at === 0) await shoot(bidder(at).page, 'hall-bidder-confirm-1366');
      await press(bidder(at), '确认开标记录');
      await sign(bidder(at));
      await own.getByText('已确认，无异议').waitFor();
    }
    await look(objecting, 'hall-bidder-objection-1366');
    await press(objecting, '确认开标记录');
    await sign(objecting);
    expect((await lot.stage.sync()).opening.record).toBeNull();
    await host.page.getByLabel('当场答复').fill('工期以投标函为准，已当场核对一致');
    await isPrimary(host, '答复开标异议');
    await shoot(host.page, 'hall-host-objection-1366');
    await press(host, '答复开标异议');
    await panel(objecting, '报价确认与异议').getByText('工期以投标函为准，已当场核对一致').waitFor();
    await says(visitor, '开标记录已生成');
  });

  step('the supervisor gives his opinion in the hall, and everybody reads it at once', async () => {
    await press(supervisor, '监督意见');
    await supervisor.page.getByLabel('监督意见（').fill('开标程序合规');
    await panel(supervisor, '主持与监督').locator('form').getByRole('button').click();
    await panel(visitor, '消息盒子').getByText('开标程序合规').waitFor();
    await look(supervisor, 'hall-supervisor-1366');
  });

  step('A-114 B-017 those present sign the record, the host closes, and anybody sees it', async () => {
    for (const seat of [bidder(0), host]) {
      await press(seat, '签署开标记录');
      await seat.page.getByRole('dialog').getByText('本机由所示文件算出').waitFor();
      await sign(seat);
    }
    await panel(visitor, '开标记录')
      .getByRole('row')
      .filter({ hasText: COMPANIES[0] ?? '' })
      .getByText('✓')
      .waitFor();
    await press(host, '开标会结束');
    await says(visitor, '开标会已结束');
    await look(visitor, 'hall-public-390');
    await visitor.page.setViewportSize(SIZES.seat);
    await shoot(visitor.page, 'hall-public-1366');
    await shoot(bidder(0).page, 'hall-bidder-closed-1366');
    await visitor.page.getByRole('link', { name: '标段看板' }).first().click();
    await visitor.page
      .getByRole('region', { name: '开标记录表' })
      .getByText(COMPANIES[0] ?? '')
      .waitFor();
    await visitor.page.getByRole('link', { name: '开标大厅' }).click();
    await visitor.page.getByRole('button', { name: /English/ }).click();
    await visitor.page.getByText('The opening is over.').waitFor();
    await shoot(visitor.page, 'hall-public-en-1366');
  });

  step('keeps WCAG 2.2 AA on every screen of it', () => {
    expect(faults).toEqual([]);
    return Promise.resolve();
  });
});
