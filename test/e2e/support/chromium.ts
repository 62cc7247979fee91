import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** Browsers that the set-up script or a distribution installs; the first that is there is used. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
] as const;
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** Sizes that screens are made for: a seat's first and second screen, and a phone for public pages. */
export const SIZES = {
  seat: { width: 1366, height: 768 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
} as const;

/** Throws with the package to install when there is no browser. */
function chromiumPath(): string {
  const found = PLACES.find((place) => existsSync(place));
  if (found === undefined)
    throw new Error('no Chromium found: install the package chromium-headless-shell (node scripts/setup.mjs --for-tests does)');
  return found;
}

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS] });

/** With a camera and a microphone that are none, and leave to use them; two pages of one machine reach each other. */
export const launchWithDevices = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...FLAGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });

/** A page of its own (no cookie, no key) that notes what the console calls an error. */
export async function newPage(
  browser: Browser,
  size: keyof typeof SIZES = 'seat',
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({ viewport: SIZES[size], locale: 'zh-CN' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // A refusal is an answer with a status of its own; the browser calls it an error all the same.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) errors.push(message.text());
  });
  return { page, context, errors };
}

/** Saves what is seen, for people to look at; the folder is ignored by git. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = resolve('test-output', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Faults against WCAG 2.2 AA that axe finds on the page, one line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  // The page's policy forbids injected scripts, so axe is evaluated by the test's own channel.
  await page.evaluate(AXE);
  const result = await page.evaluate<AxeResult>(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`);
  return result.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} at ${target.join(' ')}`));
}
