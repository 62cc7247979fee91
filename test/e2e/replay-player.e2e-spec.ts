import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openReplayPage, type ReplayPage } from './support/replay-page.js';

jest.setTimeout(120_000);

const PICTURE = 'sub-1 one/camera';
const OTHER = 'sub-1 two/camera';
const SOUND = 'sub-1 one/microphone';
const KEYS = [PICTURE, SOUND, OTHER];

let sut: ReplayPage;
beforeAll(async () => {
  sut = await openReplayPage();
  // Two pictures and a sound: the first is switched off from second 12 to 16, the other begins at second 3 and has a hole of 90 ms.
  const keys = await sut.begin([
    {
      party: 'one',
      source: 'camera',
      seconds: [
        [0, 4],
        [4, 8],
        [8, 12],
        [16, 20],
        [20, 24],
      ],
    },
    {
      party: 'one',
      source: 'microphone',
      seconds: [
        [0, 10],
        [10, 20],
        [20, 24],
      ],
    },
    {
      party: 'two',
      source: 'camera',
      seconds: [
        [3, 7],
        [7.09, 11],
        [11, 15],
        [15, 24],
      ],
    },
  ]);
  expect(keys).toEqual(KEYS);
});
afterAll(() => sut.close());
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the player of a replay, in a browser', () => {
  it('shows at every instant the picture of that instant, lanes in step', async () => {
    await sut.until('the first picture', ({ pictures, isWaiting }) => !isWaiting && pictures[PICTURE] === 0);
    await sut.call('play');
    await sut.until('it runs', ({ atS }) => atS > 4.5);
    for (let look = 0; look < 6; look += 1) {
      const { atS, pictures } = await sut.looked();
      // The picture tells tenths of a second; it was drawn a little after or before the clock was read.
      expect(Math.abs((pictures[PICTURE] ?? -9) - atS)).toBeLessThan(0.35);
      expect(Math.abs((pictures[OTHER] ?? -9) - atS)).toBeLessThan(0.35);
      await wait(300);
    }
    await sut.call('pause');
    const { atS } = await sut.looked();
    await wait(400);
    expect((await sut.looked()).atS).toBe(atS);
  });

  it.each([17, 5.5, 22.3, 0.7, 8])('jumps to second %d and shows it while it stands', async (second) => {
    await sut.call('seek', second);
    const there = ({ isWaiting, pictures }: { isWaiting: boolean; pictures: Readonly<Record<string, number | null>> }): boolean =>
      !isWaiting && [PICTURE, ...(second >= 3 ? [OTHER] : [])].every((key) => Math.abs((pictures[key] ?? -9) - second) <= 0.2);
    await sut.until('it is there', there);
  });

  it('shows no picture where a gap is, and goes on behind it', async () => {
    await sut.call('seek', 11);
    await sut.call('play');
    const inGap = await sut.until('the gap', ({ atS }) => atS > 12.4);
    expect([inGap.showing.includes(PICTURE), inGap.showing.includes(OTHER)]).toEqual([false, true]);
    const behind = await sut.until('behind the gap', ({ atS, isWaiting }) => atS > 16.6 && !isWaiting);
    expect(behind.showing).toEqual(expect.arrayContaining(KEYS));
    expect(Math.abs((behind.pictures[PICTURE] ?? -9) - behind.atS)).toBeLessThan(0.35);
    await sut.call('pause');
  });

  it('stops the clock for all while one of them has not come', async () => {
    const recorded = [
      { party: 'one', source: 'camera', seconds: [[0, 5]] },
      { party: 'two', source: 'camera', seconds: [[1, 5]] },
    ] as const;
    await sut.begin(recorded, { hold: ['two', 2_500] });
    await sut.call('play');
    const stopped = await sut.until('it waits', ({ isWaiting, atS }) => isWaiting && atS >= 1);
    expect(stopped.atS).toBeLessThan(1.5);
    await wait(300);
    expect((await sut.looked()).atS).toBe(stopped.atS);
    await sut.until('it goes on', ({ atS, isWaiting }) => atS > 2 && !isWaiting);
  });

  it('does not wait for what can never be shown, and does not show it; above 2× one picture is shown', async () => {
    const recorded = [
      {
        party: 'one',
        source: 'camera',
        seconds: [
          [0, 2],
          [2, 4],
          [4, 6],
        ],
      },
      { party: 'two', source: 'camera', seconds: [[0, 6]] },
    ] as const;
    await sut.begin(recorded, { lose: 'one/camera/1' });
    await sut.call('play');
    const inside = await sut.until('the lost segment', ({ atS }) => atS > 2.5);
    expect([inside.showing.includes(PICTURE), inside.showing.includes(OTHER)]).toEqual([false, true]);
    await sut.until('behind it', ({ atS, pictures, showing }) => atS > 4.4 && showing.includes(PICTURE) && (pictures[PICTURE] ?? 0) > 4);
    await sut.call('rate', 4);
    await sut.call('seek', 0);
    const fast = await sut.until('one picture alone', ({ atS, isWaiting }) => atS > 1 && !isWaiting);
    expect(fast.showing).toEqual([PICTURE]);
    expect(sut.errors).toEqual([]);
  });
});
