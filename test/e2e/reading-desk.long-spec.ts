import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { SystemClock } from '@app/platform';
import type { PartInMemory, PartType } from '@app/sealing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { bidders, deliverAll, type Bidder } from '../../tools/demo/src/acts/bidding.js';
import { drawExperts, seatMembers } from '../../tools/demo/src/acts/draw.js';
import { evaluate } from '../../tools/demo/src/acts/evaluation.js';
import { found } from '../../tools/demo/src/acts/founding.js';
import { openBids } from '../../tools/demo/src/acts/opening.js';
import { personOf } from '../../tools/demo/src/cast-of-lot.js';
import { officeFor, stageFacts, witnessesOf } from '../../tools/demo/src/play-lot.js';
import { Stage } from '../../tools/demo/src/stage.js';
import { LeftToPeople } from '../../tools/demo/src/stages.js';
import { readWorld } from '../../tools/demo/src/world.js';
import { axeFaults, launch, newPage, shoot, SIZES } from './support/chromium.js';

jest.setTimeout(480_000);
const LOT = 'READ-01';
const plan = { ...TV_E2E_01, bids: TV_E2E_01.bids.slice(0, 4) };
const PAGES = 1_500;
const MARKED_PAGE = 1_180;
const MARKED = '本页载明盾构区间监测频率';

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

const han = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
/** A document whose pages say their numbers. */
async function pdfOf(
  pages: number,
  options: PDFKit.PDFDocumentOptions = {},
  more: (pdf: PDFKit.PDFDocument) => void = () => undefined,
): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A4', autoFirstPage: false, ...options });
  const bytes = buffer(pdf);
  pdf.registerFont('han', han);
  for (let page = 1; page <= pages; page += 1) {
    pdf.addPage().font('han').fontSize(16).text(`施工组织设计　第 ${page} 页`);
    pdf.fontSize(11).text('关键线路采用网络图控制，资源投入按高峰期配置，并设专人每日核对偏差。');
    if (page === MARKED_PAGE) pdf.text(MARKED);
  }
  more(pdf);
  pdf.end();
  return Uint8Array.from(await bytes);
}

const part = (type: PartType, title: string, content: Uint8Array): PartInMemory => ({ type, title, media: 'application/pdf', content });

/** The bids of the worked lot with documents as they come in practice: long, a scan, with scripts, with a password, broken. */
async function withDocuments(all: readonly Bidder[]): Promise<Bidder[]> {
  const [first, second, third, fourth] = all as [Bidder, Bidder, Bidder, Bidder];
  const scan = new PDFDocument({ size: 'A4' });
  const scanned = buffer(scan);
  scan.rect(60, 60, 400, 600).fill('#c8c8c8').end();
  const scripts = await pdfOf(2, {}, (pdf) => {
    pdf.addNamedJavaScript('go', 'app.alert("x"); this.submitForm("https://example.invalid");');
  });
  return [
    { ...first, parts: [part('TECHNICAL', '技术标', await pdfOf(PAGES)), part('PRICE', '报价文件', await pdfOf(2))] },
    { ...second, parts: [part('TECHNICAL', '技术标', scripts), part('COMMERCIAL', '商务标', Uint8Array.from(await scanned))] },
    { ...third, parts: [part('TECHNICAL', '技术标', await pdfOf(2, { userPassword: 'x', pdfVersion: '1.7' }))] },
    {
      ...fourth,
      parts: [
        part(
          'TECHNICAL',
          '技术标',
          Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7) % 251),
        ),
      ],
    },
  ];
}

/** What the venue sent of files: how many ranges and bytes, and whether one of them could be read. */
function watchWire(page: Page): { requests: number; bytes: number; readable: string[] } {
  const seen = { requests: 0, bytes: 0, readable: [] as string[] };
  page.on('response', (response) => {
    if (!response.url().includes('/api/blobs/') || response.status() !== 206) return;
    void response.body().then(
      (body) => {
        seen.requests += 1;
        seen.bytes += body.length;
        for (const mark of ['%PDF', '/Type /Page', 'endobj', 'endstream', 'PK\u0003\u0004'])
          if (body.includes(mark)) seen.readable.push(mark);
      },
      () => undefined,
    );
  });
  return seen;
}

async function logInBy(page: Page, home: string, identity: object): Promise<void> {
  await page.goto(`${home}/login`);
  const bytes = Buffer.from(JSON.stringify(identity));
  await page.locator('input[type=file]').setInputFiles({ name: 'identity.json', mimeType: 'application/json', buffer: bytes });
  await page.waitForURL('**/lots');
}

const drawn = (page: Page, number: number) => page.locator(`[data-page="${number}"][data-drawn="true"]`);
const liveCanvases = (page: Page): Promise<number> => page.locator('canvas').count();

/** Turns to the documents of a bidder of the plan. */
async function turnTo(page: Page, index: number): Promise<void> {
  const choice = page.getByLabel('投标人', { exact: true });
  await choice.locator('option').first().waitFor({ state: 'attached' });
  const names = await choice.locator('option').allTextContents();
  await choice.selectOption({ index: names.findIndex((name) => name.includes(plan.bids[index]?.company ?? '?')) });
}

/** Reads the long bid: first page, jumps, search; what is measured is told. */
async function readTheLongBid(page: Page, wire: { requests: number; bytes: number; readable: string[] }): Promise<string> {
  await page.goto(page.url().replace(/\/lots$/, `/lots/${LOT}/1/desk`));
  await turnTo(page, 1);
  await page.getByText('/ 2', { exact: true }).waitFor();
  const begun = performance.now();
  const before = wire.bytes;
  await turnTo(page, 0);
  await page.getByText(`/ ${PAGES}`).waitFor();
  await drawn(page, 1).waitFor();
  const first = Math.round(performance.now() - begun);
  const opened = wire.bytes - before;
  await shoot(page, 'reader-1366');
  expect(await axeFaults(page)).toEqual([]);

  const jumps: number[] = [];
  for (const target of [700, 3, 1_499, 250, 900]) {
    const jump = performance.now();
    await page.getByLabel('页码', { exact: true }).fill(String(target));
    await page.keyboard.press('Enter');
    await drawn(page, target).waitFor();
    jumps.push(Math.round(performance.now() - jump));
    expect(await liveCanvases(page)).toBeLessThanOrEqual(6);
  }
  await page.keyboard.press('PageDown');
  await drawn(page, 901).waitFor();

  await page.keyboard.press('Control+f');
  await page.keyboard.type('盾构区间监测频率');
  await page.keyboard.press('Enter');
  await page.getByText('第 1/1 处').waitFor({ timeout: 120_000 });
  await drawn(page, MARKED_PAGE).waitFor();
  await page.locator(`[data-page="${MARKED_PAGE}"] .hit`).first().waitFor();
  await shoot(page, 'reader-hit-1366');
  return `first page ${first} ms, ${opened} bytes at open; jumps ${jumps.join(', ')} ms; ${wire.requests} ranges, ${wire.bytes} bytes in all`;
}

/** Kills the tab as a crash does: nothing of it gets a word in. */
async function crash(page: Page, context: BrowserContext): Promise<void> {
  const session = await context.newCDPSession(page);
  const gone = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}

describe('reading bids at the desk of a site', () => {
  it('A-136 A-138 A-146 a member reads, searches and notes what he may read, over ciphertext alone, and a killed tab loses nothing', async () => {
    const world = await readWorld(system.home, JSON.stringify(system.urls));
    const clock = new SystemClock();
    const stage = new Stage({ ...stageFacts(world, LOT, clock), until: 'evaluation' });
    const office = await officeFor(world, plan);
    const all = await withDocuments(await bidders(world, plan, 1, clock.instant()));
    stage.observeAs(office.supervisor.client);
    await found(stage, world, plan, office, 60);
    await deliverAll(stage, world, plan, all);
    await openBids(stage, world, office, await witnessesOf(world), all);
    await drawExperts(stage, world, plan, office);
    const members = await seatMembers(stage, world, plan);
    await expect(evaluate(stage, world, plan, office, all, members)).rejects.toBeInstanceOf(LeftToPeople);

    const expert = members.find(({ seat, party }) => seat.startsWith('sub-1') && party.startsWith('expert'));
    if (expert === undefined) throw new Error('no expert sits at the site');
    const home = system.urls['sub-1'];
    const { page, context, errors } = await newPage(browser);
    page.setDefaultTimeout(30_000);
    const wire = watchWire(page);
    await logInBy(page, home, personOf(world, expert.id));
    console.info(await readTheLongBid(page, wire));

    // The price part is no part of what this member is told while the technical step is open (两步开启).
    expect(await page.getByRole('tab').allTextContents()).toEqual([expect.stringContaining('技术标')]);
    await page.getByText('报价部分按规则尚未向评标委员会开放').waitFor();

    // A note and a noted page, then a crash: all of it is there again.
    await page.getByLabel('本页记为…').selectOption({ index: 1 });
    await page.getByRole('button', { name: /^笔记/ }).click();
    await page.getByLabel(`第 ${MARKED_PAGE} 页的笔记`).fill('监测频率满足要求');
    const cell = page.locator('[data-place="0/0"]');
    await cell.focus();
    await page.keyboard.press('1');
    await page.getByText('已保存', { exact: true }).waitFor();
    await shoot(page, 'reader-notes-1366');
    await crash(page, context);
    const back = await context.newPage();
    back.setDefaultTimeout(30_000);
    await back.setViewportSize(SIZES.seat);
    await back.goto(`${home}/lots/${LOT}/1/desk`);
    await back.locator('[data-place="0/0"].is-pass').waitFor();
    await back
      .getByRole('button', { name: `第 ${MARKED_PAGE} 页` })
      .first()
      .click();
    await drawn(back, MARKED_PAGE).waitFor();
    await back.getByRole('button', { name: '笔记 1' }).click();
    expect(await back.getByLabel(`第 ${MARKED_PAGE} 页的笔记`).inputValue()).toBe('监测频率满足要求');

    // Another window of the same member waits, and goes on when the first one is closed.
    const other = await context.newPage();
    await other.goto(`${home}/lots/${LOT}/1/desk`);
    await other.getByText('您的评分台已在另一个窗口打开').waitFor();
    await back.close();
    await other.locator('[data-place="0/0"].is-pass').waitFor();

    // At another seat of the site, on a computer that knows nothing of it, he goes on as well.
    await other.getByText('存于本机和本场所').waitFor();
    const elsewhere = await newPage(browser);
    await logInBy(elsewhere.page, home, personOf(world, expert.id));
    await elsewhere.page.goto(`${home}/lots/${LOT}/1/desk`);
    await elsewhere.page.locator('[data-place="0/0"].is-pass').waitFor();
    await elsewhere.context.close();

    await readWhatIsBad(other);

    // The main venue is gone: the site goes on with what it mirrors, and a page that nobody has seen yet comes.
    await system.stopOne('main');
    await other.getByLabel('同屏').selectOption('none');
    await other.getByLabel('页码', { exact: true }).fill('1333');
    await other.keyboard.press('Enter');
    await drawn(other, 1_333).waitFor();
    await other.locator('[data-place="1/0"]').focus();
    await other.keyboard.press('1');
    await other.getByText('已保存', { exact: true }).waitFor();
    expect(wire.readable).toEqual([]);
    expect(wire.requests).toBeGreaterThan(10);
    expect(errors).toEqual([]);
  });
});

/** Documents with scripts, without text, with a password, and none at all: each says so, and the desk stays. */
async function readWhatIsBad(page: Page): Promise<void> {
  const told: string[] = [];
  page.on('dialog', (dialog) => {
    told.push(dialog.message());
    void dialog.dismiss();
  });
  await turnTo(page, 1);
  await page.getByText('本文件带有脚本').waitFor();
  await drawn(page, 1).waitFor();
  await page.getByRole('tab', { name: '商务标' }).click();
  await page.getByText('/ 1', { exact: true }).waitFor();
  await page.getByLabel('检索文字').fill('监测');
  await page.keyboard.press('Enter');
  await page.getByText('本文件没有文字（扫描件）').waitFor();
  await turnTo(page, 2);
  await page.getByRole('alert').getByText('该文件设有打开口令').waitFor();
  await shoot(page, 'reader-encrypted-1366');
  await turnTo(page, 3);
  await page.getByRole('alert').getByText('该文件不是 PDF 或已损坏').waitFor();
  expect(told).toEqual([]);

  // The same page of several bids, and the tender document beside: never more than six pages are drawn.
  await turnTo(page, 0);
  await page.getByLabel('同屏').selectOption('bidders');
  await drawn(page, 1).nth(1).waitFor();
  await shoot(page, 'reader-compare-1366');
  expect(await liveCanvases(page)).toBeLessThanOrEqual(6);
  await page.getByLabel('同屏').selectOption('tender');
  await drawn(page, 1).nth(1).waitFor();
  await page.keyboard.press('Control+\\');
  await shoot(page, 'reader-tender-1366');
}
