import { concatBytes, toHex, utf8 } from '@app/contracts';
import type { AddCheckpoint, Equivocation, WitnessJudgement } from '@app/ledger';
import {
  cosign,
  findEquivocation,
  formatCosignatures,
  formatNote,
  formatSize,
  judgeAddCheckpoint,
  LedgerFormatError,
  parseAddCheckpoint,
  parseCheckpointNote,
  SIZE_CONTENT_TYPE,
  TreeHasher,
  verifyEquivocation,
  withSignatures,
} from '@app/ledger';
import type { Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import { WitnessIdentity } from './witness-identity.js';
import type { StoredEvidence, StoredHead } from './witness.repository.js';
import { WitnessRepository } from './witness.repository.js';
import type { Lack, TreeSource, WitnessAnswer } from './witness.types.js';
import { JudgedLogs, TREE_SOURCES } from './witness.types.js';

const TEXT = 'text/plain; charset=utf-8';
const answer = (status: number, body: string, contentType = TEXT): WitnessAnswer => ({ status, body, contentType });

interface Judged {
  readonly judgement: WitnessJudgement;
  readonly known: StoredHead | null;
  /** Head to remember; null when nothing changes. */
  readonly next: StoredHead | null;
  /** Taken under the lock: at this second no larger head had been seen. */
  readonly timestamp: number;
  /** Why the head is not cosigned although it continues what was. */
  readonly lack: Lack | null;
}

/**
 * A C2SP witness (tlog-witness): cosigns a log's head only if it continues the one cosigned before, and keeps what does not. Of a lot that
 * its site follows it cosigns only heads over entries that the site holds and has judged, in the manner of C2SP tlog-mirror; it knows other
 * logs by their keys and nothing of what is in them.
 */
@Injectable()
export class Witness {
  readonly #hasher: TreeHasher;
  /** Origins of the logs cosigned here by their hash; null until somebody asks. Heads are only ever added, and only here. */
  #origins: Promise<Map<string, string>> | null = null;
  /** Proofs that are still being looked for. */
  readonly #searches = new Set<Promise<void>>();

  constructor(
    private readonly repository: WitnessRepository,
    @Inject(WitnessIdentity) private readonly identity: Pick<WitnessIdentity, 'suite' | 'signer' | 'keysOf'>,
    @Inject(TREE_SOURCES) private readonly trees: readonly TreeSource[],
    @Inject(JudgedLogs) private readonly judgedLogs: Pick<JudgedLogs, 'lack' | 'arrival'>,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#hasher = new TreeHasher(identity.suite.hash);
  }

  /** `POST add-checkpoint`. Answers every body; throws only when the database does. */
  async addCheckpoint(body: string): Promise<WitnessAnswer> {
    let request: AddCheckpoint;
    let origin: string;
    let size: number;
    try {
      request = parseAddCheckpoint(body);
      ({ origin, size } = parseCheckpointNote(request.note).checkpoint);
    } catch (error) {
      if (!(error instanceof LedgerFormatError)) throw error;
      return answer(400, `${error.message}\n`);
    }
    // A stranger's log must not cost a transaction.
    if (this.identity.keysOf(origin).length === 0) return answer(404, 'unknown log\n');
    const judge = (): Promise<Judged> =>
      this.repository.advance(origin, this.clock.instant(), (known, firstSeenAt) => this.#judge(request, known, firstSeenAt));
    let judged = await judge();
    // Only a head that the log signed, and that continues what was cosigned, is worth waiting for.
    if (judged.lack?.isWrong === false) {
      await this.judgedLogs.arrival(origin, size);
      judged = await judge();
    }
    if (judged.next !== null) (await this.#origins)?.set(this.#hashOf(origin), origin);
    return this.#answer(judged, request);
  }

  /** The newest head cosigned for a log, with a cosignature of this moment; null when there is none. */
  async newest(origin: string): Promise<string | null> {
    const head = await this.repository.latest(origin);
    return head === null ? null : this.#cosigned(head.note);
  }

  /** The log of this hash (of its origin, without a line feed) that was cosigned here; null when there is none. */
  async originOf(hash: string): Promise<string | null> {
    this.#origins ??= this.#allOrigins();
    this.#origins.catch(() => (this.#origins = null));
    return (await this.#origins).get(hash) ?? null;
  }

  /** Logs this witness has cosigned, in order of name after `after`. */
  logs(after = ''): Promise<{ readonly origin: string; readonly size: number }[]> {
    return this.repository.logs(after);
  }

  /** Pairs of signed notes that do not go together. Those with a `proof` convict the log's owner before anybody. */
  evidence(origin: string | null = null): Promise<StoredEvidence[]> {
    return this.repository.evidence(origin);
  }

  /** Resolves when no proof is being looked for any more. */
  async settled(): Promise<void> {
    while (this.#searches.size > 0) await Promise.all(this.#searches);
  }

  async #allOrigins(): Promise<Map<string, string>> {
    const origins = new Map<string, string>();
    for (let page = await this.logs(); page.length > 0; page = await this.logs(page.at(-1)?.origin))
      for (const { origin } of page) origins.set(this.#hashOf(origin), origin);
    return origins;
  }

  #hashOf(origin: string): string {
    return toHex(this.identity.suite.hash(utf8(origin)));
  }

  #judge(request: AddCheckpoint, known: StoredHead | null, firstSeenAt: string | null): Judged {
    const keysOf = (origin: string) => this.identity.keysOf(origin);
    const judgement = judgeAddCheckpoint(this.identity.suite, this.#hasher, request, keysOf, () => known);
    const timestamp = this.#timestamp();
    // A head that does not continue what was cosigned is told as such, whatever is known of the entries under it.
    if (judgement.status !== 200) return { judgement, known, next: null, timestamp, lack: null };
    const { origin, size, root } = judgement.note.checkpoint;
    const lack = this.judgedLogs.lack(origin, size, firstSeenAt);
    if (lack !== null) return { judgement, known, next: null, timestamp, lack };
    const isNew = known?.size !== size;
    return { judgement, known, next: isNew ? { origin, size, root, note: formatNote(judgement.note) } : null, timestamp, lack: null };
  }

  async #answer({ judgement, known, timestamp, lack }: Judged, request: AddCheckpoint): Promise<WitnessAnswer> {
    if (lack !== null) return answer(lack.isWrong ? 403 : 503, `${lack.reason}\n`);
    if (judgement.status === 200) {
      return answer(200, formatCosignatures([cosign(this.identity.suite, judgement.note.text, this.identity.signer, timestamp)]));
    }
    if ('conflict' in judgement && judgement.conflict !== null && known !== null) {
      await this.#keep(known, request.note, judgement.conflict.checkpoint.size, judgement.reason);
    }
    return judgement.status === 409
      ? answer(409, formatSize(judgement.size), SIZE_CONTENT_TYPE)
      : answer(judgement.status, `${judgement.reason}\n`);
  }

  /**
   * Keeps a head that does not go with what was cosigned. Anybody can send a genuine head with a false proof, so a refused
   * head alone is a suspicion; it is a conviction once two heads of one size differ or the leaves show it.
   */
  async #keep(known: StoredHead, other: string, size: number, reason: string): Promise<void> {
    const { origin } = known;
    const sameSize = size < known.size ? await this.repository.at(origin, size) : null;
    if (sameSize !== null) {
      const fork = findEquivocation(sameSize.note, other);
      if (fork !== null) await this.#store(sameSize.note, other, reason, fork);
      return;
    }
    const fork = findEquivocation(known.note, other);
    await this.#store(known.note, other, reason, fork);
    // Every old head of the log is public, and anybody can send one with a false proof: it must not make this site fetch a whole log
    // (SEC-28).
    const trees = size < known.size ? this.trees.filter(({ isNear }) => isNear) : this.trees;
    if (fork === null) this.#search(trees, known, other, Math.max(size, known.size), reason);
  }

  #search(trees: readonly TreeSource[], known: StoredHead, other: string, size: number, reason: string): void {
    const search = this.#prove(trees, known, other, size, reason)
      .catch((error: unknown) => {
        this.logger.error({ err: error, origin: known.origin }, 'witness: looking for a proof failed');
      })
      .finally(() => this.#searches.delete(search));
    this.#searches.add(search);
  }

  async #prove(trees: readonly TreeSource[], known: StoredHead, other: string, size: number, reason: string): Promise<void> {
    for (const source of trees) {
      const tree = await source.tree(known.origin, size).catch((error: unknown) => {
        this.logger.warn({ err: error, origin: known.origin, source: source.name }, 'witness: a source of leaves failed');
        return null;
      });
      const proof = tree === null ? null : findEquivocation(known.note, other, tree);
      if (proof === null) continue;
      await this.#store(known.note, other, reason, proof);
      return;
    }
  }

  async #store(known: string, other: string, reason: string, proof: Equivocation | null): Promise<void> {
    const { identity, clock, logger } = this;
    const { suite } = identity;
    const { origin } = parseCheckpointNote(known).checkpoint;
    if (proof !== null && !verifyEquivocation(suite, this.#hasher, proof, identity.keysOf(origin))) {
      logger.error({ origin }, 'witness: a proof does not verify and was not kept');
      return;
    }
    // By what the notes say, not by who else signed them: a signature more makes no second case.
    const bodies = [known, other].map((text) => parseCheckpointNote(text).text);
    const digest = suite.hash(concatBytes(...bodies.map((text) => suite.hash(utf8(text))), Uint8Array.of(proof === null ? 0 : 1)));
    const isNew = await this.repository.keepEvidence({ origin, known, other, reason, proof, seenAt: clock.instant() }, digest);
    if (isNew)
      logger.error({ origin, reason, isProven: proof !== null }, 'witness: the log signed a head that does not continue what was cosigned');
  }

  #cosigned(note: string): string {
    const parsed = parseCheckpointNote(note);
    return formatNote(withSignatures(parsed, [cosign(this.identity.suite, parsed.text, this.identity.signer, this.#timestamp())]));
  }

  #timestamp(): number {
    return Math.floor(this.clock.nowMs() / 1000);
  }
}
