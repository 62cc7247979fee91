import type { Heartbeat, Page, VenueHello } from '@app/contracts';
import { PageBuilder } from '@app/contracts';
import { Problems } from '@app/venue';
import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import { createLogger, FakeClock, SequentialIds } from '@app/platform';
import { signWith } from '@app/sealing';
import { runOf } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { profile } from '../../test/support/people.js';
import { asSocket, FakeSocket } from './test/fake-socket.js';
import { VenueConnection } from './venue-connection.js';
import { GivenDirectory } from './test/given-directory.js';
import { VenueLines } from './venue-lines.js';
import type { FollowedLot } from './venue-book.js';
import type { SiteContext } from './site-context.js';

const INSTALLATION = 'gongping.test';
const ORIGIN = `${INSTALLATION}/lot/lot-1/1`;
const LOT: FollowedLot = { origin: ORIGIN, lot: 'lot-1', round: 1, size: 6 };
const node = profile.generateSigner('node');
const site = profile.generateSigner('node');
const turn = async (): Promise<void> => {
  for (let count = 0; count < 10; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

function world() {
  const clock = new FakeClock();
  const logger = createLogger({ name: 'test', level: 'silent' });
  const socket = new FakeSocket();
  const books = { fails: 0, lots: [] as FollowedLot[], persons: [] as object[], renewed: [] as string[] };
  const log = { size: 0, erased: {} as Record<string, number> };
  const stateOf = (origin: string): LotState => {
    const state = initialLotState(origin, 'lot-1', 1);
    return { ...state, setup: { ...state.setup, erased: log.erased } };
  };
  const context = {
    profile,
    clock,
    keys: { node, answer: node, log: node },
    logger,
    problems: new Problems(logger, new SequentialIds(clock)),
    lines: new VenueLines(new GivenDirectory({ id: 'main', name: '', role: 'main' }), clock),
    book: {
      lotsOf: () => (books.fails-- > 0 ? Promise.reject(new Error('connect ECONNREFUSED')) : Promise.resolve(books.lots)),
      registryFor: () =>
        Promise.resolve({ venues: [], organisations: [], persons: books.persons, certificates: [], authorities: [], seats: [] }),
    },
    pipeline: {
      lotState: (origin: string) => Promise.resolve(stateOf(origin)),
      lotRun: (origin: string) => Promise.resolve(runOf(stateOf(origin))),
    },
    reader: {
      size: () => Promise.resolve(log.size),
      read: (_origin: string, from: number) => Promise.resolve(Array.from({ length: log.size - from }, (_, at) => ({ seq: from + at }))),
    },
    maker: { page: (origin: string, entries: { seq: number }[]) => pageOf(origin, entries) },
    checkpoints: { notesOf: () => Promise.resolve([]), renew: (origin: string) => books.renewed.push(origin) },
  };
  const hello: VenueHello = { v: 1, venue: 'sub-1', installation: INSTALLATION, at: clock.instant(), nonce: 'n' };
  const sut = new VenueConnection(hello, site.publicKey, asSocket(socket), asContext(context));
  const beat = async (): Promise<void> => {
    const outbox = { v: 1 as const, venue: 'sub-1', installation: INSTALLATION, at: clock.instant(), count: 0, head: '0'.repeat(64) };
    const signature = signWith(site, 'outbox', outbox);
    const heartbeat: Heartbeat = { outbox, signature, waiting: 0, replicated: {}, checked: {}, clockOffsetMs: null, broken: [], wrong: [] };
    await socket.sends('heartbeat', heartbeat);
    await turn();
  };
  const pushes = (event: string): number => socket.pushed.filter((name) => name === event).length;
  /** Notices to erase, in the order in which the site was given them. */
  const erasures = (): object[] => socket.asked.filter(({ event }) => event === 'parts:erased').map(({ payload }) => payload);
  const subscribe = async (size: number): Promise<void> => {
    await socket.sends('venue:subscribe', { lots: { [ORIGIN]: { size, viewers: [] } } });
    await turn();
    await clock.advance(100);
    await turn();
  };
  return { sut, clock, socket, books, log, beat, pushes, erasures, subscribe };
}

function pageOf(origin: string, entries: readonly { seq: number }[]): Page {
  const builder = new PageBuilder(origin, entries[0]?.seq ?? 0);
  for (const { seq } of entries) builder.header(String(seq));
  return builder.page();
}
// Only what a line whose logs are empty touches is there.
const asContext = (context: unknown): SiteContext => context as SiteContext;

describe('the line to a site', () => {
  it('brings the registry again with the next heartbeat when the site could not keep it, and not a third time', async () => {
    const { socket, beat, pushes } = world();
    socket.answers = { 'registry:replicated': { ok: false, code: 'INTERNAL', message: 'x', requestId: '' } };
    await socket.sends('venue:subscribe', { lots: {} });
    expect(pushes('registry:replicated')).toBe(1);
    socket.answers = {};
    await beat();
    await beat();
    expect(pushes('registry:replicated')).toBe(2);
  });

  it('brings the persons of a lot that was founded between reading the registry and reading the lots', async () => {
    const { clock, socket, books, pushes } = world();
    books.lots = [{ origin: 'gongping.test/lot/lot-1/1', lot: 'lot-1', round: 1, size: 0 }];
    await socket.sends('venue:subscribe', { lots: {} });
    books.persons = [{ id: 'p-1', name: '', organisation: null }];
    await turn();
    await clock.advance(100);
    await turn();
    expect(pushes('registry:replicated')).toBe(2);
  });

  it('looks for new lots again with the next heartbeat when the database was away', async () => {
    const { sut, socket, books, beat } = world();
    await socket.sends('venue:subscribe', { lots: {} });
    books.fails = 1;
    await expect(sut.followNew()).rejects.toThrow('ECONNREFUSED');
    await beat();
    expect(books.fails).toBe(-1);
    await beat();
    expect(books.fails).toBe(-1);
  });

  it('SEC-2 has a checkpoint made for a keeper who waits, of logs that the site follows alone', async () => {
    const { socket, books, subscribe } = world();
    books.lots = [LOT];
    await subscribe(0);
    expect(await socket.sends('checkpoint:wanted', { origin: ORIGIN })).toMatchObject({ ok: true });
    expect(await socket.sends('checkpoint:wanted', { origin: 'test/lot/other/1' })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(books.renewed).toEqual([ORIGIN]);
  });

  it('tells a site on every line what the log orders to be erased, order by order, once', async () => {
    for (let line = 0; line < 2; line += 1) {
      const { books, log, beat, erasures, subscribe } = world();
      books.lots = [LOT];
      log.size = LOT.size;
      log.erased = { '1/who': 3, '2/who': 3, '0/who': 5 };
      await subscribe(LOT.size);
      await beat();
      const parts = (...seqs: number[]): object[] => seqs.map((seq) => ({ seq, name: 'who' }));
      expect(erasures()).toEqual([
        { origin: ORIGIN, parts: parts(1, 2) },
        { origin: ORIGIN, parts: parts(0) },
      ]);
    }
  });

  it('tells of an erasure only when the site holds the entry that orders it', async () => {
    const { socket, books, log, clock, beat, erasures, subscribe } = world();
    books.lots = [LOT];
    log.size = LOT.size;
    log.erased = { '1/who': 4 };
    // The site has taken four of the six entries, and takes the others only later.
    socket.answers = { 'entries:replicate': { ok: true, data: { size: 4 } } };
    await subscribe(4);
    expect(erasures()).toEqual([]);
    socket.answers = { 'entries:replicate': { ok: true, data: { size: 6 } } };
    for (let time = 0; time < 2; time += 1) {
      await beat();
      await clock.advance(100);
      await turn();
    }
    expect(erasures()).toHaveLength(1);
  });

  it('tells again with the next heartbeat what the site could not erase', async () => {
    const { socket, books, log, clock, beat, erasures, subscribe } = world();
    books.lots = [LOT];
    log.size = LOT.size;
    log.erased = { '1/who': 4 };
    socket.answers = { 'parts:erased': { ok: false, code: 'UNAVAILABLE', message: 'x', requestId: '' } };
    await subscribe(LOT.size);
    socket.answers = {};
    for (let time = 0; time < 2; time += 1) {
      await beat();
      await clock.advance(100);
      await turn();
    }
    expect(erasures()).toHaveLength(2);
  });
});
