import { zProblem } from '@app/contracts';
import { type LotImport, zLotImported } from '@app/evaluation';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { IMPORT_EXAMPLE } from '../../apps/main-venue/test/support/import-example.js';
import { axeFaults, launch, newPage, shoot } from './support/chromium.js';

jest.setTimeout(180_000);
const ADMINISTRATOR = '卢静';
const AGENCY = '方晓东';

let system: RunningSystem;
let browser: Browser;
let admin: Page;
let agency: Page;
const errors: (() => string[])[] = [];
const cleanUps: (() => Promise<void>)[] = [];

async function loginAs(name: string): Promise<Page> {
  const opened = await newPage(browser);
  cleanUps.unshift(() => opened.context.close());
  errors.push(() => opened.errors);
  const { page } = opened;
  page.setDefaultTimeout(15_000);
  await page.goto(`${system.urls.main}/login`);
  await page.getByLabel('按姓名、单位或角色查找').first().fill(name);
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL('**/lots');
  return page;
}

beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false });
  cleanUps.push(() => endSystem(system));
  browser = await launch();
  cleanUps.unshift(() => browser.close());
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

/** Goal: what a platform posts is on the agency's desk, as a draft that a person goes on with. */
describe('a lot of an upstream platform in the browser', () => {
  let token = '';
  let creditCode = '';
  const post = (content: object): Promise<Response> =>
    fetch(`${system.urls.main}/api/imports/lots`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(content),
    });
  const content = (): LotImport => ({ ...(JSON.parse(IMPORT_EXAMPLE) as LotImport), agency: creditCode });

  it('makes an API key, shows it once, and keeps the list of keys', async () => {
    admin = await loginAs(ADMINISTRATOR);
    await admin.getByRole('link', { name: '人员与权限' }).click();
    const tabs = admin.getByRole('navigation', { name: '人员与权限' });
    await tabs.getByRole('link', { name: '单位' }).click();
    const row = admin.getByRole('row').filter({ has: admin.getByText('agency', { exact: true }) });
    await row.waitFor();
    [creditCode = ''] = /[0-9A-Z]{18}/.exec((await row.textContent()) ?? '') ?? [];
    await tabs.getByRole('link', { name: '接口密钥' }).click();
    await admin.getByRole('button', { name: '新建密钥' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.getByText('填写有误：1 至 60 个字。').waitFor();
    await dialog.getByLabel('名称', { exact: true }).fill('省交易平台');
    await dialog.getByLabel('单位编号').fill('agency');
    await admin.waitForTimeout(400);
    await shoot(admin, 'admin-key-1366');
    expect(await axeFaults(admin)).toEqual([]);
    await dialog.getByRole('button', { name: '确定' }).click();
    const shown = admin.getByText(/^gpk_/);
    await shown.waitFor();
    token = ((await shown.textContent()) ?? '').trim();
    await admin.waitForTimeout(400);
    await shoot(admin, 'admin-key-once-1366');
    expect(await axeFaults(admin)).toEqual([]);
    await admin.getByRole('button', { name: '完成' }).click();
    await admin.getByRole('row').filter({ hasText: '省交易平台' }).filter({ hasText: '未使用' }).waitFor();
    expect(await admin.getByText(/gpk_/).count()).toBe(0);
    await shoot(admin, 'admin-keys-1366');
    expect(await axeFaults(admin)).toEqual([]);
  });

  it('lists what was posted for the agency that it names, which opens it as a draft of its own', async () => {
    const { lot } = zLotImported.parse(await (await post(content())).json());
    agency = await loginAs(AGENCY);
    await agency.getByRole('link', { name: '标段编制', exact: true }).click();
    const imports = agency.getByRole('region', { name: '上游平台导入' });
    await imports.getByRole('row').filter({ hasText: 'ZJ-2026-000381-01' }).waitFor();
    await shoot(agency, 'agency-imports-1366');
    expect(await axeFaults(agency)).toEqual([]);
    await imports.getByRole('button', { name: '开始编制' }).click();
    await agency.waitForURL(`**/founding/${lot}`);
    await agency.getByText('由您核对、补充并签名登记').waitFor();
    expect(await agency.getByLabel('标段编号').inputValue()).toBe('E3307840001000001001');
    // The rules are asked of it at once: people and document are still the agency's to name.
    const check = agency.getByRole('region', { name: '发布前检查', exact: true });
    await check.getByText('没有选定招标人经办人').waitFor();
    await shoot(agency, 'agency-imported-1366');
    expect(await axeFaults(agency)).toEqual([]);
    await agency.getByRole('navigation', { name: '编制步骤' }).getByText('评审项').click();
    expect(await agency.getByLabel('评分内容 第 1 行').inputValue()).toBe('施工组织设计');
    await agency.getByRole('navigation', { name: '编制步骤' }).getByText('时间安排').click();
    expect(await agency.getByLabel('投标截止时间（开标）').inputValue()).toBe('2027-01-05T09:30');
    // It is a draft now, and waits no more; a reload keeps it.
    await agency.getByRole('link', { name: '标段编制', exact: true }).first().click();
    await agency.getByRole('row').filter({ hasText: '继续编制' }).filter({ hasText: 'E3307840001000001001' }).waitFor();
    expect(await imports.count()).toBe(0);
  });

  it('refuses a revoked key, and has it all in the record of changes', async () => {
    await admin.reload();
    const row = admin.getByRole('row').filter({ hasText: '省交易平台' });
    await row.getByRole('button', { name: '吊销' }).click();
    await admin.getByRole('dialog').getByLabel('吊销理由').fill('系统下线');
    await admin.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await row.filter({ hasText: '已吊销' }).waitFor();
    const refused = await post(content());
    expect([refused.status, zProblem.parse(await refused.json()).code]).toEqual([401, 'UNAUTHENTICATED']);
    await admin.getByRole('navigation', { name: '人员与权限' }).getByRole('link', { name: '变更记录' }).click();
    await admin.getByRole('row').filter({ hasText: '接口密钥 省交易平台' }).filter({ hasText: '导入的标段' }).waitFor();
    await admin.getByRole('row').filter({ hasText: '吊销 · 接口密钥' }).waitFor();
    expect(errors.flatMap((of) => of())).toEqual([]);
  });
});
