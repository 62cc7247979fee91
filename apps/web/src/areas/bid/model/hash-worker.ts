import { newScriptHash } from '@app/sealing';
import type { HashNews, HashOrder } from './hash-order.js';

/** The other thread of `HashWorker`: hashes what comes until it is ended. */
const running = new Map<number, ReturnType<typeof newScriptHash>>();

self.onmessage = ({ data }: MessageEvent<HashOrder>) => {
  const { id } = data;
  const hash = running.get(id) ?? newScriptHash();
  if ('block' in data) {
    hash.update(data.block.subarray(0, data.size));
    running.set(id, hash);
    tell({ id, block: data.block });
  } else {
    running.delete(id);
    tell({ id, hex: hash.hex() });
  }
};

function tell(news: HashNews): void {
  self.postMessage(news, { transfer: 'block' in news ? [news.block.buffer] : [] });
}
