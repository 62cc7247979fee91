/** Names of providers that are no classes; every module finds them in the site's own. */
export const CONFIG = Symbol('Config');
export const LOGGER = Symbol('Logger');
/** pg.Pool of this site's database. */
export const POOL = Symbol('Pool');
/** SiteKeys from KEYS_FILE. */
export const SITE_KEYS = Symbol('SiteKeys');
/** CryptoProfile of the installation. */
export const PROFILE = Symbol('CryptoProfile');
