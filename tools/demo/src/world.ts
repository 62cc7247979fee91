import { zTrust } from '@app/archive';
import { openCheckedShelf } from '@app/evaluation/node';
import { profileOf } from '@app/sealing/node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { World } from './cast-of-lot.js';
import { readPeople } from './people.js';

const zUrls = z.record(z.string(), z.url());

/** The running demonstration, from its home folder, the addresses of its venues and the rules (`FOUNDING_RULES`) that found its lots. */
export async function readWorld(home: string, urls: string, rules = 'released'): Promise<World> {
  const shelf = await openCheckedShelf();
  const trust = zTrust.parse(JSON.parse(readFileSync(join(home, 'demo', 'trust.json'), 'utf8')));
  return {
    profile: profileOf('gp-std-1'),
    shelf,
    founding: rules === 'next' ? shelf.newest : shelf.newestReleased,
    installation: trust.installation,
    urls: zUrls.parse(JSON.parse(urls)),
    people: readPeople(home),
    nodeKeys: trust.nodeKeys,
    witnessPolicy: trust.policy,
  };
}
