import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../src/areas/commands.js';
import { zhCn } from '../src/locales/langs/zh-cn/index.js';

const FOLDER = join('docs', 'guide');
/** Guides for people of the field are Chinese; the others quote the screens now and then. */
const GUIDES = ['agency.md', 'bidder.md', 'chair.md', 'expert.md', 'supervisor.md'];

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}
const said = wordsOf([zhCn, COMMANDS]);

describe('a guide', () => {
  it('is known here when it is Chinese', () => {
    const chinese = readdirSync(FOLDER).filter((name) => /^# \p{Script=Han}/u.test(readFileSync(join(FOLDER, name), 'utf8')));
    expect(chinese.sort()).toEqual(GUIDES);
  });

  it.each(GUIDES)('%s calls what is pressed and read as the screens do', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const quoted = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) => (words ?? '').replace(/…$/, ''));
    expect(quoted.length).toBeGreaterThan(5);
    expect(quoted.filter((words) => !said.some((one) => one.includes(words)))).toEqual([]);
  });
});
