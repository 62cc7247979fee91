import { DRAW_PURPOSE } from '@app/evaluation';
import type { Performer } from '../performer.js';
import { committedNonce, openedNonces, revealedNonce, sealedNonce } from './nonces.js';

/** The snapshot itself is a fact of the command; what ties its pseudonyms to persons is sealed with it. */
export const freezePool: Performer = {
  command: 'draw.freeze-pool',
  needsQuorum: false,
  act: ({ origin }, _duty, { secrets }) => ({ payload: {}, secrets: { mapping: secrets.mappingKey(origin) } }),
};
export const contribute = sealedNonce('draw.contribute', DRAW_PURPOSE);
export const openNonces = openedNonces('draw.open-nonces', ({ draw }) => draw.boxes);
/** Of a lot under engine 0.1.0. */
export const commitNonce = committedNonce('draw.commit-nonce', DRAW_PURPOSE);
export const revealNonce = revealedNonce('draw.reveal-nonce', DRAW_PURPOSE, true);
