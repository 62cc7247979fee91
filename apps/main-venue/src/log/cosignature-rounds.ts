import { isQuorum } from '@app/ledger';
import type { Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import { CheckpointRepository } from './checkpoint.repository.js';
import { Cosigner } from './cosigner.js';
import { LogTrees } from './log-trees.js';
import type { SignedCheckpoint } from './log.types.js';
import { WitnessPolicies } from './log.types.js';
import { ReadOnlyLogs } from './read-only-logs.js';

/** What a round finds out, for whoever signs the logs. */
export interface CosignatureNews {
  /** A checkpoint gained a cosignature, or the quorum of a policy that asks for none. */
  readonly gained: (checkpoint: SignedCheckpoint, quorum: boolean) => void;
  /** The newest checkpoint under cosignatures of now, so many as have come: told, not stored. */
  readonly renewed: (checkpoint: SignedCheckpoint, quorum: boolean) => void;
  /** There is more to ask; `failed`: it was no witness's fault, so no witness's pause is kept. */
  readonly unfinished: (failed: boolean) => void;
  /** A witness knows more than its checkpoint says, and so does the database: the log is to be signed again. */
  readonly outrun: (origin: string) => void;
  /** A witness contradicts what is here. */
  readonly contradicted: (origin: string, reason: string) => void;
}

const NOBODY: CosignatureNews = {
  gained: () => undefined,
  renewed: () => undefined,
  unfinished: () => undefined,
  outrun: () => undefined,
  contradicted: () => undefined,
};

/** Asks the witnesses of every log whose newest checkpoint lacks some of them; one round at a time for a log, always for its newest. */
@Injectable()
export class CosignatureRounds {
  /** Newest checkpoints that some witness still owes, by log, with what they have gained; null: to be read from the database. */
  readonly #owed = new Map<string, SignedCheckpoint | null>();
  readonly #running = new Map<string, Promise<void>>();
  /** Logs whose newest checkpoint is being cosigned anew; true: and once more after that. */
  readonly #renewals = new Map<string, boolean>();
  readonly #renewing = new Set<Promise<void>>();
  #isClosed = false;

  #news: CosignatureNews = NOBODY;

  constructor(
    private readonly repository: CheckpointRepository,
    private readonly trees: LogTrees,
    private readonly policies: WitnessPolicies,
    private readonly cosigner: Cosigner,
    private readonly readOnly: ReadOnlyLogs,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Says who is to hear what rounds find out; there is one. */
  report(news: CosignatureNews): void {
    this.#news = news;
  }

  /** How long to wait before a witness may be asked again. */
  get nextInMs(): number {
    return this.cosigner.nextInMs();
  }

  get isOwed(): boolean {
    return this.#owed.size > 0;
  }

  /** A log's newest checkpoint lacks cosignatures, by what the database holds. */
  oweStored(origin: string): void {
    this.#owed.set(origin, null);
  }

  /** This one, the log's newest, lacks cosignatures. */
  owe(checkpoint: SignedCheckpoint): void {
    this.#owed.set(checkpoint.origin, checkpoint);
  }

  /** Begins a round for every log that owes one and has none. */
  begin(): void {
    for (const origin of this.#owed.keys()) this.#begin(origin);
  }

  /** Has the newest checkpoint cosigned anew, once more for all who ask while that goes on. What comes of it is told, not stored. */
  renew(origin: string): void {
    const isUnderWay = this.#renewals.has(origin);
    this.#renewals.set(origin, isUnderWay);
    if (isUnderWay || this.#isClosed) return;
    const renewal = this.#renew(origin)
      .catch((error: unknown) => {
        this.logger.error({ err: error, origin }, 'log: a checkpoint could not be cosigned anew');
      })
      .finally(() => {
        this.#renewing.delete(renewal);
        const isAskedAgain = this.#renewals.get(origin) === true;
        this.#renewals.delete(origin);
        if (isAskedAgain) this.renew(origin);
      });
    this.#renewing.add(renewal);
  }

  /** Resolves when the rounds under way are over. */
  async settled(): Promise<void> {
    await Promise.all([...this.#running.values(), ...this.#renewing]);
  }

  /** What is being asked of witnesses is waited for; nothing is begun after it. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.settled();
  }

  #begin(origin: string): void {
    if (this.#running.has(origin)) return;
    const running = this.#round(origin)
      .catch((error: unknown) => {
        this.logger.error({ err: error, origin }, 'log: collecting cosignatures failed');
        // The log may get no other entry that would ask again.
        this.#news.unfinished(true);
        return true;
      })
      .then((isNewest) => {
        this.#running.delete(origin);
        // Signed anew while witnesses were asked: they are asked again at once, not after the pause for failures.
        if (!isNewest && !this.#isClosed) this.#begin(origin);
        else if (this.#owed.size > 0) this.#news.unfinished(false);
      });
    this.#running.set(origin, running);
  }

  /** False when there is a newer checkpoint by now. */
  async #round(origin: string): Promise<boolean> {
    const { repository, policies, trees, cosigner } = this;
    const stored = this.#owed.get(origin) ?? (await repository.newest(origin));
    // What was signed while the database was asked is newer.
    const checkpoint = this.#owed.get(origin) ?? stored;
    if (checkpoint === null || this.readOnly.reason(origin) !== null) {
      this.#owed.delete(origin);
      return true;
    }
    this.#owed.set(origin, checkpoint);
    const policy = await policies.policyOf(origin);
    const tree = await trees.at(origin, checkpoint.size);
    let current = checkpoint;
    const settle = async (isNews: boolean): Promise<void> => {
      const quorum = isQuorum(policy, new Set(current.cosignatures.keys()));
      if (quorum && current.quorumAt === null) {
        current = { ...current, quorumAt: this.clock.instant() };
        await repository.setQuorum(origin, current.size, current.quorumAt ?? '');
      } else if (!isNews) return;
      this.#news.gained(current, quorum);
    };
    // A policy without witnesses has its quorum at once.
    await settle(false);
    // One after the other, so that nobody is told of a cosignature that is not stored.
    let storing: Promise<void> = Promise.resolve();
    const { missing, alarm } = await cosigner.collect(checkpoint, policy, tree, (witness, line) => {
      storing = storing.then(async () => {
        await repository.addCosignature(origin, current.size, witness, line, this.clock.instant());
        current = { ...current, cosignatures: new Map([...current.cosignatures, [witness, line]]) };
        await settle(true);
      });
      return storing;
    });
    if (alarm !== null) return this.#alarmed(checkpoint, `${alarm.witness}: ${alarm.reason}`);
    const isNewest = this.#owed.get(origin)?.size === checkpoint.size;
    if (missing === 0 && isNewest) this.#owed.delete(origin);
    else if (isNewest) this.#owed.set(origin, current);
    return isNewest;
  }

  async #renew(origin: string): Promise<void> {
    const checkpoint = await this.repository.newest(origin);
    if (checkpoint === null || this.readOnly.reason(origin) !== null) return;
    const policy = await this.policies.policyOf(origin);
    const tree = await this.trees.at(origin, checkpoint.size);
    let current = checkpoint;
    await this.cosigner.collect({ ...checkpoint, cosignatures: new Map() }, policy, tree, (witness, line) => {
      current = { ...current, cosignatures: new Map([...current.cosignatures, [witness, line]]) };
      this.#news.renewed(current, isQuorum(policy, new Set(current.cosignatures.keys())));
      return Promise.resolve();
    });
  }

  /** False when another process of this venue has signed a newer checkpoint: then there is nothing wrong. */
  async #alarmed({ origin, size }: SignedCheckpoint, reason: string): Promise<boolean> {
    const { repository } = this;
    const stored = await repository.frontier(origin);
    const newest = await repository.newest(origin);
    if (newest !== null && newest.size > size) {
      this.#owed.set(origin, newest);
      return false;
    }
    // It may have committed entries that nobody has signed yet.
    if (stored !== null && newest !== null && stored.size > newest.size) {
      this.#news.outrun(origin);
      return true;
    }
    this.#owed.delete(origin);
    this.#news.contradicted(origin, reason);
    return true;
  }
}
