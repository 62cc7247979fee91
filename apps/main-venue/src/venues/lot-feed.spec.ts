import { describe, expect, it } from '@jest/globals';
import type { Page } from '@app/contracts';
import { PageBuilder, VENUE_WIRE } from '@app/contracts';
import { createLogger } from '@app/platform';
import { LotFeed } from './lot-feed.js';

const silent = createLogger({ name: 'test', level: 'silent' });
const turn = async (): Promise<void> => {
  for (let count = 0; count < 5; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A log of so many entries, pages of ten, and a site whose acknowledgements the test gives. */
function world(size: number, from = 0) {
  const sent: { page: Page; ack: (size: number) => void; refuse: () => void }[] = [];
  let length = size;
  const read = (at: number): Promise<Page | null> => {
    if (at >= length) return Promise.resolve(null);
    const builder = new PageBuilder('o', at);
    for (let seq = at; seq < Math.min(length, at + 10); seq += 1) builder.header('{}');
    return Promise.resolve(builder.page());
  };
  const send = (page: Page): Promise<number> =>
    new Promise((resolve, reject) => {
      sent.push({
        page,
        ack: resolve,
        refuse: () => {
          reject(new Error('refused'));
        },
      });
    });
  const sut = new LotFeed('o', from, size, read, send, silent);
  const grow = (to: number): void => {
    length = to;
    sut.grown(to);
  };
  return { sut, sent, grow };
}
const starts = (sent: readonly { page: Page }[]): number[] => sent.map(({ page }) => page.from);

describe('the feed of a log to a site', () => {
  it('walks from the size that the site has, with a few pages on their way at a time', async () => {
    const { sut, sent } = world(100, 20);
    sut.pump();
    await turn();
    expect(starts(sent)).toEqual([20, 30, 40, 50]);
    expect(sent).toHaveLength(VENUE_WIRE.pagesInFlightMax);
    sent[0]?.ack(30);
    await turn();
    expect(starts(sent)).toEqual([20, 30, 40, 50, 60]);
  });

  it('sends what is appended at once when the site has everything before it', async () => {
    const { sut, sent, grow } = world(10);
    sut.pump();
    await turn();
    sent[0]?.ack(10);
    grow(11);
    await turn();
    expect(starts(sent)).toEqual([0, 10]);
    expect(sent[1]?.page.count).toBe(1);
  });

  it('goes back to what the site says it has, once everything on its way has come back', async () => {
    const { sut, sent } = world(40);
    sut.pump();
    await turn();
    sent[0]?.ack(10);
    sent[1]?.ack(10);
    await turn();
    expect(sent).toHaveLength(4);
    sent[2]?.ack(10);
    sent[3]?.ack(10);
    await turn();
    expect(starts(sent)).toEqual([0, 10, 20, 30, 10, 20, 30]);
  });

  it('stops when a site takes nothing of what it asked for again, instead of sending it for ever', async () => {
    const { sut, sent } = world(10);
    sut.pump();
    await turn();
    sent[0]?.ack(4);
    await turn();
    sent[1]?.ack(4);
    await turn();
    expect(starts(sent)).toEqual([0, 4]);
    expect(sut.isStopped).toBe(true);
  });

  it('stops when the site refuses a page, and sends nothing after it was closed', async () => {
    const refused = world(100);
    refused.sut.pump();
    await turn();
    refused.sent[0]?.refuse();
    await turn();
    refused.grow(200);
    await turn();
    expect([refused.sut.isStopped, refused.sent.length]).toEqual([true, 4]);
    const closed = world(100);
    closed.sut.close();
    closed.grow(200);
    await turn();
    expect(closed.sent).toEqual([]);
  });

  it('waits at the end of the log, whatever it was told of its size', async () => {
    const { sut, sent } = world(5);
    sut.grown(50);
    await turn();
    sent[0]?.ack(5);
    await turn();
    expect(starts(sent)).toEqual([0]);
    expect(sut.next).toBe(5);
  });

  it('goes back for a page that was left out while the next one was being read', async () => {
    const sent: { page: Page; ack: (size: number) => void }[] = [];
    const reads: (() => void)[] = [];
    const read = (at: number): Promise<Page | null> =>
      new Promise((resolve) => {
        reads.push(() => {
          const builder = new PageBuilder('o', at);
          for (let seq = at; seq < at + 10; seq += 1) builder.header('{}');
          resolve(builder.page());
        });
      });
    const sut = new LotFeed('o', 0, 30, read, (page) => new Promise((ack) => sent.push({ page, ack })), silent);
    sut.pump();
    reads[0]?.();
    await turn();
    // The second page is being read when the site says that it kept only four entries of the first.
    sent[0]?.ack(4);
    await turn();
    reads[1]?.();
    await turn();
    reads[2]?.();
    await turn();
    expect(starts(sent)).toEqual([0, 4]);
  });
});
