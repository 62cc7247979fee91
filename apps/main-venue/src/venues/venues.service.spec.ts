import type { VenueHello } from '@app/contracts';
import { createLogger, FakeClock, SequentialIds } from '@app/platform';
import type { LocalSigner } from '@app/sealing';
import { signWith } from '@app/sealing';
import { Problems } from '@app/venue';
import { afterEach, describe, expect, it } from '@jest/globals';
import { profile } from '../../test/support/people.js';
import { HelloGate } from './hello-gate.js';
import type { SiteContext } from './site-context.js';
import { asSocket, FakeSocket } from './test/fake-socket.js';
import { GivenDirectory } from './test/given-directory.js';
import type { KnownVenue } from './venue-directory.js';
import { VenueLines } from './venue-lines.js';
import { VenuesService } from './venues.service.js';

const main = profile.generateSigner('node');
const INSTALLATION = 'gongping.test';
const MAIN: KnownVenue = { id: 'main', name: '主会场', role: 'main' };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const running: VenuesService[] = [];
afterEach(() => {
  for (const sut of running.splice(0)) sut.close();
});

/** A main venue whose registry has these sites, each with its key. */
function world(sites: Record<string, LocalSigner>) {
  const clock = new FakeClock();
  const logger = createLogger({ name: 'test', level: 'silent' });
  const keys = new Map(Object.entries(sites).map(([id, { publicKey }]) => [id, publicKey]));
  const directory = new GivenDirectory(
    MAIN,
    () => [MAIN, ...[...keys.keys()].map((id): KnownVenue => ({ id, name: id, role: 'sub' }))],
    (venue) => keys.get(venue) ?? null,
  );
  const registry = { persons: [] as object[], fails: 0 };
  const lines = new VenueLines(directory, clock);
  const context = {
    profile,
    clock,
    logger,
    lines,
    keys: { node: main, answer: main, log: main },
    problems: new Problems(logger, new SequentialIds(clock)),
    pipeline: { onAppended: () => () => undefined },
    checkpoints: { onNote: () => () => undefined },
    book: {
      registryFor: () =>
        registry.fails-- > 0 ? Promise.reject(new Error('connect ECONNREFUSED')) : Promise.resolve({ persons: registry.persons }),
    },
  };
  const gate = new HelloGate(directory, clock, { INSTALLATION }, { node: main }, profile);
  const sut = new VenuesService(gate, directory, asContext(context));
  running.push(sut);
  sut.start();
  const connected = (venue: string, signer: LocalSigner): FakeSocket => {
    const socket = new FakeSocket();
    const hello: VenueHello = { v: 1, venue, installation: INSTALLATION, at: clock.instant(), nonce: profile.newSalt() };
    socket.handshake.auth = { hello, signature: signWith(signer, 'venueHello', hello) };
    sut.connect(asSocket(socket));
    return socket;
  };
  const lineOf = (venue: string): string | undefined => lines.lines().find((line) => line.venue === venue)?.line;
  const told = (): void => {
    directory.changed();
  };
  return { sut, keys, registry, connected, lineOf, told };
}
const asContext = (context: unknown): SiteContext => context as SiteContext;
const pushes = (socket: FakeSocket): number => socket.pushed.filter((event) => event === 'registry:replicated').length;

describe('a change of the registry', () => {
  const one = profile.generateSigner('node');
  const two = profile.generateSigner('node');

  it('is sent to every site on the line, once for each change that concerns it', async () => {
    const { sut, registry, connected } = world({ 'sub-1': one, 'sub-2': two });
    const sockets = [connected('sub-1', one), connected('sub-2', two)];
    registry.persons = [{ id: 'p-1' }];
    await sut.registryChanged();
    await sut.registryChanged();
    expect(sockets.map(pushes)).toEqual([1, 1]);
    registry.persons = [];
    await sut.registryChanged();
    expect(sockets.map(pushes)).toEqual([2, 2]);
  });

  it('is sent to the others when the database fails for one of them', async () => {
    const { sut, registry, connected } = world({ 'sub-1': one, 'sub-2': two });
    const sockets = [connected('sub-1', one), connected('sub-2', two)];
    registry.fails = 1;
    await sut.registryChanged();
    expect(sockets.map(pushes)).toEqual([0, 1]);
  });

  it('cuts off a site whose node key is another one by now, and lets it in with the new key only', async () => {
    const { sut, keys, connected, lineOf } = world({ 'sub-1': one });
    connected('sub-1', one);
    expect(lineOf('sub-1')).toBe('up');
    keys.set('sub-1', two.publicKey);
    await sut.registryChanged();
    await turn();
    expect(lineOf('sub-1')).toBe('down');
    expect(() => connected('sub-1', one)).toThrow('not signed by this site');
    connected('sub-1', two);
    expect(lineOf('sub-1')).toBe('up');
  });

  it('reaches the sites by itself when the registry tells of it', async () => {
    const { registry, connected, told } = world({ 'sub-1': one });
    const socket = connected('sub-1', one);
    registry.persons = [{ id: 'p-1' }];
    told();
    await turn();
    expect(pushes(socket)).toBe(1);
  });

  it('lists a site that came and cuts off one that went', async () => {
    const { sut, keys, connected, lineOf } = world({ 'sub-1': one });
    connected('sub-1', one);
    keys.delete('sub-1');
    keys.set('sub-2', two.publicKey);
    await sut.registryChanged();
    expect([lineOf('sub-1'), lineOf('sub-2')]).toEqual([undefined, 'down']);
    expect(() => connected('sub-1', one)).toThrow('no such site');
  });
});
