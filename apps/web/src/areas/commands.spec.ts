import { ACT_TYPES, commandRule, openShelf, ORDER_KINDS, SLICES } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { INSTRUMENTS, law } from '../locales/citations.js';
import { COMMANDS } from './commands.js';

/** Acts before the deadline are commands of the platform log, and lines of the list that the lock opens. */
const acts: readonly string[] = ACT_TYPES;
const engine = SLICES.flatMap((slice) => Object.keys(slice.commands));
/** Commands of every engine there is: a lot under an older one shows its own. */
const ever = (await openShelf()).all.flatMap((shelved) => Object.keys(shelved.engine.shapes()));

describe('the records of commands', () => {
  it('are one for every command of any engine and every act before the deadline, and for no other', () => {
    expect(engine.filter((type) => commandRule(type) === undefined)).toEqual([]);
    expect([...engine, ...ever, ...acts].filter((type) => COMMANDS[type] === undefined)).toEqual([]);
    expect(Object.keys(COMMANDS).filter((type) => !ever.includes(type) && !acts.includes(type))).toEqual([]);
  });

  it('name it in both languages, each with its own name', () => {
    for (const [type, { words }] of Object.entries(COMMANDS)) {
      expect([type, /[㐀-鿿]/.test(words['zh-CN']), /^[\x20-\x7e–’]+$/.test(words.en)]).toEqual([type, true, true]);
    }
  });

  it('name its consequence in both languages, and the law or the rule of the platform that says so', () => {
    const kinds = Object.entries(COMMANDS).flatMap(([type, { kinds: several }]) =>
      Object.entries(several ?? {}).map(([kind, said]) => [`${type}/${kind}`, said] as const),
    );
    for (const [type, { consequence, article }] of [...Object.entries(COMMANDS), ...kinds]) {
      expect([type, consequence['zh-CN'], consequence.en]).toEqual([
        type,
        expect.stringMatching(/[㐀-鿿].{9}/),
        expect.stringMatching(/^[\x20-\x7e–’“”]{20}/),
      ]);
      expect([type, article['zh-CN'], article.en]).toEqual([
        type,
        expect.stringMatching(/第.+条|^平台规则：/),
        expect.stringMatching(/article \d+|^Platform rule: /),
      ]);
    }
  });

  it('cite the platform’s rules where its design pages name the command', () => {
    // Commands of earlier engines alone are on no page any more.
    const cited = engine.flatMap((type) => {
      const [, page, heading] =
        /^Platform rule: .* \((docs[/]design[/][\w-]+[.]md), “(.*)”\)$/.exec(COMMANDS[type]?.article.en ?? '') ?? [];
      return page === undefined || heading === undefined ? [] : [{ type, page, heading }];
    });
    expect(cited.length).toBeGreaterThan(0);
    const unnamed = cited.filter(({ type, page, heading }) => {
      const text = readFileSync(new URL(`../../../../${page}`, import.meta.url), 'utf8');
      const [, section = ''] = text.split(`\n## ${heading}\n`);
      // A row with several names writes the slice once: `opening.pause`, `resume`.
      const names = [type, type.slice(type.indexOf('.') + 1)].map((name) => `\`${name}\``);
      return !names.some((name) => section.split('\n## ')[0]?.includes(name));
    });
    expect(unnamed).toEqual([]);
  });

  it('cite law in the one notation, by short titles of the glossary', () => {
    expect(law('12号令 19, 21, 87号令 59')).toEqual({
      'zh-CN': '评标委员会和评标方法暂行规定第十九条、第二十一条；政府采购货物和服务招标投标管理办法第五十九条',
      en: 'Order 12 on committees and methods of evaluation, article 19 and article 21; Order 87 of the Ministry of Finance, article 59',
    });
    expect(law('条例 20')['zh-CN']).toBe('招标投标法实施条例第二十条');
    for (const wrong of ['条例54', '条例', '某令 5', '54']) expect(() => law(wrong)).toThrow('is no citation');
    const glossary = readFileSync(new URL('../../../../docs/glossary.md', import.meta.url), 'utf8').split('## How law is cited')[1] ?? '';
    expect([...INSTRUMENTS.keys()].filter((title) => !glossary.includes(title))).toEqual([]);
  });

  it('have words for every kind of order', () => {
    const kinds = COMMANDS['lot.order']?.kinds ?? {};
    expect(Object.keys(kinds)).toEqual([...ORDER_KINDS]);
    for (const { words } of Object.values(kinds))
      expect([words['zh-CN'], words.en]).toEqual([expect.stringMatching(/[㐀-鿿]/), expect.stringMatching(/^[\x20-\x7e–’]+$/)]);
  });

  it('are done in one way: a press, a choice, a document, the key of the own bid, a kept key, a form or a page', () => {
    const several = Object.entries(COMMANDS).filter(
      ([, { press, choice, document, unwrapping, keeping, kinds, goTo }]) =>
        [press, choice, document, unwrapping, keeping, kinds, goTo].filter((way) => way !== undefined).length > 1,
    );
    expect(several.map(([type]) => type)).toEqual([]);
  });
});
