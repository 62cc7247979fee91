import { isLoopback, isPrivateLine } from '@app/contracts';
import { z } from 'zod';
import { readEnvironment, withSecretFiles, zFlag, zUrl, zWhole } from './config-reader.js';

/** Addresses with passwords: each may be given as a file (DATABASE_URL_FILE). */
const SECRETS = ['DATABASE_URL', 'ERASER_DATABASE_URL', 'REDIS_URL'];
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

/** Limits have names and defaults; each can be set by the variable of the same name. */
const zLimits = {
  /** Largest JSON body or socket message. A sealed score sheet stays below 100 kB. */
  MESSAGE_BYTES_MAX: zWhole(1_000, 100_000_000).default(2_000_000),
  /** Largest list (CSV or JSON) of people, experts, organisations or certificates: a million lines stay below 200 MB. */
  LIST_BYTES_MAX: zWhole(1_000, 10_000_000_000).default(500_000_000),
  /** Commands that may wait for one log before its senders are told RATE_LIMITED; acts before the deadline count by lot. */
  QUEUE_DEPTH_MAX: zWhole(1, 1_000_000).default(2_000),
  /** Commands that may wait for all logs together, since they all lie in memory. */
  QUEUE_DEPTH_TOTAL_MAX: zWhole(1, 1_000_000).default(10_000),
  /**
   * Acts before the deadline (download, deliver, replace, withdraw) that one organisation may record for a lot; 300 bidders fill no lot.
   */
  ACTS_PER_ORGANISATION_MAX: zWhole(4, 5_000).default(16),
  /** Acts for one lot that one organisation may send in a minute, whatever becomes of them. */
  ACTS_PER_MINUTE_MAX: zWhole(1, 100_000).default(20),
  /** Largest uploaded file, bytes: a bid of 2 GiB with what its two layers add. */
  UPLOAD_BYTES_MAX: zWhole(1, 2 ** 40).default(2 * 1024 ** 3 + 64 * 1024 ** 2),
  UPLOADS_OPEN_PER_PERSON_MAX: zWhole(1, 100_000).default(100),
  /** Bytes that a person may upload within 30 days. */
  UPLOAD_BYTES_PER_PERSON_MAX: zWhole(1, 2 ** 50).default(64 * 1024 ** 3),
  /** Bytes of all uploads for one lot. */
  UPLOAD_BYTES_PER_LOT_MAX: zWhole(1, 2 ** 50).default(512 * 1024 ** 3),
  /** An upload without a byte for so long is removed, milliseconds. */
  UPLOAD_IDLE_MS_MAX: zWhole(1_000, 10 ** 11).default(48 * 3_600_000),
  /** A session that asks nothing for so long is over, milliseconds; in any case after eight hours. */
  SESSION_IDLE_MS_MAX: zWhole(1_000, 8 * 3_600_000).default(3_600_000),
  /**
   * Texts to sign for a log-in, within a minute, for one address. Making
   * one costs a MAC: this bounds floods, not a hall that logs in together.
   */
  CHALLENGES_PER_MINUTE_MAX: zWhole(1, 1_000_000).default(600),
  /** Log-ins that were refused, within a minute, from one address. */
  LOGINS_REFUSED_PER_MINUTE_MAX: zWhole(1, 1_000_000).default(30),
  /** Uploads that one person begins within a minute. */
  UPLOADS_PER_MINUTE_MAX: zWhole(1, 1_000_000).default(120),
  /** Requests for archives within a minute, for one person or, without a session, one address. */
  ARCHIVES_PER_MINUTE_MAX: zWhole(1, 1_000_000).default(60),
  /** Archives that one process holds, put together or being so: each has its entries in memory. */
  ARCHIVES_HELD_MAX: zWhole(1, 1_000).default(4),
  /** Wishes to follow a lot within a minute, for one person or, without a session, one address. */
  WATCHES_PER_MINUTE_MAX: zWhole(1, 1_000_000).default(1_200),
  /** Lots that one API key hands over within a minute; what is refused counts as well. */
  LOT_IMPORTS_PER_MINUTE_MAX: zWhole(1, 1_000_000).default(60),
  /** Connections without a session that one process holds open, together and for one address. */
  SOCKETS_ANONYMOUS_MAX: zWhole(1, 1_000_000).default(10_000),
  SOCKETS_ANONYMOUS_PER_ADDRESS_MAX: zWhole(1, 1_000_000).default(500),
  /** Connections of one person that one process holds open. */
  SOCKETS_PER_PERSON_MAX: zWhole(1, 10_000).default(32),
  DATABASE_CONNECTIONS_MAX: zWhole(1, 200).default(10),
  /** Beat of the platform log's batches of opaque commitments, milliseconds (architecture: 10 s). */
  PLATFORM_BATCH_MS: zWhole(100, 600_000).default(10_000),
  /** Batches for which the head of a lot that does not grow is committed to again: 30 days at the default beat. */
  PLATFORM_HEAD_BATCHES: zWhole(1, 100_000_000).default(259_200),
  /** Beat of the queues' hearts, and of the search for jobs that were not handed over, milliseconds. */
  JOB_BEAT_MS: zWhole(100, 600_000).default(5_000),
  /** A queue without a sign of life for so long raises an alarm, milliseconds. */
  JOB_SILENCE_MS: zWhole(1_000, 86_400_000).default(60_000),
  /** Days for which a done job, and with it its key, is kept. */
  JOB_KEEP_DAYS: zWhole(1, 3_650).default(90),
  /** How often a site compares what the main venue sends to browsers with the platform log, milliseconds. */
  WEB_CHECK_MS: zWhole(100, 86_400_000).default(300_000),
  /** Beat of a venue's heartbeat to the main venue, milliseconds. */
  HEARTBEAT_MS: zWhole(100, 600_000).default(2_000),
};

/** Everything a process is told from outside. Addresses with passwords are in here: never log this object. */
const zConfig = z.object({
  VENUE_ID: z.string().regex(NAME, 'a name of letters, digits, dot, hyphen is expected'),
  VENUE_ROLE: z.enum(['main', 'sub', 'supervision'], 'main, sub or supervision is expected'),
  INSTALLATION: z.string().regex(NAME, 'a name of letters, digits, dot, hyphen is expected').default('gongping.demo'),
  HOST: z.string().default('127.0.0.1'),
  PORT: zWhole(0, 65_535),
  DATABASE_URL: zUrl('postgres', 'postgresql'),
  /** The database as the role that may delete parts of entries by order; only the eraser opens it. */
  ERASER_DATABASE_URL: zUrl('postgres', 'postgresql').optional(),
  /** Sessions, jobs and fan-out of the main venue. A site opens none. */
  REDIS_URL: zUrl('redis', 'rediss').optional(),
  /** Where a sub-venue finds the main venue; the main venue itself needs none. */
  MAIN_URL: zUrl('http', 'https').optional(),
  /** The address that browsers use for this process. */
  PUBLIC_URL: zUrl('http', 'https'),
  /** Reverse proxies that this process stands behind: so many addresses of `x-forwarded-for`, from its end, are believed. */
  PROXIES_TRUSTED: zWhole(0, 10).default(0),
  DATA_DIR: z.string().min(1),
  /** Folder of the built web client, from the folder that the process is started in. */
  WEB_DIR: z.string().min(1).default('dist/web'),
  /** JSON file with the node's private keys; readable by its user only. */
  KEYS_FILE: z.string().min(1),
  /**
   * Under which rules a main venue founds new lots: the newest released ones, or in test jurisdictions those under development (`next`),
   * which no later build has: for tests.
   */
  FOUNDING_RULES: z.enum(['released', 'next'], 'released or next is expected').default('released'),
  /** Serves the demonstration identities at /api/demo/identities. Never set it where real people work. */
  DEMO: zFlag.default(false),
  /** Folder with the demonstration's identities and registry. */
  DEMO_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'a level of the logger is expected').default('info'),
  /** One mediasoup worker per core is enough; a room lives on one of them. 0 switches media off. */
  MEDIA_WORKERS: zWhole(0, 64).default(1),
  /** UDP/TCP port of the first media worker; the others follow. 0 takes free ones. */
  MEDIA_PORT: zWhole(0, 65_000).default(0),
  /** The address that browsers reach the media worker at. */
  MEDIA_ANNOUNCED_ADDRESS: z.string().default('127.0.0.1'),
  ...zLimits,
});

export type Config = Readonly<z.infer<typeof zConfig>>;

/**
 * The process's configuration; the only reader of `process.env`. Pass an environment of your own in tests. Throws
 * `ConfigError` that lists every problem.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  return readEnvironment(
    zConfig
      .refine((value) => value.VENUE_ROLE === 'main' || value.MAIN_URL !== undefined, {
        path: ['MAIN_URL'],
        message: 'needed by every venue but the main one',
      })
      .refine((value) => value.VENUE_ROLE !== 'main' || value.REDIS_URL !== undefined, {
        path: ['REDIS_URL'],
        message: 'needed by the main venue',
      })
      .refine(({ MAIN_URL }) => MAIN_URL === undefined || isPrivateLine(MAIN_URL), {
        path: ['MAIN_URL'],
        message: 'https:// is expected: the line to a main venue on another machine needs TLS',
      })
      .refine(({ DEMO, HOST, PUBLIC_URL }) => !DEMO || (isLoopback(HOST) && isLoopback(new URL(PUBLIC_URL).hostname)), {
        path: ['DEMO'],
        message: 'only where HOST and PUBLIC_URL are this machine for itself (127.0.0.1): it gives everybody the keys of the demonstration',
      }),
    withSecretFiles(environment, SECRETS),
  );
}

/** One variable outside {@link Config}, for tools that are no venue; a secret also from its file. Empty counts as absent. */
export function readVariable(name: string): string | undefined {
  const value = withSecretFiles(
    process.env,
    SECRETS.filter((secret) => secret === name),
  )[name];
  return value === undefined || value === '' ? undefined : value;
}
