import type { Engine } from './engine.js';

export interface FrozenEngine {
  readonly version: string;
  /** SHA-256 of the file `libs/evaluation/engines/<version>.mjs`, hexadecimal. */
  readonly hash: string;
  /** When it was released: from then on the engine before it is superseded. */
  readonly released: string;
  readonly load: () => Promise<{ readonly engine: Engine }>;
}

/**
 * The engines of all releases, oldest first; `npm run engine:freeze` adds a line. A file that was released is never changed: lots
 * in flight and archives name its hash.
 */
export const FROZEN: readonly FrozenEngine[] = [
  {
    version: '0.1.0',
    hash: '6c89631685fa5ba3264606f07531fd5b46bcf620fc72c4391c2d2483279d5c15',
    released: '2026-11-29T15:07:20.000Z',
    load: () => import('../../engines/0.1.0.mjs'),
  },
  {
    version: '0.2.0',
    hash: 'd082aa78a1a637cd529b61c43ee505eebe29e1e8731011ad3017be35ae170e6a',
    released: '2026-11-29T19:54:44.000Z',
    load: () => import('../../engines/0.2.0.mjs'),
  },
  {
    version: '0.3.0',
    hash: 'c9f29ab002426a0094831d0f23104f7a13b94d24abc7df360fc78ea048206d07',
    released: '2026-11-30T06:03:27.000Z',
    load: () => import('../../engines/0.3.0.mjs'),
  },
  {
    version: '0.4.0',
    hash: '77cdeaca56ae4458a7d9e1a67c2c34eaef74d27be25c21ffdd7332265318a628',
    released: '2026-11-30T11:56:13.000Z',
    load: () => import('../../engines/0.4.0.mjs'),
  },
  {
    version: '0.5.0',
    hash: '8cf327164cf3e3b708c947d442d5c2c86bd4228654f7b53a62c08ff52fff62a1',
    released: '2026-11-30T21:01:20.000Z',
    load: () => import('../../engines/0.5.0.mjs'),
  },
];
