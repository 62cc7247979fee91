import { signWish, VenueClient } from '@app/client';
import { type CalendarYear, zChangePage, zRegisteredYear } from '@app/contracts';
import { SystemClock } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WitnessPolicies } from '../src/log/log.types.js';
import { Pipeline } from '../src/pipeline/pipeline.types.js';
import { bootApp, type AppKit } from './support/app-kit.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { bidKey, grantLotRights, type LotCast, lotToCreate, publishedLot, WITNESS_KEY } from './support/lot.js';
import { INSTALLATION, profile, TestPeople, type TestPerson } from './support/people.js';

const BOOT_MS_MAX = 60_000;
const LOT = 'lot-1';
const ORIGIN = `${INSTALLATION}/lot/${LOT}/1`;
/** Invented. */
const DECREE: CalendarYear = { year: 2027, holidays: [{ from: '2027-01-01', days: 3 }], workdays: ['2027-01-09'], source: '测试用' };

/** Goal: rest days of a coming year are entered by people, on the record, and a lot freezes them; nobody waits for a release. */
describe('rest days of the years after the release (C6)', () => {
  let kit: AppKit;
  let people: TestPeople;
  let cast: LotCast;
  let administrator: TestPerson;
  const tokens = new Map<TestPerson, string>();

  beforeAll(async () => {
    people = await TestPeople.create();
    people.witnessKeys.set('sub-1', WITNESS_KEY);
    cast = {
      agency: await people.person('p-agency', 'o-agency'),
      tenderer: await people.person('p-tenderer', 'o-tenderer'),
      supervisor: await people.person('p-supervisor', 'o-authority'),
    };
    grantLotRights(people, cast);
    administrator = await people.person('p-admin', 'o-centre');
    people.grant(administrator, 'administrator');
    kit = await bootApp(people);
    for (const person of [administrator, cast.agency])
      tokens.set(person, (await new VenueClient(kit.url, profile, person.identity).login()).token);
  }, BOOT_MS_MAX);
  afterAll(async () => kit.close());

  const put = async (person: TestPerson | null, decree: object, basis: number | null = null): Promise<[number, unknown]> => {
    const token = person === null ? undefined : tokens.get(person);
    const answer = await fetch(`${kit.url}/api/registry/calendar`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ decree, basis }),
    });
    return [answer.status, await answer.json()];
  };
  const shown = async () => zRegisteredYear.array().parse(await (await fetch(`${kit.url}/api/registry/calendar`)).json());

  it('are entered one year after the other by whoever keeps the registry, and everybody reads them', async () => {
    expect(await shown()).toEqual([]);
    expect((await put(null, DECREE))[0]).toBe(401);
    expect((await put(cast.agency, DECREE))[0]).toBe(403);
    expect(await put(administrator, { ...DECREE, workdays: ['2027-01-11'] })).toEqual([
      400,
      expect.objectContaining({ code: 'MALFORMED' }),
    ]);
    const gap = { ...DECREE, year: 2028, holidays: [{ from: '2028-01-01', days: 1 }], workdays: [] };
    expect(await put(administrator, gap)).toEqual([
      400,
      expect.objectContaining({ code: 'E_INPUT', message: expect.stringContaining('2026-12-31') }),
    ]);
    const [status, years] = await put(administrator, DECREE);
    expect([status, years]).toEqual([200, [{ decree: DECREE, version: expect.any(Number) }]]);
    expect(await shown()).toEqual(years);
  });

  it('are corrected on the version that was read, and each change is on the record', async () => {
    const [known] = await shown();
    const corrected = { ...DECREE, source: '测试用（更正）' };
    expect(await put(administrator, corrected)).toEqual([409, expect.objectContaining({ code: 'E_CHANGED_MEANWHILE' })]);
    expect((await put(administrator, corrected, known?.version ?? null))[0]).toBe(200);
    const page = await fetch(`${kit.url}/api/registry/changes?kind=calendar-year`, {
      headers: { authorization: `Bearer ${tokens.get(administrator) ?? ''}` },
    });
    const { items } = zChangePage.parse(await page.json());
    expect(items.map(({ action, subject, by }) => [action, subject, by?.id])).toEqual([
      ['put', '2027', 'p-admin'],
      ['put', '2027', 'p-admin'],
    ]);
  });

  it('are frozen by a lot that is published afterwards', async () => {
    const pipeline = kit.app.get(Pipeline);
    const clock = new SystemClock();
    const witnessPolicy = kit.app.get(WitnessPolicies).standingText(ORIGIN);
    const inSeconds = (seconds: number): string => new Date(clock.nowMs() + seconds * 1_000).toISOString();
    const schedule = { documentsFrom: inSeconds(1), documentsUntil: inSeconds(3_600), deadline: inSeconds(7_200) };
    const { payload, secrets } = lotToCreate(people, cast, { schedule, witnessPolicy });
    const target = { origin: ORIGIN, lot: LOT, round: 1 };
    const wish = (identity: TestPerson['identity'], type: string, party: string, given: object, hidden = {}) =>
      signWish(profile, identity, target, { type, payload: given as never, secrets: hidden, party, at: clock.instant(), basis: 0 });
    await publishedLot(
      {
        people,
        cast,
        process: { pipeline },
        createLot: async () => {
          const created = await pipeline.submit(await wish(cast.agency.identity, 'lot.create', 'agency', payload, secrets));
          // The main venue's own node publishes its key by itself.
          while ((await pipeline.lotState(ORIGIN)).keepers.published['bids']?.['node:main'] === undefined) await sleep(20);
          return created;
        },
        wish: (identity, _lot, party, type, given) => wish(identity, type, party, given),
      },
      LOT,
      bidKey,
      ['sub-1'],
    );
    const { calendar } = (await pipeline.lotState(ORIGIN)).setup.ruleSet ?? {};
    expect(calendar?.to).toBe('2027-12-31');
    expect(calendar?.holidays).toContain('2027-01-03');
    expect(calendar?.workdays).toContain('2027-01-09');
  });
});
