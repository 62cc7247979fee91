/** Names of providers that are no classes; every module finds them in {@link CoreModule}. */
export const CONFIG = Symbol('Config');
export const LOGGER = Symbol('Logger');
/** pg.Pool of the hot paths, as role gongping_app. */
export const POOL = Symbol('Pool');
/** ioredis connection for sessions and fan-out. */
export const REDIS = Symbol('Redis');
/** CryptoProfile of the installation. */
export const PROFILE = Symbol('CryptoProfile');
/** NodeKeys of the main venue. */
export const NODE_KEYS = Symbol('NodeKeys');
/** PartCipher of the store. */
export const PART_CIPHER = Symbol('PartCipher');
