import { VenueClient } from '@app/client';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { profileOf } from '@app/sealing';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, WebSocketRoute } from 'playwright-core';
import { byCertificate, readPeople, type DemoPerson } from '../../tools/demo/src/people.js';
import { signWish } from '@app/client';
import { axeFaults, launch, newPage, shoot, SIZES } from './support/chromium.js';

jest.setTimeout(180_000);
const LOT = 'DEMO-01';
const profile = profileOf('gp-std-1');
const SUPERVISOR = '章正明';
const REVOKED = '赵宇';

let system: RunningSystem;
let browser: Browser;
let people: ReadonlyMap<string, DemoPerson>;
let page: Page;
let context: BrowserContext | null = null;
let errors: string[] = [];
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: true });
  // In the order of their making, so that a failed start leaves nothing running.
  cleanUps.push(() => endSystem(system));
  people = readPeople(system.home);
  browser = await launch();
  cleanUps.unshift(() => browser.close());
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

/** A new visitor; each test gets a browser without a key. */
async function visit(path: string, size: 'seat' | 'wide' | 'phone' = 'seat'): Promise<void> {
  ({ page, context, errors } = await newPage(browser, size));
  await page.goto(system.urls.main + path);
}
afterEach(async () => {
  const seen = errors;
  errors = [];
  await context?.close();
  context = null;
  expect(seen).toEqual([]);
});

async function logIn(name: string): Promise<void> {
  await page.getByRole('searchbox').or(page.getByLabel('按姓名、单位或角色查找')).first().fill(name);
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL('**/lots');
}

async function openLot(): Promise<void> {
  await page.goto(`${system.urls.main}/lots/${LOT}/1`);
  await page.getByRole('region', { name: '时间线' }).locator('li').first().waitFor();
}

/** Somebody else acts, over his own connection. */
async function act(id: string, party: string, type: string, payload: Record<string, string>): Promise<void> {
  const person = people.get(id);
  if (person === undefined) throw new Error(`nobody is called ${id}`);
  const identity = byCertificate(profile, person);
  const client = new VenueClient(system.urls.main, profile, identity);
  await client.login();
  const lot = (await client.lots()).find((known) => known.lot === LOT);
  if (lot === undefined) throw new Error(`${LOT} is not there for ${id}`);
  const target = { origin: lot.origin, lot: lot.lot, round: lot.round };
  const answer = await client.submit(
    await signWish(profile, identity, target, { type, payload, party, at: new Date().toISOString(), basis: lot.size }),
  );
  expect(answer.outcome).toMatchObject({ ok: true });
}

/** Runs in the page: is the text in sight, none of it cut off? */
const isWhole = (text: { clientWidth: number; scrollWidth: number }): boolean =>
  text.clientWidth > 0 && text.scrollWidth <= text.clientWidth;

function identityFile(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-id-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'identity.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('the web client against a whole system', () => {
  it('A-12 logs in by a certificate and shows my lots with stage, part and the next limit', async () => {
    await visit('/login');
    await page.getByRole('heading').first().waitFor();
    await shoot(page, 'login-1366');
    await logIn(SUPERVISOR);
    const row = page.getByRole('row').filter({ hasText: '滨江公园' });
    await row.waitFor();
    expect(await row.textContent()).toContain('监督人员');
    expect(await row.textContent()).toContain('投标截止时间');
    await shoot(page, 'lots-1366');
  });

  it('logs in by an identity file, and its key cannot be read out of the browser', async () => {
    await visit('/login');
    await page.locator('input[type=file]').setInputFiles(identityFile(people.get('host')));
    await page.waitForURL('**/lots');
    const extractable = await page.evaluate(
      `new Promise((resolve) => { const open = indexedDB.open('gongping'); open.onsuccess = () => { const get = open.result.transaction('identity').objectStore('identity').get('current'); get.onsuccess = () => resolve(get.result.key.extractable); }; })`,
    );
    expect(extractable).toBe(false);
  });

  it('stays logged in over a reload, and logging out deletes the key from this browser', async () => {
    await visit('/login');
    await logIn(SUPERVISOR);
    await page.reload();
    await page.getByRole('button', { name: SUPERVISOR }).click();
    await page.getByRole('button', { name: '退出并删除本机密钥' }).click();
    await page.waitForURL('**/login');
    await page.goto(`${system.urls.main}/lots`);
    await page.getByRole('link', { name: '登录' }).waitFor();
    expect(await page.getByRole('button', { name: SUPERVISOR }).count()).toBe(0);
  });

  it('says what is wrong with a revoked certificate, and what to do', async () => {
    await visit('/login');
    await page.getByRole('button', { name: REVOKED }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('吊销');
    await shoot(page, 'login-refused-1366');
  });

  it('refuses a key that does not fit its certificate, in words', async () => {
    const person = people.get('supervisor');
    await visit('/login');
    await page.locator('input[type=file]').setInputFiles(identityFile({ ...person, privateKey: profile.generateSigner().privateKey }));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('密钥与证书不匹配');
    expect(page.url()).toContain('/login');
  });

  it('refuses a file that is no identity', async () => {
    await visit('/login');
    await page.locator('input[type=file]').setInputFiles(identityFile('not json'));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('这不是身份文件');
  });

  it('A-204 changes the board without a reload when somebody acts', async () => {
    await visit('/login');
    await logIn(SUPERVISOR);
    await openLot();
    await page.evaluate(`window.sameDocument = true`);
    const first = page.getByRole('region', { name: '时间线' }).locator('li').first();
    await act('supervisor', 'supervisor', 'lot.give-opinion', { text: '请核对招标文件第三章', target: '招标文件' });
    await page.getByRole('region', { name: '时间线' }).getByText('监督意见').first().waitFor();
    expect(await first.textContent()).toContain('监督意见');
    expect(await page.evaluate(`window.sameDocument`)).toBe(true);
    await shoot(page, 'lot-1366');
    expect(await page.locator('.bar .code').evaluate(isWhole)).toBe(true);
    await page.setViewportSize(SIZES.wide);
    await shoot(page, 'lot-1920');
    expect(await page.locator('.bar .code').evaluate(isWhole)).toBe(true);
  });

  it('goes on from where it stood after every line was cut, and reads nothing twice', async () => {
    await visit('/login');
    await logIn(SUPERVISOR);
    const lines: WebSocketRoute[] = [];
    await page.routeWebSocket(/socket\.io/, (line) => {
      line.connectToServer();
      lines.push(line);
    });
    await openLot();
    const pages: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/entries?')) pages.push(request.url());
    });
    const newest = page.getByRole('region', { name: '时间线' }).locator('li').first();
    const before = await newest.textContent();
    const opened = lines.length;
    expect(opened).toBeGreaterThan(0);
    await Promise.all(lines.map((line) => line.close({ code: 1012 })));
    await act('supervisor', 'supervisor', 'lot.give-opinion', { text: '断线期间的监督意见', target: '招标文件' });
    await newest.filter({ hasNotText: before ?? '' }).waitFor();
    expect([lines.length > opened, pages]).toEqual([true, []]);
  });

  it('A-200 verifies an entry in the browser: leaf, parts, signature, inclusion, cosigned checkpoint', async () => {
    await visit('/login', 'wide');
    await logIn(SUPERVISOR);
    await openLot();
    await page.locator('.rows .seal').last().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('存在性证明').waitFor();
    await drawer.getByText('通过').nth(7).waitFor();
    expect(await drawer.getByText('不通过').count()).toBe(0);
    await shoot(page, 'entry-1920');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('switches every text to English and remembers it', async () => {
    await visit('/login');
    await logIn(SUPERVISOR);
    await openLot();
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('region', { name: 'Time line' }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Time line' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await shoot(page, 'lot-en-1366');
    expect(await page.locator('.bar .code').evaluate(isWhole)).toBe(true);
  });

  it('can be used by keyboard: the first stop skips to the content', async () => {
    await visit('/login');
    await logIn(SUPERVISOR);
    await page.reload();
    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.textContent.trim()`)).toBe('跳到主要内容');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(`document.activeElement.id`)).toBe('main');
  });

  it.each([
    ['login', '/login', 'seat'],
    ['lots', '/lots', 'phone'],
    ['verify', '/verify', 'phone'],
    ['verify', '/verify', 'seat'],
  ] as const)('keeps WCAG 2.2 AA on the public page %s at %s (%s)', async (name, path, size) => {
    await visit(path, size);
    await page.getByRole('heading').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await shoot(page, `public-${name}-${size}`);
  });

  it.each(['/lots', `/lots/${LOT}/1`, `/lots/${LOT}/1/desk`])('keeps WCAG 2.2 AA on %s', async (path) => {
    await visit('/login');
    await logIn(SUPERVISOR);
    await page.goto(system.urls.main + path);
    await page.getByRole('heading').nth(1).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('is served by a site too, to those who are seated there', async () => {
    await visit('/login');
    await page.goto(`${system.urls['sub-1']}/login`);
    await logIn('俞佳');
    await page.goto(`${system.urls['sub-1']}/lots/${LOT}/1`);
    await page.getByRole('region', { name: '时间线' }).locator('li').first().waitFor();
    expect(await page.getByRole('region', { name: '场地' }).textContent()).toContain('杭州');
    await shoot(page, 'site-lot-1366');
  });

  it('shows anybody a lot from its notice on, with nothing of who bids (招标投标法 16)', async () => {
    await visit(`/lots/${LOT}/1`);
    await page.getByRole('region', { name: '时间线' }).locator('li').first().waitFor();
    expect(await page.textContent('main')).not.toMatch(/bidder-\d/);
  });

  it('shows nobody a lot that is not there, or of which he may not know', async () => {
    await visit('/lots/DEMO-99/1');
    const said = page.getByText(/没有这个标段|没有找到/).first();
    await said.waitFor();
    expect(await page.getByRole('region', { name: '时间线' }).count()).toBe(0);
  });
});
