import type { JsonObject } from '@app/contracts';
import { openingSheetPart, type PartInMemory } from '@app/sealing';
import type { DraftPart } from './draft.js';

const MEDIA = 'application/pdf';

/** Everything that is sealed, in the order of the index: 开标一览表, then the files, each with where its bytes lie. */
export const partsToSeal = <F extends Pick<DraftPart, 'type' | 'title'>>(
  sheet: JsonObject,
  files: readonly F[],
): [PartInMemory, ...(F & { readonly media: string })[]] => [openingSheetPart(sheet), ...files.map((file) => ({ ...file, media: MEDIA }))];
