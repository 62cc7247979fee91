import { SystemClock } from '@app/platform';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readPeople } from '../../tools/demo/src/people.js';
import { PERFORMANCES } from '../../tools/demo/src/performances.js';
import { playLot, type Played } from '../../tools/demo/src/play-lot.js';
import { tasksOf } from '../../tools/demo/src/tasks.js';
import { readWorld } from '../../tools/demo/src/world.js';
import type { World } from '../../tools/demo/src/cast-of-lot.js';
import { axeFaults, launch, newPage, shoot } from './support/chromium.js';

jest.setTimeout(480_000);
const STAGES = ['opening', 'committee'] as const;

let system: RunningSystem;
let browser: Browser;
let world: World;
let played: readonly Played[];
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: true });
  cleanUps.push(() => endSystem(system));
  world = await readWorld(system.home, JSON.stringify(system.urls));
  const clock = new SystemClock();
  played = await Promise.all(PERFORMANCES.map((one, at) => playLot(world, { ...one, name: one.lot.id, until: STAGES[at] ?? null }, clock)));
  browser = await launch();
  cleanUps.unshift(() => browser.close());
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

async function logIn(page: Page, name: string): Promise<void> {
  await page.goto(`${system.urls.main}/login`);
  await page.getByLabel('按姓名、单位或角色查找').fill(name);
  await page.getByRole('button', { name }).first().click();
}

/** What the first screen says to somebody: his tasks and calls, or why there are none. */
async function firstScreen(page: Page): Promise<string> {
  await page.waitForURL('**/lots');
  const tasks = page.getByRole('region', { name: '等我办理' });
  const calls = page.getByRole('region', { name: '我已接受的评审' });
  await tasks.locator('li, [role=status]').or(calls.getByRole('button')).first().waitFor();
  return [...(await calls.allInnerTexts()), ...(await tasks.allInnerTexts())].join('\n');
}

/** One of every part that the log-in offers, and what he finds with a lot at each of the two stages and one open for bids. */
const FOUND: readonly (readonly [string, RegExp])[] = [
  ['host', /现在没有标段在等您办理/],
  ['tenderer-rep', /现在没有标段在等您办理/],
  ['committee-rep-2', /评委签到/],
  ['supervisor', /现在没有标段在等您办理/],
  ['witness-sub-1', /现在没有标段在等您办理/],
  ['operator', /页面入口在左侧列表的下方/],
  ['administrator', /页面入口在左侧列表的下方/],
  ['bidder-01', /解密投标文件/],
  ['award-1', /您还不是任何标段的当事方/],
];

describe('the first hour of a newcomer', () => {
  it('the play stops at the stage that it is asked to, with days for what is left to do, and names who has it', () => {
    const [opening, committee] = played;
    const { state } = opening!.stage;
    expect([state.status, state.opening.step]).toEqual(['OPENING', 'DECRYPTING']);
    expect(Date.parse(state.opening.decryptUntil ?? '') - Date.now()).toBeGreaterThan(20 * 3_600_000);
    const decrypting = tasksOf(world, opening!);
    expect(decrypting.map(([, id]) => id)).toEqual(['01', '02', '03', '04', '05', '06', '07'].map((number) => `bidder-${number}`));
    expect(committee!.stage.state.draw.seed).not.toBeNull();
    const signingIn = tasksOf(world, committee!);
    expect(signingIn.length).toBe(PERFORMANCES[1]?.lot.members.length);
    expect(new Set(signingIn.map(([, , task]) => task)).size).toBe(1);
  });

  it('everybody whom the log-in offers finds a task on the first screen, or a sentence why not', async () => {
    const people = readPeople(system.home);
    const called = tasksOf(world, played[1]!).find(([, id]) => id.startsWith('expert-'))?.[1] ?? '';
    const idle = [...people.keys()].find((id) => id.startsWith('expert-') && ![...played[1]!.cast.values()].includes(id)) ?? '';
    for (const [id, text] of [...FOUND, [called, /在此席位签到/], [idle, /您还不是任何标段的当事方/]] as const) {
      const { page, context, errors } = await newPage(browser);
      await logIn(page, people.get(id)?.name ?? '');
      expect([id, await firstScreen(page)]).toEqual([id, expect.stringMatching(text)]);
      await shoot(page, `first-${id}-1366`);
      if (id === 'bidder-01' || id === called) expect(await axeFaults(page)).toEqual([]);
      expect(errors).toEqual([]);
      await context.close();
    }
  });

  it('a task leads to where it is done, and is gone when it is', async () => {
    const { page, context } = await newPage(browser);
    await logIn(page, '王建华');
    await page
      .getByRole('region', { name: '等我办理' })
      .getByRole('link', { name: /解密投标文件/ })
      .click();
    await page.getByRole('button', { name: '解密投标文件' }).click();
    await page.getByText(/已记入第 \d+ 条/).waitFor();
    await page.goto(`${system.urls.main}/lots`);
    expect(await firstScreen(page)).toContain('现在没有标段在等您办理');
    await context.close();
  });
});
