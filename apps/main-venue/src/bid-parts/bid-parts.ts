import type { BlobStore, ServedFile } from '@app/blobs';
import type { BidPartEntry } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { bidIndexOf, fileKeyOf, manifestOf, mayReadBidPart, own, recoverBox, ringOf } from '@app/evaluation';
import { DomainError, forgetOldest } from '@app/platform';
import type { BidPart, CryptoProfile, PartSource, PartType } from '@app/sealing';
import { bidParts, chunksOf } from '@app/sealing';
import { Readable } from 'node:stream';
import { blobSource } from '../blobs/blob-source.js';

/** Opened bids whose keys and list of parts are kept; others are dealt with anew. */
const OPENED_MAX = 64;

/**
 * Parts of opened bids, for whoever the lot's rules let read them. What lies on the disk is the ciphertext that was delivered; a page of a
 * part is opened when it is asked for, and only in memory.
 */
export class BidParts {
  /** By origin and bid. An opened bid never changes; whether somebody may read it is asked each time. */
  readonly #opened = new Map<string, Promise<PartSource>>();

  constructor(
    private readonly profile: CryptoProfile,
    private readonly blobs: Pick<BlobStore, 'size' | 'open'>,
  ) {}

  /** Parts of an opened bid that these parties may read now. Throws NOT_FOUND when there is no such bid or it is not opened. */
  list(state: LotState, parties: readonly string[], bid: string): BidPartEntry[] {
    return partsOf(state, bid)
      .filter(({ type }) => mayRead(state, parties, bid, type))
      .map(({ place: _place, ...entry }) => entry);
  }

  /** Throws NOT_FOUND (no such bid or part, or not opened), FORBIDDEN (the rules do not let these parties read it now). */
  async open(state: LotState, parties: readonly string[], bid: string, id: string): Promise<ServedFile> {
    const part = partsOf(state, bid).find((known) => known.id === id);
    if (part === undefined) throw new DomainError('NOT_FOUND', 'The bid has no such part.');
    if (!mayRead(state, parties, bid, part.type)) throw new DomainError('FORBIDDEN', 'You may not read this part of the bid now.');
    const source = await (await this.#parts(state, bid))(part);
    if (source?.size !== part.size) throw new DomainError('INTERNAL', 'the part is not the one that the index names');
    const [media, ending] = SHOWN.find(([known]) => known === part.media) ?? ['application/octet-stream', 'bin'];
    return {
      size: part.size,
      tag: part.hash,
      type: media,
      attachment: `${bid.slice(0, 8)}-${id}.${ending}`,
      open: ({ from, to }) => Promise.resolve(Readable.from(chunksOf(source, from, to), { objectMode: false })),
    };
  }

  #parts(state: LotState, bid: string): Promise<PartSource> {
    const key = `${state.origin} ${bid}`;
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const made = this.#make(state, bid);
    this.#opened.set(key, made);
    made.catch(() => this.#opened.delete(key));
    forgetOldest(this.#opened, OPENED_MAX);
    return made;
  }

  async #make(state: LotState, bid: string): Promise<PartSource> {
    const manifest = manifestOf(state, bid);
    const fileKey = fileKeyOf(state, bid);
    const recovery = manifest === null ? null : recoverBox(ringOf(state), manifest);
    if (manifest === null || recovery?.status !== 'recovered' || fileKey === null)
      throw new DomainError('INTERNAL', `the keys of the opened bid ${bid} are not in the log`);
    const ciphertext = await blobSource(this.blobs, manifest.ciphertext.hash);
    if (ciphertext === null) throw new DomainError('NOT_FOUND', 'The ciphertext of this bid is not at this venue.');
    const parts = await bidParts(this.profile, { manifest, master: recovery.master }, ciphertext, fileKey);
    if (parts === null) throw new DomainError('INTERNAL', `the keys in the log do not open the bid ${bid}`);
    return parts;
  }
}

/** Media types that a browser may show by itself, with their endings; nothing of it runs as a page, whatever the bidder says. */
const SHOWN: readonly (readonly [string, string])[] = [
  ['application/pdf', 'pdf'],
  ['application/json', 'json'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
];

const mayRead = (state: LotState, parties: readonly string[], bid: string, type: PartType): boolean =>
  parties.some((party) => mayReadBidPart({ party, roles: own(state.parties, party)?.roles ?? [] }, state, bid, type));

function partsOf(state: LotState, bid: string): readonly BidPart[] {
  const index = bidIndexOf(state, bid);
  if (index === null) throw new DomainError('NOT_FOUND', 'There is no such bid, or it has not been opened.');
  return index.parts;
}
