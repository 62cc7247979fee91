import type { RunningSystem } from '@app/testing';
import { SystemClock } from '@app/platform';
import { TV_E2E_01, type LotPlan } from '@app/testing/lots';
import type { Browser, BrowserContext, Page, WebSocketRoute } from 'playwright-core';
import { bidders, deliverAll, type Bidder } from '../../../tools/demo/src/acts/bidding.js';
import { found, trusteesOf, type Office } from '../../../tools/demo/src/acts/founding.js';
import type { World } from '../../../tools/demo/src/cast-of-lot.js';
import { officeFor, stageFacts } from '../../../tools/demo/src/play-lot.js';
import { Stage } from '../../../tools/demo/src/stage.js';
import { newPage, type SIZES } from './chromium.js';

/** The worked lot with the first bids, and K drawn among three values. */
export const hallPlan = (id: string, bids: number): LotPlan => ({
  ...TV_E2E_01,
  id,
  rules: {
    ...TV_E2E_01.rules,
    price: { ...TV_E2E_01.rules.price, k: { drawn: ['0.955', '0.960', '0.970'] } } as LotPlan['rules']['price'],
  },
  bids: TV_E2E_01.bids.slice(0, bids),
});

/** A lot and whoever acts in it without a browser. */
export interface HallLot {
  readonly stage: Stage;
  readonly office: Office;
  readonly all: readonly Bidder[];
}

/** Who plays, with their bids written; nothing is founded yet. */
export async function castLot(world: World, plan: LotPlan, firstCompany: number): Promise<HallLot> {
  const clock = new SystemClock();
  const stage = new Stage(stageFacts(world, plan.id, clock));
  const office = await officeFor(world, plan);
  const all = await bidders(world, plan, firstCompany, clock.instant());
  stage.observeAs(office.supervisor.client);
  return { stage, office, all };
}

/** Founds it and delivers the bids, all before the deadline. */
export async function readyLot(world: World, plan: LotPlan, { stage, office, all }: HallLot, deadlineSeconds: number): Promise<void> {
  await found(stage, world, plan, office, deadlineSeconds);
  await deliverAll(stage, world, plan, all);
}

/** The opening trustees release their keys; how one does that in the browser shows the scoring desk's test. */
export async function releaseKeys({ stage, office }: HallLot): Promise<void> {
  for (const trustee of trusteesOf(office)) {
    const key = office.trusteeKeys.get(trustee.party);
    if (key === undefined) throw new Error(`${trustee.party} keeps no key`);
    const act = { payload: { purpose: 'bids' }, secrets: { 'private-key': key.privateKey } };
    await stage.act(trustee, 'sealing.release', '释放开标密钥', act);
  }
}

/** How long the read-out may take to come, in attempts with pauses between them. */
const ATTEMPTS_MAX = 200;
const PAUSE_MS = 100;

/** Makes the window to confirm longer as soon as it is open: the two seconds of the demonstration are no person's. */
export async function extendConfirmation({ stage, office }: HallLot): Promise<void> {
  const act = { payload: { seconds: 1_800, reason: '演示：留出时间' } };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await stage.act(office.agency, 'opening.extend-window', '延长时限', act);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !(error instanceof Error) || !error.message.includes('WRONG_STEP')) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Somebody at a browser of his own, whose line can be cut. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[];
  readonly home: string;
  /** Ends every connection of this browser, and lets none begin until it is mended. */
  readonly cut: () => Promise<void>;
  readonly mend: () => void;
}

/** `identity`: the file to log in by; null for the public. */
export async function takeSeat(
  browser: Browser,
  { urls: { main: home } }: Pick<RunningSystem, 'urls'>,
  identity: object | null,
  size: keyof typeof SIZES = 'seat',
): Promise<Seat> {
  const opened = await newPage(browser, size);
  let isCut = false;
  const open = new Set<WebSocketRoute>();
  await opened.context.route(/\/(api|socket\.io)\//, (route) => (isCut ? route.abort() : route.continue()));
  await opened.context.routeWebSocket(/socket\.io/, async (socket) => {
    if (isCut) return socket.close();
    socket.connectToServer();
    open.add(socket);
  });
  const cut = async (): Promise<void> => {
    isCut = true;
    await Promise.all([...open].map((socket) => socket.close()));
    open.clear();
  };
  const mend = (): void => {
    isCut = false;
  };
  const seat = { ...opened, home, cut, mend };
  seat.page.setDefaultTimeout(60_000);
  if (identity !== null) await logInBy(seat, identity);
  return seat;
}

export async function logInBy({ page, home }: Seat, identity: object): Promise<void> {
  await page.goto(`${home}/login`);
  const buffer = Buffer.from(JSON.stringify(identity));
  await page.locator('input[type=file]').setInputFiles({ name: 'identity.json', mimeType: 'application/json', buffer });
  await page.waitForURL('**/lots');
}

export const enterHall = ({ page, home }: Seat, lot: string): Promise<unknown> => page.goto(`${home}/lots/${lot}/1/hall`);
