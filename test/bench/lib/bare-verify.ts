import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

/** Checks `count` signatures of its own making with nothing around: what the machine's OpenSSL gives on one thread. */
function prepared(count: number): () => void {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = Array.from({ length: count }, (_none, index) => {
    const message = Buffer.from(`command ${String(index)}`);
    return { message, signature: sign('sha256', message, privateKey) };
  });
  return () => {
    for (const { message, signature } of signed)
      if (!verify('sha256', message, publicKey, signature)) throw new Error('a good signature was refused');
  };
}

/** Bare checks per second on two threads, `count` of them together. */
export async function bareVerifyPerSecond(count: number): Promise<number> {
  const worker = new Worker(new URL(import.meta.url));
  const half = Math.floor(count / 2);
  const work = prepared(half);
  worker.postMessage(half);
  await once(worker, 'message');
  const begin = performance.now();
  const done = once(worker, 'message');
  worker.postMessage('go');
  work();
  await done;
  const took = performance.now() - begin;
  await worker.terminate();
  return (2 * half * 1_000) / took;
}

if (!isMainThread) {
  let work = (): void => undefined;
  parentPort?.on('message', (message: number | 'go') => {
    if (message === 'go') work();
    else work = prepared(message);
    parentPort?.postMessage('done');
  });
}
