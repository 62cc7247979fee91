import type { Outcome, SignedCommand, ERROR_CODES } from '@app/contracts';
import { zAnswer } from '@app/contracts';
import { isGenuine } from '@app/client';
import { createPool, FakeClock } from '@app/platform';
import { signWith } from '@app/sealing';
import { createAuthority } from '@app/sealing/node';
import { testServices } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Pool, QueryConfig } from 'pg';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { profile, VALID } from '../../test/support/people.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const BOOT_MS_MAX = 60_000;

// Several of these start another process's pipeline.
jest.setTimeout(BOOT_MS_MAX);

describe('the command pipeline', () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = await createKit();
    expect((await kit.createLot('lot-1')).outcome).toMatchObject({ ok: true, seq: 0 });
    expect((await kit.createLot('lot-2')).outcome).toMatchObject({ ok: true, seq: 0 });
  }, BOOT_MS_MAX);
  afterAll(async () => kit.close());

  const opinion = (text: string, lot = 'lot-1'): Promise<SignedCommand> =>
    kit.wish(kit.cast.supervisor.identity, lot, 'supervisor', 'lot.give-opinion', { text, target: 'schedule' });
  const submit = async (signed: SignedCommand): Promise<Outcome> => (await kit.process.pipeline.submit(signed)).outcome;
  const size = (): Promise<number> => kit.process.reader.size(ORIGIN);

  it('appends an accepted command and answers with the venue’s signature', async () => {
    const signed = await opinion('first');
    const answer = zAnswer.parse(await kit.process.pipeline.submit(signed));
    expect(answer.outcome).toMatchObject({ ok: true, id: signed.command.id });
    expect(isGenuine(profile, answer, kit.keys.answer.publicKey)).toBe(true);
    const seq = answer.outcome.ok ? answer.outcome.seq : -1;
    const [entry] = await kit.process.reader.read(ORIGIN, seq, 1);
    expect(Object.keys(entry?.parts ?? {}).sort()).toEqual(['command', 'skeleton', 'who']);
    for (const [name, { salt, text }] of Object.entries(entry?.parts ?? {})) {
      expect(entry?.header.parts[name]).toBe(profile.commitment(salt, text));
    }
  });

  it('SEC-2 takes no command whose key of the lot has not signed it', async () => {
    const lotKey = profile.generateSigner();
    const identity = { ...kit.cast.supervisor.identity, lotKey };
    const signed = await kit.wish(identity, 'lot-1', 'supervisor', 'lot.give-opinion', { text: 'x', target: 'y' });
    const { keySignature: _key, ...without } = signed;
    expect(await submit(without)).toMatchObject({ ok: false, code: 'BAD_SIGNATURE' });
    expect(await submit({ ...signed, keySignature: signed.signature })).toMatchObject({ ok: false, code: 'BAD_SIGNATURE' });
    // It holds; only members have such keys.
    expect(await submit(signed)).toMatchObject({ ok: false, code: 'E_INPUT' });
  });

  it('signs a refusal too', async () => {
    const signed = await kit.wish(kit.cast.agency.identity, 'lot-1', 'agency', 'lot.give-opinion', { text: 'x', target: 'y' });
    const answer = await kit.process.pipeline.submit(signed);
    expect(answer.outcome).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    expect(isGenuine(profile, answer, kit.keys.answer.publicKey)).toBe(true);
  });

  it('gives the same command its first outcome again, and another one under its id ID_REUSED', async () => {
    const signed = await opinion('once');
    const first = await submit(signed);
    const before = await size();
    expect(await submit(signed)).toEqual(first);
    const other = await opinion('other');
    const reused = { ...other, command: { ...other.command, id: signed.command.id } };
    const again = await kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.give-opinion', { text: 'z', target: 't' });
    expect((await submit(reused)).ok).toBe(false); // the signature no longer fits
    const command = { ...again.command, id: signed.command.id };
    const forged = { ...again, command, signature: signWith(kit.cast.supervisor.signer, 'command', command) };
    expect(await submit(forged)).toMatchObject({ ok: false, code: 'ID_REUSED' });
    expect(await size()).toBe(before);
  });

  it('gives a refused command the same refusal again', async () => {
    const signed = await kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.give-opinion', { text: '', target: 'x' });
    const first = await submit(signed);
    expect(first).toMatchObject({ ok: false, code: 'E_INPUT' });
    expect(await submit(signed)).toEqual(first);
  });

  it('gives the first outcome again that another process has told, accepted or refused', async () => {
    const another = await kit.another();
    const accepted = await opinion('told elsewhere');
    const refused = await kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.publish', {});
    for (const signed of [accepted, refused]) {
      const first = (await another.pipeline.submit(signed)).outcome;
      expect(await submit(signed)).toEqual(first);
    }
    expect(await submit(await opinion('a neighbour goes on'))).toMatchObject({ ok: true });
  });

  it('decides one command once that two processes get at the same time', async () => {
    const pool = createPool({ url: kit.database.url, name: 'another' });
    const another = await kit.another({ pool });
    const before = await size();
    const signed = await opinion('both');
    const [one, two] = await Promise.all([submit(signed), another.pipeline.submit(signed)]);
    expect(one).toEqual(two.outcome);
    expect(await size()).toBe(before + 1);
    // Each goes on where the other left the log.
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await another.pipeline.submit(await opinion(`there ${String(turn)}`))).outcome.ok).toBe(true);
      expect((await submit(await opinion(`here ${String(turn)}`))).ok).toBe(true);
    }
    expect(await size()).toBe(before + 7);
    await pool.end();
  });

  it(
    'keeps nothing of a batch whose connection is cut in the middle, and everything in the end exactly once',
    async () => {
      const before = await size();
      const commands = await Promise.all(
        Array.from({ length: 40 }, (_none, index) => opinion(`cut ${String(index)}`, index % 2 === 0 ? 'lot-1' : 'lot-2')),
      );
      // Only a superuser may end another role's connection.
      const address = new URL(testServices().superUrl);
      address.pathname = `/${kit.database.name}`;
      const owner = createPool({ url: address.href, name: 'cutter', connectionsMax: 1 });
      // The lock holds the batch in the database until its connection is killed.
      const lock = await owner.connect();
      await lock.query('BEGIN');
      await lock.query('LOCK TABLE entry_part IN ACCESS EXCLUSIVE MODE');
      const sent = Promise.all(commands.map(submit));
      const killed = await waitFor(async () => {
        const { rowCount } = await lock.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kit-pool' AND wait_event_type = 'Lock'`,
        );
        return (rowCount ?? 0) > 0;
      });
      expect(killed).toBe(true);
      await lock.query('ROLLBACK');
      lock.release();
      await owner.end();
      const outcomes = await sent;
      for (const [index, outcome] of outcomes.entries()) {
        const command = commands[index];
        if (command === undefined) throw new Error('no command');
        // Whoever was told UNAVAILABLE sends the same command again.
        if (!outcome.ok) expect(outcome.code).toBe('UNAVAILABLE');
        expect((await submit(command)).ok).toBe(true);
      }
      expect(await size()).toBe(before + 20);
      const entries = await kit.process.reader.read(ORIGIN, 0, 1_000);
      expect(entries.map((entry) => entry.header.seq)).toEqual(entries.map((_entry, index) => index));
    },
    BOOT_MS_MAX,
  );

  it('tells of an entry whose commit nobody heard of, although no other command comes', async () => {
    const pool = createPool({ url: kit.database.url, name: 'unheard' });
    const line = new FailingLine(pool);
    const clock = new FakeClock();
    const sut = await kit.another({ pool: line.pool, clock });
    const told: [string, number[]][] = [];
    sut.pipeline.onAppended((origin, entries) => told.push([origin, entries.map(({ header }) => header.seq)]));
    await sut.pipeline.lotState(ORIGIN);
    const before = await size();
    const signed = await opinion('unheard');
    line.isCommitLost = true;
    expect((await sut.pipeline.submit(signed)).outcome).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    // Without the database nothing is decided, and every answer says so, whatever is asked of it first.
    const foreign = await opinion('away', 'no-such-lot');
    expect((await sut.pipeline.submit(foreign)).outcome).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    await clock.advance(250);
    expect(await waitFor(() => Promise.resolve(clock.waiting === 1))).toBe(true);
    line.isAway = false;
    expect(told).toEqual([]);
    await clock.advance(500);
    expect(await waitFor(() => Promise.resolve(told.length > 0))).toBe(true);
    expect(told).toEqual([[ORIGIN, [before]]]);
    expect((await sut.pipeline.submit(signed)).outcome).toMatchObject({ ok: true, seq: before });
    expect((await sut.pipeline.lotState(ORIGIN)).size).toBe(before + 1);
    expect((await sut.pipeline.submit(await opinion('next'))).outcome).toMatchObject({ ok: true, seq: before + 1 });
    expect(told.slice(1)).toEqual([[ORIGIN, [before + 1]]]);
    await sut.close();
    expect(clock.waiting).toBe(0);
    await pool.end();
  });

  it('does not let one command that cannot be written stop its neighbours', async () => {
    // Two processes use one id in two lots: the database, which alone sees both, refuses the later one's whole batch.
    const pool = createPool({ url: kit.database.url, name: 'third' });
    const another = await kit.another({ pool });
    await Promise.all([another.pipeline.lotState(ORIGIN), another.pipeline.lotState('gongping.test/lot/lot-2/1')]);
    const good = await Promise.all(Array.from({ length: 10 }, (_none, index) => opinion(`good ${String(index)}`, 'lot-2')));
    const twice = await opinion('twice', 'lot-2');
    const command = { ...twice.command, lot: 'lot-1', origin: ORIGIN };
    const elsewhere = { ...twice, command, signature: signWith(kit.cast.supervisor.signer, 'command', command) };
    const [first, ...rest] = await Promise.all([another.pipeline.submit(elsewhere), submit(twice), ...good.map(submit)]);
    const outcomes = [first.outcome, rest[0]];
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ code: 'ID_REUSED' });
    expect(rest.slice(1).every((outcome) => outcome.ok)).toBe(true);
    await pool.end();
  });

  it('tells RATE_LIMITED whom a log’s full queue has no room for, and nobody of another log', async () => {
    const pool = createPool({ url: kit.database.url, name: 'full' });
    const line = new HeldLine(pool);
    const sut = await kit.another({ pool: line.pool, limits: { QUEUE_DEPTH_MAX: 2, QUEUE_DEPTH_TOTAL_MAX: 3 } });
    await Promise.all([sut.pipeline.lotState(ORIGIN), sut.pipeline.lotState('gongping.test/lot/lot-2/1')]);
    const sent: Promise<Outcome>[] = [];
    const send = async (lot: string): Promise<void> => {
      const signed = await opinion('many', lot);
      sent.push(sut.pipeline.submit(signed).then(({ outcome }) => outcome));
    };
    for (const lot of ['lot-1', 'lot-1', 'lot-1', 'lot-2', 'lot-2']) await send(lot);
    const refused = await Promise.all([sent[2], sent[4]]);
    expect(refused.map((outcome) => outcome?.ok === false && [outcome.code, outcome.message.slice(0, 35)])).toEqual([
      ['RATE_LIMITED', 'Too many commands of this log are w'],
      ['RATE_LIMITED', 'Too many commands of all logs are w'],
    ]);
    line.release();
    expect((await Promise.all([sent[0], sent[1], sent[3]])).map((outcome) => outcome?.ok)).toEqual([true, true, true]);
    await sut.close();
    await pool.end();
  });

  describe('refuses with a documented code and a sentence', () => {
    const cases: readonly [string, () => Promise<unknown>, keyof typeof ERROR_CODES][] = [
      ['nothing', () => Promise.resolve(null), 'MALFORMED'],
      ['a text', () => Promise.resolve('{}'), 'MALFORMED'],
      ['an unknown field', async () => ({ ...(await opinion('a')), more: 1 }), 'MALFORMED'],
      ['a fraction in the payload', async () => withCommand(await opinion('a'), { public: { text: 1.5, target: 'x' } }), 'MALFORMED'],
      ['a decomposed letter', async () => withCommand(await opinion('a'), { public: { text: 'e\u0301', target: 'x' } }), 'MALFORMED'],
      ['a wrong signature', async () => ({ ...(await opinion('a')), signature: (await opinion('b')).signature }), 'BAD_SIGNATURE'],
      ['a signature that is none', async () => ({ ...(await opinion('a')), signature: 'AAAA' }), 'BAD_SIGNATURE'],
      ['a changed command', async () => withCommand(await opinion('a'), { public: { text: 'changed', target: 'x' } }), 'BAD_SIGNATURE'],
      [
        'a signature for another lot',
        async () => withCommand(await opinion('a', 'lot-2'), { lot: 'lot-1', origin: ORIGIN }),
        'BAD_SIGNATURE',
      ],
      [
        'a log that lot and round do not make',
        async () => withCommand(await opinion('a'), { origin: 'gongping.test/lot/lot-2/1' }),
        'WRONG_LOG',
      ],
      [
        'another installation',
        () => kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.give-opinion', {}, { installation: 'other.test' }),
        'WRONG_LOG',
      ],
      ['a lot that is not there', () => opinion('a', 'no-such-lot'), 'NOT_FOUND'],
      ['an unknown type', () => kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.no-such-act', {}), 'UNKNOWN_TYPE'],
      ['a party that is not his', () => kit.wish(kit.cast.supervisor.identity, 'lot-1', 'agency', 'lot.publish', {}), 'NO_PART'],
      ['a party the lot does not know', () => kit.wish(kit.cast.supervisor.identity, 'lot-1', 'nobody', 'lot.publish', {}), 'NO_PART'],
      [
        'a wrong role',
        () => kit.wish(kit.cast.tenderer.identity, 'lot-1', 'tenderer', 'lot.order', { kind: 'PAUSE', reason: 'x' }),
        'FORBIDDEN',
      ],
      [
        'a wrong state',
        () =>
          kit.wish(kit.cast.agency.identity, 'lot-1', 'agency', 'lot.amend', {
            package: '0'.repeat(64),
            summary: 's',
            affectsBids: false,
            deadline: null,
          }),
        'WRONG_STATE',
      ],
      [
        'a value out of range',
        () => kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.give-opinion', { text: 'x'.repeat(4_001), target: 'y' }),
        'E_INPUT',
      ],
      [
        'an opening that does not fit',
        async () => ({ ...(await opinion('a')), openings: { text: { salt: profile.newSalt(), text: '1' } } }),
        'OPENING_MISMATCH',
      ],
      [
        'a session key for a legal act',
        () => kit.wish(kit.people.session(kit.cast.agency), 'lot-1', 'agency', 'lot.publish', { documentPackage: '0'.repeat(64) }),
        'ASSURANCE',
      ],
      [
        'a session key of another lot',
        () =>
          kit.wish(kit.people.session(kit.cast.supervisor, { lot: 'lot-2' }), 'lot-1', 'supervisor', 'lot.give-opinion', {
            text: 'a',
            target: 'b',
          }),
        'WRONG_LOG',
      ],
      [
        'a session key whose window is over',
        () =>
          kit.wish(
            kit.people.session(kit.cast.supervisor, { notBefore: '2026-03-23T00:00:00.000Z', notAfter: '2026-03-23T02:00:00.000Z' }),
            'lot-1',
            'supervisor',
            'lot.give-opinion',
            { text: 'a', target: 'b' },
          ),
        'CERT_EXPIRED',
      ],
      [
        'a node that is not registered',
        () => kit.wish(kit.people.node('stranger').identity, 'lot-1', 'node:main', 'lot.issue-documents', {}),
        'CERT_UNKNOWN',
      ],
    ];

    it.each(cases)('%s', async (_name, make, code) => {
      const before = await size();
      const outcome = await submit((await make()) as SignedCommand);
      expect(outcome).toMatchObject({ ok: false, code });
      expect(outcome.ok ? '' : outcome.message).toMatch(/\S+ \S+/);
      expect(await size()).toBe(before);
    });

    it('a session key where the act is ordinary is good enough (A-48)', async () => {
      const session = kit.people.session(kit.cast.supervisor, { lot: 'lot-1' });
      expect(
        await submit(await kit.wish(session, 'lot-1', 'supervisor', 'lot.give-opinion', { text: 'by session', target: 'lot' })),
      ).toMatchObject({ ok: true });
    });

    it('certificates that are unknown, expired, revoked or bound to nobody (A-12, A-13)', async () => {
      const strange = await createAuthority(profile.generateSigner('command'), 'Strange CA', VALID);
      const people = {
        CERT_UNKNOWN: await kit.people.person('p-strange', 'o-agency', VALID, strange),
        CERT_EXPIRED: await kit.people.person('p-old', 'o-agency', {
          notBefore: '2025-01-01T00:00:00.000Z',
          notAfter: '2025-12-31T00:00:00.000Z',
        }),
        CERT_REVOKED: await kit.people.person('p-revoked', 'o-agency'),
      };
      const unbound = await kit.people.person('p-unbound', 'o-agency');
      kit.people.revoke(people.CERT_REVOKED, '2026-03-01T00:00:00.000Z');
      const registry = await kit.people.registry();
      await kit.importer.import({
        ...registry,
        certificates: registry.certificates.filter((item) => item.person !== 'p-unbound'),
        venues: registry.venues.filter((venue) => venue.id !== 'stranger'),
      });
      await kit.registry.refresh();
      for (const [code, person] of [...Object.entries(people), ['CERT_UNKNOWN', unbound] as const]) {
        const outcome = await submit(await kit.wish(person.identity, 'lot-1', 'agency', 'lot.publish', {}));
        expect(outcome).toMatchObject({ ok: false, code });
      }
    });
  });
});

const withCommand = (signed: SignedCommand, more: Partial<SignedCommand['command']>): SignedCommand => ({
  ...signed,
  command: { ...signed.command, ...more },
});

/** A database that takes no group until it is released. */
class HeldLine {
  release: () => void = () => undefined;
  readonly pool: Pool;

  constructor(pool: Pool) {
    const released = new Promise<void>((resolve) => (this.release = resolve));
    const query = async (config: QueryConfig, values?: unknown[]): Promise<unknown> => {
      if (config.name?.startsWith('gc') === true) await released;
      return pool.query(config, values);
    };
    this.pool = new Proxy(pool, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)) as unknown });
  }
}

/** A database that commits the next group and is away from then on, so that nobody hears of it. */
class FailingLine {
  isCommitLost = false;
  isAway = false;
  readonly pool: Pool;

  constructor(pool: Pool) {
    const query = async (config: QueryConfig, values?: unknown[]): Promise<unknown> => {
      if (this.isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      const result = await pool.query(config, values);
      if (!this.isCommitLost || config.name?.startsWith('gc') !== true) return result;
      this.isCommitLost = false;
      this.isAway = true;
      throw new Error('Connection terminated unexpectedly');
    };
    this.pool = new Proxy(pool, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)) as unknown });
  }
}

async function waitFor(condition: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
