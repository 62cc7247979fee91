import type { BidRequest } from '@app/sealing';
import { sealedFile, sealInWorker } from '../../src/areas/bid/model/sealing.js';
import type { PeerNews, PeerOrder, SealPage } from './orders.js';

const OURS = 'ours';
const PEER = 'peer';

function chosen(): File {
  const file = document.querySelector('input')?.files?.[0];
  if (file === undefined) throw new Error('no file was chosen');
  return file;
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const from = performance.now();
  const result = await work();
  return { seconds: (performance.now() - from) / 1_000, result };
}

async function ours(request: Omit<BidRequest, 'parts'>) {
  const order = {
    kind: 'seal' as const,
    profile: 'gp-std-1' as const,
    file: OURS,
    request,
    sheet: { v: 1, price: '1.00' },
    parts: [{ type: 'TECHNICAL' as const, title: '技术标', file: chosen() }],
  };
  const { seconds, result } = await timed(() => sealInWorker(order, () => undefined, new AbortController().signal));
  return { seconds, manifest: result.sealed.manifest, isNative: result.isNative };
}

async function peer(recipients: readonly [string, string]) {
  const worker = new Worker(new URL('./peer-worker.ts', import.meta.url), { type: 'module' });
  const order: PeerOrder = { file: chosen(), recipients, name: PEER };
  const { seconds } = await timed(
    () =>
      new Promise<void>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<PeerNews>) => {
          if (data.kind === 'done') resolve();
          else reject(new Error(data.message));
        };
        worker.onerror = ({ message }) => {
          reject(new Error(message));
        };
        worker.postMessage(order);
      }),
  );
  worker.terminate();
  await (await navigator.storage.getDirectory()).removeEntry(PEER);
  return { seconds };
}

async function send(path: string): Promise<void> {
  await fetch(path, { method: 'POST', body: await sealedFile(OURS) });
}

Object.assign(window, { bench: { ours, peer, send } satisfies SealPage });
