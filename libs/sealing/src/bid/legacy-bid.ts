import { FileOpener } from '../age/age-file.js';
import { walkContainer } from '../container/container-walk.js';
import { Feed, Intake } from '../container/intake.js';
import type { Reading } from '../container/intake.js';
import type { CryptoProfile } from '../profile/crypto-profile.js';
import type { BidContents } from './bid-contents.js';
import { LEGACY_INDEX_PLACE, LEGACY_SHEET_PLACE } from './legacy-index.js';

/** A bid of form 1: one sealed file, a container of the index and everything else. That the file key fits it was checked. */
export function* walkLegacyBid(profile: CryptoProfile, fileKey: Uint8Array, intake: Intake, contents: BidContents): Reading<void> {
  const opener = new FileOpener(profile.primitives, () => fileKey);
  const container = new Feed(walkFiles(profile, contents));
  const feed = (pieces: readonly Uint8Array[]): void => {
    for (const piece of pieces) container.push(piece);
  };
  yield* intake.pass(Infinity, (piece) => {
    feed(opener.push(piece));
  });
  feed(opener.end());
  container.end();
}

const walkFiles = (profile: CryptoProfile, contents: BidContents): Reading<unknown> =>
  walkContainer(profile.primitives, new Intake(), ({ name }) =>
    name === LEGACY_INDEX_PLACE ? contents.index() : contents.part(name, name === LEGACY_SHEET_PLACE),
  );
