import { createLogger, FakeClock, SystemClock, SystemIds, type Clock } from '@app/platform';
import { createRedis } from '@app/platform/redis';
import { testRedisUrl } from '@app/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createKit, type Kit } from '../../../test/support/pipeline-kit.js';
import { profile, type TestPerson } from '../../../test/support/people.js';
import { CertificateEntity, PersonRoleEntity, VenueEntity } from '../entities.js';
import type { RegistryTx } from '../record/registry-book.js';
import { INSTALLER, RegistryBook } from '../record/registry-book.js';
import { REGISTRY_POLL_MS, RegistryFeed } from './registry-feed.js';
import { RegistryView } from './registry-view.js';

const BOOT_MS_MAX = 60_000;
/** What the product promises. */
const IN_FORCE_MS_MAX = 2_000;
const AT = '2026-03-24T01:30:00.000Z';

/** What one process of the main venue has of the registry. */
interface Process {
  readonly view: RegistryView;
  readonly feed: RegistryFeed;
  readonly book: RegistryBook;
  readonly close: () => void;
}

describe('a change of the registry', () => {
  let kit: Kit;
  let agency: TestPerson;
  const running: Process[] = [];
  beforeAll(async () => {
    kit = await createKit();
    agency = kit.cast.agency;
  }, BOOT_MS_MAX);
  afterEach(() => {
    for (const { close } of running.splice(0)) close();
  });
  afterAll(async () => kit.close());

  /** `redisUrl`: another one for a process whose notices are lost. */
  async function startProcess(clock: Clock = new SystemClock(), redisUrl = testRedisUrl()): Promise<Process> {
    const view = new RegistryView(kit.dataSource, profile);
    await view.refresh();
    const publisher = createRedis(redisUrl);
    const logger = createLogger({ name: 'feed', level: 'silent' });
    const feed = new RegistryFeed({ view, publisher, subscriber: createRedis(redisUrl), clock, logger });
    feed.start();
    const book = new RegistryBook(kit.dataSource, kit.acts, profile, new SystemClock(), new SystemIds(), (version) =>
      feed.published(version),
    );
    const close = (): void => {
      feed.close();
      publisher.disconnect();
    };
    running.push({ view, feed, book, close });
    return { view, feed, book, close };
  }

  const told = (feed: RegistryFeed): Promise<void> =>
    new Promise((resolve) => {
      const stop = feed.onChanged(() => {
        stop();
        resolve();
      });
    });

  async function inForceWithin(ms: number, other: Process, change: Promise<unknown>): Promise<void> {
    const news = told(other.feed);
    await change;
    const from = performance.now();
    await news;
    expect(performance.now() - from).toBeLessThan(ms);
  }

  const grant = (role: string) => (tx: RegistryTx) =>
    tx.put(PersonRoleEntity, 'grant', 'grant', [{ subject: `${agency.id}/${role}`, row: { personId: agency.id, roleId: role } }]);
  const revoke = (fingerprint: string) => async (tx: RegistryTx) => {
    await tx.repository(CertificateEntity).update({ fingerprint }, { revokedAt: new Date(AT), revocationReason: 'lost' });
    tx.note({ action: 'revoke', kind: 'certificate', subject: fingerprint, content: { fingerprint } });
  };

  it('is in force in another process within two seconds: a right that is granted', async () => {
    const [one, other] = [await startProcess(), await startProcess()];
    expect(await other.view.rightsOf(agency.id)).toEqual(['lots:found']);
    await inForceWithin(IN_FORCE_MS_MAX, other, one.book.change(INSTALLER, grant('pool-office')));
    expect(await other.view.rightsOf(agency.id)).toEqual(['lots:found', 'registry:read', 'registry:write']);
  });

  it('is in force also when the notice is lost, by the beat', async () => {
    const one = await startProcess();
    const other = await startProcess(new SystemClock(), 'redis://127.0.0.1:1');
    await inForceWithin(IN_FORCE_MS_MAX, other, one.book.change(INSTALLER, grant('operations')));
    expect(await other.view.rightsOf(agency.id)).toContain('nodes:write');
  });

  it('ends a certificate that was good a moment ago, for whoever logs in, signs or has a session', async () => {
    const [one, other] = [await startProcess(), await startProcess()];
    const { fingerprint } = agency.facts;
    const { generation } = other.view;
    expect(await other.view.standing(fingerprint, AT)).toEqual({ ok: true });
    await inForceWithin(IN_FORCE_MS_MAX, other, one.book.change(INSTALLER, revoke(fingerprint)));
    expect(await other.view.standing(fingerprint, AT)).toMatchObject({ ok: false, code: 'CERT_REVOKED' });
    expect(other.view.generation).toBeGreaterThan(generation);
  });

  it('replaces the key of a node', async () => {
    const [one, other] = [await startProcess(), await startProcess()];
    const { id, name, role, city, url, witnessKey } = await kit.dataSource.getRepository(VenueEntity).findOneByOrFail({ id: 'sub-1' });
    const next = kit.people.node('sub-9').signer.publicKey;
    const put = (tx: RegistryTx) =>
      tx.put(VenueEntity, 'put', 'venue', [{ subject: 'sub-1', row: { id, name, role, city, url, witnessKey, nodeKey: next } }]);
    await inForceWithin(IN_FORCE_MS_MAX, other, one.book.change(INSTALLER, put));
    expect(other.view.nodeKey('node:sub-1')).toBe(next);
  });

  it('that touches nobody known here makes nobody be looked up again', async () => {
    const one = await startProcess(new FakeClock());
    await one.view.holder(kit.cast.tenderer.facts.fingerprint);
    const { generation } = one.view;
    await one.book.change(INSTALLER, async (tx) => {
      tx.note({ action: 'put', kind: 'person', subject: 'p-nobody', content: {} });
      await Promise.resolve();
    });
    await one.view.refresh();
    expect(one.view.generation).toBe(generation);
  });

  it('is looked for every second, and not after the feed is closed', async () => {
    const clock = new FakeClock();
    const one = await startProcess(clock);
    expect(clock.waiting).toBe(1);
    await clock.advance(REGISTRY_POLL_MS);
    one.feed.close();
    expect(clock.waiting).toBeLessThanOrEqual(1);
  });
});
