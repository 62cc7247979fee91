import { RequestError } from '@app/client';
import { BID_CUTS, bidParts, type BidBox, type ByteSource, type CryptoProfile } from '@app/sealing';
import { patientRange } from '../../core/request/patient-range.js';
import { useVenue } from '../../core/request/venue.js';
import { cipherFile, type CipherFile, type Cuts, type GetRange } from './model/cipher-file.js';
import type { ReadablePart } from './model/readable-parts.js';

/** Files whose pieces stay in memory after one has turned to another; with them at most so many times the bound of one. */
const FILES_MAX = 3;
const CACHE_BYTES_PER_FILE = 32 << 20;
/** A file that is not sealed may be cut anywhere. */
const OPEN_CUTS: Cuts = { head: 0, chunk: 65_536 };

/** Files of the venue that sent this page, in ranges: what comes is what lies there, and for bids that is ciphertext. */
export function useFiles() {
  const { http } = useVenue();
  const files = new Map<string, CipherFile>();
  /** Who waits for a file's pieces now. */
  const signals = new Map<string, AbortSignal>();

  const rangeOf =
    (hash: string): GetRange =>
    (span) =>
      // The document may be closed, and another one of the same file wait for this piece by then.
      patientRange(http, `/api/blobs/${hash}`, span, () => signals.get(hash) ?? AbortSignal.abort());

  function fileOf(hash: string, size: number, cuts: Cuts, signal: AbortSignal): CipherFile {
    signals.set(hash, signal);
    const file = files.get(hash) ?? cipherFile(size, cuts, rangeOf(hash), CACHE_BYTES_PER_FILE);
    files.delete(hash);
    files.set(hash, file);
    for (const oldest of files.keys()) if (files.size > FILES_MAX) files.delete(oldest);
    return file;
  }

  /** A part of an opened bid, deciphered here with its own key. Rejects with `PART_ALTERED` when the bytes do not open with it. */
  async function part(
    profile: CryptoProfile,
    box: BidBox,
    { id, key }: Pick<ReadablePart, 'id' | 'key'>,
    signal: AbortSignal,
  ): Promise<ByteSource> {
    const { hash, size } = box.manifest.ciphertext;
    const source = await (await bidParts(profile, box, fileOf(hash, size, BID_CUTS, signal)))?.(id, key);
    if (source == null) throw new RequestError('PART_ALTERED', `part ${id} does not open with its key`);
    return source;
  }

  /** A file that everybody who has its hash may read: the tender document. */
  const open = async (hash: string, signal: AbortSignal): Promise<ByteSource> =>
    fileOf(hash, await http.size(`/api/blobs/${hash}`), OPEN_CUTS, signal);

  return { part, open };
}
