const MARKS = [
  ['pdf', '%PDF-'],
  ['zip', 'PK\u0003\u0004'],
] as const;

/** How much of a file tells its ending. */
export const ENDING_BYTES = 16;

/** Ending for the name of a file that is known by its hash alone, by how it begins. */
export const documentEnding = (bytes: Uint8Array): string =>
  MARKS.find(([, mark]) => mark === String.fromCharCode(...bytes.subarray(0, mark.length)))?.[0] ?? 'bin';
