import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Page } from './venue-page.js';
import { decodePage, encodePage, PageBuilder, PageFormatError, pageHeaders, pageParts } from './venue-page.js';

const salt = new Uint8Array(32).fill(7);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function sample(): Page {
  const builder = new PageBuilder('demo/lot/甲/1', 40);
  builder.header('{"first":1}');
  builder.open('skeleton', salt, '{"events":[]}');
  builder.hidden('x:sheet', new Uint8Array([1, 2, 3]));
  builder.header('{"second":2}');
  builder.open('skeleton', salt, '评标');
  return builder.page();
}

describe('a page of entries', () => {
  it('comes back from its bytes as it was made', () => {
    const page = decodePage(encodePage(sample()));
    expect([page.origin, page.from, page.count]).toEqual(['demo/lot/甲/1', 40, 2]);
    expect(pageHeaders(page).map(text)).toEqual(['{"first":1}', '{"second":2}']);
    const open = [...pageParts(page.open, page.count)];
    expect(open.map((part) => [part.entry, part.name, text(part.body.subarray(32))])).toEqual([
      [0, 'skeleton', '{"events":[]}'],
      [1, 'skeleton', '评标'],
    ]);
    expect(open[0]?.body.subarray(0, 32)).toEqual(salt);
    expect([...pageParts(page.hidden, page.count)].map((part) => [part.entry, part.name, [...part.body]])).toEqual([
      [0, 'x:sheet', [1, 2, 3]],
    ]);
  });

  it('cut anywhere is refused, and so is a byte more', () => {
    const bytes = encodePage(sample());
    for (let size = 0; size < bytes.length; size += 1) expect(() => decodePage(bytes.slice(0, size))).toThrow(PageFormatError);
    expect(() => decodePage(new Uint8Array([...bytes, 0]))).toThrow(PageFormatError);
  });

  it('with another number of headers than it says is refused', () => {
    const page = sample();
    expect(() => pageHeaders({ ...page, count: 3 })).toThrow(PageFormatError);
    expect(() => pageHeaders({ ...page, count: 1 })).toThrow(PageFormatError);
  });

  it('with parts out of order, or of an entry that it has not, is refused', () => {
    const page = sample();
    expect(() => [...pageParts(page.open, 1)]).toThrow('out of order');
    const twice = new Uint8Array([...page.open, ...page.open]);
    expect(() => [...pageParts(twice, 2)]).toThrow('out of order');
  });

  it('refuses a part name that is not plain ASCII', () => {
    const builder = new PageBuilder('o', 0);
    builder.header('{}');
    expect(() => {
      builder.open('x:表', salt, '{}');
    }).toThrow(PageFormatError);
  });

  it('of any texts comes back (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array())), (entries) => {
        const builder = new PageBuilder('o', 0);
        for (const [body, hidden] of entries) {
          builder.header(body);
          builder.open('skeleton', salt, body);
          builder.hidden('d:x', hidden);
        }
        const page = decodePage(encodePage(builder.page()));
        expect(pageHeaders(page).map(text)).toEqual(entries.map(([body]) => body));
        expect([...pageParts(page.open, page.count)].map((part) => text(part.body.subarray(32)))).toEqual(entries.map(([body]) => body));
        expect([...pageParts(page.hidden, page.count)].map((part) => [...part.body])).toEqual(entries.map(([, hidden]) => [...hidden]));
      }),
    );
  });
});
