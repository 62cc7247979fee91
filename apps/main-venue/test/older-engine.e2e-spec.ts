import type { Answer, JsonObject, JsonValue, SentEntry } from '@app/contracts';
import { PART, parseCanonical, zCommandPart } from '@app/contracts';
import type { Identity } from '@app/client';
import { signWish, VenueClient } from '@app/client';
import { EngineShelf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import type { Clock } from '@app/platform';
import { createLogger, createPool, FakeClock, SystemClock } from '@app/platform';
import { statusOf } from '@app/testing';
import { rulesBefore } from '@app/testing/lots';
import { LotJudge } from '@app/verifying';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegistryView } from '../src/registry/live/registry-view.js';
import type { AppKit, Before } from './support/app-kit.js';
import { bootApp } from './support/app-kit.js';
import type { LotCast } from './support/lot.js';
import { bidKey, grantLotRights, lotToCreate, publishedLot } from './support/lot.js';
import { INSTALLATION, profile, TestPeople } from './support/people.js';
import { startProcess } from './support/pipeline-process.js';

/** The whole application boots before the first test. */
const BOOT_MS_MAX = 60_000;
const WAIT_MS_MAX = 15_000;
const OLD = 'gongping-engine/0.1.0';
const NEXT = 'gongping-engine/next';
const LOT = 'lot-1';
const ORIGIN = `${INSTALLATION}/lot/${LOT}/1`;
/** The documents may be had long before the application boots, and bids are taken long after. */
const SCHEDULE = {
  documentsFrom: '2026-03-24T01:30:00.000Z',
  documentsUntil: '2099-03-23T00:00:00.000Z',
  deadline: '2099-03-24T00:00:00.000Z',
};
/** Keys of five keepers between founding and publication; what the main venue's node owes then comes after. */
const PUBLISHED_SIZE = 7;

/** Engines up to 0.2.0 knew no proof of possession. */
const keyWithoutProof: typeof bidKey = (lot, party) => {
  const { proof: _proof, ...key } = bidKey(lot, party);
  return key;
};

describe('a main venue that finds a lot of engine 0.1.0 in its database', () => {
  let shelf: EngineShelf;
  let people: TestPeople;
  let cast: LotCast;
  let kit: AppKit;
  let supervisor: VenueClient;

  beforeAll(async () => {
    shelf = await openCheckedShelf();
    people = await TestPeople.create();
    cast = {
      agency: await people.person('p-agency', 'o-agency'),
      tenderer: await people.person('p-tenderer', 'o-tenderer'),
      supervisor: await people.person('p-supervisor', 'o-authority'),
    };
    grantLotRights(people, cast);
    kit = await bootApp(people, {}, foundedByTheFirstRelease);
    supervisor = new VenueClient(kit.url, profile, cast.supervisor.identity);
    await supervisor.login();
  }, BOOT_MS_MAX);
  afterAll(async () => kit.close());

  const wish = (
    clock: Clock,
    identity: Identity,
    party: string,
    type: string,
    payload: JsonObject,
    secrets: Record<string, JsonValue> = {},
  ) =>
    signWish(profile, identity, { origin: ORIGIN, lot: LOT, round: 1 }, { type, payload, party, at: clock.instant(), basis: 0, secrets });
  const submit = (type: string, payload: JsonObject): Promise<Answer> =>
    wish(new SystemClock(), cast.supervisor.identity, 'supervisor', type, payload).then((signed) => supervisor.submit(signed));

  /** A process with no other rules than those of 0.1.0 founds the lot, publishes it, and ends. */
  const foundedByTheFirstRelease: Before = async ({ dataSource, database, keys }) => {
    const clock = new FakeClock();
    const pool = createPool({ url: database.url, name: 'first-release' });
    const registry = new RegistryView(dataSource, profile);
    await registry.refresh();
    const logger = createLogger({ name: 'first-release', level: 'silent' });
    const first = new EngineShelf(shelf.all.slice(0, 1));
    const process = await startProcess({ installation: INSTALLATION, profile, keys, registry, pool, clock, logger, shelf: first });
    const { payload, secrets } = lotToCreate(people, cast, { schedule: SCHEDULE });
    const draft = { ...payload, rules: rulesBefore(payload['rules'] as never) as JsonObject };
    await publishedLot(
      {
        people,
        cast,
        process,
        createLot: async () => process.pipeline.submit(await wish(clock, cast.agency.identity, 'agency', 'lot.create', draft, secrets)),
        wish: (identity, _lot, party, type, given) => wish(clock, identity, party, type, given),
      },
      LOT,
      keyWithoutProof,
    );
    await process.close();
    await pool.end();
  };

  /** The lot as the supervision authority is served it. */
  async function served(isThere: (entries: readonly SentEntry[]) => boolean = () => true): Promise<SentEntry[]> {
    for (const end = performance.now() + WAIT_MS_MAX; ;) {
      const { entries } = await supervisor.entries(LOT, 1, 0);
      if (isThere(entries)) return entries;
      if (performance.now() > end) throw new Error(`${String(entries.length)} entries, and not what was waited for`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const enginesOf = (entries: readonly SentEntry[]): string[] =>
    entries.map(({ parts }) => zCommandPart.parse(parseCanonical(parts[PART.command]?.text ?? 'null')).context.engine);
  const has = (type: string) => (entries: readonly SentEntry[]) => entries.some(({ header }) => header.type === type);

  it('folds it under its own engine, does by itself what its node owes there, lists and serves it', async () => {
    const entries = await served(has('lot.issue-documents'));
    expect(entries.slice(0, PUBLISHED_SIZE).map(({ header }) => header.type)).toEqual([
      'lot.create',
      ...Array.from({ length: 5 }, () => 'sealing.publish-key'),
      'lot.publish',
    ]);
    expect(new Set(enginesOf(entries))).toEqual(new Set([OLD]));
    expect(await supervisor.lots()).toMatchObject([
      { lot: LOT, status: 'SUBMISSION_OPEN', parties: [{ party: 'supervisor', roles: ['supervisor'] }] },
    ]);
    // Under this engine, too, the public sees nothing before the opening.
    expect(await new VenueClient(kit.url, profile, cast.supervisor.identity).get('/api/lots')).toEqual([]);
    expect(await statusOf(fetch(`${kit.url}/api/lots/${LOT}/entries`))).toBe(404);
  });

  it('goes on with commands of that engine, refuses what it did not know, and serves what a judge finds faultless', async () => {
    const said = await submit('lot.give-opinion', { text: '请按原规则继续', target: 'lot' });
    expect(said.outcome).toMatchObject({ ok: true });
    expect((await submit('committee.bind-key', {})).outcome).toMatchObject({ ok: false, code: 'UNKNOWN_TYPE' });
    const entries = await served(has('lot.give-opinion'));
    expect(new Set(enginesOf(entries))).toEqual(new Set([OLD]));
    const nodeKeys = Object.fromEntries(people.nodes.map(({ id, signer }) => [`node:${id}`, signer.publicKey]));
    const anchors = { roots: [people.authority.certificate], nodeKeys };
    const judge = new LotJudge({ installation: INSTALLATION, origin: ORIGIN, lot: LOT, round: 1, profile, shelf, anchors });
    for (const entry of entries) judge.take(entry);
    expect([judge.run.engine, judge.run.state.faults, judge.standing]).toEqual([
      OLD,
      [],
      { size: entries.length, fault: null, held: null },
    ]);
  });

  it('changes its engine when the supervision authority orders it, and goes on under the newer one', async () => {
    expect((await submit('lot.change-engine', { engine: NEXT, reason: '按监督部门意见更换规则引擎' })).outcome).toMatchObject({ ok: true });
    expect((await submit('lot.give-opinion', { text: '已更换', target: 'lot' })).outcome).toMatchObject({ ok: true });
    const entries = await served();
    expect(enginesOf(entries.filter(({ header }) => header.type === 'lot.give-opinion'))).toEqual([OLD, NEXT]);
  });
});
