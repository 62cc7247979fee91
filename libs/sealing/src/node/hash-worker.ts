import { utf8 } from '@app/contracts';
import { workerData } from 'node:worker_threads';
import { NODE_PRIMITIVES } from '../profile/node-primitives.js';
import type { RunningHash } from '../profile/primitives.js';
import { HashRing } from './hash-ring.js';

/** The other thread of {@link HashThread}: hashes what comes until it is ended. */
const ring = new HashRing(workerData as SharedArrayBuffer);
const running = new Map<number, RunningHash>();
for (;;)
  ring.take(({ id, isEnd, bytes }) => {
    const hash = running.get(id) ?? NODE_PRIMITIVES.newHash();
    if (isEnd) {
      running.delete(id);
      bytes.set(utf8(hash.hex()));
    } else {
      hash.update(bytes);
      running.set(id, hash);
    }
  });
