import { writeArchive } from '@app/archive';
import type { Archive, ArchivedAct, ArchivedBlob, ArchivedEntry } from '@app/archive';
import type { BlobStore } from '@app/blobs';
import type { SentEntry } from '@app/contracts';
import { canonicalText, toHex } from '@app/contracts';
import type { LotRun, LotState, RecordedAct } from '@app/evaluation';
import { disclosed, erasedBy, listedBids, manifestOf, platformOrigin, zActs } from '@app/evaluation';
import { flatHashes, MerkleTree, TreeHasher } from '@app/ledger';
import { DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { ServedArchive } from '../core/ports.js';
import { ArchiveSource } from '../core/ports.js';
import type { CheckpointLog } from '../log/checkpoint-log.js';
import type { CheckpointRepository } from '../log/checkpoint.repository.js';
import type { SignedCheckpoint } from '../log/log.types.js';
import { withCosignatures } from '../log/note-text.js';
import { sentTo, viewersOf } from '@app/venue';
import type { EntryReader, Pipeline, StoredEntry } from '../pipeline/pipeline.types.js';
import { ArchivedBlobs } from './archived-blobs.js';
import type { KeptArchives } from './kept-archives.js';

const PAGE = 1_000;

export interface ArchivistDeps {
  readonly installation: string;
  readonly profile: CryptoProfile;
  readonly pipeline: Pipeline;
  readonly reader: EntryReader;
  readonly checkpoints: Pick<CheckpointLog, 'newestQuorum'>;
  readonly repository: Pick<CheckpointRepository, 'history'>;
  readonly blobs: Pick<BlobStore, 'size' | 'open'>;
  readonly kept: Pick<KeptArchives, 'of'>;
}

/** Puts a lot's archive together from what the venue holds. Two calls at the same head for the same parties give the same bytes. */
export class LotArchivist extends ArchiveSource {
  readonly #blobs: ArchivedBlobs;

  constructor(private readonly deps: ArchivistDeps) {
    super();
    this.#blobs = new ArchivedBlobs(deps.blobs);
  }

  async archive(origin: string, parties: readonly string[]): Promise<ServedArchive> {
    const head = await this.deps.checkpoints.newestQuorum(origin);
    if (head === null) throw new DomainError('UNAVAILABLE', 'No head of this log has been witnessed yet. Try again in a moment.');
    const run = await this.deps.pipeline.lotRun(origin);
    const key = JSON.stringify([origin, withCosignatures(head), run.size, [...parties].sort()]);
    return this.deps.kept.of(key, () => this.#putTogether(head, run, parties));
  }

  async #putTogether(head: SignedCheckpoint, run: LotRun, parties: readonly string[]): Promise<ServedArchive> {
    const { profile, installation } = this.deps;
    const { origin } = head;
    const stored = await this.#entries(origin, head.size);
    const { state, engine } = run;
    const viewers = viewersOf(state, parties);
    const sent = stored.map((entry) => sentTo(entry, run, viewers));
    const history = await this.deps.repository.history(origin);
    const acts = await this.#acts(state, sent);
    const archive: Archive = {
      head: {
        v: 1,
        kind: 'lot',
        installation,
        origin,
        lot: state.lot,
        round: state.round,
        size: head.size,
        engine,
        profile: profile.id,
      },
      entries: sent.map((entry, index) => archived(entry, stored[index], state, head.size)),
      leaves: stored.map(({ leaf }) => leaf),
      checkpoint: withCosignatures(head),
      history: history.filter(({ size }) => size < head.size).map(withCosignatures),
      policy: state.setup.witnessPolicy,
      platformCheckpoint: acts.checkpoint,
      acts: acts.lines,
      blobs: await this.#blobsOf(state, sent),
    };
    const written = writeArchive(archive);
    return { ...written, tag: profile.hashHex(written.inventory) };
  }

  async #entries(origin: string, size: number): Promise<StoredEntry[]> {
    const entries: StoredEntry[] = [];
    while (entries.length < size) {
      const page = await this.deps.reader.read(origin, entries.length, Math.min(PAGE, size - entries.length));
      if (page.length === 0) throw new DomainError('READ_ONLY', 'The log is shorter than its witnessed head.');
      entries.push(...page);
    }
    return entries;
  }

  /** Proofs of the acts before the deadline, for whoever may see the acts themselves. */
  async #acts(state: LotState, sent: readonly SentEntry[]): Promise<{ checkpoint: string | null; lines: ArchivedAct[] }> {
    const { seq } = state.bidding;
    const isVisible = seq !== null && sent[seq]?.parts['x:acts'] !== undefined;
    const acts = isVisible ? zActs.parse(disclosed(state, seq, 'x:acts')) : [];
    if (acts.length === 0) return { checkpoint: null, lines: [] };
    const origin = platformOrigin(this.deps.installation);
    const head = await this.deps.checkpoints.newestQuorum(origin);
    const last = Math.max(...acts.map(({ platform }) => platform.seq));
    if (head === null || head.size <= last)
      throw new DomainError('UNAVAILABLE', 'The platform log is not witnessed that far yet. Try again in a moment.');
    const leaves = await this.deps.reader.leaves(origin, 0, head.size);
    const tree = new MerkleTree(new TreeHasher(this.deps.profile.hash), flatHashes(leaves));
    const lines = await Promise.all(acts.map((act) => this.#act(origin, act, tree, head.size)));
    return { checkpoint: withCosignatures(head), lines };
  }

  async #act(origin: string, act: RecordedAct, tree: MerkleTree, size: number): Promise<ArchivedAct> {
    const { platform, ...content } = act;
    const { seq, index, salt } = platform;
    const [entry] = await this.deps.reader.read(origin, seq, 1);
    const opening = entry?.parts['command'];
    if (entry === undefined || opening === undefined) throw new DomainError('INTERNAL', `platform entry ${String(seq)} is incomplete`);
    return {
      commitment: this.deps.profile.commitment(salt, canonicalText(content)),
      batch: seq,
      index,
      header: entry.header,
      opening,
      path: tree.inclusionProof(seq, size).map(toHex),
    };
  }

  /** Ciphertexts of the bids whose signed delivery this reader may see, and the list of candidates for who may see whom it names. */
  async #blobsOf(state: LotState, sent: readonly SentEntry[]): Promise<Map<string, ArchivedBlob>> {
    const hashes: string[] = [];
    const { seq } = state.bidding;
    for (const { bid } of listedBids(state)) {
      const manifest = manifestOf(state, bid);
      if (seq === null || manifest === null || sent[seq]?.parts[`d:act:${bid}`] === undefined) continue;
      hashes.push(manifest.ciphertext.hash);
    }
    const { pool } = state.draw;
    if (pool?.blob != null && pool.seq !== null && sent[pool.seq]?.parts['x:mapping'] !== undefined) hashes.push(pool.blob);
    const blobs = new Map<string, ArchivedBlob>();
    for (const hash of hashes) {
      const blob = await this.#blobs.find(hash);
      if (blob !== null) blobs.set(hash, blob);
    }
    return blobs;
  }
}

/**
 * An entry without the parts that entries of this archive order to be erased, whether they are gone from the disk yet or not: the same
 * head gives the same bytes.
 */
function archived(sent: SentEntry, stored: StoredEntry | undefined, state: LotState, size: number): ArchivedEntry {
  const { header } = sent;
  const erased = Object.keys(header.parts).filter((name) => {
    const order = erasedBy(state, header.seq, name);
    if (order !== null && order >= size && stored?.parts[name] === undefined)
      throw new DomainError('UNAVAILABLE', 'The order of an erasure has not been witnessed yet. Try again in a moment.');
    return order !== null && order < size;
  });
  const parts = Object.fromEntries(Object.entries(sent.parts).filter(([name]) => !erased.includes(name)));
  return { header, parts, erased: erased.sort() };
}
