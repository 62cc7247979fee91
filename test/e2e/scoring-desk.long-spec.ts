import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { SystemClock } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { award, compare } from '../../tools/demo/src/acts/award.js';
import { bidders, deliverAll, partyOf, type Bidder } from '../../tools/demo/src/acts/bidding.js';
import { drawExperts, seatMembers, type Member } from '../../tools/demo/src/acts/draw.js';
import { evaluate } from '../../tools/demo/src/acts/evaluation.js';
import { found } from '../../tools/demo/src/acts/founding.js';
import { openBids } from '../../tools/demo/src/acts/opening.js';
import { TV_E2E_01 } from '@app/testing/lots';
import { officeFor, stageFacts, witnessesOf } from '../../tools/demo/src/play-lot.js';
import { Stage, type Act, type Actor } from '../../tools/demo/src/stage.js';
import { Timeline } from '../../tools/demo/src/timeline.js';
import { readWorld } from '../../tools/demo/src/world.js';
import { axeFaults, launch, newPage, shoot } from './support/chromium.js';
import { pinByFile, trustFileOf } from './support/trust.js';

jest.setTimeout(480_000);
const LOT = 'DESK-01';
const plan = TV_E2E_01;

let system: RunningSystem;
let browser: Browser;
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: false });
  cleanUps.push(() => endSystem(system));
  browser = await launch();
  cleanUps.unshift(() => browser.close());
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

/** The played lot, but the technical sheet of one member, the decryption of one bidder and the keys of one trustee are their own, made in a browser. */
class DeskStage extends Stage {
  atDesk: ((actor: Actor, type: string) => Promise<boolean>) | null = null;

  override async act(actor: Actor, type: string, label: string, act: Act = {}): Promise<void> {
    const isHandingIn = type === 'review.submit-sheet' || (type === 'scoring.submit-sheet' && act.step === 'scores:technical');
    const isTheirs = isHandingIn || type === 'opening.decrypt-bid' || type.startsWith('sealing.');
    if (isTheirs && (await this.atDesk?.(actor, type)) === true) return;
    await super.act(actor, type, label, act);
  }
}

async function logIn(page: Page, path: string, name: string): Promise<void> {
  await page.goto(`${system.urls.main}/login`);
  await page.getByLabel('按姓名、单位或角色查找').fill(name);
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL('**/lots');
  await pinByFile(page, trustFileOf(system));
  await page.goto(system.urls.main + path);
}

/**
 * Presses, confirms, and waits until the sheet is in: the button is gone then, whether the others are still awaited or the step went on. A
 * refusal leaves it there, and is told in its own words.
 */
async function handIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await page
    .getByRole('button', { name, exact: true })
    .first()
    .waitFor({ state: 'detached' })
    .catch(async (error: unknown) => {
      throw new Error((await page.getByRole('alert').allTextContents()).join(' ') || 'the sheet is not in', { cause: error });
    });
}

/** Fills the table by keyboard alone and hands it in. */
async function scoreByKeyboard(page: Page, values: readonly string[]): Promise<void> {
  const cells = page.locator('table.sheet input');
  await cells.first().waitFor();
  expect(await cells.count()).toBe(values.length);
  await cells.first().focus();
  await page.keyboard.type('99');
  await page.getByText('超出范围或不在间隔上').waitFor();
  expect(await page.getByRole('button', { name: '密封提交评分表' }).isDisabled()).toBe(true);
  await page.keyboard.press('Control+a');
  for (const value of values) {
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  }
  await page.getByText(`已评 ${values.length}/${values.length}`).waitFor();
  await shoot(page, 'desk-1366');
  expect(await axeFaults(page)).toEqual([]);
  await handIn(page, '密封提交评分表');
}

/** Fails one bid on one item with ground and reason, passes the rest, hands it in. */
async function reviewByKeyboard(page: Page, row: number, column: number): Promise<void> {
  const cell = page.locator(`[data-place="0/0"]`);
  await cell.waitFor();
  // The keys came while he sat there: his rights widened when the evaluation began.
  await page.getByRole('tab', { name: '技术标' }).waitFor();
  await page.locator('[data-page="1"][data-drawn="true"]').waitFor();
  await cell.focus();
  for (let step = 0; step < row; step += 1) await page.keyboard.press('ArrowDown');
  for (let step = 0; step < column; step += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('0');
  await page.getByRole('button', { name: '其余全部合格' }).click();
  expect(await page.getByRole('button', { name: '密封提交初步评审表' }).isDisabled()).toBe(true);
  await page.getByLabel('法定情形').selectOption('NOT_RESPONSIVE');
  await page.getByLabel('理由', { exact: true }).fill('工期与投标有效期未实质性响应招标文件');
  await shoot(page, 'review-desk-1366');
  expect(await axeFaults(page)).toEqual([]);
  await handIn(page, '密封提交初步评审表');
}

/** Opens the own bid with the key of the identity file: without it nothing is sent, with it one press. */
async function decryptInBrowser(page: Page, { bid, person }: Bidder, actor: Actor, type: string): Promise<boolean> {
  if (type !== 'opening.decrypt-bid' || actor.name !== bid.company) return false;
  const logInBy = async (file: object): Promise<void> => {
    await page.goto(`${system.urls.main}/login`);
    const bytes = Buffer.from(JSON.stringify(file));
    await page.locator('input[type=file]').setInputFiles({ name: 'identity.json', mimeType: 'application/json', buffer: bytes });
    await page.waitForURL('**/lots');
    await page.goto(`${system.urls.main}/lots/${LOT}/1`);
    await page.getByRole('button', { name: '解密投标文件' }).click();
  };
  await logInBy({ ...person, encryptionKey: null });
  await page.getByRole('alert').getByText('本机没有能打开您投标文件的密钥').waitFor();
  await shoot(page, 'decrypt-without-key-1366');
  await logInBy(person);
  await page.getByText(/已记入第 \d+ 条/).waitFor();
  await shoot(page, 'decrypt-1366');
  return true;
}

/** The tenderer as an opening trustee (开标受托人): the key is made, kept and released in the browser, which checks by itself that it may go. */
async function keepInBrowser(page: Page, actor: Actor, type: string): Promise<boolean> {
  if (actor.party !== 'tenderer') return false;
  if (type === 'sealing.publish-key') {
    await logIn(page, `/lots/${LOT}/1`, actor.name);
    await page.getByRole('button', { name: '公布密封公钥' }).click();
    await page.getByText('对应的密钥只保存在本机浏览器中').waitFor();
    await shoot(page, 'trustee-publish-1366');
    await page.getByRole('button', { name: '签名办理' }).click();
    await page.getByRole('button', { name: '下载备份' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    return true;
  }
  // Days may lie between: the key is found again by whoever comes back to this browser.
  await page.goto(`${system.urls.main}/lots/${LOT}/1`);
  await page.getByRole('button', { name: '放开密封密钥' }).click();
  await page.getByText('本机核验通过，可以释放。').waitFor();
  await shoot(page, 'trustee-release-1366');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '签名办理' }).click();
  await page.getByText(/已记入第 \d+ 条/).waitFor();
  return true;
}

/** Waits until every seal in sight is green: checked here, and under a checkpoint with its quorum. None may be red. */
async function expectSealed(page: Page): Promise<void> {
  await page.locator('.rows .seal').first().waitFor();
  await page.locator('.rows .seal.is-unverified').first().waitFor({ state: 'detached', timeout: 60_000 });
  expect(await page.locator('.seal.is-broken').count()).toBe(0);
}

/** Technical values of a member in the order of the desk's columns. */
function valuesOf(stage: Stage, all: readonly Bidder[], members: readonly Member[], party: string): string[] {
  const column = members.findIndex((member) => member.party === party);
  const scores = Object.entries(plan.scores['technical-1'] ?? {}).map(([letter, values]) => ({
    bidder: partyOf(stage, all, letter),
    value: values[column] ?? '',
  }));
  return scores.sort((a, b) => (a.bidder < b.bidder ? -1 : 1)).map(({ value }) => value);
}

describe('the scoring desk in a whole evaluation', () => {
  it('TV-E2E-01 A-110 A-136 a trustee keeps and releases his key, a bidder decrypts his bid and a member seals his sheet in the browser, and the lot ends with the worked totals', async () => {
    const world = await readWorld(system.home, JSON.stringify(system.urls));
    const clock = new SystemClock();
    const stage = new DeskStage(stageFacts(world, LOT, clock, new Timeline(LOT)));
    const office = await officeFor(world, plan);
    const all = await bidders(world, plan, 1, clock.instant());
    stage.observeAs(office.supervisor.client);
    const trustee = await newPage(browser);
    stage.atDesk = (actor, type) => keepInBrowser(trustee.page, actor, type);
    // The deadline counts from the creation, and a browser comes in between.
    await found(stage, world, plan, office, 90);

    const watch = await newPage(browser);
    await logIn(watch.page, `/lots/${LOT}/1`, '章正明');
    await deliverAll(stage, world, plan, all);
    const witnesses = await witnessesOf(world);
    const bidder = await newPage(browser);
    stage.atDesk = async (actor, type) =>
      (await keepInBrowser(trustee.page, actor, type)) || decryptInBrowser(bidder.page, all[0]!, actor, type);
    await openBids(stage, world, office, witnesses, all);
    await watch.page.getByText('9,480,000.00').first().waitFor();
    await shoot(watch.page, 'board-opening-1366');

    await drawExperts(stage, world, plan, office);
    const members = await seatMembers(stage, world, plan);
    const expert = members.find(({ party }) => party === 'expert-1');
    if (expert === undefined) throw new Error('no expert was drawn');
    const desk = await newPage(browser);
    await logIn(desk.page, `/lots/${LOT}/1/desk`, expert.person.name);
    stage.atDesk = async (actor, type) => {
      if (actor.party !== expert.party) return false;
      if (type === 'review.submit-sheet') {
        const order = all.map(({ bid }) => partyOf(stage, all, bid.letter)).sort();
        await reviewByKeyboard(desk.page, plan.rules.review.length - 1, order.indexOf(partyOf(stage, all, 'D')));
        return true;
      }
      await scoreByKeyboard(desk.page, valuesOf(stage, all, members, expert.party));
      await shoot(watch.page, 'board-evaluation-1366');
      return true;
    };
    await evaluate(stage, world, plan, office, all, members);
    await award(stage, plan, office, all);

    expect(compare(stage, plan, all).length).toBeGreaterThan(0);
    await watch.page.getByText('92.87').first().waitFor();
    await watch.page.getByText('中标通知书已发出').waitFor();
    await expectSealed(watch.page);
    const result = watch.page.getByRole('region', { name: '评标结果' });
    await result.getByText('基准价偏离法').waitFor();
    await result.getByText('评标基准价的计算').click();
    await result.getByRole('definition').filter({ hasText: '9,495,000.00' }).waitFor();
    await result.scrollIntoViewIfNeeded();
    await shoot(watch.page, 'board-result-1366');
    await watch.page.evaluate('scrollTo(0, 0)');
    await shoot(watch.page, 'board-award-1366');
    await watch.page.setViewportSize({ width: 1920, height: 1080 });
    await shoot(watch.page, 'board-award-1920');
    expect(await axeFaults(watch.page)).toEqual([]);
    expect([...watch.errors, ...trustee.errors, ...bidder.errors, ...desk.errors]).toEqual([]);

    const visitor = await newPage(browser, 'phone');
    await visitor.page.goto(`${system.urls.main}/lots/${LOT}/1`);
    await visitor.page.getByText('中标通知书已发出').waitFor();
    await shoot(visitor.page, 'public-lot-phone');
    expect(await axeFaults(visitor.page)).toEqual([]);
  });
});
