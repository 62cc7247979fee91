import type { Redis } from 'ioredis';

/**
 * Null, or the sentence why this Redis must not hold queues. A Redis that drops keys when its memory is full drops jobs; BullMQ says so
 * in its log and goes on. The policy is read from `INFO`, which a managed Redis allows where it forbids `CONFIG`.
 */
export async function policyFault(redis: Redis): Promise<string | null> {
  const memory = await redis.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy === undefined || policy === 'noeviction') return null;
  return `Redis evicts keys when its memory is full (maxmemory-policy ${policy}), and a job would be lost: set "maxmemory-policy noeviction" in redis.conf and start again`;
}
