import { createCipheriv, createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const CHUNK = 1 << 20;

/** Writes `bytes` bytes that no disk compresses, the same for the same seed; answers their SHA-256. */
export async function writeRandomFile(path: string, bytes: number, seed = 1): Promise<string> {
  const hash = createHash('sha256');
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  const file = await open(path, 'w');
  const zeros = Buffer.alloc(CHUNK);
  try {
    for (let left = bytes; left > 0; left -= CHUNK) {
      const chunk = cipher.update(zeros.subarray(0, Math.min(CHUNK, left)));
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
