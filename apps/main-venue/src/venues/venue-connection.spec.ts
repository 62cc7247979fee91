import type { Heartbeat, Page, VenueHello } from '@app/contracts';
import { initialLotState } from '@app/evaluation';
import { createLogger, FakeClock } from '@app/platform';
import { signWith } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { profile } from '../../test/support/people.js';
import type { VenueSocket } from './venue-connection.js';
import { VenueConnection } from './venue-connection.js';
import { VenueLines } from './venue-lines.js';
import type { FollowedLot } from './venue-book.js';
import type { VenuesContext } from './venues.types.js';

const INSTALLATION = 'gongping.test';
const node = profile.generateSigner('node');
const site = profile.generateSigner('node');
const turn = async (): Promise<void> => {
  for (let count = 0; count < 10; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** The main venue's end of a line whose site answers what the test says. */
class FakeSocket extends EventEmitter {
  readonly id = 'socket-1';
  readonly pushed: string[] = [];
  answers: Record<string, object> = {};

  timeout(): this {
    return this;
  }
  override emit(event: string, ...given: unknown[]): boolean {
    this.pushed.push(event);
    const ack = given.at(-1);
    if (typeof ack === 'function') (ack as (error: null, reply: object) => void)(null, this.answers[event] ?? { ok: true, data: null });
    return true;
  }
  disconnect(): void {
    this.removeAllListeners();
  }
  /** What the site sends; resolves with the answer. */
  sends(event: string, payload: object): Promise<unknown> {
    return new Promise((resolve) => {
      for (const listener of this.listeners(event)) (listener as (payload: object, ack: typeof resolve) => void)(payload, resolve);
    });
  }
}

function world() {
  const clock = new FakeClock();
  const socket = new FakeSocket();
  const books = { fails: 0, lots: [] as FollowedLot[], persons: [] as object[] };
  const context = {
    profile,
    installation: INSTALLATION,
    clock,
    keys: { node },
    answerKey: '',
    logKey: '',
    logger: createLogger({ name: 'test', level: 'silent' }),
    lines: new VenueLines(clock, { id: 'main', name: '', role: 'main' }),
    book: {
      lotsOf: () => (books.fails-- > 0 ? Promise.reject(new Error('connect ECONNREFUSED')) : Promise.resolve(books.lots)),
      registryFor: () =>
        Promise.resolve({ venues: [], organisations: [], persons: books.persons, certificates: [], authorities: [], seats: [] }),
    },
    pipeline: { lotState: (origin: string) => Promise.resolve(initialLotState(origin, 'lot-1', 1)) },
    reader: { size: () => Promise.resolve(0), read: () => Promise.resolve([]) },
    maker: { page: (): Page | null => null },
    checkpoints: { notesOf: () => Promise.resolve([]) },
  };
  const hello: VenueHello = { v: 1, venue: 'sub-1', installation: INSTALLATION, at: clock.instant(), nonce: 'n' };
  const sut = new VenueConnection(hello, site.publicKey, asSocket(socket), asContext(context));
  const beat = async (): Promise<void> => {
    const outbox = { v: 1 as const, venue: 'sub-1', installation: INSTALLATION, at: clock.instant(), count: 0, head: '0'.repeat(64) };
    const signature = signWith(site, 'outbox', outbox);
    const heartbeat: Heartbeat = { outbox, signature, waiting: 0, replicated: {}, checked: {}, clockOffsetMs: null, broken: [] };
    await socket.sends('heartbeat', heartbeat);
    await turn();
  };
  const pushes = (event: string): number => socket.pushed.filter((name) => name === event).length;
  return { sut, clock, socket, books, beat, pushes };
}
// Only what a line whose logs are empty touches is there.
const asSocket = (socket: unknown): VenueSocket => socket as VenueSocket;
const asContext = (context: unknown): VenuesContext => context as VenuesContext;

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
});
