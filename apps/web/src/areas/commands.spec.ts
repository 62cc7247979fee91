import { ACT_TYPES, commandRule, openShelf, ORDER_KINDS, SLICES } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
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

  it('name the consequence and the article of what cannot be undone', () => {
    const kinds = Object.entries(COMMANDS).flatMap(([type, record]) =>
      Object.entries(record.kinds ?? {}).map(([kind, said]) => [`${type}/${kind}`, said] as const),
    );
    const final = [...Object.entries(COMMANDS), ...kinds].filter(
      ([, record]) => record.consequence !== undefined || record.article !== undefined,
    );
    expect(final.length).toBeGreaterThan(0);
    for (const [type, { consequence, article }] of final) {
      expect([type, consequence?.['zh-CN'], consequence?.en]).toEqual([
        type,
        expect.stringMatching(/.{10}/),
        expect.stringMatching(/.{20}/),
      ]);
      expect([type, article?.['zh-CN'], article?.en]).toEqual([
        type,
        expect.stringMatching(/第.+条/),
        expect.stringMatching(/article \d+/),
      ]);
    }
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
