import type { RunningSystem } from '@app/testing';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** The trust file of a demonstration, as `npm run verify` takes it. */
export const trustFileOf = ({ home }: Pick<RunningSystem, 'home'>): string => join(home, 'demo', 'trust.json');

/** Pins the keys of a trust file on this page's device, by the dialog behind the seal in the bar. */
export async function pinByFile(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: '尚未核对信任锚' }).click();
  const dialog = page.getByRole('dialog', { name: '信任锚' });
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByText('信任锚已固定').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}
