import { owedKeys, owedReleases } from '@app/evaluation';
import type { Duty } from '../duty.js';
import { MAIN_PARTY } from '../duty.js';

/** The main venue as one of the keepers: a key for every purpose before it is needed, released when the condition holds. */
export const keeperDuties: readonly Duty[] = [
  {
    name: 'publish a keeper key',
    needsQuorum: false,
    due: (state, _now, { secrets }) => {
      const purpose = owedKeys(state, MAIN_PARTY)[0];
      if (purpose === undefined) return null;
      return { type: 'sealing.publish-key', payload: { purpose, publicKey: secrets.keeperKey(state.origin, purpose).publicKey } };
    },
  },
  {
    name: 'release a keeper key',
    needsQuorum: true,
    due: (state, _now, { secrets }) => {
      const purpose = owedReleases(state, MAIN_PARTY)[0];
      if (purpose === undefined) return null;
      return {
        type: 'sealing.release',
        payload: { purpose },
        secrets: { 'private-key': secrets.keeperKey(state.origin, purpose).privateKey },
      };
    },
  },
];
