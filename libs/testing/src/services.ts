import { readVariable } from '@app/platform';
import { z } from 'zod';

/** The services of this test run, started by scripts/jest/setup.mjs before the first suite. */
const zServices = z.object({
  port: z.int(),
  superUrl: z.string(),
  baseDatabase: z.string(),
  roles: z.object({ owner: z.string(), app: z.string(), eraser: z.string() }),
  passwords: z.object({ owner: z.string(), app: z.string(), eraser: z.string(), super: z.string(), redis: z.string() }),
  redisUrl: z.string(),
});
export type TestServices = z.infer<typeof zServices>;

const REDIS_DATABASES = 16;

/** Where the run's PostgreSQL and Redis are. Throws outside a medium, e2e or bench run: unit tests need nothing outside the process. */
export function testServices(): TestServices {
  const text = readVariable('GONGPING_TEST_SERVICES');
  if (text === undefined) {
    throw new Error('No services in this tier: name the file *.medium-spec.ts or *.e2e-spec.ts and run it by jest or npm test.');
  }
  return zServices.parse(JSON.parse(text));
}

/** A Redis database that no other Jest worker of this run uses. Suites of one worker run one after another and share it. */
export function testRedisUrl(): string {
  return `${testServices().redisUrl}/${String(Number(readVariable('JEST_WORKER_ID') ?? '0') % REDIS_DATABASES)}`;
}
