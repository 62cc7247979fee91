import { fromBase64Url, parseCanonicalBytes, zSegment } from '@app/contracts';
import { openSegment } from '@app/recording';
import { unpackContainer } from '@app/sealing';
import { endSystem, type RunningSystem, startSystem } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { axeFaults, launchWithDevices, newPage, shoot } from './support/chromium.js';
import { enterRoom, foundRoomLot, logIn, SITE, until, wait } from './support/rooms.js';
import { pinByFile, trustFileOf } from './support/trust.js';

jest.setTimeout(400_000);
const LOT = 'REPLAY-01';

let system: RunningSystem;
let browser: Browser;
const cleanUps: (() => Promise<void>)[] = [];
beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: false });
  cleanUps.push(() => endSystem(system));
  browser = await launchWithDevices();
  cleanUps.unshift(() => browser.close());
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

/** Seconds that the pictures on the page stand at; those that are not shown left out. */
const shownAt = (page: Page): Promise<number[]> =>
  page.evaluate<number[]>(
    '[...document.querySelectorAll(".tiles video:not(.is-off)")].filter(({ videoWidth }) => videoWidth > 0).map(({ currentTime }) => currentTime)',
  );
const clockOf = async (page: Page): Promise<number> => {
  const text = await page.locator('[role=toolbar] time').innerText();
  return Date.parse(`${text.replace(' ', 'T')}+08:00`);
};

const zClip = z.looseObject({
  order: z.looseObject({ applicant: z.looseObject({ name: z.string() }) }),
  access: z.looseObject({ header: z.looseObject({ type: z.literal('access.export') }) }),
  segments: z.array(z.looseObject({ venue: z.string(), segment: zSegment, key: z.string(), media: z.string(), entry: z.int() })),
});

describe('a replay', () => {
  it('A-157 a supervisor looks at what two seats recorded: on the record first, lanes in step, gaps and a tampered segment named, a copy with its proofs', async () => {
    const world = await foundRoomLot(system, LOT);
    const nameOf = (id: string): string => world.people.get(id)?.name ?? id;
    const seats = [await newPage(browser), await newPage(browser)] as const;
    for (const [index, seat] of seats.entries()) {
      await logIn(seat.page, system.urls[SITE], nameOf(`witness-sub-${String(index + 1)}`));
      await seat.page.goto(`${system.urls[SITE]}/lots/${LOT}/1/room`);
      await enterRoom(seat.page);
    }
    await wait(12_000);
    await seats[0].page.getByRole('button', { name: '静音' }).click();
    await seats[0].page.getByRole('button', { name: '关闭摄像头' }).click();
    await wait(5_000);
    await seats[0].page.getByRole('button', { name: '取消静音' }).click();
    await seats[0].page.getByRole('button', { name: '打开摄像头' }).click();
    await wait(22_000);
    for (const seat of seats) await seat.page.getByRole('button', { name: '离开' }).click();
    await wait(12_000);
    for (const seat of seats) await seat.context.close();

    // Whoever is no supervisor of the lot is shown nothing.
    const agency = await newPage(browser);
    await logIn(agency.page, system.urls.main, nameOf('host'));
    await agency.page.goto(`${system.urls.main}/lots/${LOT}/1/replay`);
    await agency.page.getByText('回放只对本标段的监督人员开放').waitFor();
    await agency.context.close();

    const { page, errors } = await newPage(browser);
    await logIn(page, system.urls.main, nameOf('supervisor'));
    await pinByFile(page, trustFileOf(system));
    await page.getByRole('link', { name: '回放' }).click();
    await page.goto(`${system.urls.main}/lots/${LOT}/1`);
    await page.getByRole('link', { name: '回放' }).first().click();
    await page.goto(`${system.urls.main}/lots/${LOT}/1/replay`);
    await page.getByRole('heading', { name: '登记查阅' }).waitFor();
    await shoot(page, 'replay-look-1366');
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.locator('video').count()).toBe(0);
    await page.getByLabel('用途').fill('核查见证过程');
    await page.getByRole('button', { name: '签名并查阅' }).click();
    await page.locator('.tiles').waitFor({ timeout: 30_000 });
    // The second seat came later: to where both are seen.
    const lane = (await page.locator('.track').first().boundingBox())!;
    await page.mouse.click(lane.x + lane.width / 4, lane.y + lane.height / 2);
    await until('the first pictures', async () => (await shownAt(page)).length === 2, 15_000);
    await page.getByRole('button', { name: '播放', exact: true }).click();
    const from = await clockOf(page);
    await until('it runs', async () => (await clockOf(page)) - from > 3_000, 15_000);
    const [one, two] = await shownAt(page);
    expect(Math.abs((one ?? 0) - (two ?? 9))).toBeLessThan(0.3);
    await until('a segment is verified', async () => (await page.locator('.tile').getByText('已核验').count()) >= 2);
    await shoot(page, 'replay-1366');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: '查阅日志' }).click();
    await page.getByRole('tabpanel').getByText('核查见证过程').waitFor();
    await page.getByRole('tab', { name: '当时状态' }).click();
    await page.getByText('监督人员可见的内容').waitFor();
    await shoot(page, 'replay-then-1366');

    // The gap: no picture, and why.
    await page.getByRole('button', { name: '暂停' }).click();
    const gap = page.locator('.stretch.is-gap').first();
    const box = (await gap.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.tile').getByText('缺口：本人关闭').first().waitFor();
    await until('only the other picture is shown', async () => (await shownAt(page)).length === 1);
    await shoot(page, 'replay-gap-1366');
    const before = await clockOf(page);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowUp');
    expect(Math.abs((await clockOf(page)) - before + 9_000)).toBeLessThan(200);

    // Over the gap everything goes on in step.
    await page.getByRole('button', { name: '播放', exact: true }).click();
    await until(
      'both pictures go on behind the gap',
      async () => (await clockOf(page)) - before > 3_000 && (await shownAt(page)).length === 2,
    );
    await page.getByRole('button', { name: '暂停' }).click();

    // A mark, and an entry that is checked.
    await page.getByRole('button', { name: '标记', exact: true }).click();
    await page.getByLabel(/^标记 20/).fill('镜头被关闭');
    await page.getByRole('button', { name: '签名并记入' }).click();
    await page.getByRole('tab', { name: '条目与标记' }).click();
    await page.getByRole('tabpanel').getByText('镜头被关闭').waitFor();
    await page.getByRole('button', { name: '标记为已核查' }).first().click();
    await page.locator('.marks .gp-state').getByText('已核查').waitFor();

    // A copy for an applicant, with its proofs.
    await page.getByRole('button', { name: '选段导出' }).click();
    await page.getByLabel('申请人').fill('某科技有限公司');
    await page.getByLabel('申请事由').fill('质疑答复');
    await page.locator('#clip-purpose').fill('复制');
    await shoot(page, 'replay-clip-1366');
    const downloading = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: '导出', exact: true }).click();
    const files = unpackContainer(await readFile(await (await downloading).path()));
    const clip = zClip.parse(parseCanonicalBytes(files.get('clip.json')!));
    expect(clip.order.applicant.name).toBe('某科技有限公司');
    expect(clip.segments.length).toBeGreaterThan(3);
    const origin = `${world.installation}/lot/${LOT}/1`;
    for (const { venue, segment, key, media, entry } of clip.segments) {
      const sealed = files.get(`recordings/${segment.content}`)!;
      expect(createHash('sha256').update(sealed).digest('hex')).toBe(segment.content);
      const place = { origin, venue, track: `${segment.track.party}/${segment.track.source}`, index: segment.index };
      expect(Buffer.from(openSegment(fromBase64Url(key), place, sealed)!).equals(Buffer.from(files.get(media)!))).toBe(true);
      expect([files.has(`entries/${String(entry)}.json`), files.has(`entries/${String(entry)}.tlog-proof`)]).toEqual([true, true]);
    }

    // One of the segments is tampered with where it lies at the main venue; a page that is loaded anew finds it.
    const tampered = clip.segments.find(({ segment }) => segment.track.source === 'camera')!.segment;
    const file = join(system.home, 'data', 'main', 'recordings', 'segments', tampered.content.slice(0, 2), tampered.content);
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await page.reload();
    await page.getByLabel('用途').fill('复核');
    await page.getByRole('button', { name: '签名并查阅' }).click();
    await page.locator('.tiles').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: '播放', exact: true }).click();
    const broken = page.locator('.stretch.is-broken').first();
    await broken.waitFor({ timeout: 60_000 });
    expect(await broken.getAttribute('title')).toContain('分段被改动');
    await page.keyboard.press('Space');
    const spot = (await broken.boundingBox())!;
    await page.mouse.click(spot.x + spot.width / 2, spot.y + spot.height / 2);
    await page.locator('.tile.is-broken').getByText('分段被改动').waitFor();
    await page.getByText('已损坏 1 段').waitFor();
    await shoot(page, 'replay-broken-1366');
    await page.setViewportSize({ width: 1920, height: 1080 });
    await shoot(page, 'replay-broken-1920');
    expect(errors).toEqual([]);
  });
});
