import type { SignerRef } from '@app/contracts';
import { signWish } from '@app/client';
import { SystemClock } from '@app/platform';
import { Pipeline } from '../../../apps/main-venue/src/pipeline/pipeline.types.js';
import { bootApp } from '../../../apps/main-venue/test/support/app-kit.js';
import { grantLotRights, lotToCreate } from '../../../apps/main-venue/test/support/lot.js';
import { INSTALLATION, profile, TestPeople } from '../../../apps/main-venue/test/support/people.js';
import { endWith } from './child.js';

/** What the client must know of the venue. */
export interface VenueFacts {
  readonly url: string;
  readonly identities: readonly { readonly privateKey: string; readonly ref: SignerRef }[];
}

const IDENTITIES = 100;
const HOUR_MS = 3_600_000;

/** A booted main venue with drafts of lots, and session keys of their supervisor. */
export async function runVenue(lots: number): Promise<void> {
  const people = await TestPeople.create();
  const agency = await people.person('p-agency', 'o-agency');
  const tenderer = await people.person('p-tenderer', 'o-tenderer');
  const supervisor = await people.person('p-supervisor', 'o-authority');
  grantLotRights(people, { agency, tenderer, supervisor });
  const kit = await bootApp(people, { LOG_LEVEL: 'error' });
  const clock = new SystemClock();
  const pipeline = kit.app.get(Pipeline);
  const { payload, secrets } = lotToCreate(people, { agency, tenderer, supervisor });
  for (let index = 0; index < lots; index += 1) {
    const lot = `lot-${String(index)}`;
    const target = { origin: `${INSTALLATION}/lot/${lot}/1`, lot, round: 1 };
    const wish = { type: 'lot.create', payload, secrets, party: 'agency', at: clock.instant(), basis: 0 };
    const { outcome } = await pipeline.submit(await signWish(profile, agency.identity, target, wish));
    if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  }
  const window = {
    notBefore: new Date(clock.nowMs() - HOUR_MS).toISOString(),
    notAfter: new Date(clock.nowMs() + 8 * HOUR_MS).toISOString(),
  };
  const identities = Array.from({ length: IDENTITIES }, () => {
    const { signer, ref } = people.session(supervisor, window);
    return { privateKey: privateKeyOf(signer), ref };
  });
  process.send?.({ url: kit.url, identities } satisfies VenueFacts);
  endWith(() => kit.close());
}

function privateKeyOf(signer: object): string {
  if (!('privateKey' in signer) || typeof signer.privateKey !== 'string') throw new Error('a local key is expected');
  return signer.privateKey;
}
