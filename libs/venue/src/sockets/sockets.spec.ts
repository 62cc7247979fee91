import type { Ack } from '@app/contracts';
import { DomainError, FakeClock, SequentialIds } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { Problems } from '../problems/problems.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import { Rates } from '../rates/rates.js';
import { SocketCaps } from '../rates/socket-caps.js';
import { ratesOf } from '../rates/test/rates-of.js';
import { admitted } from './admitted.js';
import { answerAck } from './answer-ack.js';
import { socketLimits } from './socket-adapter.js';

function world() {
  const logged: unknown[] = [];
  const problems = new Problems({ error: (facts: unknown) => logged.push(facts) }, new SequentialIds(new FakeClock()));
  return { logged, problems };
}

describe('an ack', () => {
  const answerOf = <T>(work: () => T | Promise<T>, { problems } = world()): Promise<Parameters<Ack<T>>[0]> =>
    new Promise((resolve) => {
      answerAck(problems, resolve, work);
    });

  it('is answered with the data, waited for or not', async () => {
    expect(await answerOf(() => 1)).toEqual({ ok: true, data: 1 });
    expect(await answerOf(() => Promise.resolve(null))).toEqual({ ok: true, data: null });
  });

  it.each([
    [
      'throws at once',
      () => {
        throw new DomainError('NOT_FOUND', 'no such lot');
      },
    ],
    ['fails later', () => Promise.reject(new DomainError('NOT_FOUND', 'no such lot'))],
  ])('is answered with the refusal when the work %s', async (_name, work: () => Promise<never>) => {
    expect(await answerOf(work)).toMatchObject({ ok: false, code: 'NOT_FOUND', message: 'no such lot' });
  });

  it('is answered with INTERNAL when nobody expected the failure, which the log has with its facts', async () => {
    const { logged, problems } = world();
    const reply = await new Promise((resolve) => {
      answerAck(problems, resolve, () => Promise.reject(new TypeError('secret')), { venue: 'sub-1' });
    });
    expect(reply).toMatchObject({ ok: false, code: 'INTERNAL', message: expect.not.stringContaining('secret') });
    expect(logged).toEqual([expect.objectContaining({ venue: 'sub-1' })]);
  });

  it.each([undefined, 'no function'])('that is %s is not missed, and the work is done', async (ack) => {
    const { problems } = world();
    const done: string[] = [];
    for (const fails of [false, true])
      answerAck(problems, ack as Ack<null> | undefined, () => {
        done.push('work');
        if (fails) throw new Error('x');
        return null;
      });
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(['work', 'work']);
  });
});

describe('a socket', () => {
  const session: SessionFacts = { person: { id: 'p-1', name: 'P' }, organisation: null, fingerprint: 'f' };
  const sessions = {
    find: (token: string) =>
      token === 'away' ? Promise.reject(new Error('secret address')) : Promise.resolve(token === 'mine' ? session : null),
  };
  const caps = () =>
    new SocketCaps({ SOCKETS_ANONYMOUS_MAX: 3, SOCKETS_ANONYMOUS_PER_ADDRESS_MAX: 2, SOCKETS_PER_PERSON_MAX: 2 }, new Rates(ratesOf({})));
  function connecting(auth: Readonly<Record<string, unknown>>, remoteAddress = '203.0.113.7') {
    const conn = new EventEmitter();
    const request = { headers: {}, socket: { remoteAddress } };
    return { handshake: { auth }, data: {}, conn, request };
  }
  function shakes(auth: Readonly<Record<string, unknown>>, among = caps(), socket = connecting(auth)) {
    const { problems } = world();
    return new Promise<{ data: object; refusal: unknown; close: () => void }>((resolve) => {
      admitted(
        problems,
        sessions,
        among,
      )(socket, (refusal) => {
        resolve({ data: socket.data, refusal, close: () => socket.conn.emit('close') });
      });
    });
  }

  it('is kept with its session, or as the public', async () => {
    expect(await shakes({ token: 'mine' })).toMatchObject({ data: { session }, refusal: undefined });
    expect(await shakes({})).toMatchObject({ data: { session: null }, refusal: undefined });
  });

  it.each([
    ['a wrong token', 'other', 'UNAUTHENTICATED'],
    ['sessions that cannot be read', 'away', 'INTERNAL'],
  ])('is refused with a code for %s', async (_name, token, code) => {
    const { data, refusal } = await shakes({ token });
    expect(data).toEqual({});
    expect(refusal).toMatchObject({ message: code, data: { code, message: expect.not.stringContaining('secret') } });
  });

  it('SEC-19 is one of a bounded number, for the public and for each person, until it closes', async () => {
    const among = caps();
    const from = (address: string) => shakes({}, among, connecting({}, address));
    const tooMany = (limit: string) => ({ message: 'RATE_LIMITED', data: { message: expect.stringContaining(limit) } });
    const first = await from('203.0.113.7');
    expect((await from('203.0.113.7')).refusal).toBeUndefined();
    expect((await from('203.0.113.7')).refusal).toMatchObject(tooMany('SOCKETS_ANONYMOUS_PER_ADDRESS_MAX'));
    expect((await from('203.0.113.8')).refusal).toBeUndefined();
    expect((await from('203.0.113.9')).refusal).toMatchObject(tooMany('SOCKETS_ANONYMOUS_MAX'));
    for (const time of [1, 2]) expect([time, (await shakes({ token: 'mine' }, among)).refusal]).toEqual([time, undefined]);
    expect((await shakes({ token: 'mine' }, among)).refusal).toMatchObject(tooMany('SOCKETS_PER_PERSON_MAX'));
    first.close();
    expect((await from('203.0.113.9')).refusal).toBeUndefined();
  });

  it('speaks WebSocket only, with messages of the same size as bodies', () => {
    expect(socketLimits({ MESSAGE_BYTES_MAX: 5 })).toMatchObject({ transports: ['websocket'], maxHttpBufferSize: 5 });
  });
});
