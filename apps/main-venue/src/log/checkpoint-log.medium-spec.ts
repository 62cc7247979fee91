import { evaluateCheckpoint, isQuorum, parseCheckpointNote, parsePolicy, quorumSince } from '@app/ledger';
import { createPool, FakeClock } from '@app/platform';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FakeWitness } from './test/fake-witness.js';
import { checkpointOf, LOT, profile, suite } from './test/history.js';
import { LogKit } from './test/log-kit.js';

jest.setTimeout(30_000);

let clock: FakeClock;
let witnesses: FakeWitness[];
let kit: LogKit;

beforeEach(async () => {
  clock = new FakeClock();
  witnesses = ['sub-1', 'sub-2', 'supervision'].map((id) => new FakeWitness(id, clock));
  for (const witness of witnesses) await witness.listen();
  kit = await LogKit.start(clock, witnesses);
});
afterEach(async () => {
  await kit.stop();
  for (const witness of witnesses) await witness.close();
});

describe('checkpoints of the main venue', () => {
  it('are signed on a beat, cosigned by every witness, and told to listeners as they gain', async () => {
    const told: [number, number, boolean][] = [];
    kit.log.checkpoints.onCheckpoint((_origin, _note, cosignedBy, { size, quorum }) => told.push([size, cosignedBy.length, quorum]));
    kit.log.checkpoints.onCheckpoint(() => {
      throw new Error('a listener that fails harms nobody');
    });
    await kit.log.checkpoints.start();
    await kit.append(LOT, 3);
    await kit.append(LOT, 5);
    await kit.log.checkpoints.beat();
    expect(told).toEqual([
      [5, 0, false],
      [5, 1, false],
      [5, 2, true],
      [5, 3, true],
    ]);
    const head = await kit.log.checkpoints.head(LOT);
    expect(head?.origin).toBe(LOT);
    expect(await kit.cosigned(LOT)).toEqual(['sub-1', 'sub-2', 'supervision']);
    const policy = parsePolicy(profile.hash, kit.log.policies.standingText(LOT));
    expect(evaluateCheckpoint(suite, policy, parseCheckpointNote(head!.checkpoint))).toMatchObject({ log: true, quorum: true });
    expect(await kit.log.checkpoints.witnessed(LOT)).toBe(5);
    await kit.log.tiles.settled();
    expect(await readFile(join(kit.folder, LOT, 'checkpoint'), 'utf8')).toBe(head!.checkpoint);
    const history = await kit.log.repository.history(LOT);
    expect(history.map(({ size }) => size)).toEqual([5]);
  });

  it('come by themselves, at most one a second for a log', async () => {
    const sizes: number[] = [];
    kit.log.checkpoints.onCheckpoint((_origin, _note, cosignedBy, { size }) => {
      if (cosignedBy.length === 0) sizes.push(size);
    });
    await kit.log.checkpoints.start();
    const settle = async (ms: number): Promise<void> => {
      await clock.advance(ms);
      for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await kit.append(LOT, 1);
    // The first time, witnesses are asked before anything is signed.
    await settle(30);
    await settle(30);
    await kit.append(LOT, 2);
    await settle(300);
    await kit.append(LOT, 3);
    await settle(300);
    expect(sizes).toEqual([1]);
    await settle(500);
    expect(sizes).toEqual([1, 3]);
  });

  it('are told and cosigned also when the end of their storing was not heard and nothing else is appended', async () => {
    const { checkpoints, repository } = kit.log;
    const told: [number, number][] = [];
    checkpoints.onCheckpoint((_origin, _note, cosignedBy, { size }) => told.push([size, cosignedBy.length]));
    await checkpoints.start();
    await kit.append(LOT, 1);
    await checkpoints.beat();
    told.length = 0;
    const add = repository.add.bind(repository);
    jest.spyOn(repository, 'add').mockImplementationOnce(async (checkpoint) => {
      await add(checkpoint);
      throw new Error('Connection terminated unexpectedly');
    });
    await kit.append(LOT, 300);
    await checkpoints.beat();
    expect([told, (await checkpoints.newest(LOT))?.size]).toEqual([[], 300]);
    await checkpoints.beat();
    expect(told).toEqual([0, 1, 2, 3].map((cosigned) => [300, cosigned]));
    expect(await checkpoints.witnessed(LOT)).toBe(300);
    await kit.log.tiles.settled();
    expect((await readFile(join(kit.folder, LOT, 'tile', '0', '000'))).length).toBe(256 * 32);
  });

  it('ask the witnesses again soon when it was the database that failed, not a witness', async () => {
    const { checkpoints, repository } = kit.log;
    await checkpoints.start();
    await kit.append(LOT, 1);
    jest.spyOn(repository, 'addCosignature').mockRejectedValueOnce(new Error('connect ECONNREFUSED'));
    await checkpoints.beat();
    await clock.advance(1_000);
    for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await kit.cosigned(LOT)).toEqual(['sub-1', 'sub-2', 'supervision']);
  });

  it('of one log do not wait for the witness of another that hangs', async () => {
    const OTHER = 'gongping.demo/lot/lot-2/1';
    await kit.log.checkpoints.start();
    await kit.append(OTHER, 2);
    await kit.log.checkpoints.beat();
    let release = (): void => undefined;
    witnesses[0]!.gate = new Promise((resolve) => (release = () => resolve(null)));
    await kit.append(LOT, 2);
    await kit.append(OTHER, 4);
    await clock.advance(2_000);
    for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await kit.log.checkpoints.newest(OTHER))?.size).toBe(4);
    expect(await kit.log.checkpoints.newest(LOT)).toBeNull();
    release();
    await kit.log.checkpoints.beat();
    expect((await kit.log.checkpoints.newest(LOT))?.size).toBe(2);
  });

  it('are not made twice for the same entries, and go on after a restart', async () => {
    await kit.log.checkpoints.start();
    await kit.append(LOT, 4);
    await kit.log.checkpoints.beat();
    await kit.log.checkpoints.beat();
    await kit.restart();
    await kit.append(LOT, 6);
    // The new process was not told of the entries: it finds them, and the witnesses tell it how far they are.
    await kit.log.checkpoints.start();
    await kit.log.checkpoints.beat();
    expect(await kit.cosigned(LOT)).toHaveLength(3);
    const { rows } = await kit.pool.query<{ size: number }>('SELECT size FROM checkpoint ORDER BY size');
    expect(rows.map(({ size }) => size)).toEqual([4, 6]);
  });

  it('SEC-2 are made and cosigned for who asks now, without waiting for the beat, and the cosignatures say so', async () => {
    const { checkpoints, policies } = kit.log;
    const policy = parsePolicy(profile.hash, policies.standingText(LOT));
    const told: { size: number; since: number | null }[] = [];
    checkpoints.onCheckpoint((_origin, note, _cosignedBy, { size }) => {
      const { witnesses: cosigned } = evaluateCheckpoint(suite, policy, parseCheckpointNote(note));
      told.push({ size, since: quorumSince(policy, cosigned, Number.MAX_SAFE_INTEGER) });
    });
    const settle = async (ms: number): Promise<void> => {
      await clock.advance(ms);
      for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await checkpoints.start();
    await kit.append(LOT, 2);
    await checkpoints.beat();
    await clock.advance(90_000);
    const second = (): number => Math.floor(clock.nowMs() / 1_000);
    checkpoints.renew(LOT);
    checkpoints.renew(LOT);
    await settle(0);
    expect(told.at(-1)).toEqual({ size: 2, since: second() });
    // Whoever asks for the head is given the cosignatures of now, though those of before are stored.
    const { witnesses: shown } = evaluateCheckpoint(suite, policy, parseCheckpointNote((await checkpoints.head(LOT))!.checkpoint));
    expect(quorumSince(policy, shown, Number.MAX_SAFE_INTEGER)).toBe(second());
    // The beat has just been: an entry would wait for the next one.
    await checkpoints.beat();
    await kit.append(LOT, 3);
    checkpoints.renew(LOT);
    await settle(30);
    expect(told.at(-1)).toEqual({ size: 3, since: second() });
    const { rows } = await kit.pool.query('SELECT 1 FROM cosignature WHERE size = 2');
    expect(rows).toHaveLength(3);
  });

  it('have their quorum without one witness, which cosigns when it is back', async () => {
    witnesses[1]!.fault = { status: 503, body: 'down' };
    await kit.log.checkpoints.start();
    await kit.append(LOT, 4);
    await kit.log.checkpoints.beat();
    expect(await kit.cosigned(LOT)).toEqual(['sub-1', 'supervision']);
    expect(await kit.log.checkpoints.witnessed(LOT)).toBe(4);
    witnesses[1]!.fault = null;
    const asked = witnesses[1]!.requests;
    await kit.log.checkpoints.beat();
    expect(witnesses[1]!.requests).toBe(asked);
    await clock.advance(1_500);
    await kit.log.checkpoints.beat();
    expect(await kit.cosigned(LOT)).toEqual(['sub-1', 'sub-2', 'supervision']);
  });

  it('SEC-2 leave a log alone that a witness declines, for a while or until it grows, and no other log of that witness', async () => {
    const OTHER = 'gongping.demo/lot/lot-2/1';
    const [declining] = witnesses;
    declining!.faults.set(LOT, { status: 403, body: 'the entries under this head are not good: entry 2' });
    const { checkpoints } = kit.log;
    await checkpoints.start();
    await kit.append(LOT, 2);
    await kit.append(OTHER, 2);
    await checkpoints.beat();
    expect([await kit.cosigned(LOT), await kit.cosigned(OTHER)]).toEqual([
      ['sub-2', 'supervision'],
      ['sub-1', 'sub-2', 'supervision'],
    ]);
    await kit.append(OTHER, 3);
    await checkpoints.beat();
    expect(await kit.cosigned(OTHER)).toHaveLength(3);
    const asked = declining!.requests;
    await clock.advance(2_000);
    await checkpoints.beat();
    expect(declining!.requests).toBe(asked);
    // What mends the fault is a later entry: a larger head is shown at once.
    declining!.faults.clear();
    await kit.append(LOT, 3);
    await checkpoints.beat();
    expect(await kit.cosigned(LOT)).toEqual(['sub-1', 'sub-2', 'supervision']);
  });

  it('SEC-2 are asked for again soon when a witness is behind with the entries, which is nobody’s failure', async () => {
    const [behind] = witnesses;
    behind!.faults.set(LOT, { status: 503, body: '1 of these entries are here and judged', retryAfter: '1' });
    const { checkpoints } = kit.log;
    await checkpoints.start();
    for (const size of [2, 3]) {
      await kit.append(LOT, size);
      await checkpoints.beat();
      expect(await kit.cosigned(LOT)).toEqual(['sub-2', 'supervision']);
    }
    behind!.faults.clear();
    await checkpoints.beat();
    expect(await kit.cosigned(LOT)).toEqual(['sub-1', 'sub-2', 'supervision']);
  });

  it('have no quorum while too few witnesses answer, and lie about nobody', async () => {
    witnesses[0]!.fault = { status: 503, body: 'down' };
    // A cosignature of another key, and a body that is none.
    witnesses[1]!.fault = { status: 200, body: `— ${witnesses[1]!.signer.keyName} ${Buffer.alloc(76).toString('base64')}\n` };
    witnesses[2]!.fault = { status: 200, body: 'nonsense' };
    await kit.log.checkpoints.start();
    await kit.append(LOT, 4);
    await kit.log.checkpoints.beat();
    expect((await kit.log.checkpoints.newest(LOT))?.size).toBe(4);
    expect(await kit.cosigned(LOT)).toEqual([]);
    expect(await kit.log.checkpoints.witnessed(LOT)).toBe(0);
    expect(kit.log.readOnly.reason(LOT)).toBeNull();
  });

  it('follow the policy that the lot froze at publication, whatever the registry says later', async () => {
    // Without addresses, as a policy made before the sites were started: where a witness is now is known from its key.
    const frozen = kit.log.policies
      .standingText(LOT)
      .split('\n')
      .filter((line) => /^(log|witness sub-2)/.test(line))
      .map((line) => line.replace(/ http:.*$/, ''));
    kit.publish(LOT, { witnessPolicy: `${frozen.join('\n')}\nquorum sub-2\n` });
    await kit.log.checkpoints.start();
    await kit.append(LOT, 2);
    await kit.log.checkpoints.beat();
    expect(await kit.cosigned(LOT)).toEqual(['sub-2']);
    expect(await kit.log.checkpoints.witnessed(LOT)).toBe(2);
    expect(witnesses[0]!.heads.size).toBe(0);
  });

  it('SEC-2 are offered a policy to freeze with a judging site in each quorum', async () => {
    const { policies } = kit.log;
    expect(await policies.textToFreeze(LOT)).toBe(policies.standingText(LOT));
    kit.publish(LOT, { venues: [{ venue: 'sub-1', role: 'sub', city: '杭州' }] });
    const node = { roles: ['node'], admittedAs: ['node'], venue: 'sub-1', seat: null, seq: 0 } as const;
    kit.states.set(LOT, { ...kit.states.get(LOT)!, parties: { 'node:sub-1': node } });
    const policy = parsePolicy(profile.hash, await policies.textToFreeze(LOT));
    const reached = (...names: string[]): boolean => isQuorum(policy, new Set(names));
    expect([reached('sub-2', 'supervision'), reached('sub-1', 'supervision')]).toEqual([false, true]);
  });

  it('have no quorum under a frozen policy that nobody can read', async () => {
    kit.publish(LOT, { witnessPolicy: 'quorum nobody\n' });
    await kit.log.checkpoints.start();
    await kit.append(LOT, 2);
    await kit.log.checkpoints.beat();
    expect(await kit.log.checkpoints.witnessed(LOT)).toBe(0);
  });

  it('cannot be changed or deleted by the process that makes them', async () => {
    await kit.log.checkpoints.start();
    await kit.append(LOT, 2);
    await kit.log.checkpoints.beat();
    for (const statement of [
      'DELETE FROM cosignature',
      'DELETE FROM checkpoint',
      "UPDATE checkpoint SET note = ''",
      'TRUNCATE checkpoint CASCADE',
    ]) {
      await expect(kit.pool.query(statement)).rejects.toThrow(/permission denied|append-only/);
    }
  });

  it('are refused for entries that do not continue what was signed: the log becomes read-only', async () => {
    await kit.log.checkpoints.start();
    await kit.append(LOT, 4);
    await kit.log.checkpoints.beat();
    // Somebody with the owner's rights puts an older database back and lets it grow otherwise.
    const owner = kit.database.ownerUrl;
    const pool = createPool({ url: owner, name: 'tamper' });
    await pool.query('ALTER TABLE entry DISABLE TRIGGER ALL; ALTER TABLE entry_part DISABLE TRIGGER ALL');
    await pool.query('DELETE FROM entry_part; DELETE FROM entry; DELETE FROM log');
    await pool.query('ALTER TABLE entry ENABLE TRIGGER ALL; ALTER TABLE entry_part ENABLE TRIGGER ALL');
    await pool.end();
    await kit.restart();
    await kit.append(LOT, 6, 'b', 2);
    await kit.log.checkpoints.start();
    await kit.log.checkpoints.beat();
    expect(kit.log.readOnly.reason(LOT)).toMatch(/witnessed entries are not the ones/);
    expect(checkpointOf((await kit.log.checkpoints.noteOf(LOT))!).size).toBe(4);
  });
});
