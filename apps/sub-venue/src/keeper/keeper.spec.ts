import { runOf } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { Answer, SignedCommand } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import { checkRelease, generateKeeperKey } from '@app/sealing';
import type { KeeperKey } from '@app/sealing';
import fc from 'fast-check';
import { newCrypto, profile, silent } from '../../test/support.js';
import type { Kept } from '../outbox/outbox.js';
import type { ReplicaListener } from '../replica/replicas.js';
import type { WatchedReplica } from './keeper.js';
import { Keeper, ReleaseGate } from './keeper.js';

const ME = 'node:sub-1';
const ORIGIN = 'test/lot/a/1';
const NOW = '2026-03-24T01:30:00.000Z';

/** A lot in which this site keeps bids and sheets; `isOpen`: the bids may be opened. */
function lot(size: number, isOpen: boolean, more: Partial<LotState> = {}): LotState {
  const state = initialLotState(ORIGIN, 'a', 1);
  const plan = { threshold: 2, parties: [ME, 'node:main', 'tenderer'] };
  return {
    ...state,
    size,
    status: isOpen ? 'OPENING' : 'SUBMISSION_CLOSED',
    parties: { [ME]: { roles: ['node'], admittedAs: ['node'], venue: 'sub-1', seat: null, seq: 0 } },
    setup: { ...state.setup, keepers: { bids: plan, sheets: plan } },
    keepers: { published: { bids: { [ME]: 'key' } }, released: {} },
    opening: { ...state.opening, step: 'DECRYPTING', paused: null },
    ...more,
  };
}
const replica = (state: LotState, quorateSize: number, more: Partial<WatchedReplica> = {}): WatchedReplica => ({
  origin: ORIGIN,
  name: { origin: ORIGIN, lot: 'a', round: 1 },
  size: state.size,
  quorateSize,
  fault: null,
  standing: { size: state.size, fault: null, held: null },
  hasProven: () => false,
  run: runOf(state),
  state,
  ...more,
});

describe('the gate before a release', () => {
  it('opens when the condition holds in the own replica under a checkpoint with the quorum, and not before', () => {
    const gate = new ReleaseGate();
    expect(gate.due(replica(lot(9, false), 9), ME, NOW)).toEqual([]);
    expect(gate.due(replica(lot(10, true), 9), ME, NOW)).toEqual([]);
    expect(gate.due(replica(lot(10, true), 10), ME, NOW)).toEqual(['bids']);
  });

  it('needs the quorum for the entry that fulfils the condition, not for every later one', () => {
    const gate = new ReleaseGate();
    gate.due(replica(lot(10, true), 5), ME, NOW);
    expect(gate.due(replica(lot(14, true), 9), ME, NOW)).toEqual([]);
    expect(gate.due(replica(lot(14, true), 10), ME, NOW)).toEqual(['bids']);
  });

  it('begins anew when the condition was taken back in between (a pause of the opening)', () => {
    const gate = new ReleaseGate();
    gate.due(replica(lot(10, true), 5), ME, NOW);
    expect(gate.due(replica(lot(11, false), 10), ME, NOW)).toEqual([]);
    expect(gate.due(replica(lot(12, true), 11), ME, NOW)).toEqual([]);
    expect(gate.due(replica(lot(12, true), 12), ME, NOW)).toEqual(['bids']);
  });

  it('stays shut on a replica that contradicts what was signed, and while folding lags behind the entries', () => {
    expect(new ReleaseGate().due(replica(lot(10, true), 10, { fault: 'another root' }), ME, NOW)).toEqual([]);
    expect(new ReleaseGate().due(replica(lot(10, true), 20, { size: 20 }), ME, NOW)).toEqual([]);
  });

  it('SEC-2 stays shut when the own judge found something wrong, or could not judge what a release may rest on', () => {
    const standing = (more: Partial<WatchedReplica['standing']>) => ({ standing: { size: 10, fault: null, held: null, ...more } });
    const due = (more: Partial<WatchedReplica>): string[] => new ReleaseGate().due(replica(lot(10, true), 10, more), ME, NOW);
    expect(due(standing({ fault: 'entry 7 (scoring.submit-sheet): …' }))).toEqual([]);
    expect(due(standing({ held: 7 }))).toEqual([]);
    expect(due(standing({}))).toEqual(['bids']);
    // Engines 0.1.0 and 0.2.0 can be asked with every secret only: what is wrong in their lots keeps the key, what is unseen cannot.
    const run = Object.defineProperty(runOf(lot(10, true)), 'isJudgedPartly', { value: false });
    expect(due({ run, ...standing({ held: 7 }) })).toEqual(['bids']);
    expect(due({ run, ...standing({ fault: 'entry 7' }) })).toEqual([]);
  });

  it('SEC-2 opens no bid before the deadline by the own clock, whatever the log says', () => {
    const state = lot(10, true);
    const schedule = { documentsFrom: '', documentsUntil: '', deadline: '2026-03-24T01:30:00.000Z' };
    const forged = replica({ ...state, setup: { ...state.setup, schedule } as LotState['setup'] }, 10);
    expect(new ReleaseGate().due(forged, ME, '2026-03-24T01:29:59.999Z')).toEqual([]);
    expect(new ReleaseGate().due(forged, ME, '2026-03-24T01:30:00.000Z')).toEqual(['bids']);
  });

  it('never opens for somebody who keeps no share', () => {
    expect(new ReleaseGate().due(replica(lot(10, true), 10), 'node:sub-2', NOW)).toEqual([]);
  });

  it('never opens before the condition stood under a quorum, whatever came before (property)', () => {
    const step = fc.record({ isOpen: fc.boolean(), grow: fc.integer({ min: 1, max: 3 }), quorum: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const gate = new ReleaseGate();
        let size = 0;
        let quorate = 0;
        let openSince: number | null = null;
        for (const { isOpen, grow, quorum } of steps) {
          size += grow;
          quorate = Math.max(quorate, Math.min(size, quorum));
          openSince = isOpen ? (openSince ?? size) : null;
          const due = gate.due(replica(lot(size, isOpen), quorate), ME, NOW);
          expect(due.length > 0).toBe(openSince !== null && quorate >= openSince);
        }
      }),
    );
  });
});

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
  const sut = new Keeper({ VENUE_ID: 'sub-1' }, replicas, repository, outbox, newCrypto(), clock, silent);
  return { sut, sent, keys, clock };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the keeper of a site', () => {
  it('publishes a key for each purpose once, signed by the node, whose private half stays here', async () => {
    const { sut, sent, keys } = keeper();
    const draft = replica(lot(3, false, { status: 'DRAFT', keepers: { published: {}, released: {} } }), 0);
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

  it('releases the key that fits the published one when the gate opens, and once', async () => {
    const { sut, sent, keys } = keeper();
    const key = generateKeeperKey(profile);
    keys.set('bids', key);
    const published = { published: { bids: { [ME]: key.publicKey } }, released: {} };
    sut.review(replica(lot(10, true, { keepers: published }), 9));
    await turn();
    expect(sent).toHaveLength(0);
    for (let time = 0; time < 3; time += 1) sut.review(replica(lot(10 + time, true, { keepers: published }), 10));
    await turn();
    expect(sent.map(({ signed }) => signed.command.type)).toEqual(['sealing.release']);
    const text = sent[0]?.signed.openings['private-key']?.text ?? '""';
    expect(checkRelease(profile, { party: ME, publicKey: key.publicKey }, String(JSON.parse(text)))).toBeNull();
  });

  it('tries again later when the main venue refuses, and not when it was done already', async () => {
    const { sut, sent, keys, clock } = keeper();
    keys.set('bids', generateKeeperKey(profile));
    const open = replica(lot(10, true, { keepers: { published: { bids: { [ME]: 'key' } }, released: {} } }), 10);
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
    const state = lot(10, true, { keepers: { published: { bids: { [ME]: key.publicKey } }, released: {} } });
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
        keys: Object.fromEntries(Object.entries(keys).map(([key, of]) => [key, { member: of, boundAt: NOW, attestedAt: null }])),
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
