import type { RateName, Rates } from '../rates.js';

/** Limits of a venue that counts: as given, and else so large that no test meets them. */
export const ratesOf = (limits: Partial<Record<RateName | 'PROXIES_TRUSTED', number>>): ConstructorParameters<typeof Rates>[0] => ({
  CHALLENGES_PER_MINUTE_MAX: 1_000,
  LOGINS_REFUSED_PER_MINUTE_MAX: 1_000,
  UPLOADS_PER_MINUTE_MAX: 1_000,
  ARCHIVES_PER_MINUTE_MAX: 1_000,
  WATCHES_PER_MINUTE_MAX: 1_000,
  LOT_IMPORTS_PER_MINUTE_MAX: 1_000,
  PROXIES_TRUSTED: 0,
  ...limits,
});
