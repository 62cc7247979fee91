import type { LoggedBundle } from '@app/archive';
import { readBuiltBundle } from '@app/archive/node';
import { signWish } from '@app/client';
import { PUBLISH_WEB_BUNDLE } from '@app/contracts';
import { MAIN_NODE } from '@app/evaluation';
import type { CancelTimer, Config, Logger } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER, NODE_KEYS, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { withCosignatures } from '../log/note-text.js';
import { LogWriters } from '../pipeline/log-writers.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { PlatformEntries } from './platform-entries.js';
import { PlatformKind } from './platform-kind.js';
import type { PublishedBundle } from './platform-stream.js';
import { PlatformStream } from './platform-stream.js';

/**
 * Says in the platform log which web client is served, whenever it is another than the log named last: whoever sends an altered one to
 * browsers must say so in public, or be found by whoever compares (docs/design/web.md, "The bundle").
 */
@Injectable()
export class WebBundleEntries implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #cancel: CancelTimer | null = null;
  #isClosed = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly pipeline: Pipeline,
    private readonly writers: LogWriters,
    private readonly kind: PlatformKind,
    private readonly entries: PlatformEntries,
    private readonly checkpoints: CheckpointLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PLATFORM_BATCH_MS' | 'WEB_DIR'>,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'node'>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {}

  /** Before the venue listens: nobody is sent a web client that the log does not name, unless the log cannot be written to. */
  async onApplicationBootstrap(): Promise<void> {
    this.#writing = this.#write();
    await this.#writing;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#writing;
  }

  /** The newest entry with its proof, under a head that a quorum cosigned if there is one that covers it; null while there is none. */
  async logged(): Promise<LoggedBundle | null> {
    const { origin } = this.kind;
    const seq = this.#newest()?.seq;
    if (seq === undefined) return null;
    const quorum = await this.checkpoints.newestQuorum(origin);
    const head = quorum !== null && quorum.size > seq ? quorum : await this.checkpoints.newest(origin);
    if (head === null || head.size <= seq) return null;
    const entry = (await this.entries.under(head, [seq])).get(seq);
    return entry === undefined ? null : { v: 1, origin, profile: this.profile.id, entry, checkpoint: withCosignatures(head) };
  }

  /** A log that cannot be written to now (read-only, or the database away) is tried again at the next beat. */
  async #write(): Promise<void> {
    try {
      await this.#publish();
    } catch (error) {
      if (this.#isClosed) return;
      this.logger.warn({ err: error }, 'the platform log does not name the web client yet');
      this.#cancel = this.clock.after(this.config.PLATFORM_BATCH_MS, () => {
        this.#writing = this.#write();
      });
    }
  }

  async #publish(): Promise<void> {
    const built = readBuiltBundle(this.config.WEB_DIR);
    const named = this.#newest();
    if (built === null || (built.release === named?.release && built.manifest === named.manifest)) return;
    const { profile, clock } = this;
    const { node } = this.keys;
    const signed = await signWish(
      profile,
      { signer: node, ref: { kind: 'node', name: MAIN_NODE, publicKey: node.publicKey } },
      { origin: this.kind.origin, lot: null, round: null },
      { type: PUBLISH_WEB_BUNDLE, payload: { ...built }, party: MAIN_NODE, at: clock.instant(), basis: 0 },
    );
    const { outcome } = await this.pipeline.submit(signed);
    if (!outcome.ok) throw new DomainError('UNAVAILABLE', `the platform log took no entry: ${outcome.code} ${outcome.message}`);
  }

  #newest(): PublishedBundle | null {
    const stream = this.writers.peek(this.kind.origin)?.head.stream;
    return stream instanceof PlatformStream ? stream.bundle : null;
  }
}
