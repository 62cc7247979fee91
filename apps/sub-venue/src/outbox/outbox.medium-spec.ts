import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Answer, OutboxRecord, OutboxReply, SignedCommand } from '@app/contracts';
import { commandRule, isAct } from '@app/evaluation';
import type { Clock } from '@app/platform';
import { createPool, FakeClock, SystemClock } from '@app/platform';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import type pg from 'pg';
import { SITE_MIGRATIONS } from '../../../../migrations/site/index.js';
import { anybody, command, newCrypto, silent } from '../../test/support.js';
import { chainFault } from './chain.js';
import type { DeliveryLine } from './courier.js';
import { Courier, PARK_TRIES } from './courier.js';
import { Outbox } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';

// Databases are made on cores that others use too.
jest.setTimeout(30_000);

const crypto = newCrypto();
const hashHex = (bytes: Uint8Array): string => crypto.hashHex(bytes);
let database: TestDatabase;
let pool: pg.Pool;
const open: Courier[] = [];

beforeAll(async () => {
  database = await createDatabase(SITE_MIGRATIONS);
  pool = createPool({ url: database.ownerUrl, name: 'test' });
});
afterEach(async () => {
  for (const courier of open.splice(0)) courier.onModuleDestroy();
  await pool.query(
    'ALTER TABLE outbox_record DISABLE TRIGGER USER; DELETE FROM outbox_record; ALTER TABLE outbox_record ENABLE TRIGGER USER',
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const answerTo = (signed: SignedCommand, ok = true): Answer => ({
  outcome: ok
    ? { ok, id: signed.command.id, origin: signed.command.origin, seq: 0, at: '2026-03-24T01:30:00.000Z', leaf: '0'.repeat(64) }
    : { ok, id: signed.command.id, code: 'WRONG_STEP', message: 'the step is closed', at: '2026-03-24T01:30:00.000Z' },
  proof: { index: 0, size: 1, path: [], root: '0'.repeat(64), signature: 'AA', key: 'AA' },
});

/** A main venue that decides each id once, in the order in which it hears of them, and can lose what it says. */
class FakeMain implements DeliveryLine {
  isUp = true;
  readonly decided: OutboxRecord[] = [];
  readonly #answers = new Map<string, Answer>();
  deliveries = 0;
  /** What becomes of a delivery: `answer`, `refuse`, `swallow`, `decide-and-lose-answer`, or the code to return it with. */
  behave: (record: OutboxRecord) => string = () => 'answer';
  courier: Courier | null = null;

  deliver(records: readonly OutboxRecord[]): Promise<void> {
    this.deliveries += 1;
    setImmediate(() => void this.courier?.replied(this.#replies(records)));
    return Promise.resolve();
  }

  #replies(records: readonly OutboxRecord[]): OutboxReply[] {
    const stopped = new Set<string>();
    return records.flatMap((record): OutboxReply[] => {
      const { signed, link } = record;
      const { id, actor } = signed.command;
      if (stopped.has(actor.party)) return [{ index: link.index, id, retry: 'AFTER' }];
      const how = this.behave(record);
      if (how === 'swallow') return [];
      if (!['answer', 'refuse', 'decide-and-lose-answer'].includes(how)) {
        stopped.add(actor.party);
        return [{ index: link.index, id, retry: how }];
      }
      const answer = this.#answers.get(id) ?? answerTo(signed, how !== 'refuse');
      if (!this.#answers.has(id)) this.decided.push(record);
      this.#answers.set(id, answer);
      return how === 'decide-and-lose-answer' ? [] : [{ index: link.index, id, answer }];
    });
  }
}

async function start(main: FakeMain, clock: Clock = new SystemClock()): Promise<{ outbox: Outbox; courier: Courier }> {
  const outbox = new Outbox(new OutboxRepository(pool, crypto), crypto, anybody, clock, silent);
  const courier = new Courier(outbox, clock, silent, () => 0);
  open.push(courier);
  await outbox.onModuleInit();
  main.courier = courier;
  return { outbox, courier };
}

const until = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 2_000 && !holds(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(holds()).toBe(true);
};
const many = (count: number, parties = 3): SignedCommand[] =>
  Array.from({ length: count }, (_none, index) => command(`expert-${String(index % parties)}`));
const perActor = (records: readonly { signed: SignedCommand }[]): Record<string, string[]> => {
  const lists: Record<string, string[]> = {};
  for (const { signed } of records) (lists[signed.command.actor.party] ??= []).push(signed.command.id);
  return lists;
};

describe('the outbox of a site', () => {
  it('keeps commands while the line is cut, and delivers each once and in order per actor when it is back', async () => {
    const main = new FakeMain();
    const { outbox, courier } = await start(main);
    const sent = many(300);
    const kept = await Promise.all(sent.map((signed) => outbox.submit(signed)));
    expect(outbox.waitingCount).toBe(300);
    courier.connected(main);
    await Promise.all(kept.map(({ answer }) => answer));
    expect(perActor(main.decided)).toEqual(perActor(sent.map((signed) => ({ signed }))));
    expect(outbox.waitingCount).toBe(0);
    const { rows } = await pool.query<{ command: Buffer }>('SELECT command FROM outbox_record LIMIT 1');
    expect(rows[0]?.command.toString('latin1')).not.toContain('expert-');
  });

  it('chains what it keeps: the head covers every command and its time of receipt', async () => {
    const main = new FakeMain();
    const { outbox } = await start(main);
    for (const signed of many(5)) await outbox.submit(signed);
    const records = await outbox.records([0, 1, 2, 3, 4]);
    expect(chainFault(records, { index: -1, hash: '0'.repeat(64) }, hashHex)).toBeNull();
    expect(outbox.head).toEqual({ count: 5, hash: records[4]?.hash });
  });

  it('keeps a repeated command once, and refuses its id with another content', async () => {
    const main = new FakeMain();
    const { outbox, courier } = await start(main);
    const signed = command('expert-1');
    const [first, second] = await Promise.all([outbox.submit(signed), outbox.submit(signed)]);
    expect(second.index).toBe(first.index);
    const other = { ...signed, command: { ...signed.command, step: 'other' } };
    await expect(outbox.submit(other)).rejects.toMatchObject({ code: 'ID_REUSED' });
    courier.connected(main);
    const answer = await first.answer;
    await expect(outbox.submit(other)).rejects.toMatchObject({ code: 'ID_REUSED' });
    expect(await (await outbox.submit(signed)).answer).toEqual(answer);
    expect(await outbox.answerOf(signed.command.id)).toEqual(answer);
    await expect(outbox.answerOf(command('x').command.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['bidding.deliver', 'opening.object', 'award.object'])(
    'SEC-24 never takes %s: only receipt at the main venue counts (电子招标投标办法 26)',
    async (type) => {
      // By the names that the rules have: what is called otherwise would be kept after all.
      expect(commandRule(type) !== undefined || isAct(type)).toBe(true);
      const { outbox } = await start(new FakeMain());
      await expect(outbox.submit(command('bidder-1', { type }))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(outbox.waitingCount).toBe(0);
    },
  );

  it('refuses a command larger than one message of the line', async () => {
    const { outbox } = await start(new FakeMain());
    await expect(outbox.submit(command('expert-1', { public: { text: 'x'.repeat(700_000) } }))).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  it('is stopped by no refusal: a refused command is answered like any other', async () => {
    const main = new FakeMain();
    main.behave = ({ signed }) => (signed.command.actor.party === 'expert-0' ? 'refuse' : 'answer');
    const { outbox, courier } = await start(main);
    const kept = await Promise.all(many(30).map((signed) => outbox.submit(signed)));
    courier.connected(main);
    const answers = await Promise.all(kept.map(({ answer }) => answer));
    expect(answers.filter(({ outcome }) => !outcome.ok)).toHaveLength(10);
    expect(outbox.waitingCount).toBe(0);
  });

  it('holds up only the actor whose command cannot be decided for now, and keeps his order when it can', async () => {
    const clock = new FakeClock();
    const main = new FakeMain();
    const { outbox, courier } = await start(main, clock);
    let isBusy = true;
    main.behave = ({ signed }) => (isBusy && signed.command.actor.party === 'expert-0' ? 'RATE_LIMITED' : 'answer');
    const sent = many(12);
    await Promise.all(sent.map((signed) => outbox.submit(signed)));
    courier.connected(main);
    await until(() => outbox.waitingCount === 4 && clock.waiting > 0);
    await clock.advance(1_000);
    await until(() => clock.waiting > 0);
    expect(outbox.waitingCount).toBe(4);
    isBusy = false;
    await clock.advance(30_000);
    await until(() => outbox.waitingCount === 0);
    expect(perActor(main.decided)).toEqual(perActor(sent.map((signed) => ({ signed }))));
  });

  it('sets a command aside that the main venue can never decide, and goes on with that actor', async () => {
    const clock = new FakeClock();
    const main = new FakeMain();
    const { outbox, courier } = await start(main, clock);
    const [bad, good] = [command('expert-0'), command('expert-0')];
    main.behave = ({ signed }) => (signed.command.id === bad.command.id ? 'INTERNAL' : 'answer');
    await outbox.submit(bad);
    const later = await outbox.submit(good);
    courier.connected(main);
    for (let tries = 0; tries < PARK_TRIES; tries += 1) {
      await until(() => clock.waiting > 0);
      await clock.advance(30_000);
    }
    expect((await later.answer).outcome.id).toBe(good.command.id);
    expect([courier.parked, outbox.waitingCount]).toEqual([1, 1]);
  });

  it('keeps an answer only beside the command that it answers, in memory and on disk', async () => {
    const { outbox } = await start(new FakeMain());
    const [kept, other] = [command('expert-1'), command('expert-1')];
    await outbox.submit(kept);
    const late = { index: 0, answer: answerTo(other) };
    await outbox.settle([late]);
    // A process that is ending can still write when the next one has begun.
    await new OutboxRepository(pool, crypto).answer([late], new SystemClock().instant());
    expect([outbox.waitingCount, await outbox.answerOf(kept.command.id)]).toEqual([1, null]);
    await outbox.settle([{ index: 0, answer: answerTo(kept) }]);
    expect((await outbox.answerOf(kept.command.id))?.outcome.id).toBe(kept.command.id);
  });

  it('refuses to start when a link on disk was changed', async () => {
    const { outbox } = await start(new FakeMain());
    for (const signed of many(3)) await outbox.submit(signed);
    await expect(pool.query("UPDATE outbox_record SET received_at = 'x' WHERE index = 1")).rejects.toThrow('append-only');
    await expect(pool.query('DELETE FROM outbox_record WHERE index = 2')).rejects.toThrow('append-only');
    await pool.query("ALTER TABLE outbox_record DISABLE TRIGGER USER; UPDATE outbox_record SET received_at = 'x' WHERE index = 1");
    await expect(start(new FakeMain())).rejects.toThrow('link 1 was changed');
  });
});

interface Fault {
  readonly name: string;
  /** Breaks something while 40 commands wait or fly. */
  readonly break: (world: { main: FakeMain; courier: Courier; outbox: Outbox }) => Promise<void> | void;
}

/** Where a process can be killed, and what the other side has done by then. After each row a new process starts on the same disk. */
const CRASHES: readonly Fault[] = [
  { name: 'before anything was sent', break: () => undefined },
  {
    name: 'sent, and the main venue never heard',
    break: ({ main, courier }) => ((main.behave = () => 'swallow'), courier.connected(main), until(() => courier.inFlight > 0)),
  },
  {
    name: 'decided, and every answer lost (failed but persisted)',
    break: ({ main, courier }) => (
      (main.behave = () => 'decide-and-lose-answer'),
      courier.connected(main),
      until(() => main.decided.length === 40)
    ),
  },
  {
    name: 'half of the answers stored',
    break: ({ main, courier, outbox }) => (
      (main.behave = ({ link }) => (link.index % 2 === 0 ? 'answer' : 'decide-and-lose-answer')),
      courier.connected(main),
      until(() => outbox.waitingCount === 20)
    ),
  },
  {
    name: 'answers come in, and the disk refuses them',
    break: async ({ main, courier }) => {
      const real = main.courier;
      await pool.query('ALTER TABLE outbox_record RENAME TO outbox_gone');
      main.courier = null;
      courier.connected(main);
      await until(() => courier.inFlight === 40);
      const records = main.decided;
      await real
        ?.replied(records.map(({ link, signed }) => ({ index: link.index, id: signed.command.id, answer: answerTo(signed) })))
        .catch(() => undefined);
      await pool.query('ALTER TABLE outbox_gone RENAME TO outbox_record');
    },
  },
];

describe('the outbox after its process was killed', () => {
  it.each(CRASHES)('$name: every command is decided once, in order, and answered', async (fault) => {
    const main = new FakeMain();
    const before = await start(main);
    const sent = many(40);
    await Promise.all(sent.map((signed) => before.outbox.submit(signed)));
    await fault.break({ main, ...before });
    before.courier.onModuleDestroy();
    main.behave = () => 'answer';
    const after = await start(main);
    after.courier.connected(main);
    await until(() => after.outbox.waitingCount === 0);
    expect(perActor(main.decided)).toEqual(perActor(sent.map((signed) => ({ signed }))));
    for (const {
      command: { id },
    } of sent)
      expect((await after.outbox.answerOf(id))?.outcome.id).toBe(id);
  });

  it('a group that the disk refused is refused to its senders, and the chain goes on without a hole', async () => {
    const { outbox } = await start(new FakeMain());
    await outbox.submit(command('expert-1'));
    await pool.query('ALTER TABLE outbox_record RENAME TO outbox_gone');
    const signed = command('expert-1');
    await expect(outbox.submit(signed)).rejects.toBeDefined();
    await pool.query('ALTER TABLE outbox_gone RENAME TO outbox_record');
    expect((await outbox.submit(signed)).index).toBe(1);
    expect(await new OutboxRepository(pool, crypto).fault()).toBeNull();
  });
});
