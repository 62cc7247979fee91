import { VenueClient } from '@app/client';
import { bootApp } from '../../../apps/main-venue/test/support/app-kit.js';
import { profile, TestPeople } from '../../../apps/main-venue/test/support/people.js';
import { serveAsChild } from './child.js';

/** Where lists are handed in, and by whom. */
export interface ImportPlace {
  readonly url: string;
  readonly token: string;
}

/** A process that is a booted main venue, with somebody who may hand in lists of people. */
async function main(): Promise<void> {
  const people = await TestPeople.create();
  const office = await people.person('p-office', 'o-centre');
  people.grant(office, 'pool-office');
  const kit = await bootApp(people, { LOG_LEVEL: 'error' });
  const { token } = await new VenueClient(kit.url, profile, office.identity).login();
  await serveAsChild({ url: kit.url, token } satisfies ImportPlace, () => kit.close());
}

await main();
