import { describe, expect, it } from '@jest/globals';
import { canonicalText } from '@app/contracts';
import { command, profile } from '../../test/support.js';
import { backoffMs, BACKOFF } from './backoff.js';
import { CHAIN_START, chainFault, commandHash, commandText, linkHash, linkText } from './chain.js';

const hashHex = (bytes: Uint8Array): string => profile.hashHex(bytes);

function chain(size: number) {
  let prev = CHAIN_START;
  return Array.from({ length: size }, (_none, index) => {
    const text = commandText(command(`expert-${String(index)}`));
    const link = { v: 1 as const, index, prev, command: commandHash(text, hashHex), receivedAt: `2026-03-24T01:30:00.00${String(index)}Z` };
    const hash = linkHash(link, hashHex);
    prev = hash;
    return { link, hash };
  });
}
const start = { index: -1, hash: CHAIN_START };

describe('the outbox chain', () => {
  it('holds as it was written, from any link on', () => {
    const records = chain(5);
    expect(chainFault(records, start, hashHex)).toBeNull();
    expect(chainFault(records.slice(2), { index: 1, hash: records[1]?.hash ?? '' }, hashHex)).toBeNull();
    expect(chainFault([], start, hashHex)).toBeNull();
  });

  it('writes a link as RFC 8785 does', () => {
    for (const { link } of chain(2)) expect(linkText(link)).toBe(canonicalText({ ...link }));
  });

  it('shows a link taken out, put in, reordered, or with another time of receipt', () => {
    const [a, b, c] = chain(3);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three links');
    expect(chainFault([a, c], start, hashHex)).toMatch('link 1 is missing');
    expect(chainFault([a, a, b], start, hashHex)).not.toBeNull();
    expect(chainFault([b, a], start, hashHex)).not.toBeNull();
    const later = { ...b, link: { ...b.link, receivedAt: '2026-03-24T02:00:00.000Z' } };
    expect(chainFault([a, later], start, hashHex)).toMatch('link 1 was changed');
    const rewritten = { link: later.link, hash: linkHash(later.link, hashHex) };
    expect(chainFault([a, rewritten, c], start, hashHex)).toMatch('link 2 does not follow');
  });
});

describe('the wait before another try', () => {
  it('doubles up to a limit, and half of it is drawn', () => {
    const least = (tries: number): number => backoffMs(tries, () => 0);
    const most = (tries: number): number => backoffMs(tries, (below) => below - 1);
    expect([least(1), most(1), least(2), most(2), least(5)]).toEqual([125, 250, 250, 500, 2_000]);
    expect(most(1_000)).toBe(BACKOFF.maxMs);
    expect(least(1_000)).toBe(BACKOFF.maxMs / 2);
  });

  it('stays inside its bounds when it is really drawn', () => {
    for (let tries = 1; tries < 30; tries += 1) {
      const wait = backoffMs(tries);
      expect(wait).toBeGreaterThanOrEqual(125);
      expect(wait).toBeLessThanOrEqual(BACKOFF.maxMs);
    }
  });
});
