import { writeArchive } from '@app/archive';
import type { Archive, ArchivedBlob, ArchivedEntry } from '@app/archive';
import type { BlobStore } from '@app/blobs';
import { type SentEntry, utf8 } from '@app/contracts';
import type { LotRun, LotState, RecordedAct } from '@app/evaluation';
import { disclosed, erasedBy, listedBids, manifestOf, readLockedActs } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { ServedArchive } from '../core/ports.js';
import { ArchiveSource } from '../core/ports.js';
import type { CheckpointRepository } from '../log/checkpoint.repository.js';
import type { SignedCheckpoint } from '../log/log.types.js';
import { withCosignatures } from '../log/note-text.js';
import { sentTo, viewersOf } from '@app/venue';
import type { Pipeline, StoredEntry } from '../pipeline/pipeline.types.js';
import { isWatcher } from '../watch/access-stream.js';
import type { RecordedHere, Recordings } from '../watch/recordings.js';
import { ArchivedBlobs } from './archived-blobs.js';
import type { KeptArchives } from './kept-archives.js';
import type { PlatformDeps } from './platform-proofs.js';
import { PlatformProofs } from './platform-proofs.js';

const PAGE = 1_000;
const NOTHING_RECORDED: RecordedHere = { landings: [], segments: [] };

export interface ArchivistDeps extends PlatformDeps {
  readonly pipeline: Pipeline;
  readonly repository: Pick<CheckpointRepository, 'history'>;
  readonly blobs: Pick<BlobStore, 'size' | 'path'>;
  readonly kept: Pick<KeptArchives, 'of'>;
  readonly recordings: Pick<Recordings, 'here'>;
  readonly recorded: { readonly [kind in 'landings' | 'segments']: Pick<BlobStore, 'size' | 'path'> };
}

/**
 * Puts a lot's archive together from what the venue holds. Two calls at the same heads of lot and platform log for the same parties give the same bytes, but for
 * recordings that came meanwhile.
 */
export class LotArchivist extends ArchiveSource {
  readonly #blobs: ArchivedBlobs;
  readonly #landings: ArchivedBlobs;
  readonly #segments: ArchivedBlobs;
  readonly #proofs: PlatformProofs;

  constructor(private readonly deps: ArchivistDeps) {
    super();
    this.#blobs = new ArchivedBlobs(deps.blobs);
    this.#landings = new ArchivedBlobs(deps.recorded.landings);
    this.#segments = new ArchivedBlobs(deps.recorded.segments);
    this.#proofs = new PlatformProofs(deps);
  }

  async archive(origin: string, parties: readonly string[], segments = false): Promise<ServedArchive> {
    const head = await this.deps.checkpoints.newestQuorum(origin);
    if (head === null) throw new DomainError('UNAVAILABLE', 'No head of this log has been witnessed yet. Try again in a moment.');
    const run = await this.deps.pipeline.lotRun(origin);
    const isWatched = parties.some((party) => isWatcher(run.state, party));
    const recorded = isWatched ? await this.deps.recordings.here(origin, head.size, segments) : NOTHING_RECORDED;
    const files = this.deps.profile.hashHex(utf8(JSON.stringify(recorded)));
    const key = JSON.stringify([origin, withCosignatures(head), run.size, [...parties].sort(), files]);
    return this.deps.kept.of(key, () => this.#putTogether(head, run, parties, recorded));
  }

  async #putTogether(head: SignedCheckpoint, run: LotRun, parties: readonly string[], recorded: RecordedHere): Promise<ServedArchive> {
    const { profile, installation } = this.deps;
    const { origin } = head;
    const stored = await this.#entries(origin, head.size);
    const { state, engine } = run;
    const viewers = viewersOf(state, parties);
    const sent = stored.map((entry) => sentTo(entry, run, viewers));
    const history = await this.deps.repository.history(origin);
    const platform = await this.#proofs.of({ origin, size: head.size }, actsIn(state, sent));
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
      ...platform,
      blobs: await this.#blobsOf(state, sent),
      recordings: new Map([...(await found(this.#landings, recorded.landings)), ...(await found(this.#segments, recorded.segments))]),
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

  /** Ciphertexts of the bids whose signed delivery this reader may see, and the list of candidates for who may see whom it names. */
  async #blobsOf(state: LotState, sent: readonly SentEntry[]): Promise<Map<string, ArchivedBlob>> {
    const hashes: string[] = [];
    const { listSeq } = state.bidding;
    for (const { bid } of listedBids(state)) {
      const manifest = manifestOf(state, bid);
      if (listSeq === null || manifest === null || sent[listSeq]?.parts[`d:act:${bid}`] === undefined) continue;
      hashes.push(manifest.ciphertext.hash);
    }
    const { pool } = state.draw;
    if (pool?.blob != null && pool.seq !== null && sent[pool.seq]?.parts['x:mapping'] !== undefined) hashes.push(pool.blob);
    return found(this.#blobs, hashes);
  }
}

/** Those of these files that are here. */
async function found(files: ArchivedBlobs, hashes: readonly string[]): Promise<Map<string, ArchivedBlob>> {
  const blobs = new Map<string, ArchivedBlob>();
  for (const hash of hashes) {
    const blob = await files.find(hash);
    if (blob !== null) blobs.set(hash, blob);
  }
  return blobs;
}

/** The acts before the deadline, for whoever may see them. */
function actsIn(state: LotState, sent: readonly SentEntry[]): RecordedAct[] {
  const { seq } = state.bidding;
  const isVisible = seq !== null && sent[seq]?.parts['x:acts'] !== undefined;
  return isVisible ? (readLockedActs(disclosed(state, seq, 'x:acts')) ?? []) : [];
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
