import { readArchive, zTrust } from '@app/archive';
import type { Archive, Trust } from '@app/archive';
import { openFile } from '@app/archive/node';
import type { Page, SentEntry, SignedCommand } from '@app/contracts';
import { canonicalText, decodePage, encodePage, fromBase64Url, PageBuilder, PART, parseCanonical } from '@app/contracts';
import type { EngineShelf } from '@app/evaluation';
import { secretEntryOf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { CheckpointJudge, headerText, SIGNATURE_TYPE } from '@app/ledger';
import { createPool, SystemClock } from '@app/platform';
import { noteKey, noteSuite } from '@app/sealing';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { LotJudge } from '@app/verifying';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type pg from 'pg';
import { SITE_MIGRATIONS } from '../../../../migrations/site/index.js';
import { command, newCrypto, profile, silent } from '../../test/support.js';
import type { Kept } from '../outbox/outbox.js';
import { ReplicaJudgements } from '../witness/replica-judgements.js';
import { KeepingTaker } from '../workstation/keeping-taker.js';
import { ReplicaLots } from '../workstation/replica-lots.js';
import { Replica } from './replica.js';
import { ReplicaRepository } from './replica.repository.js';
import { Replicas } from './replicas.js';

// A whole lot is decided again, on cores that others use too.
jest.setTimeout(60_000);

/** Lots that the first release played through its venues, with every signature that was made there. */
const GOLDEN = resolve('tools/verify/fixtures/0.1.0');
const OLD = 'gongping-engine/0.1.0';
const SITE = 'node:sub-1';
const PAGE_ENTRIES = 50;
/** An entry that everybody sees; what is changed in it is found. */
const FORGED = 'opening.start';

describe.each(['TV-E2E-01', 'TV-E2E-02'])("a site's replica of %s, a lot of engine 0.1.0", (name) => {
  const crypto = newCrypto();
  let database: TestDatabase;
  let pool: pg.Pool;
  let repository: ReplicaRepository;
  let shelf: EngineShelf;
  let trust: Trust;
  let lot: Archive;
  const opened: Replica[] = [];

  beforeAll(async () => {
    database = await createDatabase(SITE_MIGRATIONS);
    pool = createPool({ url: database.ownerUrl, name: 'test' });
    repository = new ReplicaRepository(pool, crypto);
    shelf = await openCheckedShelf();
    trust = zTrust.parse(JSON.parse(await readFile(resolve(GOLDEN, 'trust.json'), 'utf8')));
    const file = await openFile(resolve(GOLDEN, `${name}.zip`));
    lot = await readArchive(file);
    await file.close();
    await repository.putLot({ origin: lot.head.origin, lot: lot.head.lot, round: lot.head.round, viewers: [] });
  });
  afterAll(async () => {
    await Promise.all(opened.map((replica) => replica.close()));
    await pool.end();
    await database.drop();
  });

  const judge = (): LotJudge => {
    const { origin, round } = lot.head;
    const { installation } = trust;
    return new LotJudge({ installation, origin, lot: lot.head.lot, round, profile, shelf, anchors: trust, reader: SITE });
  };

  /** A replica of the lot as this disk has it, which believes the log's own key. */
  async function open(): Promise<Replica> {
    const { origin, round } = lot.head;
    const checkpoints = new CheckpointJudge(noteSuite(profile), origin, () => noteKey(trust.logKey, origin, SIGNATURE_TYPE.note));
    const events = { folded: () => undefined, refolded: () => undefined, checked: () => undefined, broken: () => undefined };
    const named = { origin, lot: lot.head.lot, round };
    const replica = new Replica(named, repository, crypto, checkpoints, judge, events, new SystemClock(), silent);
    opened.push(replica);
    const row = (await repository.lots()).find((kept) => kept.origin === origin);
    await replica.load(row?.checkpoint ?? null, row?.fault ?? null);
    return replica;
  }

  /** As the main venue sends the lot at its end to this site: what the lot's own engine lets the site's node see. */
  function* pages(): Generator<Page> {
    const run = wholeLot(lot.entries).run;
    const viewer = { party: SITE, roles: [...(run.state.parties[SITE]?.roles ?? [])] };
    for (let from = 0; from < lot.entries.length; from += PAGE_ENTRIES) {
      const builder = new PageBuilder(lot.head.origin, from);
      for (const { header, parts } of lot.entries.slice(from, from + PAGE_ENTRIES)) {
        const secret = secretEntryOf({ header, parts: valuesOf(parts) });
        builder.header(headerText(header));
        for (const [part, { salt, text }] of Object.entries(parts))
          if (run.audience(viewer, secret, part)) builder.open(part, fromBase64Url(salt), text);
          else builder.hidden(part, new Uint8Array([1, 2, 3]));
      }
      yield decodePage(encodePage(builder.page()));
    }
  }
  function wholeLot(entries: readonly SentEntry[]): LotJudge {
    const whole = judge();
    for (const entry of entries) whole.take(entry);
    return whole;
  }

  it('takes it under the head that the log signed, folds and judges it without a fault, and does so again after a restart', async () => {
    const replica = await open();
    for (const page of pages()) await replica.receive(page);
    await replica.offerCheckpoint(lot.checkpoint);
    const { size } = lot.head;
    for (const kept of [replica, await open()]) {
      await kept.folded();
      expect([kept.run.engine, kept.run.missing, kept.run.state.faults]).toEqual([OLD, null, []]);
      expect([kept.size, kept.checkedSize, kept.fault, kept.standing.size, kept.standing.fault]).toEqual([size, size, null, size, null]);
    }
  });

  describe('while the site starts', () => {
    const clock = new SystemClock();
    const seats = { seatsOf: () => [] };
    async function starting(): Promise<Replicas> {
      const config = { INSTALLATION: trust.installation, VENUE_ID: 'sub-1' };
      const own = { anchors: trust, logKey: trust.logKey, onChanged: () => () => undefined };
      const replicas = new Replicas(config, repository, crypto, own, shelf, clock, silent);
      await replicas.onModuleInit();
      return replicas;
    }

    it('answers whoever asks from the whole lot, never from less, and keeps commands then', async () => {
      const { origin, lot: id, round, size } = lot.head;
      const replicas = await starting();
      const kept: [string, number | undefined][] = [];
      const outbox = {
        submit: ({ command: { id: sent } }: SignedCommand): Promise<Kept> => {
          kept.push([sent, replicas.find(origin)?.run.size]);
          return Promise.resolve({ index: kept.length, receivedAt: '', answer: new Promise(() => undefined) });
        },
        answerOf: () => Promise.resolve(null),
      };
      const taker = new KeepingTaker(outbox, { isUp: false }, replicas, clock);
      const lots = new ReplicaLots(replicas, seats, { wantCheckpoint: () => Promise.resolve() });
      const sent = [1, 2, 3].map(() => command('expert-1', { origin, lot: id }));
      const submitted = sent.map((signed) => expect(taker.submit(signed)).rejects.toMatchObject({ code: 'QUEUED' }));
      expect([replicas.judging, replicas.find(origin)?.run.size, kept]).toEqual([1, 0, []]);
      const [found, summary, open] = await Promise.all([lots.find(id, round), lots.summary(origin), lots.open()]);
      const { status } = wholeLot(lot.entries).run.state;
      expect([found?.run.size, summary?.status, open.map((one) => [one.lot, one.status])]).toEqual([size, status, [[id, status]]]);
      await Promise.all(submitted);
      expect(kept).toEqual(sent.map((signed) => [signed.command.id, size]));
      await replicas.onModuleDestroy();
    });

    it('SEC-2 judges the lot behind, cosigns no head of it before, and none of a lot whose rules were superseded when it was first seen', async () => {
      const { origin, size } = lot.head;
      const replicas = await starting();
      const witness = new ReplicaJudgements(replicas, clock);
      const [replica] = replicas.all();
      expect([replica?.size, replica?.checkedSize, replica?.standing.size]).toEqual([size, size, 0]);
      const inTime = lot.entries.at(-1)?.header.at ?? '';
      expect(witness.lack(origin, size, inTime)).toEqual({ isWrong: false, reason: '0 of these entries are here and judged' });
      replicas.onApplicationBootstrap();
      await replica?.atHand();
      expect([witness.lack(origin, size, inTime), replicas.judging, replicas.faulty()]).toEqual([null, 0, { broken: [], wrong: [] }]);
      // A lot that is as old as it says was seen then; this one nobody has seen before the rules were superseded.
      expect(witness.lack(origin, size, null)).toEqual({ isWrong: true, reason: expect.stringContaining(`${OLD} founds lots until`) });
      await replicas.onModuleDestroy();
    });
  });

  it('would find an event in it that nobody asked for', () => {
    const at = lot.entries.findIndex(({ header }) => header.type === FORGED);
    const entry = lot.entries[at];
    const skeleton = entry?.parts[PART.skeleton];
    if (entry === undefined || skeleton === undefined) throw new Error(`no ${FORGED}`);
    const { events } = parseCanonical(skeleton.text) as { events: object[] };
    const text = canonicalText({ events: [...events, { type: 'opening.closed', at: entry.header.at }] } as never);
    const parts = { ...entry.header.parts, [PART.skeleton]: profile.commitment(skeleton.salt, text) };
    const forged = { header: { ...entry.header, parts }, parts: { ...entry.parts, [PART.skeleton]: { salt: skeleton.salt, text } } };
    const { fault } = wholeLot([...lot.entries.slice(0, at), forged]).standing;
    expect(fault).toContain(`entry ${String(at)} (${FORGED})`);
  });
});

const valuesOf = (parts: SentEntry['parts']) =>
  Object.fromEntries(Object.entries(parts).map(([part, { text }]) => [part, parseCanonical(text)]));
