import { keyPublication, MAIN_NODE } from '@app/evaluation';
import type { Performer } from '../performer.js';

/** The main venue as one of the keepers: its key for a purpose. */
export const publishKey: Performer = {
  command: 'sealing.publish-key',
  needsQuorum: false,
  act: ({ origin }, { subject: purpose }, { secrets }, run) => ({
    payload: keyPublication(run, MAIN_NODE, purpose, secrets.keeperKey(origin, purpose)),
  }),
};

/** A released key opens every box of its purpose for good. */
export const releaseKey: Performer = {
  command: 'sealing.release',
  needsQuorum: true,
  act: ({ origin }, { subject: purpose }, { secrets }) => ({
    payload: { purpose },
    secrets: { 'private-key': secrets.keeperKey(origin, purpose).privateKey },
  }),
};
