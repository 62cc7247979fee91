import type { Command, Context, Look } from '@app/contracts';
import { ACCESS_COMMANDS, isAccessCommand } from '@app/contracts';
import type { Decision, LotState } from '@app/evaluation';
import { accept, isIndependent, own, refuse } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import { isEncryptionKey } from '@app/sealing';
import { faultOf } from '@app/venue';
import type { LotStream } from '../pipeline/lot-stream.js';
import type { PartyBinding } from '../pipeline/signer-facts.js';
import type { Stream, Submitted } from '../pipeline/stream.js';

/** What the context of its entries names as its rules: none of a lot's engines decides here. */
const ACCESS_RULES = 'gongping-access/1';

/** Whoever may look at what was recorded of a lot, as the lot stands: its supervisors (监督人员). */
export const isWatcher = (state: LotState, party: string): boolean => own(state.parties, party)?.roles.includes('supervisor') === true;

/**
 * The access log of a lot (查阅日志). It has no state of its own: who may act, and when, the lot's own log says. `lot`: the lot as it stands now; null while it
 * is not in memory.
 */
export class AccessStream implements Stream {
  constructor(
    private readonly profile: CryptoProfile,
    private readonly lot: () => LotStream | null,
    readonly size = 0,
  ) {}

  bindingOf(party: string): PartyBinding | undefined {
    return this.lot()?.bindingOf(party);
  }

  seatOf(party: string): string | null {
    return this.lot()?.seatOf(party) ?? null;
  }

  engineFor(_command: Command): string {
    return ACCESS_RULES;
  }

  /** Its event says on how many entries of the lot's log it was decided. */
  decide({ command }: Submitted, context: Context): Decision {
    const { type } = command;
    const lot = this.lot();
    if (!isAccessCommand(type)) return refuse('UNKNOWN_TYPE', `there is no command ${type} in an access log`);
    if (lot === null) return refuse('NOT_FOUND', 'send this to the access log of the lot, by a command of its own');
    const { state } = lot;
    if (!isWatcher(state, context.actor.party) || context.actor.assurance === 'node')
      return refuse('FORBIDDEN', 'only a supervisor of the lot looks at its recordings');
    if (state.status === 'DRAFT') return refuse('WRONG_STATE', 'nothing is recorded of a draft');
    const read = ACCESS_COMMANDS[type].safeParse(command.public);
    if (!read.success) return refuse('E_INPUT', faultOf(read.error.issues));
    const fault = 'recipient' in read.data ? this.#lookFault(read.data, state) : null;
    return fault ?? accept([{ type: 'access.recorded', lotSize: lot.size }]);
  }

  next(): AccessStream {
    return new AccessStream(this.profile, this.lot, this.size + 1);
  }

  #lookFault({ tracks, from, to, recipient }: Look, state: LotState): Decision | null {
    if (from > to) return refuse('E_INPUT', 'from: lies after to');
    if (!isEncryptionKey(this.profile, recipient)) return refuse('E_INPUT', 'recipient: no encryption key');
    if (tracks.some(({ source }) => source === 'screen') && isIndependent(state))
      return refuse('WRONG_STEP', 'each member judges alone now: no screen is looked at until the step is over');
    return null;
  }
}
