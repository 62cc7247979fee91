import type { JsonObject } from '@app/contracts';
import type { RunningSystem } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { SystemClock } from '@app/platform';
import type { Page } from 'playwright-core';
import type { World } from '../../../tools/demo/src/cast-of-lot.js';
import { found } from '../../../tools/demo/src/acts/founding.js';
import { officeFor, stageFacts } from '../../../tools/demo/src/play-lot.js';
import { type Act, type Actor, Stage } from '../../../tools/demo/src/stage.js';
import { Timeline } from '../../../tools/demo/src/timeline.js';
import { readWorld } from '../../../tools/demo/src/world.js';

export const SITE = 'sub-1';
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(what: string, holds: () => Promise<boolean>, ms = 40_000): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await holds()) return;
    await wait(250);
  }
  throw new Error(`it did not come to this: ${what}`);
}

/** Logs in at a venue as a person of the demonstration. */
export async function logIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('按姓名、单位或角色查找').fill(name);
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL('**/lots');
}

export async function enterRoom(page: Page): Promise<void> {
  await page.getByRole('button', { name: '进入评标室' }).click({ timeout: 30_000 });
  await page.getByText('录制进行中').waitFor({ timeout: 30_000 });
}

/** Both witnesses of the lot sit at one site, so that two seats of it meet. */
class RoomStage extends Stage {
  override async act(actor: Actor, type: string, label: string, act: Act = {}): Promise<void> {
    const { parties } = act.payload ?? {};
    if (type !== 'lot.create' || !Array.isArray(parties)) {
      await super.act(actor, type, label, act);
      return;
    }
    const seated = (parties as JsonObject[]).map((party) => (party['party'] === 'witness-sub-2' ? { ...party, venue: SITE } : party));
    await super.act(actor, type, label, { ...act, payload: { ...act.payload, parties: seated } });
  }
}

/** A lot whose document is issued, for an hour, with two seats at one site. */
export async function foundRoomLot(system: RunningSystem, lot: string): Promise<World> {
  const world = await readWorld(system.home, JSON.stringify(system.urls));
  const stage = new RoomStage(stageFacts(world, lot, new SystemClock(), new Timeline(lot)));
  const office = await officeFor(world, TV_E2E_01);
  stage.observeAs(office.supervisor.client);
  await found(stage, world, TV_E2E_01, office, 3_600);
  return world;
}
