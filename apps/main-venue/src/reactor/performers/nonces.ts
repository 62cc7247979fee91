import { toBase64Url, utf8 } from '@app/contracts';
import { keeperPlan, MAIN_NODE, ringOf } from '@app/evaluation';
import type { LotState, SealedStep } from '@app/evaluation';
import { boxContext, sealBox } from '@app/sealing';
import type { Performer } from '../performer.js';
import { opened } from './sheets.js';

/** The main venue's own nonce of a draw, sealed to the keepers like everybody's. */
export const sealedNonce = (command: string, purpose: string): Performer => ({
  command,
  needsQuorum: false,
  act: (state, _duty, { profile, secrets }) => {
    const { origin } = state;
    const { keepers } = ringOf(state).keepers(purpose);
    const { threshold } = keeperPlan(state, purpose);
    const request = { purpose, context: boxContext(origin, MAIN_NODE, purpose), threshold, keepers };
    const { manifest, ciphertext } = sealBox(profile, request, utf8(secrets.nonce(origin, purpose).text));
    return { payload: { manifest }, secrets: { ciphertext: toBase64Url(ciphertext) } };
  },
});

/** Opens everybody's when the keepers have released. */
export const openedNonces = (command: string, boxesOf: (state: LotState) => SealedStep['boxes']): Performer => ({
  command,
  needsQuorum: false,
  act: (state) => opened(state, boxesOf(state), { payload: {} }),
});

/** Of lots under earlier engines: a nonce that is committed to, and later opened. `use`: the draw that it is for. */
export const committedNonce = (command: string, use: string): Performer => ({
  command,
  needsQuorum: false,
  act: ({ origin }, _duty, { profile, secrets }) => {
    const { salt, text } = secrets.nonce(origin, use);
    return { payload: { commitment: profile.commitment(salt, text) } };
  },
});
export const revealedNonce = (command: string, use: string, needsQuorum: boolean): Performer => ({
  command,
  needsQuorum,
  act: ({ origin }, _duty, { secrets }) => ({ payload: {}, openings: { nonce: secrets.nonce(origin, use) } }),
});
