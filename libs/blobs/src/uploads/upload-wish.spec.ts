import { describe, expect, it } from '@jest/globals';
import { DEFAULT_UPLOAD_LIMITS } from '../limits.js';
import type { UploadWish } from './upload.types.js';
import { readWish } from './upload-wish.js';

const HASH = 'ab'.repeat(32);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const metadata = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${base64(value)}`)
    .join(',');
const read = (fields: Record<string, string>, length = '10'): UploadWish =>
  readWish({ 'upload-metadata': metadata(fields), 'upload-length': length }, 'p-1', DEFAULT_UPLOAD_LIMITS);

describe('what an upload asks for', () => {
  it('is a hash, a size, and perhaps a lot and a name for people', () => {
    expect(read({ hash: HASH, lot: 'lot-1', filename: '技术标 (1).pdf' })).toEqual({ hash: HASH, size: 10, person: 'p-1', lot: 'lot-1' });
    expect(read({ hash: HASH })).toMatchObject({ lot: null });
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\bid.pdf', 'a\u0000b', 'a\nb', '', 'x'.repeat(201)])(
    'is refused with the name %j: a name has no path',
    (filename) => {
      expect(() => read({ hash: HASH, filename })).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
    },
  );

  it.each(['', 'ab', HASH.toUpperCase(), `${HASH}0`, '../../etc/passwd'])('is refused with the hash %j', (hash) => {
    expect(() => read({ hash })).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it.each([undefined, '0', '-1', '1.5', '1e3', ' 1', '0x10', '9'.repeat(20)])('is refused with the length %j', (length) => {
    const headers = { 'upload-metadata': metadata({ hash: HASH }), ...(length === undefined ? {} : { 'upload-length': length }) };
    expect(() => readWish(headers, 'p-1', DEFAULT_UPLOAD_LIMITS)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it('is refused beyond UPLOAD_BYTES_MAX, and without metadata', () => {
    expect(() => read({ hash: HASH }, String(DEFAULT_UPLOAD_LIMITS.UPLOAD_BYTES_MAX + 1))).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    );
    expect(() => readWish({ 'upload-length': '1' }, 'p-1', DEFAULT_UPLOAD_LIMITS)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
    expect(() => readWish({ 'upload-length': '1', 'upload-metadata': 'hash !!' }, 'p-1', DEFAULT_UPLOAD_LIMITS)).toThrow(
      expect.objectContaining({ code: 'MALFORMED' }),
    );
  });
});
