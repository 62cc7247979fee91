import { afterEach, describe, expect, it } from '@jest/globals';
import { ROOM_MESSAGES, type RoomFacts } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import type { RoomRecorder } from '@app/recording';
import fc from 'fast-check';
import { silent } from '../../test/support.js';
import { lot, ME, ORIGIN } from '../../test/watched-lot.js';
import { SiteMedia } from '../media/site-media.js';
import type { ReplicaListener } from '../replica/replicas.js';
import { SiteRooms } from './site-rooms.js';

const VENUE_ID = ME.slice('node:'.length);
const VIDEO = { codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }], encodings: [{ ssrc: 4_711 }] };

const expert = (seq: number): LotState['parties'][string] => ({
  roles: ['expert'],
  admittedAs: ['expert'],
  venue: 'sub-1',
  seat: null,
  seq,
});

describe('the rooms of a site', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  function rooms({ workers = 1, takes = true } = {}) {
    const media = new SiteMedia(
      { MEDIA_WORKERS: workers, MEDIA_PORT: 0, MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1', HOST: '127.0.0.1', VENUE_ROLE: 'sub' },
      new FakeClock(),
      silent,
    );
    const told: string[] = [];
    const changed: RoomFacts[] = [];
    const recorder: RoomRecorder = {
      nowMs: () => Date.now(),
      started: ({ source }) => void told.push(`started ${source}`),
      segment: () => undefined,
      gap: () => undefined,
      ended: ({ source }, reason) => void told.push(`ended ${source} ${reason}`),
    };
    const listeners: ReplicaListener[] = [];
    const replicas = { listen: (listener: ReplicaListener) => (listeners.push(listener), () => undefined) };
    const sut = new SiteRooms({ VENUE_ID }, media, replicas, { of: () => recorder }, silent);
    sut.onModuleInit();
    sut.tell({ changed: (_members, facts) => void changed.push(facts), lost: (members) => void told.push(`lost ${members.join()}`) });
    open.push(async () => {
      await sut.onModuleDestroy();
      await media.onModuleDestroy();
    });
    const at = (step: LotState['committee']['step']) => {
      const state = lot(10, false);
      const experts = ['expert-1', 'expert-2', 'expert-3'].map((party, index) => [party, expert(index)] as const);
      const here = { at: '2026-03-24T01:00:00.000Z', seat: null, pledgedAt: null };
      const now: LotState = {
        ...state,
        status: 'EVALUATING',
        parties: {
          ...state.parties,
          ...Object.fromEntries(experts),
          'bidder-1': { ...expert(9), roles: ['bidder'], admittedAs: ['bidder'] },
        },
        committee: { ...state.committee, step, present: { 'expert-1': here, 'expert-2': here } as never },
      };
      return { origin: ORIGIN, state: now, run: { takes: () => takes }, atHand: () => Promise.resolve() };
    };
    const fold = async (state: LotState): Promise<void> => {
      for (const { folded } of listeners) folded?.({ ...at('aggregate'), state } as never, [], undefined as never);
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const move = async (step: LotState['committee']['step']): Promise<void> => {
      for (const { folded } of listeners) folded?.(at(step) as never, [], undefined as never);
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    return { sut, told, changed, at, move, fold, media };
  }

  it('let seats hear each other, and end that when a step opens in which each member judges alone', async () => {
    const { sut, told, changed, at, move } = rooms();
    const one = await sut.join('socket-1', 'expert-1', at('aggregate'));
    await sut.join('socket-2', 'expert-2', at('aggregate'));
    const [sending, hearing] = [await one.room.openLine('socket-1'), await one.room.openLine('socket-2')];
    await one.room.publish('socket-1', sending.id, 'camera', VIDEO);
    await one.room.publish('socket-1', sending.id, 'screen', { ...VIDEO, encodings: [{ ssrc: 4_712 }] });
    const hear = (source: 'camera' | 'screen') =>
      sut.hear('socket-2', hearing.id, { party: 'expert-1', source }, { ...one.room.rtpCapabilities });
    const { id } = await hear('camera');
    await one.room.startHearing('socket-2', id);
    await expect(hear('screen')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await move('scores:technical');
    expect(changed.at(-1)).toMatchObject({ mayTalk: false });
    await expect(one.room.startHearing('socket-2', id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(hear('camera')).rejects.toMatchObject({ code: 'WRONG_STEP' });
    // The recording goes on.
    expect(told).toEqual(['started camera', 'started screen']);
    await move('aggregate');
    expect((await hear('camera')).kind).toBe('video');
    sut.leave('socket-1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.slice(2).sort()).toEqual(['ended camera LEFT', 'ended screen LEFT']);
  });

  it('tell when their worker is gone, and are made anew by whoever joins', async () => {
    const { sut, told, at, media } = rooms();
    const one = await sut.join('socket-1', 'expert-1', at('aggregate'));
    const line = await one.room.openLine('socket-1');
    await one.room.publish('socket-1', line.id, 'camera', VIDEO);
    const [pid = 0] = await (await media.workers()).pids();
    process.kill(pid, 'SIGKILL');
    for (let turn = 0; turn < 100 && told.length < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(told).toEqual(['started camera', 'ended camera WORKER_LOST', 'lost socket-1']);
    const again = await sut.join('socket-1', 'expert-1', at('aggregate'));
    expect(again.room).not.toBe(one.room);
    expect((await again.room.openLine('socket-1')).iceCandidates.length).toBeGreaterThan(0);
  });

  it('let nobody in who has no seat in the room, and put out whoever had to leave the committee (回避、更换)', async () => {
    const { sut, told, at, fold } = rooms();
    for (const party of ['expert-3', 'bidder-1', ME, 'nobody'])
      await expect(sut.join('socket-0', party, at('aggregate'))).rejects.toMatchObject({ code: 'NOT_SEATED' });
    const { room } = await sut.join('socket-1', 'expert-1', at('aggregate'));
    await sut.join('socket-2', 'expert-2', at('aggregate'));
    const [one, two] = [await room.openLine('socket-1'), await room.openLine('socket-2')];
    await room.publish('socket-1', one.id, 'camera', VIDEO);
    await room.publish('socket-2', two.id, 'camera', { ...VIDEO, encodings: [{ ssrc: 4_712 }] });
    const hear = () => sut.hear('socket-2', two.id, { party: 'expert-1', source: 'camera' }, { ...room.rtpCapabilities });
    const heard = await hear();
    const { state } = at('aggregate');
    const retired = { ...state.parties, 'expert-2': { ...expert(1), roles: [] } };
    const excused = { 'expert-2': { at: '2026-03-24T02:00:00.000Z', cause: 'RECUSAL' } } as never;
    await fold({ ...state, parties: retired, committee: { ...state.committee, excused } });
    expect(told.slice(-2)).toEqual(['ended camera LEFT', 'lost socket-2']);
    expect(room.tracks()).toEqual([{ party: 'expert-1', source: 'camera' }]);
    await expect(hear()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(room.startHearing('socket-2', heard.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('give each track to a member once, however often it is asked for', async () => {
    const { sut, at } = rooms();
    const { room } = await sut.join('socket-1', 'expert-1', at('aggregate'));
    await sut.join('socket-2', 'expert-2', at('aggregate'));
    const [one, two] = [await room.openLine('socket-1'), await room.openLine('socket-2')];
    await room.publish('socket-1', one.id, 'camera', VIDEO);
    const hear = () => sut.hear('socket-2', two.id, { party: 'expert-1', source: 'camera' }, { ...room.rtpCapabilities });
    const ids: string[] = [];
    for (let time = 0; time < 10; time += 1) ids.push((await hear()).id);
    // All at once, too.
    ids.push(...(await Promise.all(Array.from({ length: 10 }, hear))).map(({ id }) => id));
    const plays = await Promise.allSettled(ids.map((id) => room.startHearing('socket-2', id)));
    expect(plays.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('have nobody in them whose connection has gone while it joined, and let one in anew that was alone', async () => {
    const { sut, at } = rooms();
    const going = sut.join('socket-1', 'expert-1', at('aggregate'));
    sut.leave('socket-1');
    await expect(going).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(sut.of('socket-1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const first = await sut.join('socket-1', 'expert-1', at('aggregate'));
    const again = await sut.join('socket-1', 'expert-1', at('aggregate'));
    expect(again.room).not.toBe(first.room);
    // Two joins of one connection at once: the later one counts.
    const two = await Promise.allSettled([
      sut.join('socket-1', 'expert-1', at('aggregate')),
      sut.join('socket-1', 'expert-1', at('aggregate')),
    ]);
    expect(two.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    const { room } = await sut.of('socket-1');
    const lines = await Promise.allSettled(Array.from({ length: 8 }, () => room.openLine('socket-1')));
    expect(lines.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  });

  it('do not open without media, or where the rules know no recording: nobody talks unrecorded', async () => {
    const off = rooms({ workers: 0 });
    await expect(off.sut.join('socket-1', 'expert-1', off.at('aggregate'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const old = rooms({ takes: false });
    await expect(old.sut.join('socket-1', 'expert-1', old.at('aggregate'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(off.sut.of('socket-1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('take no forged parameters: each ends at its schema or as MALFORMED, and the room goes on', async () => {
    const { sut, at } = rooms();
    const { room } = await sut.join('socket-1', 'expert-1', at('aggregate'));
    const line = await room.openLine('socket-1');
    const { payload } = ROOM_MESSAGES['track:publish'];
    const codec = fc.record(
      {
        mimeType: fc.constantFrom('video/VP8', 'video/H264', 'audio/opus', 'video/', 'text/html'),
        payloadType: fc.integer({ min: -1, max: 300 }),
        clockRate: fc.integer({ min: -1, max: 100_000 }),
        channels: fc.integer({ min: -1, max: 9 }),
        parameters: fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(fc.string(), fc.integer())),
      },
      { requiredKeys: ['mimeType', 'payloadType', 'clockRate'] },
    );
    const encoding = fc.record(
      { ssrc: fc.integer({ min: -1, max: 2 ** 33 }), rid: fc.string({ maxLength: 20 }), scalabilityMode: fc.string() },
      { requiredKeys: [] },
    );
    const forged = fc.record({ codecs: fc.array(codec, { maxLength: 9 }), encodings: fc.array(encoding, { maxLength: 5 }) });
    await fc.assert(
      fc.asyncProperty(forged, async (rtpParameters) => {
        const read = payload.safeParse({ line: line.id, source: 'camera', rtpParameters });
        if (!read.success) return;
        await room.publish('socket-1', line.id, 'camera', read.data.rtpParameters as never).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'MALFORMED' });
        });
      }),
      { numRuns: 300 },
    );
    expect(payload.safeParse({ line: line.id, source: 'camera', rtpParameters: { ...VIDEO, constructor: 1 } }).success).toBe(false);
    await room.publish('socket-1', line.id, 'camera', VIDEO);
    expect(room.tracks()).toEqual([{ party: 'expert-1', source: 'camera' }]);
  });
});
