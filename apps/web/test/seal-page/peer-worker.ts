import { Encrypter } from 'age-encryption';
import type { PeerNews, PeerOrder } from './orders.js';

/** What others would do: the library twice over the file's stream, written as it comes. */
async function seal({ file, recipients, name }: PeerOrder): Promise<void> {
  let content: ReadableStream<Uint8Array> = file.stream();
  for (const recipient of recipients) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    content = await encrypter.encrypt(content);
  }
  const root = await navigator.storage.getDirectory();
  const handle = await (await root.getFileHandle(name, { create: true })).createSyncAccessHandle();
  try {
    handle.truncate(0);
    let at = 0;
    for (const reader = content.getReader(); ;) {
      const { value, done } = await reader.read();
      if (done) break;
      at += handle.write(value, { at });
    }
    handle.flush();
  } finally {
    handle.close();
  }
}

const tell = (news: PeerNews): void => {
  self.postMessage(news);
};

self.onmessage = ({ data }: MessageEvent<PeerOrder>) => {
  seal(data).then(
    () => {
      tell({ kind: 'done' });
    },
    (error: unknown) => {
      tell({ kind: 'failed', message: String(error) });
    },
  );
};
