import { drillAnswer, keyPublication, MAIN_NODE } from '@app/evaluation';
import { BIDS_PURPOSE } from '@app/sealing';
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

/** 开标受托人演练: a challenge for this deadline. */
export const beginDrill: Performer = {
  command: 'sealing.begin-drill',
  needsQuorum: false,
  act: ({ origin, setup }, _duty, { secrets }) => ({
    payload: { challenge: secrets.challenge(origin, `drill ${setup.schedule?.deadline ?? ''}`) },
  }),
};

/** And the main venue's own answer. A proof gives nothing away, so it waits for no quorum. */
export const answerDrill: Performer = {
  command: 'sealing.answer-drill',
  needsQuorum: false,
  act: ({ origin }, _duty, { secrets }, run) => {
    const payload = drillAnswer(run, MAIN_NODE, secrets.keeperKey(origin, BIDS_PURPOSE));
    return payload === null ? null : { payload };
  },
};
