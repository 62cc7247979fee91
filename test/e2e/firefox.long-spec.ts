import { zActReceipt, zTrust } from '@app/archive';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { verifyReceipt } from '@app/verifying';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { z } from 'zod';
import { pages } from '../../libs/bid-making/test/pdf-files.js';
import { readPeople } from '../../tools/demo/src/people.js';
import { launchFirefox, Seat } from './support/firefox.js';
import { trustFileOf } from './support/trust.js';

jest.setTimeout(300_000);
const LOT = 'DEMO-01';
const BIDDER = 'bidder-01';
const RECEIPT_MS_MAX = 60_000;

/** Sizes of the sealed bids in the browser's own file system. */
const SEALED_SIZES = `(async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('sealed-bids');
  const sizes = [];
  for await (const handle of folder.values()) sizes.push((await handle.getFile()).size);
  return sizes;
})()`;

/** What differs between browsers is keys, ciphers and files: one bidder goes the whole way with those of Firefox. */
describe('a bidder at Firefox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-firefox-'));
  let system: RunningSystem;
  let browser: Browser;
  let seat: Seat;
  const errors: string[] = [];
  const file = (name: string, content: string, encoding: 'latin1' | 'utf8' = 'latin1'): string => {
    const path = join(folder, name);
    writeFileSync(path, content, encoding);
    return path;
  };

  beforeAll(async () => {
    system = await startSystem({ quiet: true, fsync: false, seed: true });
    browser = await launchFirefox(folder);
    seat = new Seat(await browser.newPage());
    seat.page.on('pageerror', (error) => {
      // The schemas inside the frozen engines try whether they may eval, are told no by the page's policy, and do without.
      if (!/Content-Security-Policy.*JavaScript eval/.test(String(error))) errors.push(String(error));
    });
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    await endSystem(system);
    rmSync(folder, { recursive: true, force: true });
  });

  it('logs in with an identity file, and pins the trust file', async () => {
    await seat.page.goto(`${system.urls.main}/login`);
    await seat.give('//input[@type="file"]', file('identity.json', JSON.stringify(readPeople(system.home).get(BIDDER)), 'utf8'));
    await seat.untilSeen('等我办理');
    await seat.page.goto(`${system.urls.main}/lots/${LOT}/1/bid`);
    await seat.untilSeen('开标一览表');
    await seat.press('尚未核对信任锚');
    await seat.give('//*[@role="dialog"]//input[@type="file"]', trustFileOf(system));
    await seat.untilSeen('信任锚已固定');
    await seat.page.keyboard.press('Escape');
  });

  it('builds the bid: files that the reader of PDF opened, and a sheet without a fault', async () => {
    await seat.choose('添加 PDF：投标函与报价文件', file('letter.pdf', pages(2)));
    await seat.choose('添加 PDF：技术标', file('technical.pdf', pages(20, { spread: 100_000 })));
    await seat.choose('添加 PDF：商务标', file('commercial.pdf', pages(3)));
    await seat.fill('投标总价（元）', '4321000.00');
    await seat.press('填入 肆佰叁拾贰万壹仟元整');
    await seat.fill('工期（交付期）', '180 日历天');
    await seat.fill('质量标准', '合格');
    await seat.fill('项目负责人', '王建华');
    await seat.untilSeen('没有发现会导致投标失败的问题');
  });

  it('A-91 seals it into the browser’s own file system by the portable cipher, and the key here opens it (试解密)', async () => {
    // What makes the portable cipher necessary: were it there, nobody would know that this runs without.
    const hasCipher = await seat.page.evaluate(
      `crypto.subtle.generateKey('ChaCha20-Poly1305', false, ['encrypt', 'decrypt']).then(() => true, () => false)`,
    );
    expect(hasCipher).toBe(false);
    await seat.press('密封并试解密');
    await seat.untilSeen('本机密钥能打开这份投标文件');
    await seat.untilSeen('已密封，未递交');
    const sizes = z.array(z.number()).parse(await seat.page.evaluate(SEALED_SIZES));
    expect(sizes).toHaveLength(1);
    expect(sizes[0]).toBeGreaterThan(2_000_000);
    await seat.shoot('firefox-sealed-1366');
  });

  it('A-92 uploads and delivers it, and has a receipt that proves itself', async () => {
    await seat.press('上传并递交');
    await seat.untilSeen('已递交');
    await seat.shoot('firefox-delivered-1366');
    const trust = zTrust.parse(JSON.parse(readFileSync(trustFileOf(system), 'utf8')));
    const endMs = performance.now() + RECEIPT_MS_MAX;
    for (;;) {
      await seat.press('下载回执');
      await sleep(2_000);
      const saved = readdirSync(folder).filter((name) => /^receipt-.*\.json$/.test(name));
      const receipts = saved.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown);
      const proven = receipts.find((receipt) => zActReceipt.parse(receipt).proof !== null);
      if (proven !== undefined) {
        expect(verifyReceipt(proven, trust)).toMatchObject({ verdict: 'PASS', first: null });
        break;
      }
      expect(performance.now()).toBeLessThan(endMs);
      await sleep(2_000);
    }
    expect(errors).toEqual([]);
  });
});
