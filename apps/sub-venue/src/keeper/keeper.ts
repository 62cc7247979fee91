import type { JsonObject, JsonValue, SignedCommand } from '@app/contracts';
import { signWish } from '@app/client';
import { drillAnswer, keyPublication } from '@app/evaluation';
import type { CancelTimer, Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { generateKeeperKey, profileOf } from '@app/sealing';
import { ReleaseGate } from '@app/verifying';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { Outbox } from '../outbox/outbox.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { Uplink } from '../uplink/uplink.js';
import { KeeperRepository } from './keeper.repository.js';

/** What the keeper looks at of a replica. */
export type WatchedReplica = Pick<
  Replica,
  'origin' | 'name' | 'size' | 'quorateSize' | 'quorumAtMs' | 'fault' | 'standing' | 'hasProven' | 'run' | 'state'
>;

const RETRY_MS = 5_000;

/**
 * Keeper of this site (architecture §3): makes a key for each purpose of each lot that names it, publishes it, and releases it by
 * itself; and attests the keys of the members who sit here, whose certificates it sees. Its commands go through the outbox like everybody's.
 */
@Injectable()
export class Keeper implements OnModuleInit, OnModuleDestroy {
  readonly #gates = new Map<string, ReleaseGate>();
  /** Acts that are on their way, as `<origin> <act> <purpose>`. */
  readonly #asked = new Set<string>();
  /** Lots for which a checkpoint of this moment was asked a while ago. */
  readonly #quorumsAsked = new Set<string>();
  readonly #timers = new Set<CancelTimer>();
  /** By lot: what keeps a key here that its log calls for. */
  readonly #doubted = new Map<string, string>();
  /** By lot: the next look, where the clock is what a key waits for. */
  readonly #waits = new Map<string, CancelTimer>();
  #stopListening: (() => void) | null = null;
  #closed = false;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'VENUE_ID'>,
    @Inject(Replicas) private readonly replicas: Pick<Replicas, 'listen' | 'all'>,
    @Inject(KeeperRepository) private readonly repository: Pick<KeeperRepository, 'find' | 'keep'>,
    @Inject(Outbox) private readonly outbox: Pick<Outbox, 'submit'>,
    @Inject(Uplink) private readonly line: Pick<Uplink, 'wantCheckpoint'>,
    private readonly crypto: SiteCrypto,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  get party(): string {
    return `node:${this.config.VENUE_ID}`;
  }

  onModuleInit(): void {
    const look = (replica: WatchedReplica): void => {
      this.review(replica);
    };
    this.#stopListening ??= this.replicas.listen({ added: look, folded: look, refolded: look, checked: look });
    for (const replica of this.replicas.all()) look(replica);
  }

  onModuleDestroy(): void {
    this.#closed = true;
    this.#stopListening?.();
    this.#stopListening = null;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  /** Does what this site owes in a lot as a keeper. Safe to call at any time: a state that lags behind the entries calls for nothing. */
  review(replica: WatchedReplica): void {
    const { state, origin } = replica;
    if (this.#closed || state.size < replica.size || state.parties[this.party] === undefined) return;
    const gate = this.#gates.get(origin) ?? new ReleaseGate();
    this.#gates.set(origin, gate);
    const duties = replica.run.owed(this.party);
    for (const { command, subject } of duties)
      if (command === 'sealing.publish-key') this.#act(replica, 'publish', subject, () => this.#publish(replica, subject));
      else if (command === 'sealing.answer-drill') this.#act(replica, 'drill', subject, () => this.#answerDrill(replica, subject));
      else if (command === 'committee.attest-key' && replica.hasProven(subject))
        this.#act(replica, 'attest', subject, () => this.#command(replica, command, { key: subject }));
    const { due, doubt, isQuorumOwed, laterAt } = gate.look(replica, duties, this.clock.instant());
    for (const purpose of due) this.#act(replica, 'release', purpose, () => this.#release(replica, purpose));
    this.#say(origin, doubt);
    if (isQuorumOwed) this.#askForQuorum(replica);
    this.#lookAgain(replica, laterAt);
  }

  /** Says once what keeps this keeper's keys. */
  #say(origin: string, doubt: string | null): void {
    if (doubt === null) {
      this.#doubted.delete(origin);
      return;
    }
    if (this.#doubted.get(origin) === doubt) return;
    this.#doubted.set(origin, doubt);
    this.logger.error({ origin, reason: doubt }, 'keeper: the log calls for a key, which stays here');
  }

  /** The main venue makes one at once, so that a key waits for no beat of the log; again, while it is owed. */
  #askForQuorum(replica: WatchedReplica): void {
    const { origin } = replica;
    if (this.#quorumsAsked.has(origin)) return;
    this.#quorumsAsked.add(origin);
    this.line.wantCheckpoint(origin).catch((error: unknown) => {
      this.logger.debug({ err: error, origin }, 'keeper: no checkpoint could be asked for');
    });
    this.#later(RETRY_MS, () => {
      this.#quorumsAsked.delete(origin);
      this.review(replica);
    });
  }

  /** Where the clock is what a key waits for. */
  #lookAgain(replica: WatchedReplica, at: string | null): void {
    const { origin } = replica;
    this.#waits.get(origin)?.();
    this.#waits.delete(origin);
    if (at === null) return;
    const cancel = this.#later(Date.parse(at) - this.clock.nowMs(), () => {
      this.review(replica);
    });
    this.#waits.set(origin, cancel);
  }

  /** Answers how to leave it. */
  #later(waitMs: number, work: () => void): CancelTimer {
    const cancel = this.clock.after(waitMs, () => {
      this.#timers.delete(cancel);
      if (!this.#closed) work();
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }

  /** Once at a time; after a refusal or a failure again later, when it is still owed. */
  #act(replica: WatchedReplica, act: string, purpose: string, work: () => Promise<SignedCommand | null>): void {
    const key = `${replica.origin} ${act} ${purpose}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    const again = (): void => {
      if (this.#closed) return;
      this.#later(RETRY_MS, () => {
        this.#asked.delete(key);
        this.review(replica);
      });
    };
    this.#send(work).then(
      (refusal) => {
        if (refusal === null) return;
        this.logger.warn({ origin: replica.origin, act, purpose, refusal }, 'keeper: the main venue refused');
        again();
      },
      (error: unknown) => {
        // A site that stops under an act loses nothing: it is owed still when the site starts again.
        if (this.#closed) return;
        this.logger.error({ err: error, origin: replica.origin, act, purpose }, 'keeper: an act failed');
        again();
      },
    );
  }

  /** The refusal's code, or null. */
  async #send(work: () => Promise<SignedCommand | null>): Promise<string | null> {
    const signed = await work();
    if (signed === null) return null;
    const { outcome } = await (await this.outbox.submit(signed)).answer;
    return outcome.ok || outcome.code === 'E_ALREADY_DONE' ? null : outcome.code;
  }

  async #publish(replica: WatchedReplica, purpose: string): Promise<SignedCommand> {
    const profile = profileOf(replica.state.setup.profile);
    const known = await this.repository.find(replica.origin, purpose);
    const key = known ?? (await this.repository.keep(replica.origin, purpose, generateKeeperKey(profile)));
    return this.#command(replica, 'sealing.publish-key', keyPublication(replica.run, this.party, purpose, key));
  }

  /** 演练: a proof with the key that is on this disk. It gives nothing away, so it asks for no quorum. */
  async #answerDrill(replica: WatchedReplica, purpose: string): Promise<SignedCommand | null> {
    const key = await this.repository.find(replica.origin, purpose);
    const answer = key === null ? null : drillAnswer(replica.run, this.party, key);
    if (answer === null) {
      this.logger.error({ origin: replica.origin, purpose }, 'keeper: the key that a drill asks for is not on this disk');
      return null;
    }
    return this.#command(replica, 'sealing.answer-drill', answer);
  }

  async #release(replica: WatchedReplica, purpose: string): Promise<SignedCommand | null> {
    const key = await this.repository.find(replica.origin, purpose);
    if (key === null) {
      this.logger.error({ origin: replica.origin, purpose }, 'keeper: the key to release is not on this disk');
      return null;
    }
    this.logger.info(
      { origin: replica.origin, purpose, size: replica.state.size, quorate: replica.quorateSize },
      'keeper: the condition holds; the key goes',
    );
    return this.#command(replica, 'sealing.release', { purpose }, { 'private-key': key.privateKey });
  }

  #command(replica: WatchedReplica, type: string, payload: JsonObject, secrets: Record<string, JsonValue> = {}): Promise<SignedCommand> {
    const { origin, lot, round } = replica.name;
    const ref = { kind: 'node' as const, name: this.party, publicKey: this.crypto.nodeKey };
    const wish = { type, payload, secrets, party: this.party, at: this.clock.instant(), basis: replica.state.size };
    return signWish(profileOf(replica.state.setup.profile), { signer: this.crypto.signer, ref }, { origin, lot, round }, wish);
  }
}
