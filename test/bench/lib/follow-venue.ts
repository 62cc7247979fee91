import { signWish, VenueClient } from '@app/client';
import { SystemClock } from '@app/platform';
import { socketLimits } from '@app/venue';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { Pipeline } from '../../../apps/main-venue/src/pipeline/pipeline.types.js';
import { bootApp } from '../../../apps/main-venue/test/support/app-kit.js';
import { grantLotRights, lotToCreate } from '../../../apps/main-venue/test/support/lot.js';
import { INSTALLATION, profile, TestPeople } from '../../../apps/main-venue/test/support/people.js';
import { endWith } from './child.js';
import { type Notice, nowMs } from './watchers.js';

export const LOT = 'lot-0';
/** Messages larger than any notice of the run. */
const MESSAGE_BYTES_MAX = 2_000_000;

/** What the client must know of a server. */
export interface FollowFacts {
  readonly url: string;
  /** A session for each class of viewers. */
  readonly tokens: readonly string[];
}
/** Asks a server for one notice to all: the venue appends an entry, the bare one sends what it is given. */
export interface Go {
  readonly notice: Notice | null;
}
/** When the notice could be sent first, in milliseconds since 1970 with fractions. */
export interface Gone {
  readonly atMs: number;
}

/** Thousands of watchers from one address, many under one session: what limits refuse elsewhere. */
const CROWD = {
  SOCKETS_PER_PERSON_MAX: '10000',
  SOCKETS_ANONYMOUS_MAX: '100000',
  SOCKETS_ANONYMOUS_PER_ADDRESS_MAX: '100000',
  WATCHES_PER_MINUTE_MAX: '1000000',
};

/** A booted main venue with one lot; each `Go` is one more entry, timed from its commit. */
export async function runVenue(): Promise<void> {
  const people = await TestPeople.create();
  const agency = await people.person('p-agency', 'o-agency');
  const tenderer = await people.person('p-tenderer', 'o-tenderer');
  const supervisor = await people.person('p-supervisor', 'o-authority');
  grantLotRights(people, { agency, tenderer, supervisor });
  const kit = await bootApp(people, { LOG_LEVEL: 'error', ...CROWD });
  const clock = new SystemClock();
  const pipeline = kit.app.get(Pipeline);
  const target = { origin: `${INSTALLATION}/lot/${LOT}/1`, lot: LOT, round: 1 };
  const { payload, secrets } = lotToCreate(people, { agency, tenderer, supervisor });
  const submit = async (
    person: typeof agency,
    wish: { type: string; payload: typeof payload; secrets?: typeof secrets; party: string },
  ): Promise<void> => {
    const { outcome } = await pipeline.submit(await signWish(profile, person.identity, target, { ...wish, at: clock.instant(), basis: 0 }));
    if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  };
  await submit(agency, { type: 'lot.create', payload, secrets, party: 'agency' });
  let atMs = 0;
  pipeline.onAppended(() => (atMs = nowMs()));
  process.on('message', () => {
    void submit(supervisor, {
      type: 'lot.give-opinion',
      payload: { text: 'a remark of usual length', target: 'schedule' },
      party: 'supervisor',
    }).then(() => process.send?.({ atMs } satisfies Gone));
  });
  const tokens = await Promise.all(
    [agency, tenderer, supervisor].map(async ({ identity }) => (await new VenueClient(kit.url, profile, identity).login()).token),
  );
  process.send?.({ url: kit.url, tokens } satisfies FollowFacts);
  endWith(() => kit.close());
}

/** Bare socket.io with the venue's limits: each `Go` is its notice to everybody. */
export function runBare(): void {
  const http = createServer();
  const io = new Server(http, socketLimits({ MESSAGE_BYTES_MAX }));
  process.on('message', ({ notice }: Go) => {
    const atMs = nowMs();
    io.of('/lots').local.emit('entries:appended', notice);
    process.send?.({ atMs } satisfies Gone);
  });
  io.of('/lots').on('connection', () => undefined);
  http.listen(0, '127.0.0.1', () => {
    process.send?.({ url: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`, tokens: [] } satisfies FollowFacts);
  });
  endWith(() => io.close());
}
