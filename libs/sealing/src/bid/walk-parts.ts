import { FileOpener } from '../age/age-file.js';
import { HeaderError, unwrapHeader } from '../age/age-header.js';
import { PayloadError } from '../age/age-stream.js';
import type { FileSink } from '../container/container-walk.js';
import { walkContainer } from '../container/container-walk.js';
import { giveBack } from '../container/spent.js';
import type { Intake, Reading } from '../container/intake.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidContents } from './bid-contents.js';
import { BidError, bidFault, partPlace, sheetOf } from './bid-index.js';
import { INDEX_PLACE } from './inner-header.js';
import { partSecret } from './part-keys.js';

const PLACE = /^parts\/([0-9]{4})\.age$/;

/** A bid of form 2: a container of the sealed index and the sealed parts, in this order. That the file key fits the index was checked. */
export function* walkParts(profile: CryptoProfile, fileKey: Uint8Array, intake: Intake, contents: BidContents): Reading<void> {
  let sheetPlace: string | null = null;
  yield* walkContainer(profile.primitives, intake, ({ name }) => {
    if (name === INDEX_PLACE) {
      const index = contents.index((read) => {
        sheetPlace = sheetOf(read)?.place ?? null;
      });
      return openedInto(new FileOpener(profile.primitives, () => fileKey), index);
    }
    const id = PLACE.exec(name)?.[1];
    if (id === undefined) throw new BidError(bidFault('PART', `The package has a file ${name}, which is no part.`));
    return named(id, openedInto(partOpener(profile, fileKey, id), contents.part(partPlace(id), name === sheetPlace)));
  });
}

/** Opens a part with the key that is its own; throws HeaderError when it was sealed to another. */
function partOpener(profile: CryptoProfile, fileKey: Uint8Array, id: string): FileOpener {
  return new FileOpener(profile.primitives, (header) => partFileKey(profile, fileKey, id, header));
}

/** Key of a part's file, from its header; throws HeaderError when it was sealed to another key than the part's. */
function partFileKey(profile: CryptoProfile, fileKey: Uint8Array, id: string, header: Uint8Array): Uint8Array {
  const own = unwrapHeader(profile.primitives, header, partSecret(profile, fileKey, id));
  if (own === null) throw new HeaderError('not sealed to the key of this part');
  return own;
}

function openedInto(opener: FileOpener, sink: FileSink): FileSink {
  const pass = (pieces: readonly Uint8Array[]): void => {
    for (const piece of pieces) sink.push(piece);
    giveBack(pieces);
  };
  return {
    push: (piece) => {
      pass(opener.push(piece));
    },
    end: () => {
      pass(opener.end());
      sink.end();
    },
  };
}

/** What does not open is this part's fault. */
function named(id: string, sink: FileSink): FileSink {
  const tried = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof HeaderError || error instanceof PayloadError)) throw error;
      throw new BidError(bidFault('PART', `The part ${id} does not open with its key: ${error.message}`));
    }
  };
  return {
    push: (piece) => {
      tried(() => {
        sink.push(piece);
      });
    },
    end: () => {
      tried(() => {
        sink.end();
      });
    },
  };
}
