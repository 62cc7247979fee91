import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cipherFile, type GetRange } from './cipher-file.js';

const CUTS = { head: 7, chunk: 10 };
const bytes = Uint8Array.from({ length: 237 }, (_, index) => index);

function served(): { asked: string[]; get: GetRange } {
  const asked: string[] = [];
  const get: GetRange = ({ from, to }) => {
    asked.push(`${from}-${to}`);
    return Promise.resolve(bytes.slice(from, to));
  };
  return { asked, get };
}

describe('a file that is fetched piece by piece', () => {
  it('gives every span of it, and asks along its cuts only', async () => {
    const isCut = (at: number): boolean => at === 0 || at === bytes.length || (at - CUTS.head) % CUTS.chunk === 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(240), fc.nat(240)), { maxLength: 12 }),
        fc.integer({ min: 1, max: 100 }),
        async (spans, kept) => {
          const { asked, get } = served();
          const sut = cipherFile(bytes.length, CUTS, get, kept);
          for (const [one, other] of spans) {
            const [from, to] = one < other ? [one, other] : [other, one];
            expect(await sut.read(from, to)).toEqual(bytes.slice(from, to));
          }
          for (const span of asked) expect(span.split('-').map(Number).every(isCut)).toBe(true);
        },
      ),
    );
  });

  it('asks once for what is side by side, for what two want at once, and for what it has', async () => {
    const { asked, get } = served();
    const sut = cipherFile(bytes.length, CUTS, get);
    await Promise.all([sut.read(20, 60), sut.read(30, 50)]);
    await sut.read(20, 60);
    expect(asked).toEqual(['17-67']);
    await sut.read(0, 80);
    expect(asked).toEqual(['17-67', '0-17', '67-87']);
    expect(sut.fetched()).toEqual({ requests: 3, bytes: 87 });
  });

  it('keeps no more than its bound, and what was used last', async () => {
    const { asked, get } = served();
    const sut = cipherFile(bytes.length, CUTS, get, 30);
    for (const at of [20, 40, 60]) await sut.read(at, at + 1);
    await sut.read(20, 21);
    await sut.read(80, 81);
    const before = asked.length;
    await sut.read(20, 21);
    expect(asked).toHaveLength(before);
    await sut.read(40, 41);
    expect(asked).toHaveLength(before + 1);
  });

  it('asks again for what could not be had, and tells it to who waited', async () => {
    let isCut = true;
    const sut = cipherFile(bytes.length, CUTS, ({ from, to }) =>
      isCut ? Promise.reject(new Error('cut')) : Promise.resolve(bytes.slice(from, to)),
    );
    await expect(Promise.all([sut.read(20, 21), sut.read(20, 21)])).rejects.toThrow('cut');
    isCut = false;
    expect(await sut.read(20, 22)).toEqual(bytes.slice(20, 22));
  });
});
