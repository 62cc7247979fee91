import { LineProxy } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { BlobVenue } from '../../blobs/test/venue.js';
import { hashOf, startBlobVenue } from '../../blobs/test/venue.js';
import type { UploadSource } from './upload.js';
import { bytesSource, UPLOAD_CHUNK_BYTES, uploadFile } from './upload.js';

const BOOT_MS_MAX = 60_000;
const content = randomBytes(2 * UPLOAD_CHUNK_BYTES + 1_234_567);
const hash = hashOf(content);
const size = content.length;

describe('uploading a file', () => {
  let venue: BlobVenue;
  let line: LineProxy;
  let url: string;
  beforeAll(async () => {
    venue = await startBlobVenue();
    line = new LineProxy(Number(new URL(venue.url).port));
    url = `http://127.0.0.1:${String(await line.listen())}`;
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await line.close();
    await venue.close();
  }, BOOT_MS_MAX);

  /** Reads as a file would be read, and tells how often each byte was asked for. */
  const counted = (): UploadSource & { read: () => number } => {
    let asked = 0;
    const { slice } = bytesSource(content);
    return {
      size,
      slice: (from, to) => {
        asked += to - from;
        return slice(from, to);
      },
      read: () => asked,
    };
  };

  it(
    'A-93 goes on where the line broke, as often as it breaks, and ends with a receipt',
    async () => {
      let cuts = 0;
      let next = 3_000_000;
      const onProgress = (sent: number): void => {
        if (sent < next) return;
        next = sent + 9_000_000;
        cuts += 1;
        line.cut();
        line.mend();
      };
      const receipt = await uploadFile(url, bytesSource(content), { hash, token: 'cut', onProgress });
      expect(receipt).toMatchObject({ hash, size, received: size, state: 'stored' });
      expect(cuts).toBeGreaterThan(1);
    },
    BOOT_MS_MAX,
  );

  it(
    'remembers nothing: the same call goes on with what an earlier one left, and then only asks',
    async () => {
      const options = { hash, token: 'forgetful' };
      const half = new AbortController();
      const begun = uploadFile(url, bytesSource(content), {
        ...options,
        signal: half.signal,
        onProgress: (sent) => {
          if (sent > UPLOAD_CHUNK_BYTES) half.abort();
        },
      });
      await expect(begun).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      const rest = counted();
      expect(await uploadFile(url, rest, options)).toMatchObject({ state: 'stored' });
      expect(rest.read()).toBeLessThan(size);
      const again = counted();
      expect(await uploadFile(url, again, options)).toMatchObject({ state: 'stored' });
      expect(again.read()).toBe(0);
    },
    BOOT_MS_MAX,
  );

  it(
    'gives a refusal its code, and does not try it again',
    async () => {
      const wrong = { hash: hashOf(Buffer.from('x')), token: 'liar' };
      await expect(uploadFile(url, bytesSource(content.subarray(0, 1_000)), wrong)).rejects.toMatchObject({
        code: 'HASH_MISMATCH',
        status: 400,
      });
      const empty = { hash, token: 'empty' };
      await expect(uploadFile(url, bytesSource(new Uint8Array()), empty)).rejects.toMatchObject({ code: 'MALFORMED' });
      await expect(uploadFile(url, bytesSource(content.subarray(0, 10)), { hash })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    },
    BOOT_MS_MAX,
  );

  it(
    'gives up after some attempts when nobody answers, and says so',
    async () => {
      line.cut();
      const lost = uploadFile(url, bytesSource(content), { hash, token: 'lost', retryMs: [10, 10] });
      await expect(lost).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 0 });
      line.mend();
    },
    BOOT_MS_MAX,
  );
});
