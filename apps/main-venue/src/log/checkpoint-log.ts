import type { Head } from '@app/contracts';
import { equalBytes } from '@app/contracts';
import type { MerkleTree, NoteSuite } from '@app/ledger';
import { formatCheckpoint, formatNote, Frontier, signNote, TreeHasher } from '@app/ledger';
import type { CancelTimer, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { QuorumSource } from '../core/ports.js';
import { LOGGER } from '../core/tokens.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { CheckpointRepository } from './checkpoint.repository.js';
import { CosignatureRounds } from './cosignature-rounds.js';
import { Healer } from './heal/healer.js';
import { LogKeys } from './log-keys.js';
import { LogTrees } from './log-trees.js';
import type { CheckpointListener, LogLimits, SignedCheckpoint } from './log.types.js';
import { LOG_LIMITS, NOTE_SUITE } from './log.types.js';
import { withCosignatures } from './note-text.js';
import { ReadOnlyLogs } from './read-only-logs.js';
import { Tiles } from './tiles.js';

/**
 * Signs what the logs have become and collects cosignatures. One beat at a time; a log is signed at most once a beat, from
 * its committed frontier only, and never beside what it signed before.
 */
@Injectable()
export class CheckpointLog implements QuorumSource {
  readonly #hasher: TreeHasher;
  readonly #listeners = new Set<CheckpointListener>();
  readonly #changed = new Set<string>();
  /** Checkpoints of which nobody has been told: by log the size before, from which tiles are still to be written. */
  readonly #untold = new Map<string, number>();
  /** Newest checkpoints that a quorum cosigned anew since, by log: what is stored has the cosignatures of before. */
  readonly #renewed = new Map<string, SignedCheckpoint>();
  /** Logs that held all that witnesses have cosigned when they were first to be signed by this process. */
  readonly #compared = new Set<string>();
  readonly #comparing = new Map<string, Promise<void>>();
  #timer: CancelTimer | null = null;
  /** When the timer fires; means nothing without one. */
  #dueMs = 0;
  #beating: Promise<void> = Promise.resolve();
  #lastBeatMs = Number.NEGATIVE_INFINITY;
  #stops: readonly (() => void)[] = [];
  #isClosed = false;

  constructor(
    private readonly pipeline: Pipeline,
    private readonly repository: CheckpointRepository,
    private readonly trees: LogTrees,
    private readonly tiles: Tiles,
    private readonly rounds: CosignatureRounds,
    private readonly healer: Healer,
    private readonly readOnly: ReadOnlyLogs,
    private readonly keys: LogKeys,
    private readonly clock: Clock,
    @Inject(NOTE_SUITE) private readonly suite: NoteSuite,
    @Inject(LOG_LIMITS) private readonly limits: LogLimits,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#hasher = new TreeHasher(suite.hash);
    rounds.report({
      gained: (checkpoint, quorum) => {
        this.#tell(checkpoint, quorum);
      },
      renewed: (checkpoint, quorum) => {
        if (quorum) this.#renewed.set(checkpoint.origin, checkpoint);
        this.#tell(checkpoint, quorum);
      },
      unfinished: (failed) => {
        this.#arm(failed ? limits.retryFirstMs : undefined);
      },
      outrun: (origin) => {
        this.touch(origin);
      },
      contradicted: (origin, reason) => {
        this.#compared.delete(origin);
        readOnly.close(origin, reason);
        void healer.compare(origin);
      },
    });
  }

  /** Signs what was left unsigned and follows the pipeline from now on. */
  async start(): Promise<void> {
    const { repository } = this;
    const touch = (origin: string): void => {
      this.touch(origin);
    };
    this.#stops = [this.pipeline.onAppended(touch), this.healer.onHealed(touch)];
    for (const origin of await repository.unsigned()) this.#changed.add(origin);
    for (const origin of await repository.unwitnessed()) this.rounds.oweStored(origin);
    if (this.#changed.size > 0 || this.rounds.isOwed) this.#arm();
  }

  /** Ends the beat; what is being asked of witnesses is waited for. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.#timer?.();
    this.#timer = null;
    await this.#beating;
    await Promise.all([...this.#comparing.values(), this.rounds.close()]);
  }

  /** A log has new entries. */
  touch(origin: string): void {
    this.#changed.add(origin);
    this.#arm();
  }

  /**
   * A head of this moment under cosignatures of this moment, for who must know that nothing later was witnessed: what was appended is
   * signed at once instead of at the next beat; a head that is signed already is cosigned anew.
   */
  renew(origin: string): void {
    if (this.#changed.has(origin)) this.#arm(this.limits.settleMs);
    else this.rounds.renew(origin);
  }

  /** Told of every checkpoint and of every cosignature it gains. Returns how to stop listening. */
  onCheckpoint(listener: CheckpointListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told when a quorum of the log's witnesses has signed a checkpoint. Returns how to stop listening. */
  onWitnessed(listener: (origin: string) => void): () => void {
    return this.onCheckpoint((origin, _note, _cosignedBy, { quorum }) => {
      if (quorum) listener(origin);
    });
  }

  newest(origin: string): Promise<SignedCheckpoint | null> {
    return this.repository.newest(origin);
  }

  newestQuorum(origin: string): Promise<SignedCheckpoint | null> {
    return this.repository.newestQuorum(origin);
  }

  /** The newest signed note with its cosignatures, or null. */
  async noteOf(origin: string): Promise<string | null> {
    const newest = await this.newest(origin);
    if (newest === null) return null;
    const renewed = this.#renewed.get(origin);
    return withCosignatures(renewed?.size === newest.size ? renewed : newest);
  }

  /** That note as it goes to readers, or null. */
  async head(origin: string): Promise<Head | null> {
    const checkpoint = await this.noteOf(origin);
    return checkpoint === null ? null : { origin, checkpoint };
  }

  /** Entries covered by the newest checkpoint with a quorum; 0 when there is none. */
  async witnessed(origin: string): Promise<number> {
    return (await this.newestQuorum(origin))?.size ?? 0;
  }

  /** Signs what there is now, without waiting for the beat, and asks the witnesses once. */
  async beat(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      this.#timer?.();
      this.#timer = null;
      this.#beating = this.#beating.then(() => this.#beat());
      await this.#beating;
      const isCompared = this.#comparing.size === 0;
      await Promise.all([...this.#comparing.values(), this.rounds.settled()]);
      if (isCompared) return;
    }
  }

  /** `soonMs`: instead of the beat, for what has waited for something else already. */
  #arm(soonMs?: number): void {
    if (this.#stops.length === 0 || this.#isClosed) return;
    const { clock, limits } = this;
    const now = clock.nowMs();
    const beatMs =
      this.#changed.size > 0
        ? Math.max(limits.settleMs, limits.beatMs - (now - this.#lastBeatMs))
        : Math.max(limits.settleMs, this.rounds.nextInMs);
    const waitMs = soonMs ?? beatMs;
    // A pause for a silent witness must not hold up what was written meanwhile.
    if (this.#timer !== null && this.#dueMs <= now + waitMs) return;
    this.#timer?.();
    this.#dueMs = now + waitMs;
    this.#timer = clock.after(waitMs, () => {
      this.#timer = null;
      this.#beating = this.#beating.then(() => this.#beat());
    });
  }

  async #beat(): Promise<void> {
    this.#lastBeatMs = this.clock.nowMs();
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const origin of changed) {
      try {
        await this.#publish(origin);
      } catch (error) {
        this.logger.error({ err: error, origin }, 'log: no checkpoint could be made');
        this.#changed.add(origin);
      }
    }
    this.rounds.begin();
    if (this.#changed.size > 0) this.#arm();
  }

  async #publish(origin: string): Promise<void> {
    const { repository, readOnly, trees, clock } = this;
    if (readOnly.reason(origin) !== null) return;
    if (!this.#compared.has(origin)) {
      this.#compareFirst(origin);
      return;
    }
    // Of one moment: another process may sign in between, and then the frontier must not be the earlier one.
    const standing = await repository.standing(origin);
    if (standing === null || standing.frontier.size === 0) return;
    const { frontier: stored, last } = standing;
    if (stored.size === last?.size) {
      // Stored, although its storing was not heard to end or what follows it failed.
      if (this.#untold.has(origin)) await this.#finish(last, await trees.at(origin, last.size));
      return;
    }
    const tree = await trees.at(origin, stored.size);
    const root = Frontier.fromBytes(this.#hasher, stored.frontier).root();
    // Written by another hand than the leaves: both must say the same, and the same as what was signed before.
    const isWhole = equalBytes(tree.root(stored.size), root);
    const isContinued = last === null || (last.size < stored.size && equalBytes(tree.root(last.size), last.root));
    if (!isWhole || !isContinued) {
      trees.forget(origin);
      readOnly.close(origin, isWhole ? 'the entries do not continue the newest checkpoint' : 'the entries do not give the kept frontier');
      return;
    }
    const text = formatCheckpoint({ origin, size: stored.size, root });
    const note = formatNote(signNote(this.suite, text, this.keys.signerOf(origin)));
    const checkpoint = { origin, size: stored.size, root, note, signedAt: clock.instant(), cosignatures: new Map(), quorumAt: null };
    if (!this.#untold.has(origin)) this.#untold.set(origin, last?.size ?? 0);
    await repository.add(checkpoint);
    await this.#finish(checkpoint, tree);
  }

  /** What follows a stored checkpoint: its tiles, then whoever listens, then the witnesses. */
  async #finish(checkpoint: SignedCheckpoint, tree: MerkleTree): Promise<void> {
    const { origin } = checkpoint;
    await this.tiles.write(checkpoint, this.#untold.get(origin) ?? 0, tree);
    this.#untold.delete(origin);
    this.#renewed.delete(origin);
    this.#tell(checkpoint, false);
    this.rounds.owe(checkpoint);
  }

  /** Beside the beat: a witness that hangs, or a log that must be healed, holds up no other log. */
  #compareFirst(origin: string): void {
    if (this.#comparing.has(origin)) return;
    const comparing = this.healer.compare(origin).then((isWhole) => {
      this.#comparing.delete(origin);
      if (!isWhole) return;
      this.#compared.add(origin);
      this.#changed.add(origin);
      this.#arm(this.limits.settleMs);
    });
    this.#comparing.set(origin, comparing);
  }

  #tell(checkpoint: SignedCheckpoint, quorum: boolean): void {
    const note = withCosignatures(checkpoint);
    this.tiles.writeCheckpoint(checkpoint.origin, note).catch((error: unknown) => {
      this.logger.warn({ err: error, origin: checkpoint.origin }, 'log: the checkpoint could not be written as a file');
    });
    for (const listener of this.#listeners) {
      try {
        listener(checkpoint.origin, note, [...checkpoint.cosignatures.keys()], { size: checkpoint.size, quorum });
      } catch (error) {
        this.logger.error({ err: error, origin: checkpoint.origin }, 'log: a listener of checkpoints failed');
      }
    }
  }
}
