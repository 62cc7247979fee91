import { toBase64Url, utf8 } from '@app/contracts';
import { DRAW_PURPOSE, keeperPlan, MAIN_NODE, openingsOf, ringOf } from '@app/evaluation';
import { boxContext, sealBox } from '@app/sealing';
import type { Performer } from '../performer.js';

const DRAW = 'draw';
/** The snapshot itself is a fact of the command; what ties its pseudonyms to persons is sealed with it. */
export const freezePool: Performer = {
  command: 'draw.freeze-pool',
  needsQuorum: false,
  act: ({ origin }, _duty, { secrets }) => ({ payload: {}, secrets: { mapping: secrets.mappingKey(origin) } }),
};
/** The main venue's nonce of the draw (专家抽取), sealed to the keepers like everybody's. */
export const contribute: Performer = {
  command: 'draw.contribute',
  needsQuorum: false,
  act: (state, _duty, { profile, secrets }) => {
    const { origin } = state;
    const { keepers } = ringOf(state).keepers(DRAW_PURPOSE);
    const { threshold } = keeperPlan(state, DRAW_PURPOSE);
    const request = { purpose: DRAW_PURPOSE, context: boxContext(origin, MAIN_NODE, DRAW_PURPOSE), threshold, keepers };
    const { manifest, ciphertext } = sealBox(profile, request, utf8(secrets.nonce(origin, DRAW).text));
    return { payload: { manifest }, secrets: { ciphertext: toBase64Url(ciphertext) } };
  },
};
export const openNonces: Performer = {
  command: 'draw.open-nonces',
  needsQuorum: false,
  act: (state) => {
    const found = openingsOf(ringOf(state), state.draw.boxes);
    return found === null ? null : { payload: {}, secrets: { masters: found.masters }, openings: found.openings };
  },
};
/** Of a lot under engine 0.1.0: the nonce, committed to and opened. */
export const commitNonce: Performer = {
  command: 'draw.commit-nonce',
  needsQuorum: false,
  act: ({ origin }, _duty, { profile, secrets }) => {
    const { salt, text } = secrets.nonce(origin, DRAW);
    return { payload: { commitment: profile.commitment(salt, text) } };
  },
};
export const revealNonce: Performer = {
  command: 'draw.reveal-nonce',
  needsQuorum: true,
  act: ({ origin }, _duty, { secrets }) => ({ payload: {}, openings: { nonce: secrets.nonce(origin, DRAW) } }),
};
