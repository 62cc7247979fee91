import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { openReplayPage, type ReplayPage } from './support/replay-page.js';

jest.setTimeout(300_000);
/** Files of a leak are megabytes each. */
const GROWTH_MIB_MAX = 3;

let sut: ReplayPage;
beforeAll(async () => {
  sut = await openReplayPage();
});
afterAll(() => sut.close());

it('the player of a replay keeps no file in memory that it has let go of, over 100 jumps', async () => {
  const seconds = Array.from({ length: 15 }, (_, index) => [index * 8, index * 8 + 8] as const);
  await sut.begin([{ party: 'one', source: 'camera', seconds }]);
  const session = await sut.page.context().newCDPSession(sut.page);
  const heapMib = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
    return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1024 ** 2;
  };
  const jump = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await sut.call('seek', (index * 47) % 118);
      await sut.until('it is there', ({ isWaiting }) => !isWaiting);
    }
  };
  await jump(10);
  const [before, opened] = [await heapMib(), await sut.call<number>('opened')];
  await jump(100);
  expect(await sut.call<number>('opened')).toBeGreaterThan(opened + 100);
  expect((await heapMib()) - before).toBeLessThan(GROWTH_MIB_MAX);
});
