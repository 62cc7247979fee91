import { zTrust } from '@app/archive';
import { canonicalText, parseCanonical, type EntryPage } from '@app/contracts';
import { profileOf } from '@app/sealing';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { trustFingerprint } from '@app/verifying';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { axeFaults, launch, newPage, shoot, SIZES } from './support/chromium.js';
import { z } from 'zod';
import { pinByFile, trustFileOf } from './support/trust.js';

jest.setTimeout(240_000);
const LOT = 'DEMO-01';
const SUPERVISOR = '章正明';
const profile = profileOf('gp-std-1');
const zSkeleton = z.object({ events: z.array(z.record(z.string(), z.json())) });

let system: RunningSystem;
let browser: Browser;
let page: Page;
let context: BrowserContext | null = null;
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: true });
  cleanUps.push(() => endSystem(system));
  browser = await launch();
  cleanUps.unshift(() => browser.close());
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

/** A new device: nothing is pinned on it. */
beforeEach(async () => {
  ({ page, context } = await newPage(browser));
  await page.goto(`${system.urls.main}/login`);
  await page.getByLabel('按姓名、单位或角色查找').fill(SUPERVISOR);
  await page.getByRole('button', { name: SUPERVISOR }).first().click();
  await page.waitForURL('**/lots');
});
afterEach(() => context?.close());

async function openLot(): Promise<void> {
  await page.goto(`${system.urls.main}/lots/${LOT}/1`);
  await page.locator('.rows .seal').first().waitFor();
}
const count = (state: string): Promise<number> => page.locator(`.rows .seal.is-${state}`).count();
/** Judged, and under a head with its quorum. */
async function settled(): Promise<void> {
  await page.locator('.rows .seal').first().waitFor();
  await page.locator('.rows .seal.is-unverified').first().waitFor({ state: 'detached', timeout: 60_000 });
}

describe('the seal of an honest lot', () => {
  it('SEC-10 is amber before the keys were compared, and green after a trust file was imported, for good', async () => {
    await openLot();
    await page.getByRole('button', { name: '尚未核对信任锚' }).waitFor();
    await page.locator('.rows .seal').last().click();
    await page.getByRole('dialog').getByText('未核对').first().waitFor();
    expect([await count('verified'), await count('partial'), await count('broken')]).toEqual([0, 0, 0]);
    await shoot(page, 'seal-amber-1366');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: '尚未核对信任锚' }).click();
    const dialog = page.getByRole('dialog', { name: '信任锚' });
    const printed = trustFingerprint(profile, zTrust.parse(JSON.parse(readFileSync(trustFileOf(system), 'utf8'))));
    await dialog.locator('.fingerprint').waitFor();
    expect((await dialog.locator('.fingerprint').textContent())?.replaceAll(/\s/g, '')).toBe(printed);
    await shoot(page, 'trust-1366');
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    await page.locator('.proof .head').hover();
    await page.locator('.gp-hint').getByText('见证').waitFor();
    await pinByFile(page, trustFileOf(system));
    await settled();
    expect(await count('broken')).toBe(0);
    expect(await count('verified')).toBeGreaterThan(0);
    await shoot(page, 'seal-green-1366');
    await page.reload();
    await page.getByRole('button', { name: '信任锚已固定' }).waitFor();
    await settled();
    expect([(await count('verified')) > 0, await count('broken')]).toEqual([true, 0]);
  });

  it('SEC-10 is green too after the printed fingerprint was compared, and amber again once that is forgotten', async () => {
    await openLot();
    await page.getByRole('button', { name: '尚未核对信任锚' }).click();
    const dialog = page.getByRole('dialog', { name: '信任锚' });
    await dialog.getByRole('button', { name: '已核对，一致' }).click();
    await dialog.getByText('依据指纹核对').waitFor();
    await dialog.getByText('所含密钥').click();
    await shoot(page, 'trust-pinned-1366');
    await page.keyboard.press('Escape');
    await settled();
    expect([(await count('verified')) > 0, await count('broken')]).toEqual([true, 0]);
    await page.getByRole('button', { name: '信任锚已固定' }).click();
    await dialog.getByRole('button', { name: '清除固定的密钥' }).click();
    await dialog.getByText('尚未核对信任锚').waitFor();
    await page.locator('.rows .seal.is-verified').first().waitFor({ state: 'detached' });
    expect(await count('broken')).toBe(0);
  });
});

describe('a venue that lies to this device', () => {
  it('SEC-10 names another key than the pinned one: red, in words, and no file without a note of a pinned key changes it', async () => {
    await openLot();
    await pinByFile(page, trustFileOf(system));
    const trust = zTrust.parse(JSON.parse(readFileSync(trustFileOf(system), 'utf8')));
    const other = { ...trust, nodeKeys: { ...trust.nodeKeys, 'node:sub-1': profile.generateSigner('node').publicKey } };
    await page.route('**/api/trust', (route) => route.fulfill({ json: other }));
    await page.reload();
    const seal = page.getByRole('button', { name: '密钥与固定的不同' });
    await seal.waitFor();
    await page.locator('.rows .seal.is-broken').first().waitFor();
    await page.locator('.rows .seal.is-unverified').first().waitFor({ state: 'detached' });
    expect([await count('verified'), await count('partial')]).toEqual([0, 0]);
    await seal.click();
    const dialog = page.getByRole('dialog', { name: '信任锚' });
    await dialog.getByText('场所给出的与此不同').waitFor();
    const file = join(system.home, 'demo', 'other-trust.json');
    writeFileSync(file, JSON.stringify(other));
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByRole('alert').textContent()).toContain('node:sub-1');
    await shoot(page, 'trust-changed-1366');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('SEC-10 sends an entry that nobody made: red, and the sentence names it', async () => {
    await page.route(/\/api\/lots\/[^/]+\/entries/, async (route) => {
      const response = await route.fetch();
      const sent = (await response.json()) as EntryPage;
      // As a main venue with every key of its own can: other events, honestly committed to.
      const entries = sent.entries.map(({ header, parts }) => {
        const skeleton = parts['skeleton'];
        if (header.type !== 'lot.publish' || skeleton === undefined) return { header, parts };
        const lie = { salt: skeleton.salt, text: canonicalText({ events: [{ type: 'entry.acted', party: 'supervisor' }] }) };
        const commitment = profile.commitment(lie.salt, lie.text);
        return { header: { ...header, parts: { ...header.parts, skeleton: commitment } }, parts: { ...parts, skeleton: lie } };
      });
      await route.fulfill({ response, json: { ...sent, entries } });
    });
    await openLot();
    await pinByFile(page, trustFileOf(system));
    const alert = page.getByRole('alert').filter({ hasText: '核验不通过' });
    await alert.waitFor({ timeout: 60_000 });
    expect(await alert.textContent()).toMatch(/entry \d+ \(lot\.publish\)/);
    await page.getByRole('region', { name: '时间线' }).locator('li').filter({ hasText: '发布招标公告' }).locator('.seal.is-broken').click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await shoot(page, 'seal-red-1366');
    expect(await count('verified')).toBe(0);
  });

  it('SEC-2 a bug in one entry: the supervisor orders that fault to be tolerated, sees the order on the record, and the entry stays red', async () => {
    await page.route(/\/api\/lots\/[^/]+\/entries/, async (route) => {
      const response = await route.fetch();
      const sent = (await response.json()) as EntryPage;
      const entries = sent.entries.map(({ header, parts }) => {
        const skeleton = parts['skeleton'];
        if (header.type !== 'lot.publish' || skeleton === undefined) return { header, parts };
        const { events } = zSkeleton.parse(parseCanonical(skeleton.text));
        const more = { type: 'lot.opinion-given', id: header.type, by: 'supervisor', at: header.at, text: '多出的一条', target: '标段' };
        const lie = { salt: skeleton.salt, text: canonicalText({ events: [...events, more] }) };
        const commitment = profile.commitment(lie.salt, lie.text);
        return { header: { ...header, parts: { ...header.parts, skeleton: commitment } }, parts: { ...parts, skeleton: lie } };
      });
      await route.fulfill({ response, json: { ...sent, entries } });
    });
    await openLot();
    await pinByFile(page, trustFileOf(system));
    await page.getByRole('alert').filter({ hasText: '按规则重新裁决，与本条所载的结果不同' }).waitFor({ timeout: 60_000 });
    const orders = page.getByRole('region', { name: '监督指令' });
    await orders.getByRole('button', { name: '下达监督指令' }).click();
    await orders.getByRole('radio', { name: /责令容许一处核验问题/ }).check();
    await orders.getByRole('radio', { name: /按规则重新裁决，与本条所载的结果不同/ }).check();
    await orders.getByLabel(/^理由/).fill('经核查属系统缺陷，不影响结果');
    await shoot(page, 'order-form-1366');
    expect(await axeFaults(page)).toEqual([]);
    await orders.getByRole('button', { name: '下达', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '责令容许一处核验问题' });
    await dialog.getByText('核验结论仍是“不通过”').waitFor();
    await shoot(page, 'order-asked-1366');
    await dialog.getByRole('button', { name: '签名办理' }).click();
    const row = orders.getByRole('row').filter({ hasText: '经核查属系统缺陷' });
    await row.filter({ hasText: '按规则重新裁决' }).waitFor();
    await orders.getByText('已记入第').waitFor();
    await orders.getByRole('radio', { name: /责令容许一处核验问题/ }).check();
    await orders.getByText('没有发现尚未容许的问题').waitFor();
    await page
      .getByRole('region', { name: '时间线' })
      .locator('li')
      .filter({ hasText: '发布招标公告' })
      .locator('.seal.is-broken')
      .waitFor();
    await page.setViewportSize(SIZES.wide);
    await shoot(page, 'order-given-1920');
  });
});
