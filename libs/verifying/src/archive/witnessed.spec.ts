import { describe, expect, it } from '@jest/globals';
import { openCheckedShelf } from '@app/evaluation/node';
import { LotRun } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { lateCosignatures, supersededRules } from './witnessed.js';

describe('what the times of cosignatures say of a lot', () => {
  const { entries, sent } = at(TV_E2E_01, 'locked').table;
  const archive = { entries: sent.map((entry) => ({ ...entry, erased: [] })) };
  const seenAfter = (size: number, seconds: number) => ({
    size,
    atMs: Date.parse(entries[size - 1]?.header.at ?? '') + seconds * 1_000,
  });

  it('names the head that witnesses saw latest after its newest entry, and says nothing of a minute', () => {
    expect(lateCosignatures(archive, [seenAfter(2, 1), seenAfter(5, 60)])).toEqual([]);
    expect(lateCosignatures(archive, [seenAfter(2, 61), seenAfter(5, 7_200), seenAfter(6, 0)])).toEqual([
      "cosigned late 见证迟签: 2 of 3 heads, the head of 5 entries 7200 s after its newest entry was written; that it stood there before is the main venue's word",
    ]);
  });

  it('SEC-2 says of a lot under superseded rules when witnesses first saw it, and where that rests on the main venue’s word', async () => {
    const shelf = await openCheckedShelf();
    const old = shelf.all.find(({ engine }) => engine.version === '0.4.0');
    const founded = (under = old): LotRun =>
      LotRun.begin(shelf, { origin: 'a/lot/b/1', lot: 'b', round: 1 }, under).next({ header: entries[0]!.header, parts: {} });
    const until = shelf.foundedUntil(old!)!;
    const before = `founded under superseded rules 旧版规则: ${old!.id}, which founds lots until ${until}, on ${entries[0]!.header.at}; first witnessed `;
    expect(supersededRules(archive, founded(), [{ size: 1, atMs: Date.parse(until) }])).toEqual([`${before}${until}`]);
    const late = new Date(Date.parse(until) + 1_000).toISOString();
    expect(supersededRules(archive, founded(), [{ size: 1, atMs: Date.parse(late) }])).toEqual([
      `${before}${late}; that it was founded before is the main venue's word`,
    ]);
    expect(supersededRules(archive, founded(shelf.newestReleased), [{ size: 1, atMs: Date.parse(late) }])).toEqual([]);
  }, 60_000);
});
