import type { JsonObject, JsonValue, SignedCommand } from '@app/contracts';
import { signWish } from '@app/client';
import type { CancelTimer, Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { generateKeeperKey, profileOf } from '@app/sealing';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { Outbox } from '../outbox/outbox.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { KeeperRepository } from './keeper.repository.js';

/** What the keeper looks at of a replica. */
export type WatchedReplica = Pick<
  Replica,
  'origin' | 'name' | 'size' | 'quorateSize' | 'fault' | 'standing' | 'hasProven' | 'run' | 'state'
>;

/** What the lot's own engine owes of this act from the party, by its purpose. */
const owed = ({ run }: WatchedReplica, party: string, command: string) => run.owed(party).filter((duty) => duty.command === command);

const RETRY_MS = 5_000;

/**
 * Null, or why no key of this lot goes: its log contradicts what was signed, this site's judge found something wrong in it, or something
 * that the condition may rest on could not be judged here. What an engine that cannot be asked partly decided is taken as it stands.
 */
function doubt({ fault, standing, run }: WatchedReplica): string | null {
  if (fault !== null) return fault;
  if (standing.fault !== null) return standing.fault;
  if (standing.held !== null && run.isJudgedPartly)
    return `entry ${String(standing.held)} could not be judged with what this site was given`;
  return null;
}

/**
 * When a key may go: the condition holds in this site's own replica, it held at some size that a checkpoint with the witness quorum covers,
 * nothing folded since has taken it back, the site's own clock is not before the earliest instant, and there is no {@link doubt}. Never on
 * the main venue's word alone.
 */
export class ReleaseGate {
  /** Size at which the condition was first seen to hold, by purpose. */
  readonly #since = new Map<string, number>();

  /** Purposes to release at this instant of the site's clock. Call after every fold and every checkpoint. */
  due(replica: WatchedReplica, party: string, now: string): string[] {
    const { state } = replica;
    const duties = owed(replica, party, 'sealing.release');
    const releases = duties.map(({ subject }) => subject);
    for (const purpose of [...this.#since.keys()]) if (!releases.includes(purpose)) this.#since.delete(purpose);
    for (const purpose of releases) if (!this.#since.has(purpose)) this.#since.set(purpose, state.size);
    if (doubt(replica) !== null) return [];
    // A state that lags behind the replica may not know yet of a pause.
    if (state.size < replica.size) return [];
    return duties
      .filter(({ notBefore }) => notBefore === null || now >= notBefore)
      .map(({ subject }) => subject)
      .filter((purpose) => replica.quorateSize >= (this.#since.get(purpose) ?? Number.POSITIVE_INFINITY));
  }
}

/**
 * Keeper of this site (architecture §3): makes a key for each purpose of each lot that names it, publishes it, and releases it by
 * itself; and attests the keys of the members who sit here, whose certificates it sees. Its commands go through the outbox like everybody's.
 */
@Injectable()
export class Keeper implements OnModuleInit, OnModuleDestroy {
  readonly #gates = new Map<string, ReleaseGate>();
  /** Acts that are on their way, as `<origin> <act> <purpose>`. */
  readonly #asked = new Set<string>();
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

  /** Does what this site owes in a lot as a keeper. Safe to call at any time. */
  review(replica: WatchedReplica): void {
    const { state, origin } = replica;
    if (this.#closed || state.parties[this.party] === undefined) return;
    const gate = this.#gates.get(origin) ?? new ReleaseGate();
    this.#gates.set(origin, gate);
    for (const { subject: purpose } of owed(replica, this.party, 'sealing.publish-key'))
      this.#act(replica, 'publish', purpose, () => this.#publish(replica, purpose));
    for (const { subject: key } of owed(replica, this.party, 'committee.attest-key'))
      if (replica.hasProven(key)) this.#act(replica, 'attest', key, () => this.#command(replica, 'committee.attest-key', { key }));
    for (const purpose of gate.due(replica, this.party, this.clock.instant()))
      this.#act(replica, 'release', purpose, () => this.#release(replica, purpose));
    this.#watch(replica);
  }

  /** Says once what keeps this keeper's keys, and looks again when the clock is what a key waits for. */
  #watch(replica: WatchedReplica): void {
    const { origin } = replica;
    const releases = owed(replica, this.party, 'sealing.release');
    const reason = releases.length === 0 ? null : doubt(replica);
    if (reason !== null && this.#doubted.get(origin) !== reason)
      this.logger.error({ origin, reason }, 'keeper: the log calls for a key, which stays here');
    if (reason === null) this.#doubted.delete(origin);
    else this.#doubted.set(origin, reason);
    const now = this.clock.nowMs();
    const later = releases.map(({ notBefore }) => Date.parse(notBefore ?? '')).filter((at) => at > now);
    this.#waits.get(origin)?.();
    this.#waits.delete(origin);
    if (later.length > 0)
      this.#waits.set(
        origin,
        this.#later(Math.min(...later) - now, () => this.review(replica)),
      );
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
    const { publicKey } = known ?? (await this.repository.keep(replica.origin, purpose, generateKeeperKey(profile)));
    return this.#command(replica, 'sealing.publish-key', { purpose, publicKey });
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
