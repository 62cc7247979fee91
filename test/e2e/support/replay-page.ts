import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchWithDevices } from './chromium.js';
import { buildPage, servePage } from './own-page.js';

/** What the page of `apps/web/test/replay-page` says of its player. */
interface Looked {
  readonly atS: number;
  readonly showing: readonly string[];
  readonly isWaiting: boolean;
  /** By lane: the second that its picture says; null where it has none. */
  readonly pictures: Readonly<Record<string, number | null>>;
}
/** Lanes to make, with the seconds of each of their segments. */
type Recorded = readonly {
  readonly party: string;
  readonly source: string;
  readonly seconds: readonly (readonly [number, number])[];
}[];

export interface ReplayPage {
  readonly page: Page;
  readonly errors: readonly string[];
  /** A player of these lanes on a page that is loaded anew. `before`: calls that come first. */
  begin(recorded: Recorded, before?: Readonly<Record<string, unknown>>): Promise<readonly string[]>;
  call<T = unknown>(name: string, argument?: unknown): Promise<T>;
  looked(): Promise<Looked>;
  until(what: string, holds: (now: Looked) => boolean, ms?: number): Promise<Looked>;
  close(): Promise<void>;
}

export async function openReplayPage(): Promise<ReplayPage> {
  const folder = await mkdtemp(join(tmpdir(), 'gongping-replay-page-'));
  await buildPage('apps/web/test/replay-page', folder);
  const server = servePage(folder);
  await once(server, 'listening');
  const browser = await launchWithDevices();
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const call = <T = unknown>(name: string, argument: unknown = null): Promise<T> =>
    page.evaluate<T>(`window.replay.${name}(${JSON.stringify(argument)})`);
  const looked = (): Promise<Looked> => call<Looked>('looked');
  return {
    page,
    errors,
    call,
    looked,
    begin: async (recorded, before = {}) => {
      await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
      await page.waitForFunction('window.replay !== undefined');
      for (const [name, argument] of Object.entries(before)) await call(name, argument);
      return call<string[]>('prepare', recorded);
    },
    until: async (what, holds, ms = 8_000) => {
      const end = Date.now() + ms;
      let now = await looked();
      while (!holds(now)) {
        if (Date.now() > end) throw new Error(`it did not come to this: ${what}; ${JSON.stringify(now)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        now = await looked();
      }
      return now;
    },
    close: async () => {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
