import { describe, expect, it } from '@jest/globals';
import type { Page } from '@app/contracts';
import { decodePage, encodePage, fromBase64Url, fromUtf8, PageBuilder, pageHeaders, pageParts, utf8 } from '@app/contracts';
import { TreeHasher } from '@app/ledger';
import { leavesOf, profile, TestLog } from '../../test/support.js';
import { checkPage, PageFault } from './check-page.js';
import { pageEntries, pageFrom, withErased, withOpened } from './page-entries.js';

const log = new TestLog().append(6);
const check = (page: Page): Uint8Array => checkPage(page, new TreeHasher(profile.hash), (bytes) => profile.hashHex(bytes));

/** The page again with its headers or open parts changed by hand. */
function forged(
  page: Page,
  change: { header?: (text: string, index: number) => string; open?: (name: string, text: string, entry: number) => string | null },
): Page {
  const builder = new PageBuilder(page.origin, page.from);
  const parts = [...pageParts(page.open, page.count)];
  pageHeaders(page).forEach((header, index) => {
    builder.header(change.header?.(fromUtf8(header), index) ?? fromUtf8(header));
    for (const { name, body } of parts.filter(({ entry }) => entry === index)) {
      const text = fromUtf8(body.subarray(32));
      const next = change.open === undefined ? text : change.open(name, text, index);
      if (next !== null) builder.open(name, body.subarray(0, 32), next);
    }
  });
  return builder.page();
}

describe('a page that comes from the main venue', () => {
  it('gives the leaf hashes of its headers, straight from the bytes on the wire', () => {
    expect(check(decodePage(encodePage(log.page(0, 6))))).toEqual(leavesOf(log));
  });

  it('may hold parts as ciphertext, or lack them when they were erased', () => {
    expect(() => check(log.page(2, 5, ['command', 'x:sheet']))).not.toThrow();
    const erased = forged(log.page(0, 2), { open: (name, text) => (name === 'command' ? null : text) });
    expect(() => check(erased)).not.toThrow();
  });

  it.each([
    [
      'a part with another text',
      { open: (name: string, text: string) => (name === 'command' ? text.replace('{', '{ ') : text) },
      'part command does not fit',
    ],
    [
      'a part that its header does not name',
      { open: (_name: string, text: string) => text, header: (text: string) => text.replace('"command":', '"commanx":') },
      'part command does not fit',
    ],
    [
      'an entry at another place',
      { header: (text: string, index: number) => (index === 1 ? text.replace('"seq":1', '"seq":2') : text) },
      'its header says 2',
    ],
    ['a header in another form', { header: (text: string) => text.replace('{', '{ ') }, 'not in canonical form'],
    ['a header with one member more', { header: (text: string) => text.replace('"v":1', '"v":1,"w":1') }, 'not in canonical form'],
    ['a header that is no JSON', { header: () => 'x' }, 'cannot be read'],
    [
      'a skeleton that is withheld',
      { open: (name: string, text: string) => (name === 'skeleton' ? null : text) },
      'its skeleton is withheld',
    ],
  ])('is refused with %s', (_name, change, reason) => {
    expect(() => check(forged(log.page(0, 3), change))).toThrow(PageFault);
    expect(() => check(forged(log.page(0, 3), change))).toThrow(reason);
  });

  it('is refused with a part too short for its salt, or ciphertext of a part that its header does not name', () => {
    const builder = new PageBuilder(log.origin, 0);
    builder.header(fromUtf8(pageHeaders(log.page(0, 1))[0] ?? new Uint8Array()));
    builder.openBody('skeleton', new Uint8Array(31));
    expect(() => check(builder.page())).toThrow('has no salt');
    const page = log.page(0, 1);
    const foreign = new PageBuilder(log.origin, 0);
    foreign.header(fromUtf8(pageHeaders(page)[0] ?? new Uint8Array()));
    for (const { name, body } of pageParts(page.open, 1)) foreign.openBody(name, body);
    foreign.hidden('x:other', new Uint8Array(1));
    expect(() => check(foreign.page())).toThrow('part x:other is none of its header');
  });

  it('can be cut to its last entries, and parts can be opened and erased in it', () => {
    const page = log.page(0, 6);
    expect(pageEntries(pageFrom(page, 4)).map(({ header }) => header.seq)).toEqual([4, 5]);
    expect(pageEntries(page, 5).map(({ header }) => header.seq)).toEqual([5]);
    const opening = log.entries[3]?.parts['x:sheet'];
    const body = new Uint8Array([...fromBase64Url(opening?.salt ?? ''), ...utf8(opening?.text ?? '')]);
    const opened = withOpened(page, new Map([['3/x:sheet', body]]));
    expect(check(opened)).toEqual(leavesOf(log));
    expect(pageEntries(opened)[3]?.parts['x:sheet']).toEqual(opening);
    expect(() => check(withOpened(page, new Map([['2/x:sheet', body]])))).toThrow('part x:sheet does not fit');
    const erased = withErased(opened, new Set(['3/x:sheet', '4/x:sheet']));
    expect([...pageParts(erased.hidden, 6)].map(({ entry }) => entry)).toEqual([0, 1, 2, 5]);
    expect(pageEntries(erased)[3]?.parts['x:sheet']).toBeUndefined();
  });
});
