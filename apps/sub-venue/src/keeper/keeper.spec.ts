import { describe, expect, it } from '@jest/globals';
import type { Answer, SignedCommand } from '@app/contracts';
import { type LotState, textOf } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import { checkDrill, checkRelease, generateKeeperKey } from '@app/sealing';
import type { KeeperKey } from '@app/sealing';
import { newCrypto, profile, silent } from '../../test/support.js';
import { lot, ME, ORIGIN, replica } from '../../test/watched-lot.js';
import type { Kept } from '../outbox/outbox.js';
import type { ReplicaListener } from '../replica/replicas.js';
import { Keeper } from './keeper.js';

interface Sent {
  readonly signed: SignedCommand;
  readonly answer: (ok: boolean, code?: string) => void;
}

function keeper(clock = new FakeClock()) {
  const sent: Sent[] = [];
  const keys = new Map<string, KeeperKey>();
  const listeners: ReplicaListener[] = [];
  const outbox = {
    submit: (signed: SignedCommand): Promise<Kept> => {
      let settle: (answer: Answer) => void = () => undefined;
      const answer = new Promise<Answer>((resolve) => (settle = resolve));
      const proof = { index: 0, size: 1, path: [], root: '', signature: '', key: '' };
      const { id } = signed.command;
      sent.push({
        signed,
        answer: (ok, code = 'INTERNAL') => {
          settle({ proof, outcome: ok ? { ok, id, origin: ORIGIN, seq: 0, at: '', leaf: '' } : { ok, id, code, message: '', at: '' } });
        },
      });
      return Promise.resolve({ index: sent.length, receivedAt: '', answer });
    },
  };
  const repository = {
    find: (_origin: string, purpose: string) => Promise.resolve(keys.get(purpose) ?? null),
    keep: (_origin: string, purpose: string, key: KeeperKey) => {
      if (!keys.has(purpose)) keys.set(purpose, key);
      return Promise.resolve(keys.get(purpose) ?? key);
    },
  };
  const replicas = { listen: (listener: ReplicaListener) => (listeners.push(listener), () => undefined), all: () => [] };
  const wanted: string[] = [];
  const line = { wantCheckpoint: (origin: string) => Promise.resolve(void wanted.push(origin)) };
  const sut = new Keeper({ VENUE_ID: 'sub-1' }, replicas, repository, outbox, line, newCrypto(), clock, silent);
  return { sut, sent, keys, clock, wanted };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the keeper of a site', () => {
  it('acts on no state that lags behind its entries, as of a site that starts', async () => {
    const { sut, sent } = keeper();
    const state = lot(3, false, { status: 'DRAFT', keepers: { published: {}, released: {}, drill: null } });
    sut.review(replica(state, 0, { size: 4 }));
    await turn();
    expect(sent).toEqual([]);
    sut.review(replica(state, 0, { size: 3 }));
    await turn();
    expect(sent).toHaveLength(1);
  });

  it('publishes a key for each purpose once, signed by the node, whose private half stays here', async () => {
    const { sut, sent, keys } = keeper();
    const draft = replica(lot(3, false, { status: 'DRAFT', keepers: { published: {}, released: {}, drill: null } }), 0);
    sut.review(draft);
    sut.review(draft);
    await turn();
    expect(sent.map(({ signed }) => signed.command.public['purpose'])).toEqual(['bids']);
    for (const { signed } of sent) {
      expect(signed.command).toMatchObject({ type: 'sealing.publish-key', actor: { party: ME }, secrets: {} });
      expect(signed.signer).toMatchObject({ kind: 'node', name: ME });
      expect(signed.command.public['publicKey']).toBe(keys.get('bids')?.publicKey);
      expect(JSON.stringify(signed)).not.toContain(keys.get('bids')?.privateKey);
    }
  });

  it('answers a drill by itself, with the key that is on its disk and nothing else', async () => {
    const { sut, sent, keys } = keeper();
    const key = generateKeeperKey(profile);
    const drill = { challenge: 'challenge', begunAt: '', deadline: 'D', until: '', answered: {} };
    const state = lot(5, false, { keepers: { published: { bids: { [ME]: key.publicKey } }, released: {}, drill } });
    const schedule = { issuedAt: '', documentsFrom: '', documentsUntil: '', deadline: 'D' };
    const open = replica({ ...state, status: 'SUBMISSION_OPEN', setup: { ...state.setup, schedule } }, 0);
    sut.review(open);
    await turn();
    // The key is not here: nothing is said.
    expect(sent).toEqual([]);
    const other = keeper();
    other.keys.set('bids', key);
    for (let time = 0; time < 2; time += 1) other.sut.review(open);
    await turn();
    expect(other.sent.map(({ signed }) => signed.command.type)).toEqual(['sealing.answer-drill']);
    const proof = textOf(other.sent[0]?.signed.command.public['proof']);
    expect(checkDrill(profile, { origin: ORIGIN, purpose: 'bids', party: ME }, 'challenge', key.publicKey, proof)).toBe(true);
    expect(JSON.stringify(other.sent)).not.toContain(key.privateKey);
    expect(keys.size).toBe(0);
  });

  it('releases the key that fits the published one when the gate opens, and once', async () => {
    const { sut, sent, keys } = keeper();
    const key = generateKeeperKey(profile);
    keys.set('bids', key);
    const published = { published: { bids: { [ME]: key.publicKey } }, released: {}, drill: null };
    sut.review(replica(lot(10, true, { keepers: published }), 9));
    await turn();
    expect(sent).toHaveLength(0);
    for (let time = 0; time < 3; time += 1) sut.review(replica(lot(10 + time, true, { keepers: published }), 10));
    await turn();
    expect(sent.map(({ signed }) => signed.command.type)).toEqual(['sealing.release']);
    const text = sent[0]?.signed.openings['private-key']?.text ?? '""';
    expect(checkRelease(profile, { party: ME, publicKey: key.publicKey }, String(JSON.parse(text)))).toBeNull();
  });

  it('SEC-2 asks for a quorum of this moment when nothing else keeps the key, and again while it is owed', async () => {
    const { sut, sent, keys, clock, wanted } = keeper();
    const key = generateKeeperKey(profile);
    keys.set('bids', key);
    const state = lot(10, true, { keepers: { published: { bids: { [ME]: key.publicKey } }, released: {}, drill: null } });
    const before = clock.nowMs();
    for (let time = 0; time < 3; time += 1) sut.review(replica(state, 10, { quorumAtMs: before - 1_000 }));
    await turn();
    expect([wanted, sent.length]).toEqual([[ORIGIN], 0]);
    await clock.advance(5_000);
    expect(wanted).toEqual([ORIGIN, ORIGIN]);
    sut.review(replica(state, 10, { quorumAtMs: before + 1_000 }));
    await turn();
    expect(sent.map(({ signed }) => signed.command.type)).toEqual(['sealing.release']);
    sut.onModuleDestroy();
  });

  it('tries again later when the main venue refuses, and not when it was done already', async () => {
    const { sut, sent, keys, clock } = keeper();
    keys.set('bids', generateKeeperKey(profile));
    const open = replica(lot(10, true, { keepers: { published: { bids: { [ME]: 'key' } }, released: {}, drill: null } }), 10);
    sut.review(open);
    await turn();
    sent[0]?.answer(false, 'E_TOO_EARLY');
    await turn();
    expect(sent).toHaveLength(1);
    await clock.advance(5_000);
    await turn();
    expect(sent).toHaveLength(2);
    sent[1]?.answer(false, 'E_ALREADY_DONE');
    await turn();
    await clock.advance(60_000);
    await turn();
    expect(sent).toHaveLength(2);
    sut.onModuleDestroy();
    expect(clock.waiting).toBe(0);
  });

  it('SEC-2 looks again by itself when the own clock reaches the deadline', async () => {
    const { sut, sent, keys, clock } = keeper();
    const key = generateKeeperKey(profile);
    keys.set('bids', key);
    const schedule = { deadline: new Date(clock.nowMs() + 3_000).toISOString() };
    const state = lot(10, true, { keepers: { published: { bids: { [ME]: key.publicKey } }, released: {}, drill: null } });
    for (let time = 0; time < 2; time += 1) sut.review(replica({ ...state, setup: { ...state.setup, schedule } as LotState['setup'] }, 10));
    await turn();
    expect([sent.length, clock.waiting]).toEqual([0, 1]);
    await clock.advance(3_000);
    await turn();
    expect(sent.map(({ signed }) => signed.command.type)).toEqual(['sealing.release']);
    sut.onModuleDestroy();
  });

  it('SEC-2 attests a key of a member who sits here once his certificate was seen, and no other', async () => {
    const { sut, sent } = keeper();
    const member = { roles: ['expert'], admittedAs: ['expert'], venue: 'sub-1', seat: 's1', seq: 1 } as const;
    const state = lot(10, false);
    const keys = { mine: 'expert-1', unproven: 'expert-1', elsewhere: 'expert-2' };
    const seated: LotState = {
      ...state,
      parties: { ...state.parties, 'expert-1': member, 'expert-2': { ...member, venue: 'sub-2' } },
      setup: { ...state.setup, venues: ['sub-1', 'sub-2'].map((venue) => ({ venue, role: 'sub' as const, city: '' })) },
      committee: {
        ...state.committee,
        keys: Object.fromEntries(
          Object.entries(keys).map(([key, of]) => [key, { member: of, boundAt: '2026-03-24T01:30:00.000Z', attestedAt: null }]),
        ),
      },
    };
    for (let time = 0; time < 2; time += 1) sut.review(replica(seated, 10, { hasProven: (key) => key !== 'unproven' }));
    await turn();
    expect(sent.map(({ signed: { command } }) => [command.type, command.public])).toEqual([['committee.attest-key', { key: 'mine' }]]);
    sut.onModuleDestroy();
  });

  it('does nothing in a lot that has no part for it', async () => {
    const { sut, sent } = keeper();
    sut.review(replica(lot(10, true, { parties: {} }), 10));
    await turn();
    expect(sent).toEqual([]);
  });
});
