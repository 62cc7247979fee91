import type { Command, Context, VisibleEntry } from '@app/contracts';
import { zHash } from '@app/contracts';
import type { Decision } from '@app/evaluation';
import { accept, MAIN_NODE, refuse } from '@app/evaluation';
import { z } from 'zod';
import type { PartyBinding } from '../pipeline/signer-facts.js';
import type { Stream, Submitted } from '../pipeline/stream.js';

/** The one command of the platform log: a batch of opaque commitments, always of the same number. */
export const COMMIT_ACTS = 'platform.commit-acts';
/** Commitments in one batch; what is missing is filled with random ones, so a batch tells nobody how much happened. */
export const ACTS_IN_BATCH = 32;

export const zCommitActs = z.strictObject({ commitments: z.array(zHash).length(ACTS_IN_BATCH) });

/** What the context of its entries names as its rules: none of a lot's engines decides here. */
const PLATFORM_RULES = 'gongping-platform/1';

/** The platform log: no rules but form, one writer. */
export class PlatformStream implements Stream {
  constructor(
    private readonly mainNodeKey: string,
    readonly size = 0,
  ) {}

  bindingOf(party: string): PartyBinding | undefined {
    return party === MAIN_NODE ? { person: null, organisation: null, certificate: null, nodeKey: this.mainNodeKey } : undefined;
  }

  seatOf(): null {
    return null;
  }

  engineFor(_command: Command): string {
    return PLATFORM_RULES;
  }

  decide({ command }: Submitted, context: Context): Decision {
    if (command.actor.party !== MAIN_NODE || context.actor.assurance !== 'node')
      return refuse('FORBIDDEN', 'only the main venue writes here');
    if (command.type !== COMMIT_ACTS) return refuse('UNKNOWN_TYPE', `there is no command ${command.type} in the platform log`);
    const read = zCommitActs.safeParse(command.public);
    if (!read.success) return refuse('E_INPUT', `commitments: ${String(ACTS_IN_BATCH)} different hashes`);
    if (new Set(read.data.commitments).size !== ACTS_IN_BATCH) return refuse('E_INPUT', 'commitments: one stands twice');
    return accept([]);
  }

  next(entry: VisibleEntry): PlatformStream {
    return new PlatformStream(this.mainNodeKey, entry.header.seq + 1);
  }
}
