import type { Archive, ArchivedAct, ArchivedHead, PlatformEntry } from '@app/archive';
import { canonicalText, parseCanonical, zCommandPart } from '@app/contracts';
import type { RecordedAct } from '@app/evaluation';
import { platformOrigin } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { CheckpointLog } from '../log/checkpoint-log.js';
import { withCosignatures } from '../log/note-text.js';
import type { EntryReader } from '../pipeline/pipeline.types.js';
import type { LotHeads, PlacedHead } from '../platform-log/lot-heads.js';
import type { PlatformEntries } from '../platform-log/platform-entries.js';
import type { HeadsOfBatch } from '../platform-log/platform-stream.js';
import { zCommitActs } from '../platform-log/platform-stream.js';

export interface PlatformDeps {
  readonly installation: string;
  readonly profile: CryptoProfile;
  readonly reader: EntryReader;
  readonly checkpoints: Pick<CheckpointLog, 'newestQuorum'>;
  readonly entries: Pick<PlatformEntries, 'under'>;
  readonly heads: Pick<LotHeads, 'grown' | 'standing' | 'saltOf'>;
}

type Proven = Pick<Archive, 'platformCheckpoint' | 'acts' | 'heads'>;
const NOTHING: Proven = { platformCheckpoint: null, acts: [], heads: [] };
/** A lot as far as its archive goes. */
interface Lot {
  readonly origin: string;
  readonly size: number;
}

/** What an archive carries of the platform log: where it holds a lot's acts before the deadline, and where the lot's heads. */
export class PlatformProofs {
  readonly #origin: string;

  constructor(private readonly deps: PlatformDeps) {
    this.#origin = platformOrigin(deps.installation);
  }

  /** Throws UNAVAILABLE while no witnessed head of the platform log covers these acts. */
  async of(lot: Lot, acts: readonly RecordedAct[]): Promise<Proven> {
    const head = await this.deps.checkpoints.newestQuorum(this.#origin);
    const last = Math.max(-1, ...acts.map(({ platform }) => platform.seq));
    if ((head?.size ?? 0) <= last)
      throw new DomainError('UNAVAILABLE', 'The platform log is not witnessed that far yet. Try again in a moment.');
    if (head === null) return NOTHING;
    const heads = await this.#heads(lot, head.size);
    if (acts.length + heads.length === 0) return NOTHING;
    const entries = await this.deps.entries.under(head, [...acts.map(({ platform }) => platform.seq), ...heads.map(({ batch }) => batch)]);
    return {
      platformCheckpoint: withCosignatures(head),
      acts: acts.map((act) => this.#act(act, entryIn(entries, act.platform.seq))),
      heads: heads.map((placed) => this.#head(lot.origin, placed, entryIn(entries, placed.batch))),
    };
  }

  /** Where the lot grew, as far as its archive goes; and that it had not grown by the newest entry, where it had not. */
  async #heads({ origin, size }: Lot, platformSize: number): Promise<PlacedHead[]> {
    const grown = await this.deps.heads.grown(origin, platformSize);
    const covered = grown.filter((placed) => placed.size <= size);
    const newest = platformSize - 1;
    if (covered.length < grown.length || grown.length === 0 || grown.at(-1)?.batch === newest) return covered;
    const [entry] = await this.deps.reader.read(this.#origin, newest, 1);
    const heads = entry === undefined ? null : headsOf(entry.parts['command']?.text ?? '');
    const standing = heads === null ? null : await this.deps.heads.standing(origin, newest, heads);
    return standing === null ? covered : [...covered, standing];
  }

  #act({ platform, ...content }: RecordedAct, entry: PlatformEntry): ArchivedAct {
    return { ...entry, commitment: this.deps.profile.commitment(platform.salt, canonicalText(content)), index: platform.index };
  }

  #head(origin: string, { size, root, previous, branch }: PlacedHead, entry: PlatformEntry): ArchivedHead {
    const heads = headsOf(entry.opening.text);
    if (heads === null) throw new DomainError('INTERNAL', `platform entry ${String(entry.batch)} bears no root over heads`);
    return { ...entry, size, root, previous, branch: [...branch], salt: this.deps.heads.saltOf(origin, heads.seed) };
  }
}

function entryIn(entries: ReadonlyMap<number, PlatformEntry>, batch: number): PlatformEntry {
  const entry = entries.get(batch);
  if (entry === undefined) throw new DomainError('INTERNAL', `platform entry ${String(batch)} was not read`);
  return entry;
}

/** Null of an entry from before there was a root. */
function headsOf(text: string): HeadsOfBatch | null {
  const part = zCommandPart.safeParse(parseCanonical(text));
  const read = part.success ? zCommitActs.safeParse(part.data.command.public) : null;
  return read?.success === true ? read.data.heads : null;
}
