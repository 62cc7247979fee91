import type { Command, Context, VisibleEntry, WebBundle } from '@app/contracts';
import { PUBLISH_WEB_BUNDLE, zHash, zWebBundle } from '@app/contracts';
import type { Decision } from '@app/evaluation';
import { accept, MAIN_NODE, refuse } from '@app/evaluation';
import { z } from 'zod';
import type { PartyBinding } from '../pipeline/signer-facts.js';
import type { Stream, Submitted } from '../pipeline/stream.js';

/** The command of every beat: a batch of opaque commitments, always of the same number, and one root over the heads of all lots. */
export const COMMIT_ACTS = 'platform.commit-acts';
/** Commitments in one batch; what is missing is filled with random ones, so a batch tells nobody how much happened. */
export const ACTS_IN_BATCH = 32;

/** What an entry bears besides commitments: the root, and what gives each lot its place under it. */
const zHeads = z.strictObject({ seed: zHash, root: zHash });
export type HeadsOfBatch = z.infer<typeof zHeads>;

/** Entries from before there was a root have no `heads`. They are folded as all are; none is written any more. */
export const zCommitActs = z.strictObject({
  commitments: z.array(zHash).length(ACTS_IN_BATCH),
  heads: zHeads,
});

/** What the context of its entries names as its rules: none of a lot's engines decides here. `1` knew no root over heads, `2` no web client. */
const PLATFORM_RULES = 'gongping-platform/3';

const zPublished = z.object({ command: z.object({ public: zWebBundle }) });

/** The newest entry that says which web client is served. */
export type PublishedBundle = WebBundle & { readonly seq: number };

/** The platform log: no rules but form, one writer. */
export class PlatformStream implements Stream {
  constructor(
    private readonly mainNodeKey: string,
    readonly size = 0,
    readonly bundle: PublishedBundle | null = null,
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
    if (command.type === PUBLISH_WEB_BUNDLE) return this.#decideBundle(command);
    if (command.type !== COMMIT_ACTS) return refuse('UNKNOWN_TYPE', `there is no command ${command.type} in the platform log`);
    const read = zCommitActs.safeParse(command.public);
    if (!read.success) return refuse('E_INPUT', `commitments: ${String(ACTS_IN_BATCH)} different hashes; heads: seed and root`);
    if (new Set(read.data.commitments).size !== ACTS_IN_BATCH) return refuse('E_INPUT', 'commitments: one stands twice');
    return accept([]);
  }

  next({ header, parts }: VisibleEntry): PlatformStream {
    const { seq, type } = header;
    const published = type === PUBLISH_WEB_BUNDLE ? zPublished.safeParse(parts['command']).data : undefined;
    return new PlatformStream(this.mainNodeKey, seq + 1, published === undefined ? this.bundle : { ...published.command.public, seq });
  }

  #decideBundle(command: Command): Decision {
    const read = zWebBundle.safeParse(command.public);
    if (!read.success) return refuse('E_INPUT', 'release: a name; manifest: a hash');
    const { release, manifest } = read.data;
    const isSame = release === this.bundle?.release && manifest === this.bundle.manifest;
    return isSame ? refuse('E_INPUT', 'manifest: the log names this web client already') : accept([]);
  }
}
