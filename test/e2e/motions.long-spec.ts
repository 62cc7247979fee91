import { resultOf } from '@app/evaluation';
import { SystemClock } from '@app/platform';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { bidders, deliverAll, partyOf } from '../../tools/demo/src/acts/bidding.js';
import { drawExperts, seatMembers, type Member } from '../../tools/demo/src/acts/draw.js';
import { evaluate } from '../../tools/demo/src/acts/evaluation.js';
import { found } from '../../tools/demo/src/acts/founding.js';
import { openBids } from '../../tools/demo/src/acts/opening.js';
import { officeFor, stageFacts, witnessesOf } from '../../tools/demo/src/play-lot.js';
import { Stage, type Act, type Actor } from '../../tools/demo/src/stage.js';
import { Timeline } from '../../tools/demo/src/timeline.js';
import { readWorld } from '../../tools/demo/src/world.js';
import { axeFaults, launch, newPage, shoot } from './support/chromium.js';
import { pinByFile, trustFileOf } from './support/trust.js';

jest.setTimeout(480_000);
const LOT = 'MOTION-01';
const PAGE = `/lots/${LOT}/1`;
const plan = TV_E2E_01;

let system: RunningSystem;
let browser: Browser;

beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: false });
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await endSystem(system);
});

/** The played lot, in which people come in between before the commercial sheets. */
class MotionStage extends Stage {
  beforeCommercial: () => Promise<void> = () => Promise.resolve();
  #between: Promise<void> | undefined;

  override async act(actor: Actor, type: string, label: string, act: Act = {}): Promise<void> {
    if (type === 'scoring.submit-sheet' && act.step === 'scores:commercial') await (this.#between ??= this.beforeCommercial());
    await super.act(actor, type, label, act);
  }
}

async function onLotPage(name: string): Promise<Awaited<ReturnType<typeof newPage>>> {
  const opened = await newPage(browser);
  await opened.page.goto(`${system.urls.main}/login`);
  await opened.page.getByLabel('按姓名、单位或角色查找').fill(name);
  await opened.page.getByRole('button', { name }).first().click();
  await opened.page.waitForURL('**/lots');
  await pinByFile(opened.page, trustFileOf(system));
  await opened.page.goto(system.urls.main + PAGE);
  return opened;
}
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
/** The form closes when it is on the record; a refusal leaves it there, and is told in its own words. */
async function sign(page: Page, name: string, act: string): Promise<void> {
  const button = page.getByRole('button', { name: act, exact: true });
  const form = panel(page, name).locator('form').filter({ has: button });
  await form.getByRole('button', { name: act, exact: true }).click();
  await form.waitFor({ state: 'detached' }).catch(async (error: unknown) => {
    throw new Error((await page.getByRole('alert').allTextContents()).join(' ') || `${act}: not on the record`, { cause: error });
  });
}
const MOTIONS = '评标委员会表决事项';
const CLARIFICATIONS = '澄清';

describe('clarifications and motions in a whole evaluation', () => {
  it('A-138 A-142 A-146 the chair asks and proposes, members vote, the bidder answers, each in a browser, and the corrected price is the one that is ranked', async () => {
    const world = await readWorld(system.home, JSON.stringify(system.urls));
    const clock = new SystemClock();
    const stage = new MotionStage(stageFacts(world, LOT, clock, new Timeline(LOT)));
    const office = await officeFor(world, plan);
    const all = await bidders(world, plan, 1, clock.instant());
    stage.observeAs(office.supervisor.client);
    await found(stage, world, plan, office);
    await deliverAll(stage, world, plan, all);
    await openBids(stage, world, office, await witnessesOf(world), all);
    await drawExperts(stage, world, plan, office);
    const members = await seatMembers(stage, world, plan);

    const companyOf = (letter: string): string => all.find(({ bid }) => bid.letter === letter)?.bid.company ?? '';
    const vote = async ({ person }: Member, motion: string, isFor: boolean): Promise<void> => {
      const secrets = { vote: { isFor, reason: isFor ? '' : '投标文件未见异常' } };
      await stage.act(person, 'motions.vote', '表决', { payload: { motion }, secrets, step: stage.state.committee.step ?? '' });
    };
    const errors: string[] = [];
    stage.beforeCommercial = async () => {
      const chairParty = stage.state.committee.chair ?? '';
      const chair = members.find(({ party }) => party === chairParty)!;
      const [second, ...rest] = members.filter(({ party }) => party !== chairParty);
      const [atChair, atSecond, atBidder] = await Promise.all([
        onLotPage(chair.person.name),
        onLotPage(second!.person.name),
        onLotPage(companyOf('B')),
      ]);

      await panel(atChair.page, CLARIFICATIONS).getByRole('button', { name: '要求澄清' }).click();
      await atChair.page.getByLabel('投标人', { exact: true }).selectOption(partyOf(stage, all, 'B'));
      await atChair.page.getByLabel('需要澄清的问题').fill('请说明施工组织设计第 3 页的工期计算。');
      await shoot(atChair.page, 'clarification-ask-1366');
      await sign(atChair.page, CLARIFICATIONS, '要求澄清');
      // Asked of one bidder: another member reads it, and the bidder answers it.
      await panel(atSecond.page, CLARIFICATIONS).getByText('请说明施工组织设计第 3 页的工期计算。').waitFor();
      expect(await panel(atSecond.page, CLARIFICATIONS).getByRole('button', { name: '要求澄清' }).count()).toBe(0);
      await atBidder.page.getByLabel('答复内容').fill('工期自开工令之日起算，共 180 日历天。');
      await shoot(atBidder.page, 'clarification-answer-1366');
      await sign(atBidder.page, CLARIFICATIONS, '答复澄清');
      await panel(atChair.page, CLARIFICATIONS).getByText('工期自开工令之日起算，共 180 日历天。').waitFor();

      await panel(atChair.page, MOTIONS).getByRole('button', { name: '提出表决事项' }).click();
      const form = panel(atChair.page, MOTIONS);
      await form.getByLabel('事项', { exact: true }).selectOption({ label: '算术修正' });
      await form.getByLabel('投标人', { exact: true }).selectOption(partyOf(stage, all, 'B'));
      await form.getByLabel('大写金额（照抄投标文件）').fill('玖佰肆拾万元整');
      await form.getByLabel('对应的金额（元）').fill('9400001');
      await form.getByLabel('在文件中的位置').fill('投标函第 1 页');
      await form.getByLabel('理由').fill('大小写金额不一致');
      await shoot(atChair.page, 'motion-wrong-1366');
      // What the words say is another figure: nothing to sign.
      expect(await form.locator('form').getByRole('button', { name: '提出表决事项' }).isDisabled()).toBe(true);
      await form.getByLabel('对应的金额（元）').fill('9400000');
      await form.getByText('9,400,000.00').waitFor();
      await shoot(atChair.page, 'motion-propose-1366');
      expect(await axeFaults(atChair.page)).toEqual([]);
      await sign(atChair.page, MOTIONS, '提出表决事项');

      const motion = (await stage.until('the motion', ({ motions }) => motions.list.length === 1)).motions.list[0]!.id;
      for (const { page } of [atChair, atSecond]) await panel(page, MOTIONS).getByText('待表决 5').waitFor();
      await panel(atSecond.page, MOTIONS).getByLabel('反对', { exact: true }).check();
      expect(await panel(atSecond.page, MOTIONS).getByRole('button', { name: '表决', exact: true }).isDisabled()).toBe(true);
      await panel(atSecond.page, MOTIONS).getByLabel('赞成', { exact: true }).check();
      await shoot(atSecond.page, 'motion-vote-1366');
      await sign(atSecond.page, MOTIONS, '表决');
      for (const member of rest) await vote(member, motion, true);
      await panel(atChair.page, MOTIONS).getByLabel('赞成', { exact: true }).check();
      await sign(atChair.page, MOTIONS, '表决');

      await panel(atBidder.page, MOTIONS).getByText('9,400,000.00').waitFor();
      await panel(atBidder.page, MOTIONS).getByLabel('确认', { exact: true }).check();
      await panel(atBidder.page, MOTIONS).getByLabel('说明').fill('同意按大写金额修正。');
      await shoot(atBidder.page, 'motion-answer-1366');
      expect(await axeFaults(atBidder.page)).toEqual([]);
      await sign(atBidder.page, MOTIONS, '答复评标委员会（报价）');
      await panel(atChair.page, MOTIONS).getByText('同意按大写金额修正。').waitFor();

      await panel(atChair.page, MOTIONS).getByRole('button', { name: '提出表决事项' }).click();
      await form.getByLabel('投标人', { exact: true }).selectOption(partyOf(stage, all, 'G'));
      await form.getByLabel('法定情形').selectOption('COLLUSION_FRAUD_BRIBERY');
      await form.getByLabel('在文件中的位置').fill('技术文件第 12 页');
      await form.getByLabel('理由').fill('与另一投标文件异常一致');
      await sign(atChair.page, MOTIONS, '提出表决事项');
      const again = (await stage.until('the second motion', ({ motions }) => motions.list.length === 2)).motions.list[1]!.id;
      for (const member of members) await vote(member, again, false);
      await panel(atChair.page, MOTIONS).getByText('未通过').waitFor();
      await shoot(atChair.page, 'motions-1366');
      // Who voted how, and about what, is the committee's: the bidder sees its own question only.
      expect(await panel(atBidder.page, MOTIONS).getByRole('listitem').count()).toBe(1);
      errors.push(...atChair.errors, ...atSecond.errors, ...atBidder.errors);
    };
    await evaluate(stage, world, plan, office, all, members);

    // Six of seven stand: D fell in the review, and nobody by these motions.
    const rows = resultOf(stage.state)?.rows ?? [];
    expect(rows).toHaveLength(6);
    expect(rows.find(({ party }) => party === partyOf(stage, all, 'B'))?.price).toBe('9400000.00');
    expect(stage.state.motions.list.map(({ outcome }) => outcome)).toEqual(['CARRIED', 'LOST']);
    expect(errors).toEqual([]);
  });
});
