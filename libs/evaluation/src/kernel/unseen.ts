import type { JsonValue } from '@app/contracts';
import type { Asked, Refused } from './slice.js';

/**
 * Rules are asked twice: by the venue that decides, which is given every secret, and by whoever judges the entry later with the parts
 * that his place in the lot shows him. A rule that reads a secret which its asker was not given cannot be judged by him; one that reads
 * none is judged without. So each rule says by what it reads which secrets shape its events.
 */
export class Unseen extends Error {
  constructor(readonly secret: string) {
    super(`secrets.${secret}: not given to whoever asks`);
  }
}

/** What `read` comes to; undefined where it reads a secret that its asker was not given. */
export function ifSeen<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unseen) return undefined;
    throw error;
  }
}

/** The secrets that were given; reading another, or all names at once, throws {@link Unseen}. */
export function guarded(values: Readonly<Record<string, JsonValue>>, unseen: ReadonlySet<string>): Readonly<Record<string, JsonValue>> {
  const [first] = unseen;
  if (first === undefined) return values;
  const look = (key: string | symbol): void => {
    if (typeof key === 'string' && unseen.has(key)) throw new Unseen(key);
  };
  return new Proxy(values, {
    get: (target, key, receiver) => (look(key), Reflect.get(target, key, receiver) as unknown),
    has: (target, key) => (look(key), Reflect.has(target, key)),
    getOwnPropertyDescriptor: (target, key) => (look(key), Reflect.getOwnPropertyDescriptor(target, key)),
    ownKeys: () => {
      throw new Unseen(first);
    },
  });
}

/**
 * For a secret that shapes nothing and is only tested: an accepted command passed the test, and what it made of the lot is the same for
 * every secret that passes. Whoever was not given the secret leaves the test out.
 */
export const tested = (
  { opened, unseen }: Pick<Asked<unknown>, 'opened' | 'unseen'>,
  name: string,
  fault: (value: JsonValue | undefined) => Refused | null,
): Refused | null => (unseen.has(name) ? null : fault(opened[name]));
