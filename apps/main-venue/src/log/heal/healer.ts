import { equalBytes } from '@app/contracts';
import type { CheckpointNote, NoteSuite } from '@app/ledger';
import { parseCheckpointNote, verifySignature } from '@app/ledger';
import type { CancelTimer, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LOGGER } from '../../core/tokens.js';
import { LogRefolder } from '../../pipeline/log-refolder.js';
import { CheckpointRepository } from '../checkpoint.repository.js';
import { LogKeys } from '../log-keys.js';
import { LogTrees } from '../log-trees.js';
import type { LogLimits, WitnessAddress } from '../log.types.js';
import { LOG_LIMITS, NOTE_SUITE, WitnessPolicies } from '../log.types.js';
import { ReadOnlyLogs } from '../read-only-logs.js';
import { Mirrors } from './heal.types.js';
import { HealWriter } from './heal-writer.js';

const zLogs = z.object({ logs: z.array(z.object({ origin: z.string().max(300), size: z.int().min(0) })).max(1_000) });
/** Pages of a witness's list at start: a million logs. */
const LOG_PAGES_MAX = 1_000;

/**
 * Compares the database with what witnesses cosigned. A log that is shorter is healed from a mirror or takes no entries; a
 * log with another history takes none until a human has looked.
 */
@Injectable()
export class Healer {
  readonly #listeners = new Set<(origin: string) => void>();
  readonly #healing = new Map<string, Promise<boolean>>();
  readonly #retries = new Map<string, CancelTimer>();
  readonly #failed = new Set<string>();

  constructor(
    private readonly repository: CheckpointRepository,
    private readonly writer: HealWriter,
    private readonly trees: LogTrees,
    private readonly policies: WitnessPolicies,
    private readonly readOnly: ReadOnlyLogs,
    private readonly refolder: LogRefolder,
    private readonly mirrors: Mirrors,
    private readonly keys: LogKeys,
    private readonly clock: Clock,
    @Inject(NOTE_SUITE) private readonly suite: NoteSuite,
    @Inject(LOG_LIMITS) private readonly limits: LogLimits,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Told when a log that was not whole is whole again, and may be signed. Returns how to stop listening. */
  onHealed(listener: (origin: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** At start: every log that some witness knows further than it is here, also one that is not here at all. */
  async compareAll(): Promise<void> {
    const sizes = await this.repository.sizes();
    const behind = new Set<string>();
    await Promise.all(
      this.policies.standing().map(async (witness) => {
        for (const { origin, size } of await this.#logsOf(witness)) {
          if (this.keys.verifiersOf(origin).length > 0 && size > (sizes.get(origin) ?? 0)) behind.add(origin);
        }
      }),
    );
    for (const origin of behind) await this.compare(origin);
    for (const origin of await this.repository.unlisted()) {
      if (this.readOnly.reason(origin) === null) await this.refolder.refold(origin);
    }
  }

  /** True when a log holds all that the witnesses that can be reached have cosigned of it. Else it is tried again later. Never throws. */
  compare(origin: string): Promise<boolean> {
    const running = this.#healing.get(origin) ?? this.#compareOnce(origin).finally(() => this.#healing.delete(origin));
    this.#healing.set(origin, running);
    return running;
  }

  /** Stops trying. */
  async close(): Promise<void> {
    for (const cancel of this.#retries.values()) cancel();
    this.#retries.clear();
    await Promise.allSettled(this.#healing.values());
  }

  async #compareOnce(origin: string): Promise<boolean> {
    this.#retries.get(origin)?.();
    this.#retries.delete(origin);
    let isWhole = false;
    try {
      isWhole = await this.#compare(origin);
    } catch (error) {
      this.logger.error({ err: error, origin }, 'log: comparing with the witnesses failed');
    }
    if (!isWhole) {
      this.#failed.add(origin);
      this.#retryLater(origin);
    } else if (this.#failed.delete(origin)) this.#tellHealed(origin);
    return isWhole;
  }

  #retryLater(origin: string): void {
    const again = this.clock.after(this.limits.retryMs, () => {
      void this.compare(origin);
    });
    this.#retries.set(origin, again);
  }

  async #compare(origin: string): Promise<boolean> {
    const { readOnly, repository, trees } = this;
    const notes = await this.#witnessed(origin);
    for (const { checkpoint } of notes) {
      const size = (await repository.frontier(origin))?.size ?? 0;
      if (checkpoint.size > size) {
        readOnly.close(origin, `the database has ${String(size)} of ${String(checkpoint.size)} witnessed entries`);
        if (!(await this.#heal(origin, checkpoint))) return false;
      }
      const tree = await trees.at(origin, checkpoint.size);
      if (!equalBytes(tree.root(checkpoint.size), checkpoint.root)) {
        readOnly.close(origin, `the ${String(checkpoint.size)} witnessed entries are not the ones in the database`);
        return false;
      }
    }
    if (readOnly.reason(origin) !== null) {
      await this.refolder.refold(origin);
      readOnly.open(origin);
      this.#tellHealed(origin);
    }
    return true;
  }

  async #heal(origin: string, target: { readonly size: number; readonly root: Uint8Array }): Promise<boolean> {
    const { writer, logger, trees, clock } = this;
    for (const mirror of this.mirrors.all()) {
      try {
        const added = await writer.heal({ origin, size: target.size, root: target.root }, mirror, clock.instant());
        trees.forget(origin);
        logger.warn({ origin, mirror: mirror.name, added }, 'log: healed');
        return true;
      } catch (error) {
        logger.warn({ err: error, origin, mirror: mirror.name }, 'log: a mirror could not heal it');
      }
    }
    return false;
  }

  /** Newest heads that reachable witnesses of the log cosigned, smallest first, each signed by the log itself. */
  async #witnessed(origin: string): Promise<CheckpointNote[]> {
    const { suite, keys, policies } = this;
    const policy = await policies.policyOf(origin);
    const frozen = policy.witnesses.flatMap(({ name, url }) => (url === null ? [] : [{ name, url }]));
    const urls = new Map([...policies.standing(), ...frozen].map((witness) => [witness.url, witness]));
    const notes = await Promise.all([...urls.values()].map((witness) => this.#newestOf(witness, origin)));
    return notes
      .filter((note) => note !== null)
      .filter((note) => note.checkpoint.origin === origin)
      .filter((note) =>
        keys.verifiersOf(origin).some((key) => note.signatures.some((line) => verifySignature(suite, note.text, line, key) !== null)),
      )
      .sort((a, b) => a.checkpoint.size - b.checkpoint.size);
  }

  async #newestOf(witness: WitnessAddress, origin: string): Promise<CheckpointNote | null> {
    try {
      const response = await this.#get(`${witness.url}/checkpoint?origin=${encodeURIComponent(origin)}`);
      return response.ok ? parseCheckpointNote(await response.text()) : null;
    } catch (error) {
      this.logger.warn({ err: error, witness: witness.name, origin }, 'log: a witness could not be asked');
      return null;
    }
  }

  async #logsOf(witness: WitnessAddress): Promise<{ origin: string; size: number }[]> {
    const found: { origin: string; size: number }[] = [];
    try {
      for (let page = 0; page < LOG_PAGES_MAX; page += 1) {
        const response = await this.#get(`${witness.url}/logs?after=${encodeURIComponent(found.at(-1)?.origin ?? '')}`);
        if (!response.ok) break;
        const { logs } = zLogs.parse(await response.json());
        if (logs.length === 0) break;
        found.push(...logs);
      }
    } catch (error) {
      this.logger.warn({ err: error, witness: witness.name }, 'log: a witness could not be asked for its logs');
    }
    return found;
  }

  #tellHealed(origin: string): void {
    for (const listener of this.#listeners) listener(origin);
  }

  #get(url: string): Promise<Response> {
    return fetch(url, { signal: AbortSignal.timeout(this.limits.compareTimeoutMs) });
  }
}
