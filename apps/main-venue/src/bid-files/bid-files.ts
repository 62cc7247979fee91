import type { BlobStore, ServedFile } from '@app/blobs';
import type { BidFileEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { disclosed, disclosedAll, manifestOf, mayReadBidFile, own, recoverBox, ringOf } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { BidIndex, ByteSource, CryptoProfile } from '@app/sealing';
import { bidFiles, chunksOf, INDEX_FILE, zBidIndex } from '@app/sealing';
import { Readable } from 'node:stream';
import { blobSource } from '../blobs/blob-source.js';

/** Opened bids whose keys and index of files are kept; others are dealt with anew. */
const OPENED_MAX = 64;

/**
 * Files of opened bids, for whoever the lot's rules let read them. What lies on the disk is the ciphertext that was delivered; a part of a
 * file is opened when it is asked for, and only in memory.
 */
export class BidFiles {
  /** By origin and bid. An opened bid never changes; whether somebody may read it is asked each time. */
  readonly #opened = new Map<string, Promise<ReadonlyMap<string, ByteSource>>>();

  constructor(
    private readonly profile: CryptoProfile,
    private readonly blobs: Pick<BlobStore, 'size' | 'open'>,
  ) {}

  /** Files of an opened bid that these parties may read now. Throws NOT_FOUND when there is no such bid or it is not opened. */
  list(state: LotState, parties: readonly string[], bid: string): BidFileEntry[] {
    return indexOf(state, bid).files.filter(({ name }) => mayRead(state, parties, bid, name));
  }

  /** Throws NOT_FOUND (no such bid or file, or not opened), FORBIDDEN (the rules do not let these parties read it now). */
  async open(state: LotState, parties: readonly string[], bid: string, name: string): Promise<ServedFile> {
    const entry = indexOf(state, bid).files.find((file) => file.name === name);
    if (entry === undefined) throw new DomainError('NOT_FOUND', 'The bid has no such file.');
    if (!mayRead(state, parties, bid, name)) throw new DomainError('FORBIDDEN', 'You may not read this file of the bid now.');
    const source = (await this.#files(state, bid)).get(name);
    if (source?.size !== entry.size) throw new DomainError('INTERNAL', 'the file is not the one that the index names');
    return {
      size: entry.size,
      tag: entry.hash,
      type: TYPES.find(([ending]) => name.endsWith(ending))?.[1] ?? 'application/octet-stream',
      attachment: name.split('/').at(-1) ?? name,
      open: ({ from, to }) => Promise.resolve(Readable.from(chunksOf(source, from, to), { objectMode: false })),
    };
  }

  #files(state: LotState, bid: string): Promise<ReadonlyMap<string, ByteSource>> {
    const key = `${state.origin} ${bid}`;
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const made = this.#make(state, bid);
    this.#opened.set(key, made);
    made.catch(() => this.#opened.delete(key));
    for (const oldest of this.#opened.keys()) {
      if (this.#opened.size <= OPENED_MAX) break;
      this.#opened.delete(oldest);
    }
    return made;
  }

  async #make(state: LotState, bid: string): Promise<ReadonlyMap<string, ByteSource>> {
    const manifest = manifestOf(state, bid);
    const bidder = own(state.bidding.bids, bid)?.bidder;
    const fileKey = disclosedAll(state, 'x:file-key').find(({ seq }) => own(state.secretEntries, String(seq))?.party === bidder)?.value;
    const recovery = manifest === null ? null : recoverBox(ringOf(state), manifest);
    if (manifest === null || recovery?.status !== 'recovered' || typeof fileKey !== 'string')
      throw new DomainError('INTERNAL', `the keys of the opened bid ${bid} are not in the log`);
    const ciphertext = await blobSource(this.blobs, manifest.ciphertext.hash);
    if (ciphertext === null) throw new DomainError('NOT_FOUND', 'The ciphertext of this bid is not at this venue.');
    const files = await bidFiles(this.profile, manifest, ciphertext, { master: recovery.master, fileKey });
    if (files === null) throw new DomainError('INTERNAL', `the keys in the log do not open the bid ${bid}`);
    return new Map([...files].filter(([name]) => name !== INDEX_FILE));
  }
}

/** What a browser may show by itself; nothing of it runs as a page. */
const TYPES: readonly (readonly [string, string])[] = [
  ['.pdf', 'application/pdf'],
  ['.json', 'application/json'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
];

const mayRead = (state: LotState, parties: readonly string[], bid: string, name: string): boolean =>
  parties.some((party) => mayReadBidFile({ party, roles: own(state.parties, party)?.roles ?? [] }, state, bid, name));

function indexOf(state: LotState, bid: string): BidIndex {
  const opened = own(state.opening.bids, bid);
  const seq = opened?.status === 'OPENED' ? opened.sheetSeq : null;
  const index = seq === null ? null : zBidIndex.safeParse(disclosed(state, seq, 'x:index'));
  if (index?.success !== true) throw new DomainError('NOT_FOUND', 'There is no such bid, or it has not been opened.');
  return index.data;
}
