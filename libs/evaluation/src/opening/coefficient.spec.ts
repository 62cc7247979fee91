import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { drawCoefficient, traceCoefficient } from './coefficient.js';

const sm3 = (text: string): string => createHash('sm3').update(text, 'utf8').digest('hex');
const vector = {
  lotCode: 'E3307840001000001001',
  secret: '9f2c4b7d11aa03e8',
  contributions: ['bidder:B:03fa', 'bidder:A:7c1e', 'bidder:C:99d0'],
  values: ['0.955', '0.960', '0.965', '0.970', '0.975', '0.980', '0.985'],
  hashHex: sm3,
};

describe('the draw of coefficient K', () => {
  it('TV-DRAW-01 gives K = 0.955 from the committed secret and three contributions', () => {
    expect(sm3(vector.secret)).toBe('794219d88ed9e71affca7030df49cfa3fa34190f143649b944660e40497757a1');
    const { seed, value } = drawCoefficient(vector);
    expect(seed).toBe('35c1ff0e21908826d3607a25f2a742d35d97320b058ad1a97b6cbe9bf633cbb1');
    expect(sm3(`${seed}|0`).slice(0, 16)).toBe('db1c320b27af187e');
    expect(value).toBe('0.955');
  });

  it('does not depend on the order in which contributions arrive', () => {
    expect(drawCoefficient({ ...vector, contributions: [...vector.contributions].reverse() })).toEqual(drawCoefficient(vector));
  });

  it('TV-DRAW-03 changes with any one contribution', () => {
    const other = drawCoefficient({ ...vector, contributions: ['bidder:A:7c1e', 'bidder:B:03fb', 'bidder:C:99d0'] });
    expect(other.seed).not.toBe(drawCoefficient(vector).seed);
  });

  it('takes the next counter when a word lies above the last multiple of n', () => {
    const words: Record<string, string> = { 's|0': 'ffffffffffffffff', 's|1': '0000000000000002' };
    const hashHex = (text: string): string => words[text] ?? 's';
    expect(drawCoefficient({ ...vector, hashHex }).value).toBe('0.965');
    // Whoever follows the draw sees the word that was passed over, and the one that chose.
    expect(traceCoefficient({ ...vector, hashHex })).toMatchObject({ words: ['ffffffffffffffff', '0000000000000002'], index: 2 });
  });

  it('gives every value its share: 7 values over 3 500 seeds, each within 4 sigma', () => {
    const counts = new Map<string, number>();
    for (let run = 0; run < 3_500; run++) {
      const { value } = drawCoefficient({ ...vector, secret: `s${run}` });
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const sigma = Math.sqrt(3_500 * (1 / 7) * (6 / 7));
    expect(counts.size).toBe(7);
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(4 * sigma);
  });
});
