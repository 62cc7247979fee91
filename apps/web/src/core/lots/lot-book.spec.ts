import { describe, expect, it } from '@jest/globals';
import { LotBook } from './lot-book.js';

function book() {
  const seen: string[] = [];
  const sut = new LotBook(({ lot, round }) => {
    seen.push(`open ${lot}/${round}`);
    return {
      close: () => {
        seen.push(`close ${lot}/${round}`);
      },
    };
  });
  return { sut, seen };
}
const a = { lot: 'a', round: 1 };

describe('lots that are open in a window', () => {
  it('are any number at once: a wall holds twelve', () => {
    const { sut, seen } = book();
    for (let number = 1; number <= 12; number += 1) sut.hold({ lot: `lot-${number}`, round: 1 });
    expect([sut.size, new Set(seen).size]).toEqual([12, 12]);
  });

  it('are one object for all who look, and close with the last of them', () => {
    const { sut, seen } = book();
    expect(sut.hold({ ...a })).toBe(sut.hold({ ...a }));
    sut.release(a);
    expect(seen).toEqual(['open a/1']);
    sut.release(a);
    expect(seen).toEqual(['open a/1', 'close a/1']);
    expect(sut.size).toBe(0);
  });

  it('are opened anew after they were closed, and a round is another lot', () => {
    const { sut, seen } = book();
    sut.hold(a);
    sut.hold({ lot: 'a', round: 2 });
    sut.release(a);
    sut.hold(a);
    expect(seen).toEqual(['open a/1', 'open a/2', 'close a/1', 'open a/1']);
  });

  it('are not closed twice', () => {
    const { sut, seen } = book();
    sut.hold(a);
    sut.release(a);
    sut.release(a);
    expect(seen).toEqual(['open a/1', 'close a/1']);
  });
});
