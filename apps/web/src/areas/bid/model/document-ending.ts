const MARKS = [
  ['pdf', '%PDF-'],
  ['zip', 'PK\u0003\u0004'],
] as const;

/** Ending for the name of a file that is known by its hash alone, by how it begins. */
export const documentEnding = (bytes: Uint8Array): string =>
  MARKS.find(([, mark]) => mark === String.fromCharCode(...bytes.subarray(0, mark.length)))?.[0] ?? 'bin';
