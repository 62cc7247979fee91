import { createPool } from '@app/platform';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { readPeople } from '../../tools/demo/src/people.js';
import { axeFaults, launch, newPage, shoot, SIZES } from './support/chromium.js';

jest.setTimeout(180_000);
const ADMINISTRATOR = '卢静';
const LIST = ['id,name,organisation', 'p-list-1,陈思远,', 'p-list-2,,', 'p-list-3,李雪,'].join('\n');

let system: RunningSystem;
let browser: Browser;
let page: Page;
let context: BrowserContext;
let errors: string[] = [];
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: true });
  cleanUps.push(() => endSystem(system));
  browser = await launch();
  cleanUps.unshift(() => browser.close());
  ({ page, context, errors } = await newPage(browser));
  cleanUps.unshift(() => context.close());
  page.setDefaultTimeout(15_000);
  await page.goto(`${system.urls.main}/login`);
  await page.getByLabel('按姓名、单位或角色查找').first().fill(ADMINISTRATOR);
  await page.getByRole('button', { name: ADMINISTRATOR }).first().click();
  await page.waitForURL('**/lots');
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const rowOf = (text: string): Locator => page.getByRole('row').filter({ hasText: text });
const press = (scope: Page | Locator, name: string): Promise<void> => scope.getByRole('button', { name, exact: true }).first().click();
/** Photographs the page as people see it; what axe and the browser find wrong with it. */
async function look(name: string): Promise<string[]> {
  // Dialogs fade in; axe measures contrast.
  await page.waitForTimeout(400);
  const faults: string[] = [];
  for (const size of ['wide', 'seat'] as const) {
    await page.setViewportSize(SIZES[size]);
    await shoot(page, `${name}-${String(SIZES[size].width)}`);
    if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) faults.push(`${name} is wider than a ${size} screen`);
  }
  return [...faults, ...(await axeFaults(page)), ...errors];
}
async function open(tab: string): Promise<void> {
  await page.getByRole('navigation', { name: '人员与权限' }).getByRole('link', { name: tab }).click();
}

/** Looks again until it is so; the test's own time ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await page.waitForTimeout(500);
}

describe('人员与权限 in the browser', () => {
  it('adds a person, and shows what is not right before anything is sent', async () => {
    await page.getByRole('link', { name: '人员与权限' }).click();
    await rowOf(ADMINISTRATOR).waitFor();
    expect(await look('admin-people')).toEqual([]);
    await press(page, '新增人员');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('编号', { exact: true }).fill('p-new-1');
    await press(dialog, '确定');
    await dialog.getByText('填写有误：1 至 60 个字。').waitFor();
    expect(await look('admin-person')).toEqual([]);
    await dialog.getByLabel('姓名').fill('王敏');
    await press(dialog, '确定');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByLabel('姓名或编号（开头）').fill('王敏');
    await press(page, '搜索');
    await rowOf('p-new-1').waitFor();
  });

  it('grants a role', async () => {
    await press(rowOf('p-new-1'), '角色');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /pool-office/ }).check();
    expect(await look('admin-roles')).toEqual([]);
    await press(dialog, '确定');
    await dialog.waitFor({ state: 'hidden' });
    await rowOf('p-new-1').filter({ hasText: '专家库管理' }).waitFor();
    await press(page, '重置');
  });

  it('turns pages by key and comes back', async () => {
    const table = page.getByRole('region', { name: '人员' });
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByText('第 2 页').waitFor();
    expect(await table.getByRole('row').count()).toBeGreaterThan(1);
    await page.getByRole('button', { name: '上一页' }).click();
    await page.getByText('第 1 页').waitFor();
    expect(await table.getByRole('row').count()).toBe(21);
  });

  it('revokes a certificate with a reason, after naming the consequence', async () => {
    await open('数字证书');
    const person = page.getByLabel('人员编号');
    await person.fill('supervisor');
    await press(page, '搜索');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    expect(await look('admin-certificates')).toEqual([]);
    await press(page, '吊销');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('吊销后不能恢复').waitFor();
    await dialog.getByLabel('吊销理由').fill('介质遗失');
    expect(await look('admin-revoke')).toEqual([]);
    await press(dialog, '确定');
    await rowOf('已吊销').filter({ hasText: '介质遗失' }).waitFor();
  });

  it('says in words why a certificate of somebody else is not bound', async () => {
    await press(page, '绑定证书');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('人员编号').fill('p-new-1');
    const der = Buffer.from(readPeople(system.home).get('host')?.certificate ?? '', 'base64url');
    await dialog.getByLabel('证书文件').setInputFiles({ name: 'host.der', mimeType: 'application/pkix-cert', buffer: der });
    await press(dialog, '确定');
    await dialog.getByRole('alert').filter({ hasText: '该数字证书已绑定他人' }).waitFor();
    expect(await look('admin-bind')).toEqual([]);
    await press(dialog, '取消');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('shows organisations and nodes', async () => {
    await open('单位');
    await page.getByRole('button', { name: '修改' }).first().waitFor();
    expect(await look('admin-organisations')).toEqual([]);
    await open('场地与节点');
    await press(page, '修改与更换密钥');
    await page.getByRole('dialog').getByLabel('节点公钥').fill('AAAA');
    await page.getByText('更换密钥后旧密钥立即失效').waitFor();
    expect(await look('admin-node')).toEqual([]);
    await press(page.getByRole('dialog'), '取消');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await look('admin-nodes')).toEqual([]);
  });

  it('C6 enters the rest days of the next year, and corrects them', async () => {
    await open('节假日');
    await page.getByText('2026 年之后的安排还没有录入。').waitFor();
    await press(page, '录入 2027 年');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('放假').fill('2027-01-01 2027-01-03\n2027-02-05 至 2027-02-11');
    await dialog.getByLabel('调休上班').fill('2027-02-22');
    await press(dialog, '确定');
    expect(await dialog.getByText('填写有误').allTextContents()).toHaveLength(2);
    expect(await look('admin-calendar-dialog')).toEqual([]);
    await dialog.getByLabel('调休上班').fill('2027-02-20');
    await dialog.getByLabel('发文字号').fill('测试用，非公布的安排');
    await press(dialog, '确定');
    await dialog.waitFor({ state: 'hidden' });
    await rowOf('2027').filter({ hasText: '2027-02-05 至 2027-02-11，共 7 天' }).waitFor();
    expect(await look('admin-calendar')).toEqual([]);
    await press(page, '更正');
    await dialog.getByLabel('发文字号').fill('测试用');
    await press(dialog, '确定');
    await dialog.waitFor({ state: 'hidden' });
    await rowOf('2027').getByText('测试用', { exact: true }).waitFor();
  });

  it('imports a list with a bad line and reads the report', async () => {
    await open('名单导入');
    await page.getByLabel('文件').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
    await press(page, '上传并导入');
    await rowOf('名单.csv').filter({ hasText: '已完成' }).waitFor({ timeout: 30_000 });
    expect(await look('admin-imports')).toEqual([]);
    await press(rowOf('名单.csv'), '查看报告');
    const report = page.getByRole('dialog');
    await report.getByText('共 3 行：变更 2，未变 0，不合格 1。').waitFor();
    const cells = await report.locator('tbody tr').first().locator('td').allTextContents();
    expect(cells.slice(0, 2)).toEqual(['3', 'name']);
    expect(cells[2]?.trim()).toBe('此项必填。 1 至 60 个字。');
    expect(await look('admin-report')).toEqual([]);
    await page.keyboard.press('Escape');
    await report.waitFor({ state: 'hidden' });
  });

  it('says who changed what and when', async () => {
    await open('变更记录');
    await page.getByLabel('对象编号').fill('p-new-1/pool-office');
    await press(page, '搜索');
    const row = rowOf('p-new-1/pool-office');
    await row.waitFor();
    expect(await row.textContent()).toContain(ADMINISTRATOR);
    expect(await row.textContent()).toContain('授予');
    await press(page, '重置');
    await rowOf('吊销').first().waitFor();
    expect(await look('admin-changes')).toEqual([]);
  });

  it('shows whether the queues are served, and a job that was given up, which is tried again', async () => {
    // What another build wanted, as its row lies in the table after a change of release.
    const pool = createPool({ url: system.databases.main.owner, name: 'test', connectionsMax: 1 });
    const job = "gen_random_uuid(), 'registry:import', 'of-another-build', '{\"file\": 1}'";
    await pool.query(`INSERT INTO job (id, name, key, payload, wanted_at, run_at) VALUES (${job}, now(), now())`);
    await pool.end();
    await open('后台任务');
    const queues = page.getByRole('region', { name: '任务队列' });
    await queues.getByRole('row').filter({ hasText: '导入名单' }).getByText('正常').waitFor();
    const dead = rowOf('of-another-build');
    await until(async () => {
      await press(page, '搜索');
      return (await dead.count()) === 1;
    });
    await dead.getByText('已停止').waitFor();
    expect(await look('admin-jobs')).toEqual([]);
    const [answer] = await Promise.all([page.waitForResponse('**/api/jobs/*/retry'), press(dead, '重试')]);
    expect(answer.status()).toBe(200);
    // It still fits no build: it is given up again.
    await until(async () => {
      await press(page, '搜索');
      return (await dead.count()) === 1;
    });
  });

  it('tells a person at once which right was given or taken, and why the session is over', async () => {
    const id = 'witness-sub-1';
    const name = readPeople(system.home).get(id)?.name ?? '';
    const other = await newPage(browser);
    cleanUps.unshift(() => other.context.close());
    const there = other.page;
    await there.goto(`${system.urls.main}/login`);
    await there.getByLabel('按姓名、单位或角色查找').first().fill(name);
    await there.getByRole('button', { name }).first().click();
    await there.waitForURL('**/lots');
    const setRole = async (isHeld: boolean): Promise<void> => {
      await open('人员');
      await page.getByLabel('姓名或编号（开头）').fill(id);
      await press(page, '搜索');
      await press(rowOf(id), '角色');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox', { name: /pool-office/ }).setChecked(isHeld);
      await press(dialog, '确定');
      await dialog.waitFor({ state: 'hidden' });
    };
    await setRole(true);
    await there.getByRole('status').filter({ hasText: '您获得了权限' }).waitFor();
    await press(there, '关闭');
    await there.getByText('您获得了权限').waitFor({ state: 'hidden' });
    await setRole(false);
    await there.getByRole('status').filter({ hasText: '您的权限已被收回' }).waitFor();
    expect([...(await axeFaults(there)), ...other.errors]).toEqual([]);
    await open('数字证书');
    await page.getByLabel('人员编号').fill(id);
    await press(page, '搜索');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    await press(page, '吊销');
    await page.getByRole('dialog').getByLabel('吊销理由').fill('离岗');
    await press(page.getByRole('dialog'), '确定');
    await there.waitForURL('**/login');
    await there.getByRole('alert').filter({ hasText: '吊销' }).waitFor();
  });

  it('reads in English as well', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    const tabs = page.getByRole('navigation', { name: 'People and rights' });
    for (const tab of ['People', 'Organisations', 'Certificates', 'Venues', 'Lists', 'Changes']) {
      await tabs.getByRole('link', { name: tab }).click();
      await page.locator('tbody tr').first().waitFor();
      expect(await look(`admin-${tab.toLowerCase().replaceAll(' ', '-')}-en`)).toEqual([]);
    }
    await tabs.getByRole('link', { name: 'Venues' }).click();
    await press(page, 'Change and replace keys');
    expect(await look('admin-node-en')).toEqual([]);
    await press(page.getByRole('dialog'), 'Cancel');
    await tabs.getByRole('link', { name: 'Lists' }).click();
    await press(page, 'Report');
    await page.getByRole('dialog').getByText('This must not be empty.').waitFor();
    expect(await look('admin-report-en')).toEqual([]);
  });
});
