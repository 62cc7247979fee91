import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { pino } from 'pino';

export type Logger = PinoLogger;

/** Keys whose values never reach a log, at any of the three upper levels of a logged object. */
const SECRET_KEYS = [
  'password',
  'token',
  'authorization',
  'cookie',
  'privateKey',
  'secret',
  'secrets',
  'openings',
  'opening',
  'salt',
  'share',
  'master',
  'fileKey',
  'storageKey',
  'databaseUrl',
  'redisUrl',
];
const SECRET_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

export interface LoggerFactoryOptions {
  /** Which process speaks, for instance `main` or `sub-1`. */
  readonly name: string;
  readonly level: string;
  /** Defaults to standard output. */
  readonly destination?: DestinationStream;
}

/** JSON lines with UTC time; values under {@link SECRET_KEYS} are replaced by `[secret]`. */
export function createLogger({ name, level, destination }: LoggerFactoryOptions): Logger {
  const options = {
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_PATHS, censor: '[secret]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
