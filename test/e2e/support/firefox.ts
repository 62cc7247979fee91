import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { launch } from 'puppeteer-core';
import { SIZES } from './chromium.js';

/** Debian's ESR, over WebDriver BiDi: the driver of the other browser tests does not speak it with a stock Firefox. */
const FIREFOX = '/usr/bin/firefox-esr';
const WAIT_MS_MAX = 40_000;

/** Throws with the package to install when there is no Firefox. Files that pages save go to `downloads`. */
export async function launchFirefox(downloads: string): Promise<Browser> {
  if (!existsSync(FIREFOX))
    throw new Error('no Firefox found: install the package firefox-esr (node scripts/setup.mjs --for-long-tests does)');
  return launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    defaultViewport: SIZES.seat,
    extraPrefsFirefox: {
      'intl.accept_languages': 'zh-CN',
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
    },
  });
}

/** An input of type file: the tests know no types of pages. */
type InputHandle = ElementHandle & { uploadFile(...paths: string[]): Promise<void> };

/** A person at Firefox: what is pressed and filled is found by the words on the screen, never by a function: the page's policy forbids eval. */
export class Seat {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(WAIT_MS_MAX);
  }

  /** Resolves once the words stand somewhere on the page, for people to see. */
  async untilSeen(words: string): Promise<void> {
    await this.#at(`//*[text()[contains(normalize-space(.), "${words}")]]`, true);
  }

  async press(name: string): Promise<void> {
    const named = `[not(@disabled) and (@aria-label="${name}" or .//text()[normalize-space(.)="${name}"])]`;
    await (await this.#at(`//button${named} | //a${named}`, true)).click();
  }

  async fill(label: string, text: string): Promise<void> {
    const field = await this.#at(labelled(label), true);
    await field.click({ count: 3 });
    await field.type(text);
  }

  /** What takes a file is hidden behind a button of its own. */
  async choose(label: string, file: string): Promise<void> {
    await this.give(labelled(label), file);
  }

  /** Puts a file into the input that an XPath finds. */
  async give(path: string, file: string): Promise<void> {
    await ((await this.#at(path, false)) as InputHandle).uploadFile(file);
  }

  /** For people to look at; the folder is ignored by git. */
  async shoot(name: string): Promise<void> {
    const folder = resolve('test-output', 'screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  async #at(path: string, visible: boolean): Promise<ElementHandle> {
    const found = await this.page.waitForSelector(`::-p-xpath(${path})`, { visible });
    if (found === null) throw new Error(`${path}: not on the page`);
    return found;
  }
}

const labelled = (label: string): string =>
  `//*[self::input or self::textarea][@aria-label="${label}" or @id=//label[normalize-space(.)="${label}"]/@for] | //label[normalize-space(.)="${label}"]//input`;
