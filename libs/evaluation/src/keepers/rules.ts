import { accept, command, type Decision, refuse } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { tested } from '../kernel/unseen.js';
import type { LotStatus } from '../kernel/status.js';
import { RUNNING_STATUSES } from '../kernel/transitions.js';
import { zPrivateKey, zPublishKey, zRelease } from './commands.js';
import { keyAudience } from './audience.js';
import { keyFits, purposeKeyFault } from './keys.js';
import { isReleasable, purposeNamed } from './duties.js';
import { drillCommands } from './drill.js';
import { keeperPlan } from './ring.js';
import { KEEPER_ROLES } from './roles.js';

/** Keys are published until the purpose begins: bids before publication, the rest up to the evaluation. */
const KEY_STATES: readonly LotStatus[] = ['DRAFT', ...RUNNING_STATUSES];

export const keepersCommands = {
  ...drillCommands,
  'sealing.publish-key': command({
    schema: zPublishKey,
    roles: KEEPER_ROLES,
    states: KEY_STATES,
    assurance: 'session',
    decide: (state, { payload, party }, { actor }, roof): Decision => {
      const { purpose, publicKey } = payload;
      if (purposeNamed(state, roof, purpose) === undefined) return refuse('E_INPUT', 'purpose: no boxes are sealed for this');
      // A trustee's key is a legal act (电子签名法 13): a node signs as itself, a person with the certificate.
      if (!hasRole(state, party, 'node') && actor.assurance !== 'certificate')
        return refuse('ASSURANCE', 'the certificate itself must sign');
      if (!keeperPlan(state, purpose).parties.includes(party)) return refuse('FORBIDDEN', `you keep no share of ${purpose}`);
      if (isPublished(state, purpose, party)) return refuse('E_ALREADY_DONE', 'your key for this is published');
      if (purpose === 'bids' && state.status !== 'DRAFT')
        return refuse('E_ALREADY_LOCKED', 'bids are sealed to the keys of the publication');
      const fault = purposeKeyFault(state, party, payload);
      if (fault !== null) return refuse('E_INPUT', fault);
      return accept([{ type: 'sealing.key-published', purpose, party, publicKey }]);
    },
  }),
  'sealing.release': command({
    schema: zRelease,
    secrets: { 'private-key': zPrivateKey },
    roles: KEEPER_ROLES,
    states: RUNNING_STATUSES,
    assurance: 'session',
    audience: { 'x:private-key': keyAudience },
    decide: (state, asked, { actor }, roof): Decision => {
      const { party } = asked;
      const { purpose } = asked.payload;
      if (purposeNamed(state, roof, purpose) === undefined) return refuse('E_INPUT', 'purpose: no boxes are sealed for this');
      if (!hasRole(state, party, 'node') && actor.assurance !== 'certificate')
        return refuse('ASSURANCE', 'the certificate itself must sign');
      const publicKey = own(own(state.keepers.published, purpose) ?? {}, party);
      if (publicKey === undefined) return refuse('E_KEY_MISSING', 'you have published no key for this');
      if (own(own(state.keepers.released, purpose) ?? {}, party) !== undefined) return refuse('E_ALREADY_DONE', 'your key is released');
      if (!isReleasable(state, roof, purpose, party)) return refuse('E_TOO_EARLY', `the condition for ${purpose} does not hold yet`);
      // What comes of a release is the same for every key that fits: whoever is not shown it leaves the test out.
      const misfit = tested(asked, 'private-key', (key) =>
        keyFits(state, key, publicKey) ? null : refuse('E_KEY_MISMATCH', 'the key does not fit the one you published'),
      );
      return misfit ?? accept([{ type: 'sealing.key-released', purpose, party }]);
    },
  }),
} as const;

const isPublished = (state: LotState, purpose: string, party: string): boolean =>
  own(own(state.keepers.published, purpose) ?? {}, party) !== undefined;
