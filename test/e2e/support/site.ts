import type { VenueRegistry } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import { loadConfig } from '@app/platform';
import { signWith } from '@app/sealing';
import { createDatabase } from '@app/testing';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INSTALLATION, profile, type TestPeople, type TestPerson } from '../../../apps/main-venue/test/support/people.js';
import { createSite } from '../../../apps/sub-venue/src/app.js';
import { SiteTrust } from '../../../apps/sub-venue/src/site/site-trust.js';
import { SITE_MIGRATIONS } from '../../../migrations/site/index.js';

/** The lot at whose seats people sit. */
const ORIGIN = `${INSTALLATION}/lot/lot-1/1`;

/** A booted site (sub-1) whose line to the main venue is cut. */
export interface SiteKit {
  readonly url: string;
  /** What the main venue sends over the line: who is seated here now, and whose certificate is good. */
  push(seated: readonly TestPerson[]): Promise<void>;
  close(): Promise<void>;
}

export async function bootSite(people: TestPeople, env: Readonly<Record<string, string>> = {}): Promise<SiteKit> {
  const folder = await mkdtemp(join(tmpdir(), 'gongping-site-'));
  const keyOf = (venue: string) => people.nodes.find(({ id }) => id === venue)?.signer;
  const keys = {
    node: keyOf('sub-1')?.privateKey,
    witness: profile.generateSigner('node').privateKey,
    storage: toBase64Url(randomBytes(32)),
  };
  await writeFile(join(folder, 'keys.json'), JSON.stringify(keys), { mode: 0o600 });
  const database = await createDatabase(SITE_MIGRATIONS);
  const site = await createSite(
    loadConfig({
      VENUE_ID: 'sub-1',
      VENUE_ROLE: 'sub',
      INSTALLATION,
      PORT: '0',
      DATABASE_URL: database.url,
      MAIN_URL: 'http://127.0.0.1:9',
      PUBLIC_URL: 'http://127.0.0.1:7101',
      DATA_DIR: join(folder, 'data'),
      KEYS_FILE: join(folder, 'keys.json'),
      LOG_LEVEL: 'silent',
      ...env,
    }),
  );
  await site.listen(0, '127.0.0.1');
  return {
    url: (await site.getUrl()).replace('[::1]', '127.0.0.1'),
    push: async (seated) => {
      const { authorities, venues } = await people.registry();
      const main = keyOf('main');
      if (main === undefined) throw new Error('no main node');
      const registry: VenueRegistry = {
        v: 1,
        version: 1,
        at: new Date().toISOString(),
        answerKey: main.publicKey,
        logKey: 'log',
        venues: venues.map(({ id, name, role, nodeKey }) => ({ id, name, role, nodeKey, witnessKey: null })),
        organisations: [],
        persons: seated.map(({ id, name }) => ({ id, name, organisation: null })),
        certificates: seated.map(({ id, certificate }) => ({ person: id, certificate })),
        authorities,
        seats: seated.map(({ id }) => ({ origin: ORIGIN, party: id, roles: ['expert'], person: id })),
      };
      const text = canonicalText(registry);
      await site.get(SiteTrust).accept({ text, signature: signWith(main, 'venueRegistry', utf8(text)) });
    },
    close: async () => {
      await site.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
