import type { SignedCheckpoint } from './log.types.js';

/** The note with every cosignature it gained: lines of one note are independent of each other. */
export const withCosignatures = ({ note, cosignatures }: Pick<SignedCheckpoint, 'note' | 'cosignatures'>): string =>
  note + [...cosignatures.values()].join('');
