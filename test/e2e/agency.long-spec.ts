import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { blindPdf, type Draw } from '../../libs/bid-making/test/blind-pdf.js';
import { pages } from '../../libs/bid-making/test/pdf-files.js';
import { readPeople } from '../../tools/demo/src/people.js';
import { axeFaults, launch, newPage, shoot, SIZES } from './support/chromium.js';

jest.setTimeout(240_000);
const CODE = 'E3307840001000009001';
const NAME = '望江门停车场建设工程施工';
const QUESTION = '招标文件第三章与第五章工期不一致，以何为准？';
const OBJECTION = '招标文件以特定行政区域的业绩作为加分条件';
const BEIJING_OFFSET_MS = 8 * 3_600_000;
const PATIENCE_MS = 45_000;
const HOUR_MS = 3_600_000;

/** One agency at one browser, from nothing to a published lot: each test goes on where the one before it ended. */
describe('an agency founds and publishes a lot in the browser', () => {
  let system: RunningSystem;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: string[] = [];
  let folder: string;
  const cleanUps: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    system = await startSystem({ quiet: true, fsync: false, seed: false });
    cleanUps.push(() => endSystem(system));
    folder = mkdtempSync(join(tmpdir(), 'gongping-agency-'));
    cleanUps.push(() => rm(folder, { recursive: true, force: true }));
    browser = await launch();
    cleanUps.unshift(() => browser.close());
    ({ page, context, errors } = await newPage(browser, 'seat'));
    await logIn(page, 'host');
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });
  afterEach(() => {
    expect(errors.splice(0)).toEqual([]);
  });

  async function logIn(at: Page, id: string): Promise<void> {
    const person = readPeople(system.home).get(id);
    if (person === undefined) throw new Error(`nobody is called ${id}`);
    at.setDefaultTimeout(PATIENCE_MS);
    await at.goto(`${system.urls.main}/login`);
    await at.locator('input[type=file]').setInputFiles(file(`${id}.json`, JSON.stringify(person), 'utf8'));
    await at.waitForURL('**/lots');
  }
  function file(name: string, content: string, encoding: 'latin1' | 'utf8' = 'latin1'): string {
    const path = join(folder, name);
    writeFileSync(path, content, encoding);
    return path;
  }
  const field = (label: string): Locator => page.getByLabel(label, { exact: true });
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const check = (): Locator => page.getByRole('region', { name: '发布前检查', exact: true });
  const act = (): Locator => page.getByRole('region', { name: '登记与发布', exact: true });
  const step = (name: string): Promise<void> => page.getByRole('navigation', { name: '编制步骤' }).getByText(name).click();
  const tells = (text: string): Promise<void> => check().getByText(text).first().waitFor();
  const tellsNoMore = (text: string): Promise<void> => check().getByText(text).first().waitFor({ state: 'detached' });
  /** Beijing time so many hours from now, as the field takes it. */
  const inHours = (hours: number): string => new Date(Date.now() + BEIJING_OFFSET_MS + hours * HOUR_MS).toISOString().slice(0, 16);
  async function choose(label: string, search: string, name: string): Promise<void> {
    const choice = page.getByRole('group', { name: label, exact: true });
    await choice.getByRole('button', { name: '选定' }).click();
    await choice.getByLabel(`查找：${label}`).fill(search);
    await choice.getByRole('button', { name: new RegExp(name) }).click();
  }

  it('begins with nothing, and is told everything that is missing', async () => {
    await page.getByRole('link', { name: '标段编制', exact: true }).click();
    await page.getByText('本机还没有草稿').waitFor();
    await button('新建标段').click();
    for (const text of ['没有选定招标人经办人', '没有选择招标文件', '金额未填写']) await tells(text);
    expect(await button('登记标段').isDisabled()).toBe(true);
    await shoot(page, 'agency-empty-1366');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('A-39 names project, lot and law', async () => {
    await field('标段编号').fill(CODE);
    await field('标段名称').fill(NAME);
    await field('招标人所在市').fill('永康');
    expect(await field('适用法律').inputValue()).toBe('TENDER_LAW');
    await shoot(page, 'agency-lot-1366');
  });

  it('A-48 finds the people of the lot by name, and nobody who may not stand there', async () => {
    await step('当事方与场地');
    for (const venue of ['副场 1', '副场 2', '监督节点']) await page.getByLabel(new RegExp(`${venue} ·`)).check();
    // 自行招标: whoever founds the lot is the tenderer, and nobody else is chosen as such.
    await field('招标人自行招标（没有代理机构）').check();
    await page.getByText('须向有关行政监督部门备案').waitFor();
    expect(await page.getByRole('group', { name: '招标人经办人', exact: true }).count()).toBe(0);
    await tellsNoMore('没有选定招标人经办人');
    await shoot(page, 'agency-self-run-1366');
    await field('招标人自行招标（没有代理机构）').uncheck();
    const owner = page.getByRole('group', { name: '招标人经办人', exact: true });
    await owner.getByRole('button', { name: '选定' }).click();
    await owner.getByLabel('查找：招标人经办人').fill('永');
    // One letter would be everybody; a name that nobody has is nobody.
    expect(await owner.getByRole('listitem').count()).toBe(0);
    await owner.getByLabel('查找：招标人经办人').fill('没有此人');
    await owner.getByText('没有找到').waitFor();
    await owner.getByLabel('查找：招标人经办人').fill('永康市城市建设');
    await owner.getByRole('button', { name: /吕建平/ }).click();
    await choose('监督人员', '章', '章正明');
    await choose('见证人员（副场 1）', '', '俞佳');
    await shoot(page, 'agency-parties-1366');
    await tellsNoMore('没有选定');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('A-62 sets method, items and points, and hears what is wrong with them and by which article', async () => {
    await step('评标办法');
    await field('最高投标限价（元）').fill('8600000.005');
    await tells('金额未填写，或不是最多两位小数的正数');
    expect(await field('最高投标限价（元）').getAttribute('aria-invalid')).toBe('true');
    await field('最高投标限价（元）').fill('8600000.00');
    await step('评审项');
    await button('添加评审项').click();
    await field('评审内容 第 1 行').fill('市政公用工程施工总承包资质满足要求');
    await button('添加评分项').click();
    await field('评分内容 第 1 行').fill('施工组织设计');
    await field('最高分 第 1 行').fill('30');
    await button('添加评分项').click();
    await field('部分 第 2 行').selectOption('commercial');
    await field('评分内容 第 2 行').fill('企业业绩与信用');
    await field('最高分 第 2 行').fill('20');
    await page.getByLabel('客观分 第 2 行').check();
    await shoot(page, 'agency-items-1366');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('B-004 refuses a deadline that is too early, with the article and the first lawful date', async () => {
    await step('时间安排');
    await field('招标文件获取开始').fill(inHours(0));
    await field('招标文件获取截止').fill(inHours(20));
    await field('投标截止时间（开标）').fill(inHours(24));
    await tells('自招标文件开始发出之日起至截止不得少于二十日');
    await tells('《招标投标法》第二十四条');
    await shoot(page, 'agency-schedule-1366');
    // The date that is offered is lawful.
    await button('填入这个时间').first().click();
    await tellsNoMore('自招标文件开始发出之日起至截止不得少于二十日');
    // The points were wrong all the time; a committee that is even is told beside them.
    await tells('各项分值合计 110 分，应为 100 分');
    await step('评标办法');
    await field('评标委员会人数').fill('6');
    await tells('评标委员会人数须为单数');
    await tells('《招标投标法》第三十七条');
    await shoot(page, 'agency-method-1366');
    expect(await axeFaults(page)).toEqual([]);
    await field('评标委员会人数').fill('5');
    await step('评审项');
    await field('最高分 第 2 行').fill('10');
    await tellsNoMore('各项分值合计');
    // The law of the demonstration counts in seconds.
    await step('项目与标段');
    await field('规则集').selectOption('demo');
    await step('时间安排');
    await field('投标截止时间（开标）').fill(inHours(24));
    await check().getByRole('button', { name: '时间安排' }).first().waitFor({ state: 'detached' });
  });

  it('tries the scoring on invented bids (试算) by the calculation of real ones', async () => {
    await step('评标办法');
    const trial = page.getByRole('region', { name: '试算' });
    const type = async (label: string, text: string): Promise<void> => {
      await trial.getByLabel(label, { exact: true }).fill(text);
      await page.keyboard.press('Tab');
    };
    await trial.getByRole('button', { name: '按限价填入五份假设的投标' }).click();
    await trial.getByText(/^评标基准价 [\d.]+/).waitFor();
    const table = (): Promise<string[]> => trial.getByRole('table').last().getByRole('row').allInnerTexts();
    const before = await table();
    expect(before).toHaveLength(6);
    await trial.scrollIntoViewIfNeeded();
    await shoot(page, 'agency-trial-1366');
    await type('价格以外得分 戊', '1');
    expect((await table()).at(-1)).toMatch(/^5\s+戊/);
    expect(await table()).not.toEqual(before);
    await type('报价（元） 乙', '9,000');
    await trial.getByText('请核对假设的投标 乙').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('sets the format of the blind technical part (暗标), and hears what leaves nothing of a page', async () => {
    await step('评审项');
    await page.getByLabel('技术标按暗标格式编制').check();
    await field('左页边距（毫米）').fill('105');
    await field('右页边距（毫米）').fill('105');
    await tells('页边距之间没有留下版面');
    for (const side of ['左', '右']) await field(`${side}页边距（毫米）`).fill('25');
    await tellsNoMore('页边距之间没有留下版面');
    await field('上页边距（毫米）').fill('25');
    await page.getByLabel('宋体', { exact: true }).uncheck();
    await page.getByLabel('黑体', { exact: true }).check();
    await field('字号（磅，空格分隔）').fill('14');
    await page.getByRole('heading', { name: '暗标格式（技术标）' }).scrollIntoViewIfNeeded();
    await shoot(page, 'agency-blind-1366');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('hears why the trustees of the bids cannot be one interest group, nor programs alone', async () => {
    await step('开标受托人');
    await tells('招标人与代理机构合起来就能开启投标文件');
    await tells('《电子招标投标办法》第二十七条');
    await shoot(page, 'agency-trustees-1366');
    const trustee = (name: string): Locator =>
      page.getByRole('group', { name: '开标受托人', exact: true }).getByLabel(name, { exact: true });
    for (const name of ['主场节点', '副场 1节点', '副场 2节点']) await trustee(name).check();
    await trustee('招标人').uncheck();
    await field('开启门限').fill('3');
    await tells('只靠场地节点就能开启投标文件');
    await trustee('副场 2节点').uncheck();
    await trustee('招标人').check();
    await check().getByRole('button', { name: '开标受托人' }).first().waitFor({ state: 'detached' });
    expect(await check().getByRole('listitem').count()).toBe(1);
  });

  it('A-63 takes a tender document that can be read, and no other', async () => {
    await step('招标文件');
    const add = (path: string): Promise<void> => page.getByLabel(/招标文件（PDF）|更换招标文件/).setInputFiles(path);
    const whole = pages(12);
    await add(file('cut.pdf', whole.slice(0, whole.length / 2)));
    await tells('招标文件不能使用：文件不完整');
    await add(file('document.pdf', whole));
    await tells('按本标段的规则可以登记和发布');
    await page.getByText(createHash('sha256').update(whole, 'latin1').digest('hex')).waitFor();
    await shoot(page, 'agency-document-1366');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('A-115 sets what is read out and printed of each bid, and keeps it as a template', async () => {
    const form = page.getByRole('region', { name: '开标记录模板' });
    const choice = form.getByLabel('模板', { exact: true });
    await choice.selectOption({ label: '本标段自定' });
    await field('记录标题').fill('市政工程开标记录');
    await form.getByLabel('表头说明（空：不印）').fill('按招标文件第二章宣读');
    await form.getByLabel('投标保证金', { exact: true }).uncheck();
    await form.getByRole('button', { name: '工期 上移' }).click();
    await form.getByLabel('投标报价（元）', { exact: true }).uncheck();
    await tells('开标记录模板没有列入投标报价');
    await tells('《招标投标法》第三十六条');
    await form.getByLabel('投标报价（元）', { exact: true }).check();
    await tells('按本标段的规则可以登记和发布');
    await form.getByLabel('模板名称').fill('市政工程');
    await form.getByRole('button', { name: '存为模板' }).click();
    await form.getByRole('button', { name: '删除模板“市政工程”' }).waitFor();
    // The usual form and back: what was kept is there.
    await choice.selectOption({ label: '通用格式（开标一览表全部内容）' });
    expect(await form.getByRole('table').count()).toBe(0);
    await choice.selectOption({ label: '市政工程' });
    expect(await field('记录标题').inputValue()).toBe('市政工程开标记录');
    await form.scrollIntoViewIfNeeded();
    await shoot(page, 'agency-form-1366');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('keeps the draft over a reload, for one window at a time', async () => {
    await page.reload();
    await tells('按本标段的规则可以登记和发布');
    const second = await context.newPage();
    await second.goto(page.url());
    await second.getByText('正在本机另一个窗口中编辑').waitFor();
    expect(await second.getByRole('navigation', { name: '编制步骤' }).count()).toBe(0);
    await second.close();
  });

  it('A-40 founds the lot once, though the answer is lost, and hands a change in before it publishes', async () => {
    await page.route('**/commands', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await button('登记标段').click();
    await act().getByText('已登记，未发布').waitFor();
    await page.unroute('**/commands');
    expect(await button('上传招标文件并发布').isDisabled()).toBe(true);
    await button('公布密封公钥').click();
    await button('签名办理').click();
    await button('下载备份').waitFor();
    await shoot(page, 'agency-founded-1366');
    await step('评标办法');
    await field('最高投标限价（元）').fill('8500000.00');
    await button('提交修改').click();
    await act().getByText('登记的内容与草稿一致').waitFor();
    await step('当事方与场地');
    await page.getByText('当事方不能再改').waitFor();
  });

  it('waits for the keys of the other trustees, who find it among what waits for them', async () => {
    for (const id of ['tenderer-rep', 'supervisor']) {
      const other = await newPage(browser, 'seat');
      await logIn(other.page, id);
      await other.page.getByRole('link', { name: NAME }).first().click();
      await other.page.getByRole('button', { name: '公布密封公钥' }).click();
      await other.page.getByRole('button', { name: '签名办理' }).click();
      const [copy] = await Promise.all([other.page.waitForEvent('download'), other.page.getByRole('button', { name: '下载备份' }).click()]);
      await copy.saveAs(join(folder, `${id}-key.json`));
      expect(other.errors).toEqual([]);
      await other.context.close();
    }
    await act().getByText('待公布').first().waitFor({ state: 'detached' });
  });

  it('A-66 uploads the document and publishes, told what follows; a failure on the way is gone on from', async () => {
    await page.route('**/api/uploads**', (route) => route.abort());
    const publish = async (): Promise<void> => {
      await button('上传招标文件并发布').click();
      const dialog = page.getByRole('dialog', { name: '上传招标文件并发布' });
      await dialog.getByText('招标投标法第十六条').waitFor();
      await shoot(page, 'agency-publish-1366');
      await dialog.getByRole('button', { name: '签名办理' }).click();
    };
    await publish();
    await act().getByRole('alert').waitFor({ timeout: 60_000 });
    await page.unroute('**/api/uploads**');
    await publish();
    await act().getByText('已发布', { exact: true }).waitFor();
    await shoot(page, 'agency-published-1366');
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize(SIZES.wide);
    await shoot(page, 'agency-published-1920');
    await page.setViewportSize(SIZES.seat);
  });

  it('has the trustees show, before the opening, that their keys are at hand, and says what helps whoever cannot', async () => {
    const drill = (at: Page): Locator => at.getByRole('region', { name: '开标受托人演练' });
    const works = (at: Page, name: string): Promise<void> =>
      drill(at).getByRole('row').filter({ hasText: name }).getByText('可用').waitFor();
    const answer = (at: Page): Promise<void> => at.getByRole('button', { name: '完成开标受托人演练' }).click();
    const host = await context.newPage();
    host.setDefaultTimeout(PATIENCE_MS);
    await host.goto(`${system.urls.main}/lots`);
    await host.getByRole('region', { name: '等我办理' }).getByText('完成开标受托人演练').waitFor();
    await host.getByRole('link', { name: NAME }).first().click();
    // Nodes answer by themselves.
    for (const node of ['主场节点', '副场 1节点']) await works(host, node);
    await drill(host).getByText('已演练 2/5').waitFor();
    await drill(host).getByText('目前只有 2 把密钥经演练可用，开标须有 3 把').waitFor();
    await shoot(host, 'drill-before-1366');
    expect(await axeFaults(host)).toEqual([]);
    await answer(host);
    await works(host, '招标代理机构');
    // Another computer has no key until the copy is brought to it.
    const other = await newPage(browser, 'seat');
    await logIn(other.page, 'supervisor');
    await other.page.getByRole('link', { name: NAME }).first().click();
    await answer(other.page);
    await other.page.getByText('本机没有您公布的密钥').waitFor();
    await drill(other.page).getByText('公钥不能更换').waitFor();
    await shoot(other.page, 'drill-keyless-1366');
    await other.page.getByLabel('从备份文件导入').setInputFiles(join(folder, 'supervisor-key.json'));
    await other.page.getByRole('button', { name: '下载备份' }).waitFor();
    await answer(other.page);
    await works(other.page, '监督');
    await other.page.getByRole('link', { name: '开标大厅', exact: true }).click();
    await drill(other.page).getByText('已演练 4/5').waitFor();
    await shoot(other.page, 'drill-hall-1366');
    expect(await axeFaults(other.page)).toEqual([]);
    expect(other.errors).toEqual([]);
    await other.context.close();
    await host.close();
  });

  it('is seen by a bidder among the lots that take bids, with the document of the notice', async () => {
    const bidder = await newPage(browser, 'seat');
    await logIn(bidder.page, 'bidder-01');
    await bidder.page.getByRole('link', { name: '投标', exact: true }).click();
    const row = bidder.page.getByRole('row').filter({ hasText: NAME });
    await row.getByRole('link', { name: '编制投标文件' }).click();
    await bidder.page.getByText(createHash('sha256').update(pages(12), 'latin1').digest('hex')).waitFor();
    const [download] = await Promise.all([
      bidder.page.waitForEvent('download'),
      bidder.page.getByRole('button', { name: '下载并签收' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${CODE}.pdf`);
    // 提疑: asked beside the document, and told that only what is asked goes on.
    const questions = bidder.page.getByRole('region', { name: '提出疑问' });
    expect(await questions.getByRole('button', { name: '提交疑问' }).isDisabled()).toBe(true);
    await questions.getByLabel('疑问', { exact: true }).fill(QUESTION);
    await questions.getByRole('button', { name: '提交疑问' }).click();
    await questions.getByText('已收到').waitFor();
    expect(await questions.getByLabel('疑问', { exact: true }).inputValue()).toBe('');
    await questions.scrollIntoViewIfNeeded();
    await shoot(bidder.page, 'bid-question-1366');
    expect(await axeFaults(bidder.page)).toEqual([]);
    await breachesFormat(bidder.page);
    expect(bidder.errors).toEqual([]);
    await bidder.context.close();
  });

  it('B-011 B-030 B-031 reads an objection to the document without who objected, suspends the tender, answers to everybody and goes on', async () => {
    const bidder = await newPage(browser, 'seat');
    await logIn(bidder.page, 'bidder-01');
    await bidder.page.getByRole('link', { name: '投标', exact: true }).click();
    await bidder.page.getByRole('row').filter({ hasText: NAME }).getByRole('link', { name: '编制投标文件' }).click();
    const questions = bidder.page.getByRole('region', { name: '提出疑问' });
    await questions.getByLabel('疑问', { exact: true }).fill(OBJECTION);
    await questions.getByRole('button', { name: '提出异议' }).click();
    await questions.getByRole('listitem').filter({ hasText: OBJECTION }).getByText('已收到').waitFor();
    await shoot(bidder.page, 'bid-objection-1366');

    const agency = await context.newPage();
    await agency.goto(`${system.urls.main}/lots/${page.url().split('/').at(-1) ?? ''}/1`);
    const panel = agency.getByRole('region', { name: '对招标文件的异议' });
    await panel.getByText(OBJECTION).first().waitFor();
    await panel.getByText(/须在 .* 前答复/).waitFor();
    expect(await panel.innerText()).not.toContain(readPeople(system.home).get('bidder-01')?.name);
    await shoot(agency, 'agency-objection-1366');
    expect(await axeFaults(agency)).toEqual([]);
    await panel.getByRole('button', { name: '暂停', exact: true }).click();
    await panel.getByRole('button', { name: '恢复', exact: true }).waitFor();
    expect(await panel.getByRole('button', { name: '恢复', exact: true }).isDisabled()).toBe(true);
    const answer = panel.getByLabel(/^答复/);
    expect(await panel.getByRole('button', { name: '答复对招标文件的异议' }).isDisabled()).toBe(true);
    await answer.fill(`${await answer.inputValue()}该项不作为加分条件。`);
    await panel.getByRole('button', { name: '答复对招标文件的异议' }).click();
    await panel.getByText('目前没有待答复的异议').waitFor();
    await panel.getByRole('button', { name: '恢复', exact: true }).click();
    await panel.getByRole('button', { name: '恢复', exact: true }).waitFor({ state: 'detached' });
    await shoot(agency, 'agency-objection-answered-1366');
    await agency.close();

    const anybody = await newPage(browser, 'seat');
    await anybody.page.goto(bidder.page.url().replace(/\/bid$/, ''));
    await anybody.page.getByRole('region', { name: '对招标文件的异议' }).getByText('该项不作为加分条件').waitFor();
    for (const { context: own, errors: found } of [bidder, anybody]) {
      expect(found).toEqual([]);
      await own.close();
    }
  });

  /** The technical part is compared with the format that the notice holds, page by page, and mended. */
  async function breachesFormat(at: Page): Promise<void> {
    const faults = at.getByRole('region', { name: '递交前检查', exact: true });
    await at.getByText('A4 纵向；不超过 800 页').waitFor();
    const add = async (name: string, pdf: Blob): Promise<void> => {
      writeFileSync(join(folder, name), Buffer.from(await pdf.arrayBuffer()));
      await at.getByLabel('添加 PDF：技术标').setInputFiles(join(folder, name));
    };
    const tell: Draw = (pdf) => pdf.fillColor('red').fontSize(12).text('联系人 13800138000');
    await add('tells.pdf', await blindPdf(tell, { info: { Author: '张三' } }));
    for (const [fault, where] of [
      ['暗标：字号不对', '第 2 页 12 pt'],
      ['暗标：不是黑色', '第 2 页 #ff0000'],
      ['暗标：出现可识别投标人的内容', '第 2 页 13800138000'],
      ['暗标：文件属性写明了作者或单位', 'Author: 张三'],
    ] as const)
      await faults.getByRole('listitem').filter({ hasText: fault }).getByText(where).waitFor();
    await faults.scrollIntoViewIfNeeded();
    await shoot(at, 'bid-blind-1366');
    expect(await axeFaults(at)).toEqual([]);
    await at.getByRole('button', { name: '移除 tells' }).click();
    await add('blind.pdf', await blindPdf());
    // With the file it is told that nobody has compared it, until somebody has.
    await at.getByRole('button', { name: '移除 blind' }).waitFor();
    await faults.getByText('暗标').first().waitFor({ state: 'detached' });
  }

  it('B-012 B-015 amends the document: told at once, and a part of what bids are made from', async () => {
    const panel = page.getByRole('region', { name: '澄清修改' });
    await panel.getByRole('button', { name: '刷新' }).click();
    const asked = panel.getByRole('listitem').filter({ hasText: QUESTION });
    await asked.waitFor();
    const bidder01 = readPeople(system.home).get('bidder-01');
    expect(bidder01?.name).toMatch(/./);
    expect(await panel.textContent()).not.toContain(bidder01?.name);
    await asked.getByRole('button', { name: '引用并答复' }).click();
    const summary = panel.getByLabel('修改内容');
    expect(await summary.inputValue()).toBe(`问：${QUESTION}\n答：`);
    await summary.fill(`${await summary.inputValue()}以第五章为准。补充施工图纸`);
    await panel.getByLabel('顺延至（北京时间；空：不变）').fill(inHours(1));
    await panel.getByText('投标截止时间只能顺延').waitFor();
    await panel.getByRole('button', { name: '填入这个时间' }).click();
    await panel.getByText('投标截止时间只能顺延').waitFor({ state: 'detached' });
    await panel.locator('input[type=file]').setInputFiles(file('drawings.pdf', pages(3)));
    await panel.getByText('3 页').waitFor();
    await shoot(page, 'agency-amend-1366');
    expect(await axeFaults(page)).toEqual([]);
    await panel.getByRole('button', { name: '上传并发布修改' }).click();
    const dialog = page.getByRole('dialog', { name: '上传并发布修改' });
    await dialog.getByText('招标投标法实施条例第二十一条').waitFor();
    await dialog.getByRole('button', { name: '签名办理' }).click();
    await panel.getByText('第 1 次澄清修改', { exact: true }).waitFor();
    await asked.getByText('已在第 1 次澄清修改中答复').first().waitFor();
    await shoot(page, 'agency-answered-1366');
    expect(await axeFaults(page)).toEqual([]);

    const bidder = await newPage(browser, 'seat');
    await logIn(bidder.page, 'bidder-01');
    await bidder.page.getByRole('link', { name: '投标', exact: true }).click();
    await bidder.page.getByRole('row').filter({ hasText: NAME }).getByRole('link', { name: '编制投标文件' }).click();
    const amendment = bidder.page.getByRole('listitem').filter({ hasText: '第 1 次澄清修改' });
    await amendment.getByText('补充施工图纸').waitFor();
    await amendment.getByText('尚未取得').waitFor();
    const [download] = await Promise.all([
      bidder.page.waitForEvent('download'),
      amendment.getByRole('button', { name: '下载并签收' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${CODE}-1.pdf`);
    await amendment.getByText('已核对并签收').waitFor();
    await shoot(bidder.page, 'bid-amended-1366');
    expect(bidder.errors).toEqual([]);
    await bidder.context.close();
  });

  it('copies the lot (复制标段): everything of its notice but number, dates and people', async () => {
    await page.getByRole('link', { name: '标段编制', exact: true }).first().click();
    const drafts = page.getByRole('row').filter({ hasText: NAME });
    await drafts.getByText('已发布').waitFor();
    await shoot(page, 'agency-drafts-1366');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('row').filter({ hasText: NAME }).getByRole('button', { name: '复制', exact: true }).click();
    await tells('没有选定招标人经办人');
    expect([await field('标段名称').inputValue(), await field('标段编号').inputValue()]).toEqual([NAME, '']);
    await step('评标办法');
    expect(await field('最高投标限价（元）').inputValue()).toBe('8500000.00');
    await step('评审项');
    expect(await field('评分内容 第 2 行').inputValue()).toBe('企业业绩与信用');
    expect(await page.getByLabel('黑体', { exact: true }).isChecked()).toBe(true);
    // 复制草稿: a draft serves as a template, too.
    await page.getByRole('link', { name: '标段编制', exact: true }).first().click();
    await page.getByRole('row').filter({ hasText: CODE }).getByRole('button', { name: '复制草稿' }).click();
    await tells('没有选定招标人经办人');
    expect([await field('标段名称').inputValue(), await field('标段编号').inputValue()]).toEqual([NAME, '']);
    await step('招标文件');
    expect(await field('记录标题').inputValue()).toBe('市政工程开标记录');
    await step('评审项');
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByText('Scored items', { exact: true }).waitFor();
    await shoot(page, 'agency-en-1366');
  });
});
