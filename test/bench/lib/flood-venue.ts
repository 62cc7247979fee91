import type { JsonObject, JsonValue, SignerRef } from '@app/contracts';
import { signWish } from '@app/client';
import { SystemClock } from '@app/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { WitnessPolicies } from '../../../apps/main-venue/src/log/log.types.js';
import { Pipeline } from '../../../apps/main-venue/src/pipeline/pipeline.types.js';
import { bootApp } from '../../../apps/main-venue/test/support/app-kit.js';
import { bidKey, grantLotRights, lotToCreate, WITNESS_KEY } from '../../../apps/main-venue/test/support/lot.js';
import type { TestPerson } from '../../../apps/main-venue/test/support/people.js';
import { INSTALLATION, profile, TestPeople } from '../../../apps/main-venue/test/support/people.js';
import { endWith, within } from './child.js';

/** Somebody of an organisation who bids. */
export interface FloodBidder {
  readonly privateKey: string;
  readonly ref: SignerRef;
}
export interface FloodFacts {
  readonly url: string;
  /** The first one floods. */
  readonly bidders: readonly FloodBidder[];
}

const SECOND_MS = 1_000;
const OPEN_MS_MAX = 60_000;

/** A booted main venue with its own limits, lots that take bids, and bidders of an organisation each. */
export async function runFloodVenue(lots: number, bidders: number): Promise<void> {
  const people = await TestPeople.create();
  people.witnessKeys.set('sub-1', WITNESS_KEY);
  const cast = {
    agency: await people.person('p-agency', 'o-agency'),
    tenderer: await people.person('p-tenderer', 'o-tenderer'),
    supervisor: await people.person('p-supervisor', 'o-authority'),
  };
  grantLotRights(people, cast);
  const bidding: TestPerson[] = [];
  for (let index = 0; index < bidders; index += 1)
    bidding.push(await people.person(`p-bidder-${String(index)}`, `o-bidder-${String(index)}`));
  const kit = await bootApp(people, { LOG_LEVEL: 'error' });
  const pipeline = kit.app.get(Pipeline);
  const clock = new SystemClock();
  const inSeconds = (seconds: number): string => new Date(clock.nowMs() + seconds * SECOND_MS).toISOString();
  for (let index = 0; index < lots; index += 1) {
    const lot = `lot-${String(index)}`;
    const target = { origin: `${INSTALLATION}/lot/${lot}/1`, lot, round: 1 };
    const act = async (
      { identity }: Pick<TestPerson, 'identity'>,
      party: string,
      type: string,
      payload: JsonObject,
      secrets: Record<string, JsonValue> = {},
    ): Promise<void> => {
      const wish = { type, payload, secrets, party, at: clock.instant(), basis: 0 };
      const { outcome } = await pipeline.submit(await signWish(profile, identity, target, wish));
      if (!outcome.ok) throw new Error(`${type}: ${outcome.code} ${outcome.message}`);
    };
    const schedule = { documentsFrom: inSeconds(1), documentsUntil: inSeconds(3_600), deadline: inSeconds(7_200) };
    const witnessPolicy = kit.app.get(WitnessPolicies).standingText(target.origin);
    const { payload, secrets } = lotToCreate(people, cast, { schedule, witnessPolicy });
    await act(cast.agency, 'agency', 'lot.create', payload, secrets);
    for (const party of ['tenderer', 'agency', 'supervisor'] as const)
      await act(cast[party], party, 'sealing.publish-key', bidKey(lot, party));
    const site = people.nodes.find(({ id }) => id === 'sub-1');
    if (site === undefined) throw new Error('no site');
    await act(site, 'node:sub-1', 'sealing.publish-key', bidKey(lot, 'node:sub-1'));
    // The main venue publishes its own key and issues the documents by itself.
    const reached = async (holds: (state: Awaited<ReturnType<Pipeline['lotState']>>) => boolean): Promise<void> => {
      while (!holds(await pipeline.lotState(target.origin))) await sleep(20);
    };
    const wait = (what: string, holds: Parameters<typeof reached>[0]): Promise<void> =>
      within(reached(holds), OPEN_MS_MAX, () => `${lot}: ${what}`);
    await wait('no key of the main venue', ({ keepers }) => keepers.published['bids']?.['node:main'] !== undefined);
    await act(cast.agency, 'agency', 'lot.publish', { documentPackage: '0'.repeat(64) });
    await wait('not open for bids', ({ status }) => status === 'SUBMISSION_OPEN');
  }
  const facts: FloodFacts = {
    url: kit.url,
    bidders: bidding.map(({ signer, identity }) => ({ privateKey: signer.privateKey, ref: identity.ref })),
  };
  process.send?.(facts);
  endWith(() => kit.close());
}
