import { describe, expect, it } from '@jest/globals';
import type { Answer, OutboxRecord, OutboxReply, SignedCommand } from '@app/contracts';
import { createLogger, FakeClock, SequentialIds } from '@app/platform';
import { SecurityLog } from '@app/venue';
import { VenueDeliveries } from './venue-deliveries.js';

const silent = createLogger({ name: 'test', level: 'silent' });
const ids = new SequentialIds(new FakeClock());
const turn = async (): Promise<void> => {
  for (let count = 0; count < 8; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

function record(index: number, party: string, pass = 0): OutboxRecord {
  const link = { v: 1 as const, index, prev: '0'.repeat(64), command: '0'.repeat(64), receivedAt: '2026-03-24T01:30:00.000Z' };
  const command = {
    v: 1 as const,
    id: ids.next(),
    origin: 'test/lot/a/1',
    lot: 'a',
    round: 1,
    type: 'review.submit-sheet',
    step: '',
    public: {},
    secrets: {},
    actor: { party },
    at: '2026-03-24T01:30:00.000Z',
    basis: 0,
  };
  return {
    link,
    hash: '0'.repeat(64),
    pass,
    signed: { command, signer: { kind: 'node', name: 'n', publicKey: 'AA' }, signature: 'AA', openings: {} },
  };
}

/** A pipeline that decides when the test says so. */
function world() {
  const open = new Map<string, (answer: Answer | Error) => void>();
  const order: string[] = [];
  const replies: OutboxReply[] = [];
  const submit = ({ command }: SignedCommand): Promise<Answer> => {
    order.push(command.id);
    return new Promise((resolve, reject) => {
      open.set(command.id, (answer) => {
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
    });
  };
  const events: [string, unknown][] = [];
  const clock = new FakeClock();
  const security = new SecurityLog({ warn: (facts: object) => events.push(Object.values(facts) as [string, unknown]) }, clock);
  const sut = new VenueDeliveries({ submit }, silent, security);
  const take = (connection: string, ...records: OutboxRecord[]): void => {
    sut.take({ venue: 'sub-1', connection }, records, (some) => replies.push(...some));
  };
  const decide = async ({ signed }: OutboxRecord, code: string | null = null): Promise<void> => {
    const proof = { index: 0, size: 1, path: [], root: '', signature: '', key: '' };
    const { id } = signed.command;
    const ok = { ok: true as const, id, origin: '', seq: 0, at: '', leaf: '' };
    open.get(id)?.({ proof, outcome: code === null ? ok : { ok: false, id, code, message: '', at: '' } });
    await turn();
  };
  const fail = async ({ signed }: OutboxRecord): Promise<void> => {
    open.get(signed.command.id)?.(new Error('broken'));
    await turn();
  };
  const said = (): [number, string][] =>
    replies.map((reply) => [
      reply.index,
      'answer' in reply ? (reply.answer.outcome.ok ? 'ok' : reply.answer.outcome.code) : `retry ${reply.retry}`,
    ]);
  return { sut, take, decide, fail, order, said, events };
}

describe('commands that a site delivers', () => {
  it('are decided one after the other for one actor, and side by side for different ones', async () => {
    const { take, decide, order, said, sut } = world();
    const [a1, b1, a2] = [record(0, 'a'), record(1, 'b'), record(2, 'a')];
    take('x', a1, b1, a2);
    await turn();
    expect(order).toEqual([a1.signed.command.id, b1.signed.command.id]);
    await decide(b1);
    await decide(a1, 'WRONG_STEP');
    await decide(a2);
    expect(said()).toEqual([
      [1, 'ok'],
      [0, 'WRONG_STEP'],
      [2, 'ok'],
    ]);
    expect(sut.busy).toBe(0);
  });

  it.each(['UNAVAILABLE', 'RATE_LIMITED', 'READ_ONLY', 'INTERNAL'])(
    'come back when the answer says nothing of them (%s), with everything after them',
    async (code) => {
      const { take, decide, order, said } = world();
      const [first, second, other] = [record(0, 'a'), record(1, 'a'), record(2, 'b')];
      take('x', first, second, other);
      await turn();
      await decide(first, code);
      await decide(other);
      expect(said()).toEqual([
        [0, `retry ${code}`],
        [1, 'retry AFTER'],
        [2, 'ok'],
      ]);
      expect(order).not.toContain(second.signed.command.id);
    },
  );

  it('that overtook the one that came back are returned too, until the site begins another pass', async () => {
    const { take, fail, decide, said } = world();
    const [first, late] = [record(0, 'a'), record(1, 'a')];
    take('x', first);
    await turn();
    await fail(first);
    take('x', late);
    await turn();
    expect(said()).toEqual([
      [0, 'retry INTERNAL'],
      [1, 'retry AFTER'],
    ]);
    const [again, after] = [
      { ...first, pass: 1 },
      { ...late, pass: 1 },
    ];
    take('x', again, after);
    await turn();
    await decide(again);
    await decide(after);
    expect(said().slice(2)).toEqual([
      [0, 'ok'],
      [1, 'ok'],
    ]);
  });

  it.each(['BAD_SIGNATURE', 'FORBIDDEN', 'CERT_REVOKED'])(
    'SEC-15 SEC-28 that a site had kept and that are refused (%s) are security events, each once and without what was sent',
    async (code) => {
      const { take, decide, events } = world();
      const [bad, good, passing] = [record(0, 'a'), record(1, 'b'), record(2, 'c')];
      take('x', bad, good, passing);
      await turn();
      await decide(bad, code);
      await decide(good);
      await decide(passing, 'UNAVAILABLE');
      expect(events).toEqual([[code, 'sub-1', bad.signed.command.id, 'review.submit-sheet', 'a', 'a']]);
    },
  );

  it('go on without one that was set aside', async () => {
    const { take, fail, decide, said } = world();
    const [bad, good] = [record(0, 'a'), record(1, 'a', 1)];
    take('x', bad);
    await turn();
    await fail(bad);
    take('x', good);
    await turn();
    await decide(good);
    expect(said()).toEqual([
      [0, 'retry INTERNAL'],
      [1, 'ok'],
    ]);
  });

  it('of a new connection wait for what the old one left behind, and start afresh', async () => {
    const { take, fail, decide, order, said } = world();
    const [first, second] = [record(0, 'a'), record(1, 'a')];
    take('old', first, second);
    await turn();
    take('new', first, second);
    await turn();
    expect(order).toHaveLength(1);
    await fail(first);
    expect(said()).toEqual([
      [0, 'retry INTERNAL'],
      [1, 'retry AFTER'],
    ]);
    await decide(first);
    await decide(second);
    expect(said().slice(2)).toEqual([
      [0, 'ok'],
      [1, 'ok'],
    ]);
  });

  it('that cannot be read come back and stop nobody', async () => {
    const { take, decide, said } = world();
    const bad = { ...record(0, 'a'), signed: { command: { id: 'x' } } as never };
    const good = record(1, 'a');
    take('x', bad, good);
    await turn();
    await decide(good);
    expect(said()).toEqual([
      [0, 'retry INTERNAL'],
      [1, 'ok'],
    ]);
  });
});
