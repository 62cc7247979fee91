import { concatBytes, fromUtf8 } from '@app/contracts';
import type { FileSink } from '../container/container-walk.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidFault, BidIdentity, BidIndex } from './bid-index.js';
import { BidError, bidFault, INDEX_BYTES_MAX, readBidIndex, SHEET_BYTES_MAX } from './bid-index.js';
import type { BidTexts } from './bid-texts.js';
import { checkBidTexts } from './bid-texts.js';

/** What the bidder signed, and the file key that he gave. */
export type DeliveredBid = BidIdentity & {
  readonly fileKey: string;
  readonly indexCommitment: string;
  readonly innerHeaderHash: string;
};

export interface OpenedBid {
  readonly index: BidIndex;
  readonly texts: BidTexts;
}

/** What a walk over a bid's files finds: the texts that rules read, and size and hash of every part, by place. */
export class BidContents {
  readonly #profile: CryptoProfile;
  readonly #found = new Map<string, { readonly size: number; readonly hash: string }>();
  #index: string | null = null;
  #sheet: string | null = null;

  constructor(profile: CryptoProfile) {
    this.#profile = profile;
  }

  /** Takes the index; `read` is told of it when it is whole. */
  index(read: (index: BidIndex) => void = () => undefined): FileSink {
    return collected(INDEX_BYTES_MAX, 'INDEX', (text) => {
      this.#index = text;
      const index = readBidIndex(text);
      if (index !== null) read(index);
    });
  }

  part(place: string, isSheet: boolean): FileSink {
    const hash = this.#profile.primitives.newHash();
    let size = 0;
    const sheet = isSheet
      ? collected(SHEET_BYTES_MAX, 'PART', (text) => {
          this.#sheet = text;
        })
      : null;
    return {
      push: (piece) => {
        hash.update(piece);
        size += piece.length;
        sheet?.push(piece);
      },
      end: () => {
        sheet?.end();
        this.#found.set(place, { size, hash: hash.hex() });
      },
    };
  }

  /** Throws {@link BidError} unless this is the bid that was delivered. */
  opened(delivered: DeliveredBid): OpenedBid {
    if (this.#index === null) throw new BidError(bidFault('INDEX', 'The package has no index.'));
    const texts = { index: this.#index, openingSheet: this.#sheet ?? '' };
    const index = readBidIndex(texts.index);
    const fault = checkBidTexts(this.#profile, texts, delivered) ?? (index === null ? null : this.#partsFault(index));
    if (fault !== null || index === null) throw new BidError(fault ?? bidFault('INDEX', 'The index is not of this form.'));
    return { index, texts };
  }

  /** Every part that the index names, with that hash and size, and no other. */
  #partsFault({ parts }: BidIndex): BidFault | null {
    const other = parts.find(({ place, size, hash }) => {
      const found = this.#found.get(place);
      return found?.size !== size || found.hash !== hash;
    });
    if (other !== undefined) return bidFault('PART', `The part ${other.id} is not the one that the index names.`);
    return this.#found.size === parts.length ? null : bidFault('PART', 'The package has a part that the index does not name.');
  }
}

/** Takes a file as a text, and not more of it than a reader holds in memory. */
function collected(bytesMax: number, code: 'INDEX' | 'PART', done: (text: string) => void): FileSink {
  const pieces: Uint8Array[] = [];
  let size = 0;
  return {
    push: (piece) => {
      size += piece.length;
      if (size > bytesMax) throw new BidError(bidFault(code, `Index or opening sheet has more than ${bytesMax} bytes.`));
      pieces.push(new Uint8Array(piece));
    },
    end: () => {
      done(textOf(concatBytes(...pieces), code));
    },
  };
}

function textOf(bytes: Uint8Array, code: 'INDEX' | 'PART'): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new BidError(bidFault(code, 'Index or opening sheet is not UTF-8.'));
  }
}
