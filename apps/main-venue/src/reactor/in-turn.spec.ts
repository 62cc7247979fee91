import { describe, expect, it } from '@jest/globals';
import { InTurn } from './in-turn.js';

describe('work in turn', () => {
  it('is done one after the other for one name, also after a failure, and side by side for two', async () => {
    const sut = new InTurn();
    const seen: string[] = [];
    const piece = (name: string, ms: number) => async (): Promise<string> => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      seen.push(`${name} ends`);
      if (name === 'a1') throw new Error('no');
      return name;
    };
    const all = await Promise.allSettled([sut.after('a', piece('a1', 20)), sut.after('a', piece('a2', 1)), sut.after('b', piece('b1', 5))]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(seen).toEqual(['a1 begins', 'b1 begins', 'b1 ends', 'a1 ends', 'a2 begins', 'a2 ends']);
  });
});
