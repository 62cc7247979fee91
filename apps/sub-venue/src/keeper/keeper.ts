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
export type WatchedReplica = Pick<Replica, 'origin' | 'name' | 'size' | 'quorateSize' | 'fault' | 'run' | 'state'>;

/** Purposes about which the lot's own engine owes this act from the party. */
const owed = ({ run }: WatchedReplica, party: string, command: string): string[] =>
  run.owed(party).flatMap((duty) => (duty.command === command ? [duty.subject] : []));

const RETRY_MS = 5_000;
/**
 * When a key may go: the condition holds in this site's own replica, it held at some size that a checkpoint with the witness
 * quorum covers, and nothing folded since has taken it back. Never on the main venue's word alone.
 */
export class ReleaseGate {
  /** Size at which the condition was first seen to hold, by purpose. */
  readonly #since = new Map<string, number>();

  /** Purposes to release now. Call after every fold and every checkpoint. */
  due(replica: WatchedReplica, party: string): string[] {
    const { state } = replica;
    const releases = owed(replica, party, 'sealing.release');
    for (const purpose of [...this.#since.keys()]) if (!releases.includes(purpose)) this.#since.delete(purpose);
    for (const purpose of releases) if (!this.#since.has(purpose)) this.#since.set(purpose, state.size);
    if (replica.fault !== null) return [];
    // A state that lags behind the replica may not know yet of a pause.
    if (state.size < replica.size) return [];
    return releases.filter((purpose) => replica.quorateSize >= (this.#since.get(purpose) ?? Number.POSITIVE_INFINITY));
  }
}

/**
 * Keeper of this site (architecture §3): makes a key for each purpose of each lot that names it, publishes it, and releases it by
 * itself. Its commands go through the outbox like everybody's.
 */
@Injectable()
export class Keeper implements OnModuleInit, OnModuleDestroy {
  readonly #gates = new Map<string, ReleaseGate>();
  /** Acts that are on their way, as `<origin> <act> <purpose>`. */
  readonly #asked = new Set<string>();
  readonly #timers = new Set<CancelTimer>();
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
    for (const purpose of owed(replica, this.party, 'sealing.publish-key'))
      this.#act(replica, 'publish', purpose, () => this.#publish(replica, purpose));
    for (const purpose of gate.due(replica, this.party)) this.#act(replica, 'release', purpose, () => this.#release(replica, purpose));
  }

  /** Once at a time; after a refusal or a failure again later, when it is still owed. */
  #act(replica: WatchedReplica, act: string, purpose: string, work: () => Promise<SignedCommand | null>): void {
    const key = `${replica.origin} ${act} ${purpose}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    const again = (): void => {
      if (this.#closed) return;
      const cancel = this.clock.after(RETRY_MS, () => {
        this.#timers.delete(cancel);
        this.#asked.delete(key);
        this.review(replica);
      });
      this.#timers.add(cancel);
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
