import { describe, expect, it } from '@jest/globals';
import { newerHead, type ReadHead } from './read-head.js';

const head = (size: number, cosigned: number, isSigned = true, witnessedAtMs: number | null = null): ReadHead => ({
  origin: 'a',
  size,
  root: '0'.repeat(64),
  checkpoint: '',
  isSigned,
  cosigned: ['x', 'y', 'z'].slice(0, cosigned),
  quorum: 2,
  witnesses: 3,
  isWitnessed: cosigned >= 2,
  witnessedAtMs,
});

describe('the checkpoint that is shown', () => {
  it('stays the witnessed one until a newer one has its quorum', () => {
    const witnessed = head(10, 3);
    expect(newerHead(witnessed, head(12, 0))).toBe(witnessed);
    expect(newerHead(witnessed, head(12, 1))).toBe(witnessed);
    expect(newerHead(witnessed, head(12, 2))).toMatchObject({ size: 12 });
  });

  it('takes more cosignatures of the same size, and never fewer', () => {
    expect(newerHead(head(10, 2), head(10, 3)).cosigned).toHaveLength(3);
    expect(newerHead(head(10, 3), head(10, 2)).cosigned).toHaveLength(3);
  });

  it('is the one that was cosigned later, of the same witnesses: a keeper asks for a head of this moment', () => {
    expect(newerHead(head(10, 2, true, 1_000), head(10, 2, true, 5_000)).witnessedAtMs).toBe(5_000);
    expect(newerHead(head(10, 2, true, 5_000), head(10, 2, true, 1_000)).witnessedAtMs).toBe(5_000);
  });

  it('is never an older one', () => {
    expect(newerHead(head(12, 2), head(10, 3)).size).toBe(12);
  });

  it('shows a head without quorum while there is none with it', () => {
    expect(newerHead(null, head(10, 0)).size).toBe(10);
    expect(newerHead(head(10, 0), head(12, 1)).size).toBe(12);
    expect(newerHead(head(12, 1), head(10, 2)).size).toBe(10);
  });

  it('is never one that the log did not sign, while there is one that it did', () => {
    const signed = head(10, 0);
    expect(newerHead(signed, head(12, 0, false))).toBe(signed);
    expect(newerHead(head(12, 0, false), signed)).toBe(signed);
  });
});
