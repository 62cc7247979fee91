import { describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.js';

describe('a batcher', () => {
  it('sends what arrives together as one, and what arrives meanwhile as the next, in pieces of its size', async () => {
    const sent: number[][] = [];
    const sut = new Batcher<number, number>(3, async (items) => {
      sent.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return items.map((item) => item * 2);
    });
    const first = [1, 2].map((item) => sut.add(item));
    await new Promise((resolve) => setTimeout(resolve, 2));
    const second = [3, 4, 5, 6].map((item) => sut.add(item));
    expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10, 12]);
    expect(sent).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it('tells a failure to those it concerns, and goes on', async () => {
    const sut = new Batcher<number, number>(1, ([item = 0]) => (item === 1 ? Promise.reject(new Error('no')) : Promise.resolve([item])));
    const all = await Promise.allSettled([sut.add(1), sut.add(2)]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await sut.add(3)).toBe(3);
  });

  it('fails when not every item was answered', async () => {
    await expect(new Batcher<number, number>(5, () => Promise.resolve([])).add(1)).rejects.toThrow('1 items were sent and 0 answered');
  });
});
