import { zTrust } from '@app/archive';
import { VenueClient } from '@app/client';
import { profileOf } from '@app/sealing';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Download, Locator, Page } from 'playwright-core';
import { JS, pages } from '../../libs/bid-making/test/pdf-files.js';
import { count, pem, PdfSig } from '../../libs/documents/test/pdfsig.js';
import { byCertificate, readPeople, type DemoPerson } from '../../tools/demo/src/people.js';
import { axeFaults, launch, newPage, shoot, SIZES } from './support/chromium.js';
import { pinByFile, trustFileOf } from './support/trust.js';

jest.setTimeout(240_000);
const LOT = 'DEMO-01';
const BIDDER = 'bidder-01';
const PRICE = { figures: '4321000.00', words: '肆佰叁拾贰万壹仟元整' };
/** Larger than one request of the upload (UPLOAD_CHUNK_BYTES). */
const LARGE_BYTES = 20_000_000;

/** One bidder at one browser, from the list of lots to the withdrawal: each test goes on where the one before it ended. */
describe('a bidder makes a bid in the browser', () => {
  let system: RunningSystem;
  let browser: Browser;
  let bidder: DemoPerson;
  let context: BrowserContext;
  let page: Page;
  let errors: string[] = [];
  let folder: string;
  let receiptFile = '';
  const cleanUps: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    system = await startSystem({ quiet: true, fsync: false, seed: true });
    cleanUps.push(() => endSystem(system));
    folder = mkdtempSync(join(tmpdir(), 'gongping-bid-'));
    cleanUps.push(() => rm(folder, { recursive: true, force: true }));
    const found = readPeople(system.home).get(BIDDER);
    if (found === undefined) throw new Error(`nobody is called ${BIDDER}`);
    bidder = found;
    browser = await launch();
    cleanUps.unshift(() => browser.close());
    ({ page, context, errors } = await newPage(browser, 'seat'));
    page.setDefaultTimeout(30_000);
    await page.goto(`${system.urls.main}/login`);
    await page.locator('input[type=file]').setInputFiles(file('identity.json', JSON.stringify(bidder), 'utf8'));
    await page.waitForURL('**/lots');
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });
  afterEach(() => {
    expect(errors.splice(0)).toEqual([]);
  });

  function file(name: string, content: string, encoding: 'latin1' | 'utf8' = 'latin1'): string {
    const path = join(folder, name);
    writeFileSync(path, content, encoding);
    return path;
  }
  const field = (label: string): Locator => page.getByLabel(label, { exact: true });
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const panel = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const check = (): Locator => panel('递交前检查');
  const add = (type: string, path: string): Promise<void> => page.getByLabel(`添加 PDF：${type}`).setInputFiles(path);
  const stands = (text: string): Promise<void> => panel('密封与递交').getByRole('status').getByText(text, { exact: true }).waitFor();
  const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  async function saved(press: () => Promise<void>): Promise<{ name: string; bytes: Uint8Array }> {
    const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([page.waitForEvent('download'), press()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  /** Files that the browser keeps for a download. */
  const downloadsKept = (): Promise<number> =>
    page.evaluate<number>(`(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('downloads', { create: true });
      let count = 0;
      for await (const _name of folder.keys()) count += 1;
      return count;
    })()`);

  it('finds the lots that take bids, and its own in none of them', async () => {
    await page.getByRole('link', { name: '投标', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: '滨江公园' });
    await row.getByText('未开始').waitFor();
    await row.getByText('投标截止时间').waitFor();
    await shoot(page, 'bids-1366');
    expect(await axeFaults(page)).toEqual([]);
    await row.getByRole('link', { name: '编制投标文件' }).click();
    await page.getByRole('heading', { name: '开标一览表' }).waitFor();
    // From the lot's own page it is one press, too.
    await page.goto(`${system.urls.main}/lots/${LOT}/1`);
    await page.getByRole('link', { name: '编制投标文件' }).click();
    await page.getByRole('heading', { name: '开标一览表' }).waitFor();
  });

  it('says at once what is missing, and that nobody compared the keys to seal to', async () => {
    await check().getByText('信任锚未核对').waitFor();
    for (const text of ['未填写', '缺少文件']) await check().getByText(text).first().waitFor();
    expect(await button('密封并试解密').isDisabled()).toBe(true);
    await shoot(page, 'bid-empty-1366');
    await pinByFile(page, trustFileOf(system));
    await check().getByText('信任锚未核对').waitFor({ state: 'detached' });
  });

  it('A-88 downloads the documents, which are those of the notice, and has a receipt for it', async () => {
    const documents = panel('招标文件');
    const named = (await documents.locator('.gp-mono').textContent()) ?? '';
    // Other documents than those of the notice are not saved, and nothing goes on the record.
    await page.route('**/api/blobs/*', async (route) => {
      if (route.request().method() === 'HEAD') return route.continue();
      const response = await route.fetch();
      const body = await response.body();
      return route.fulfill({ response, body: body.fill(0, 0, 1) });
    });
    await button('下载并签收').click();
    await page.getByText('下载的内容与公告载明的哈希不一致').waitFor();
    // Nothing of it stays on this device.
    expect(await downloadsKept()).toBe(0);
    expect(await panel('递交记录与回执').count()).toBe(0);
    await page.unroute('**/api/blobs/*');
    // Ended by whoever began it: nothing is left, and nothing went on the record.
    const asked: string[] = [];
    await page.route('**/api/blobs/*', (route) => {
      const range = route.request().headers()['range'];
      if (range === undefined) return route.continue();
      asked.push(range);
      return Promise.resolve();
    });
    await button('下载并签收').click();
    await panel('密封与递交').getByText('正在下载').waitFor();
    await button('停止').click();
    await button('下载并签收').and(page.locator(':enabled')).waitFor();
    expect([asked, await downloadsKept(), await panel('递交记录与回执').count()]).toEqual([
      [expect.stringMatching(/^bytes=0-\d{1,7}$/)],
      0,
      0,
    ]);
    await page.unroute('**/api/blobs/*');
    // A line that is cut once costs a range.
    await page.route('**/api/blobs/*', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()), { times: 2 });
    const { name, bytes } = await saved(() => button('下载并签收').click());
    expect([name, hashOf(bytes)]).toEqual(['E3307840001000002001.pdf', named]);
    await documents.getByText('已核对并签收').waitFor();
    // Again without another act.
    expect(hashOf((await saved(() => button('再次下载').click())).bytes)).toBe(named);
    expect(await panel('递交记录与回执').getByRole('listitem').count()).toBe(1);
  });

  it('A-87 imports the documents from elsewhere: byte for byte those of the notice, signed by the agency, or none', async () => {
    const documents = panel('招标文件');
    const { bytes } = await saved(() => button('再次下载').click());
    const received = join(folder, 'received.pdf');
    writeFileSync(received, bytes);
    await field('导入招标文件核验').setInputFiles(received);
    await documents.getByText('与日志所载一致：招标文件').waitFor();
    await documents.getByText(/^代理机构（.+）的签名有效。$/).waitFor();
    await documents.scrollIntoViewIfNeeded();
    await shoot(page, 'bid-import-1366');
    expect(await axeFaults(page)).toEqual([]);
    // A program that knows nothing of logs says the same.
    const { name, bytes: signature } = await saved(() => button('下载签名（.p7s）').click());
    expect(name).toBe('E3307840001000002001.p7s');
    writeFileSync(join(folder, name), signature);
    const { roots } = zTrust.parse(JSON.parse(readFileSync(trustFileOf(system), 'utf8')));
    writeFileSync(join(folder, 'roots.pem'), roots.map(pem).join(''));
    const openssl = (content: string): number | null => {
      const args = ['-inform', 'DER', '-in', name, '-content', content, '-CAfile', 'roots.pem', '-purpose', 'any', '-out', 'verified'];
      return spawnSync('openssl', ['cms', '-verify', '-binary', ...args], { cwd: folder }).status;
    };
    expect(openssl('received.pdf')).toBe(0);
    const changed = Uint8Array.from(bytes, (byte, at) => (at === bytes.length - 2 ? byte ^ 1 : byte));
    writeFileSync(join(folder, 'changed.pdf'), changed);
    expect(openssl('changed.pdf')).not.toBe(0);
    await field('导入招标文件核验').setInputFiles(join(folder, 'changed.pdf'));
    await documents.getByText('请勿据此编制投标文件').waitFor();
    expect(await documents.getByText('与日志所载一致').count()).toBe(0);
  });

  it.each([
    ['9999999999.001', '超过两位小数', '金额最多两位小数'],
    ['9,999', '投标总价格式不对', '只写数字和小数点'],
    ['9999999999.00', '高于最高投标限价', '请核对报价'],
  ])('tells of the price %s: %s', async (price, fault, remedy) => {
    await field('投标总价（元）').fill(price);
    await check().getByText(fault, { exact: true }).waitFor();
    expect(await check().textContent()).toContain(remedy);
  });

  it('compares the words with the figures', async () => {
    await field('投标总价（大写）').fill('壹元整');
    await check().getByText('大写与小写不一致').waitFor();
    expect(await field('投标总价（大写）').getAttribute('aria-invalid')).toBe('true');
  });

  it('A-99 finds every file that could not be read, and says what to do', async () => {
    const whole = pages(40, { spread: 2_000 });
    await add('投标函与报价文件', file('截断.pdf', whole.slice(0, whole.length / 2)));
    await check().getByText('文件不完整').waitFor();
    await add('商务标', file('broken.pdf', 'no document at all'));
    await check().getByText('文件无法打开').waitFor();
    await add('技术标', file('script.pdf', pages(1, { catalog: `/OpenAction ${JS}` })));
    await check().getByText('文件含脚本或内嵌文件').waitFor();
    await add('其他附件', file('many.pdf', pages(10_000)));
    await check().getByText('页数不对').waitFor();
    await add('资格证明文件', file('slow.pdf', pages(80, { spread: 70_000 })));
    await check().getByText('远程阅读会很慢').waitFor();
    expect(await check().textContent()).toContain('请重新取得完整的文件后再添加');
    expect(await button('密封并试解密').isDisabled()).toBe(true);
    await shoot(page, 'bid-faults-1366');
    await page.locator('.main').evaluate((main: { scrollTop: number }) => (main.scrollTop = 10_000));
    await shoot(page, 'bid-files-faults-1366');
    expect(await axeFaults(page)).toEqual([]);
    for (const title of ['截断', 'broken', 'script', 'many', 'slow']) await button(`移除 ${title}`).click();
  });

  it('keeps what was mended over a reload', async () => {
    await add('投标函与报价文件', file('letter.pdf', pages(2)));
    await add('技术标', file('technical.pdf', pages(20, { spread: LARGE_BYTES / 20 })));
    await add('商务标', file('commercial.pdf', pages(3)));
    await field('投标总价（元）').fill(PRICE.figures);
    await field('投标总价（大写）').fill('');
    await button(`填入 ${PRICE.words}`).click();
    await field('工期（交付期）').fill('180 日历天');
    await field('质量标准').fill('合格');
    await field('项目负责人').fill('王建华');
    await field('投标保证金形式').fill('电子保函');
    await check().getByText('保证金金额不对').waitFor();
    await field('投标保证金金额（元）').fill('80000.00');
    await check().getByText('没有发现会导致投标失败的问题').waitFor();
    await page.reload();
    await check().getByText('没有发现会导致投标失败的问题').waitFor();
    expect(await field('投标总价（大写）').inputValue()).toBe(PRICE.words);
    await page.getByText('technical').waitFor();
  });

  it('is left alone by a second window', async () => {
    const second = await context.newPage();
    await second.goto(page.url());
    await second.getByText('正在本机另一个窗口中编辑').waitFor();
    expect(await second.getByRole('heading', { name: '开标一览表' }).count()).toBe(0);
    await second.close();
  });

  it('A-90 A-91 seals the bid on this machine, and the key here opens it (试解密)', async () => {
    await page.getByText('密封使用本浏览器自带的加密功能').waitFor();
    await button('密封并试解密').click();
    await page.getByRole('progressbar').waitFor();
    await page.getByText('本机密钥能打开这份投标文件').waitFor({ timeout: 60_000 });
    await stands('已密封，未递交');
    expect(await button('上传并递交').isEnabled()).toBe(true);
    await shoot(page, 'bid-sealed-1366');
  });

  it('A-92 goes on with an upload where a reload cut it off, and delivers', async () => {
    let sent = 0;
    const isDead = new Promise<void>((resolve) => {
      // The line dies after the first piece.
      void page.route('**/api/uploads/*', async (route) => {
        if (route.request().method() === 'PATCH') sent += 1;
        if (sent < 2) await route.continue();
        else resolve();
      });
    });
    await button('上传并递交').click();
    await page.getByText('正在上传').waitFor();
    await isDead;
    await shoot(page, 'bid-uploading-1366');
    await page.reload();
    await page.unroute('**/api/uploads/*');
    await stands('已密封，未递交');
    const offsets: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    await button('上传并递交').click();
    await stands('已递交');
    expect(offsets[0]).toBeGreaterThan(0);
    await shoot(page, 'bid-delivered-1366');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('A-100 has a receipt that the venue signed, with what the commitment was made from', async () => {
    const row = panel('递交记录与回执').getByRole('listitem').filter({ hasText: '递交投标文件' });
    const { name, bytes } = await saved(() => row.getByRole('button', { name: '下载回执' }).click());
    const receipt = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
      receipt: { id: string; commitment: string };
      opening: { text: string } | null;
    };
    expect(name).toBe(`receipt-${receipt.receipt.id}.json`);
    expect(JSON.parse(receipt.opening?.text ?? '{}')).toMatchObject({ command: { type: 'bidding.deliver', lot: LOT } });
    // Whoever else asks gets the commitment alone.
    const open = (await (await fetch(`${system.urls.main}/api/receipts/${receipt.receipt.id}`)).json()) as { opening: unknown };
    expect(open.opening).toBeNull();
    receiptFile = join(folder, name);
    writeFileSync(receiptFile, bytes);
  });

  it('A-101 has a receipt that proves itself: on the public page by the keys pinned here, and to the verifier without any server', async () => {
    const reader = await context.newPage();
    await reader.goto(`${system.urls.main}/verify`);
    const section = reader.getByRole('region', { name: '核验投标回执' });
    const verdict = (): Locator => section.getByRole('status').locator('p').first();
    const give = (path: string): Promise<void> => section.locator('input[type=file]').setInputFiles(path);
    await give(receiptFile);
    await verdict().getByText('✓通过', { exact: true }).waitFor();
    expect(await section.getByRole('listitem').allTextContents()).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^✓通过/)));
    await shoot(reader, 'verify-receipt-1366');
    expect(await axeFaults(reader)).toEqual([]);
    const changed = readFileSync(receiptFile, 'utf8').replace(/"at": "20\d\d/, '"at": "2019');
    await give(file('changed.json', changed, 'utf8'));
    await verdict().getByText('✕不通过', { exact: true }).waitFor();
    await give(file('other.json', '{}', 'utf8'));
    await verdict().getByText('✕不是回执', { exact: true }).waitFor();
    await reader.close();
    const trust = trustFileOf(system);
    const verify = (path: string): number => {
      const { status, stderr } = spawnSync(process.execPath, ['scripts/verify.mjs', path, '--trust', trust], { encoding: 'utf8' });
      expect(stderr).toBe('');
      return status ?? -1;
    };
    expect([receiptFile, join(folder, 'changed.json'), join(folder, 'other.json')].map(verify)).toEqual([0, 1, 4]);
  });

  it('finds on the public page which web client the platform log names, and that this is what the venue sends', async () => {
    const reader = await context.newPage();
    await reader.goto(`${system.urls.main}/verify`);
    const section = reader.getByRole('region', { name: '核对网页程序' });
    await section.getByText(hashOf(readFileSync('dist/web/manifest.sha256')), { exact: true }).waitFor();
    await section.getByText('平台日志', { exact: true }).waitFor();
    await section.getByRole('button', { name: '逐个文件比对' }).click();
    await section.getByRole('status').locator('p').first().getByText('✓通过', { exact: true }).waitFor();
    await section.scrollIntoViewIfNeeded();
    await shoot(reader, 'verify-bundle-1366');
    expect(await axeFaults(reader)).toEqual([]);
    await reader.close();
  });

  it('A-100 A-101 has the receipt as PDF too, signed by the key in this browser, which proves itself in both places', async () => {
    const row = panel('递交记录与回执').getByRole('listitem').filter({ hasText: '递交投标文件' });
    const { name, bytes } = await saved(() => row.getByRole('button', { name: '回执 PDF' }).click());
    const pdf = join(folder, name);
    writeFileSync(pdf, bytes);
    const trust = trustFileOf(system);
    const tool = new PdfSig(zTrust.parse(JSON.parse(readFileSync(trust, 'utf8'))).roots);
    const said = tool.say(bytes);
    tool.end();
    expect([count(said, /Signature is Valid\./g), count(said, /Certificate is Trusted\./g), count(said, /Total document signed/g)]).toEqual(
      [1, 1, 1],
    );
    const verify = (path: string) => spawnSync(process.execPath, ['scripts/verify.mjs', path, '--trust', trust], { encoding: 'utf8' });
    expect(verify(pdf)).toMatchObject({ status: 0, stdout: expect.stringMatching(/Receipt as PDF: PASS[^]*under a trusted root/) });
    // What is printed is changed, what proves itself is not.
    const changed = Buffer.from(bytes);
    changed.write('9', changed.indexOf('/MediaBox') + 13);
    const other = join(folder, 'changed.pdf');
    writeFileSync(other, changed);
    expect(verify(other)).toMatchObject({ status: 1, stdout: expect.stringContaining('Receipt as PDF: FAIL') });
    const reader = await context.newPage();
    await reader.goto(`${system.urls.main}/verify`);
    const section = reader.getByRole('region', { name: '核验投标回执' });
    await section.locator('input[type=file]').setInputFiles(pdf);
    await section.getByText('PDF 所印内容与其中的回执逐字节一致').waitFor();
    await section.getByText('✓通过', { exact: true }).first().waitFor();
    await section.getByText('PDF 所印内容').scrollIntoViewIfNeeded();
    await shoot(reader, 'verify-receipt-pdf-1366');
    await section.locator('input[type=file]').setInputFiles(other);
    await section.getByText('PDF 所印内容不是其中的回执所生成').waitFor();
    await reader.close();
  });

  it('says to nobody else that there is a bid', async () => {
    const agency = readPeople(system.home).get('host');
    if (agency === undefined) throw new Error('nobody is called host');
    const client = new VenueClient(system.urls.main, profileOf('gp-std-1'), byCertificate(profileOf('gp-std-1'), agency));
    await client.login();
    const seen = JSON.stringify(await client.lots());
    expect(seen).toContain(LOT);
    expect(seen).not.toContain(bidder.organisation ?? bidder.name);
  });

  it('A-95 replaces the bid: another price is another bid, sealed anew', async () => {
    await field('投标总价（元）').fill('4300000.00');
    await field('投标总价（大写）').fill('肆佰叁拾万元整');
    await stands('已递交（此前密封的一份）');
    await button('密封并试解密').click();
    await button('上传并撤换').click({ timeout: 60_000 });
    await stands('已递交');
    expect(await panel('递交记录与回执').getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('下载招标文件'),
      expect.stringContaining('递交投标文件'),
      expect.stringContaining('替换投标文件'),
    ]);
  });

  it('A-90 A-95 takes a bid that the same code sealed on a machine without network (离线密封), and nobody else’s', async () => {
    const { bytes: archive } = await saved(() => panel('密封与递交').getByRole('link', { name: '下载归档包' }).click());
    writeFileSync(join(folder, 'lot.zip'), archive);
    const sheet = { price: '4200000.00', priceWords: '肆佰贰拾万元整', duration: '180 日历天', quality: '合格', projectLead: '王建华' };
    const parts = [
      { type: 'PRICE', file: 'letter.pdf' },
      { type: 'TECHNICAL', file: 'technical.pdf' },
      { type: 'COMMERCIAL', file: 'commercial.pdf' },
    ];
    const bid = file('bid.json', JSON.stringify({ v: 1, lot: LOT, sheet, parts }), 'utf8');
    const sealBy = (person: DemoPerson): string[] => {
      const identity = file(`identity-${person.id}.json`, JSON.stringify(person), 'utf8');
      const where = [
        '--archive',
        join(folder, 'lot.zip'),
        '--trust',
        trustFileOf(system),
        '--identity',
        identity,
        '--out',
        folder,
        '--json',
      ];
      const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/seal.mjs', bid, ...where], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      const { sealed } = JSON.parse(stdout) as { sealed: { statement: string; ciphertext: string } };
      return [sealed.statement, sealed.ciphertext];
    };
    const [statement = '', ciphertext = ''] = sealBy(bidder);
    const other = readPeople(system.home).get('bidder-02');
    if (other === undefined) throw new Error('nobody is called bidder-02');
    const take = (...files: string[]): Promise<void> => page.getByLabel('取用已密封的文件').setInputFiles(files);
    const told = (text: string): Promise<void> => panel('密封与递交').getByRole('alert').getByText(text).waitFor();
    await take(statement);
    await told('请同时选择密封时生成的两个文件');
    await take(...sealBy(other));
    await told('另一个投标人密封的');
    const cut = file('cut.age', readFileSync(ciphertext).subarray(1).toString('latin1'));
    await take(statement, cut);
    await told('密文不是说明文件所写的那一份');
    await stands('已递交');
    await take(ciphertext, statement);
    await stands('已递交（此前密封的一份）');
    await panel('密封与递交')
      .getByText(hashOf(readFileSync(ciphertext)))
      .waitFor();
    await shoot(page, 'bid-offline-1366');
    expect(await axeFaults(page)).toEqual([]);
    await button('上传并撤换').click();
    await stands('已递交');
  });

  it('A-93 withdraws the bid, told what follows and by which article; and delivers it again', async () => {
    await button('撤回').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('招标投标法第二十九条').waitFor();
    await shoot(page, 'bid-withdraw-1366');
    await dialog.getByRole('button', { name: '签名办理' }).click();
    await stands('已撤回');
    await page.getByRole('link', { name: '投标', exact: true }).click();
    await page.getByRole('row').filter({ hasText: '滨江公园' }).getByText('已撤回').waitFor();
    await page.getByRole('link', { name: '编制投标文件' }).click();
    await button('上传并递交').click();
    await stands('已递交');
    expect(await panel('递交记录与回执').getByRole('listitem').count()).toBe(6);
    await page.setViewportSize(SIZES.wide);
    await shoot(page, 'bid-delivered-1920');
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByText('Delivered', { exact: true }).waitFor();
    await page.setViewportSize(SIZES.seat);
    await shoot(page, 'bid-en-1366');
  });
});
