import { zTrust } from '@app/archive';
import { openCheckedShelf } from '@app/evaluation/node';
import { profileOf } from '@app/sealing/node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { World } from './cast-of-lot.js';
import { readPeople } from './people.js';

const zUrls = z.record(z.string(), z.url());

/** The running demonstration, from its home folder and the addresses of its venues. */
export async function readWorld(home: string, urls: string): Promise<World> {
  const trust = zTrust.parse(JSON.parse(readFileSync(join(home, 'demo', 'trust.json'), 'utf8')));
  return {
    profile: profileOf('gp-std-1'),
    shelf: await openCheckedShelf(),
    installation: trust.installation,
    urls: zUrls.parse(JSON.parse(urls)),
    people: readPeople(home),
    nodeKeys: trust.nodeKeys,
    roots: trust.roots,
    witnessPolicy: trust.policy,
  };
}
