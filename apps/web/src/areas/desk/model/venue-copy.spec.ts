import { RequestError } from '@app/client';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EMPTY_DESK, type KeptDesk, reconciled, type There } from './kept-desk.js';
import { VenueCopy } from './venue-copy.js';

const deskAt = (at: number, cells: Readonly<Record<string, string>>): KeptDesk => ({
  ...EMPTY_DESK,
  at,
  party: 'expert-1',
  sheets: { 'scores:technical': cells },
});
const cut = (): RequestError => new RequestError('UNAVAILABLE', 'cut');
const bytes = Uint8Array.of(1);

describe('the copy of a desk at the venue', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  function copy(kept: There = { at: 0, desk: EMPTY_DESK }) {
    const venue = { kept, refusals: [] as (RequestError | null)[], puts: [] as number[], pauseMs: 0 };
    const answer = async (work: () => There): Promise<There> => {
      const refusal = venue.refusals.shift() ?? null;
      if (venue.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, venue.pauseMs));
      if (refusal !== null) throw refusal;
      return work();
    };
    const told: string[] = [];
    const sut = new VenueCopy(
      {
        ask: () => answer(() => venue.kept),
        keep: (_sealed, at, basis) => {
          venue.puts.push(at);
          return answer(() => {
            if (venue.kept.at === basis) venue.kept = { at, desk: deskAt(at, {}) };
            return venue.kept;
          });
        },
      },
      {
        found: ({ at }) => void told.push(`found ${String(at)}`),
        taken: () => void told.push('taken'),
        refused: () => void told.push('refused'),
      },
    );
    return { sut, venue, told };
  }

  it('is not sent before the venue has said what it has, and then not over it', async () => {
    const { sut, venue, told } = copy({ at: 50, desk: deskAt(50, { a: '1' }) });
    venue.refusals.push(cut(), cut());
    await sut.begin();
    sut.offer(bytes, 1);
    await pass(4_000);
    expect([venue.puts, told]).toEqual([[], []]);
    await pass(6_000);
    expect([venue.puts, told]).toEqual([[], ['found 50']]);
    sut.offer(bytes, 51);
    await pass(1_000);
    expect([venue.puts, told]).toEqual([[51], ['found 50', 'taken']]);
  });

  it('is on its way once at a time, and rests on what lies there: an older one never takes a newer one’s place', async () => {
    const { sut, venue, told } = copy();
    await sut.begin();
    venue.pauseMs = 20_000;
    sut.offer(bytes, 1);
    await pass(1_000);
    sut.offer(bytes, 2);
    await pass(5_000);
    expect(venue.puts).toEqual([1]);
    await pass(60_000);
    expect([venue.puts, venue.kept.at, told]).toEqual([[1, 2], 2, ['found 0', 'taken']]);
    // Another seat came between.
    venue.pauseMs = 0;
    venue.kept = { at: 9, desk: deskAt(9, {}) };
    sut.offer(bytes, 3);
    await pass(1_000);
    expect([venue.kept.at, told.at(-1)]).toEqual([9, 'found 9']);
  });

  it('goes on after a passing refusal and stops with a word after another one, and where a foreign one lies', async () => {
    const { sut, venue, told } = copy();
    await sut.begin();
    venue.refusals.push(cut(), new RequestError('WRONG_STATE', 'over', { status: 409 }));
    sut.offer(bytes, 1);
    await pass(30_000);
    expect([venue.puts, told]).toEqual([
      [1, 1],
      ['found 0', 'refused'],
    ]);
    sut.offer(bytes, 2);
    await pass(30_000);
    expect([venue.puts.length, told.at(-1)]).toEqual([2, 'refused']);
    const other = copy({ at: 5, desk: 'foreign' });
    await other.sut.begin();
    other.sut.offer(bytes, 6);
    other.sut.end();
    await pass(30_000);
    expect([other.venue.puts, other.told]).toEqual([[], ['refused', 'refused']]);
  });

  it('loses nothing of two seats: the newer one counts, with what was written since the beginning', () => {
    const there = deskAt(50, { a: '1', b: '2' });
    const loaded = deskAt(10, { a: '0', c: '3' });
    expect(reconciled(null, EMPTY_DESK, EMPTY_DESK, there, 60)).toBe(there);
    const written = deskAt(11, { a: '0', c: '4' });
    expect(reconciled(null, loaded, written, there, 59.5)).toEqual(deskAt(60, { a: '1', b: '2', c: '4' }));
    // This device has the newer one.
    expect(reconciled(null, deskAt(51, { a: '7' }), written, there, 60)).toBe(written);
    // Both sides have written since they were the same.
    expect(reconciled(loaded, loaded, deskAt(70, { a: '9', c: '3' }), there, 60).sheets).toEqual({
      'scores:technical': { a: '9', b: '2' },
    });
  });
});
