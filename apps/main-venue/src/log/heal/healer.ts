import { equalBytes } from '@app/contracts';
import type { CheckpointNote, NoteSuite, VerifierKey } from '@app/ledger';
import { parseCheckpointNote, verifySignature } from '@app/ledger';
import type { CancelTimer, Clock, Logger } from '@app/platform';
import { z } from 'zod';
import type { CheckpointRepository } from '../checkpoint.repository.js';
import type { ReadOnlyGuard } from '../guards.js';
import type { LogTrees } from '../log-trees.js';
import type { LogReset, WitnessAddress, WitnessPolicies } from '../log.types.js';
import type { Mirror } from './heal.types.js';
import type { HealWriter } from './heal-writer.js';

const zLogs = z.object({ logs: z.array(z.object({ origin: z.string().max(300), size: z.int().min(0) })).max(1_000) });
/** Pages of a witness's list at start: a million logs. */
const LOG_PAGES_MAX = 1_000;

export interface HealerDeps {
  readonly repository: CheckpointRepository;
  readonly writer: HealWriter;
  readonly trees: LogTrees;
  readonly policies: WitnessPolicies;
  readonly guard: ReadOnlyGuard;
  readonly reset: LogReset;
  readonly suite: NoteSuite;
  /** Keys that sign a log of this installation; empty for a foreign origin. */
  readonly keysOf: (origin: string) => readonly VerifierKey[];
  readonly mirrors: () => readonly Mirror[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeoutMs: number;
  /** A log that could not be healed is tried again after this time: its mirrors may be back. */
  readonly retryMs: number;
  /** A read-only log is whole again. */
  readonly healed: (origin: string) => void;
}

/**
 * Compares the database with what witnesses cosigned. A log that is shorter is healed from a mirror or takes no entries; a
 * log with another history takes none until a human has looked.
 */
export class Healer {
  readonly #healing = new Map<string, Promise<boolean>>();
  readonly #retries = new Map<string, CancelTimer>();
  readonly #failed = new Set<string>();

  constructor(private readonly deps: HealerDeps) {}

  /** At start: every log that some witness knows further than it is here, also one that is not here at all. */
  async compareAll(): Promise<void> {
    const sizes = await this.deps.repository.sizes();
    const behind = new Set<string>();
    await Promise.all(
      this.deps.policies.standing().map(async (witness) => {
        for (const { origin, size } of await this.#logsOf(witness)) {
          if (this.deps.keysOf(origin).length > 0 && size > (sizes.get(origin) ?? 0)) behind.add(origin);
        }
      }),
    );
    for (const origin of behind) await this.compare(origin);
    for (const origin of await this.deps.repository.unlisted()) {
      if (this.deps.guard.reason(origin) === null) await this.deps.reset.reset(origin);
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
      this.deps.logger.error({ err: error, origin }, 'log: comparing with the witnesses failed');
    }
    if (!isWhole) {
      this.#failed.add(origin);
      this.#retryLater(origin);
    } else if (this.#failed.delete(origin)) this.deps.healed(origin);
    return isWhole;
  }

  #retryLater(origin: string): void {
    const again = this.deps.clock.after(this.deps.retryMs, () => {
      void this.compare(origin);
    });
    this.#retries.set(origin, again);
  }

  async #compare(origin: string): Promise<boolean> {
    const { guard, repository, trees } = this.deps;
    const notes = await this.#witnessed(origin);
    for (const { checkpoint } of notes) {
      const size = (await repository.frontier(origin))?.size ?? 0;
      if (checkpoint.size > size) {
        guard.close(origin, `the database has ${String(size)} of ${String(checkpoint.size)} witnessed entries`);
        if (!(await this.#heal(origin, checkpoint))) return false;
      }
      const tree = await trees.at(origin, checkpoint.size);
      if (!equalBytes(tree.root(checkpoint.size), checkpoint.root)) {
        guard.close(origin, `the ${String(checkpoint.size)} witnessed entries are not the ones in the database`);
        return false;
      }
    }
    if (guard.reason(origin) !== null) {
      await this.deps.reset.reset(origin);
      guard.open(origin);
      this.deps.healed(origin);
    }
    return true;
  }

  async #heal(origin: string, target: { readonly size: number; readonly root: Uint8Array }): Promise<boolean> {
    const { writer, logger, trees, clock } = this.deps;
    for (const mirror of this.deps.mirrors()) {
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
    const { suite, keysOf, policies } = this.deps;
    const policy = await policies.policyOf(origin);
    const frozen = policy.witnesses.flatMap(({ name, url }) => (url === null ? [] : [{ name, url }]));
    const urls = new Map([...policies.standing(), ...frozen].map((witness) => [witness.url, witness]));
    const notes = await Promise.all([...urls.values()].map((witness) => this.#newestOf(witness, origin)));
    return notes
      .filter((note) => note !== null)
      .filter((note) => note.checkpoint.origin === origin)
      .filter((note) => keysOf(origin).some((key) => note.signatures.some((line) => verifySignature(suite, note.text, line, key) !== null)))
      .sort((a, b) => a.checkpoint.size - b.checkpoint.size);
  }

  async #newestOf(witness: WitnessAddress, origin: string): Promise<CheckpointNote | null> {
    try {
      const response = await this.#get(`${witness.url}/checkpoint?origin=${encodeURIComponent(origin)}`);
      return response.ok ? parseCheckpointNote(await response.text()) : null;
    } catch (error) {
      this.deps.logger.warn({ err: error, witness: witness.name, origin }, 'log: a witness could not be asked');
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
      this.deps.logger.warn({ err: error, witness: witness.name }, 'log: a witness could not be asked for its logs');
    }
    return found;
  }

  #get(url: string): Promise<Response> {
    return fetch(url, { signal: AbortSignal.timeout(this.deps.timeoutMs) });
  }
}
