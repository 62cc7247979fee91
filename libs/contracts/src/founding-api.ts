import { z } from 'zod';
import { zBytes, zHash, zName } from './json.js';
import { zVenueRole } from './registry.js';

/**
 * What whoever founds lots must find in the registry, and no more of it: who may be named, with the certificate that is bound to them, and
 * the venues with the keys of their nodes. Both need `lots:found`.
 *
 * | address | answer |
 * |---|---|
 * | `GET /api/founding/people?side=&q=&after=&limit=` | {@link FoundingPeople} |
 * | `GET /api/founding/venues` | {@link FoundingVenue}[] |
 */
const FOUNDING_PAGE_MAX = 50;
const DEFAULT_FOUNDING_PAGE = 20;
/** Characters of a name that a search for a tenderer begins with: nobody leafs through everybody that an installation knows. */
export const TENDERER_SEARCH_MIN = 2;

/**
 * As whom somebody may be named: `supervisor` needs `lots:supervise`, `witness` needs `lots:witness`; a `tenderer` acts for an organisation
 * and is no expert of the pool, whose names are nobody's to look up.
 */
const FOUNDING_SIDES = ['tenderer', 'supervisor', 'witness'] as const;
export const zFoundingSide = z.enum(FOUNDING_SIDES);
export type FoundingSide = z.infer<typeof zFoundingSide>;
export const zFoundingLimit = z.coerce.number().int().min(1).max(FOUNDING_PAGE_MAX).default(DEFAULT_FOUNDING_PAGE);

const zNamed = z.strictObject({ id: zName, name: z.string() });
const zFoundingPerson = z.strictObject({
  person: zNamed,
  organisation: zNamed.nullable(),
  /** Fingerprint of the person's certificate that is good now; of several the one that lasts longest. */
  certificate: zHash,
});
export type FoundingPerson = z.infer<typeof zFoundingPerson>;
export const zFoundingPeople = z.strictObject({ items: z.array(zFoundingPerson), next: z.string().nullable() });
export type FoundingPeople = z.infer<typeof zFoundingPeople>;

export const zFoundingVenue = z.strictObject({ venue: zName, name: z.string(), role: zVenueRole, city: z.string(), nodeKey: zBytes });
export type FoundingVenue = z.infer<typeof zFoundingVenue>;
