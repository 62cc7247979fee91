import type { MerkleTree, NoteSuite, Policy, PolicyWitness } from '@app/ledger';
import { formatSignatureLine, parseCheckpointNote, verifySignature } from '@app/ledger';
import type { Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '../core/tokens.js';
import type { LogLimits, SignedCheckpoint } from './log.types.js';
import { LOG_LIMITS, NOTE_SUITE } from './log.types.js';
import type { WitnessReply } from './witness-client.js';
import { WitnessClient } from './witness-client.js';

/** Answers to one checkpoint, beyond cosignatures. */
export interface CosignOutcome {
  /** Witnesses that did not cosign and shall be asked again. */
  readonly missing: number;
  /** A witness knows the log further than it is here, or with another history. */
  readonly alarm: { readonly witness: string; readonly kind: 'shorter' | 'conflict'; readonly reason: string } | null;
}

interface WitnessState {
  /** Size last known to be cosigned, by origin. */
  readonly sizes: Map<string, number>;
  /** Logs whose entries it was still getting when it was asked last. */
  readonly behind: Set<string>;
  /** Heads that it declined, by log: the same one is left alone for a while, a larger one may hold what mends it. */
  readonly declined: Map<string, { readonly size: number; readonly untilMs: number }>;
  underway: number;
  failures: number;
  nextAtMs: number;
  readonly waiting: (() => void)[];
}

/** How often one request is repeated with the old size that the witness named. */
const SIZE_ROUNDS_MAX = 3;

/** Collects cosignatures. Keeps, for each witness, what it last cosigned and how long to leave it alone. */
@Injectable()
export class Cosigner {
  readonly #client: WitnessClient;
  readonly #states = new Map<string, WitnessState>();

  constructor(
    private readonly clock: Clock,
    @Inject(NOTE_SUITE) private readonly suite: NoteSuite,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(LOG_LIMITS) private readonly limits: LogLimits,
  ) {
    this.#client = new WitnessClient(limits.witnessTimeoutMs);
  }

  /** Asks every witness of the policy that has not cosigned this checkpoint. `signed` is called for each new cosignature. */
  async collect(
    checkpoint: SignedCheckpoint,
    policy: Policy,
    tree: MerkleTree,
    signed: (witness: string, line: string) => Promise<void>,
  ): Promise<CosignOutcome> {
    let alarm: CosignOutcome['alarm'] = null;
    const owing = policy.witnesses.filter(({ name }) => !checkpoint.cosignatures.has(name));
    const asked = owing.map(async (witness) => {
      const state = this.#state(witness);
      if (this.clock.nowMs() < state.nextAtMs || this.#isDeclined(state, checkpoint)) return false;
      await this.#take(state);
      try {
        const reply = await this.#ask(witness, state, checkpoint, tree);
        return await this.#settle(witness, state, checkpoint, reply, signed, (found) => (alarm ??= found));
      } finally {
        this.#give(state);
      }
    });
    const done = await Promise.all(asked);
    return { missing: done.filter((isDone) => !isDone).length, alarm };
  }

  /** Milliseconds until some witness may be asked again. */
  nextInMs(): number {
    const now = this.clock.nowMs();
    const states = [...this.#states.values()];
    const waits = states.filter(({ failures }) => failures > 0).map(({ nextAtMs }) => nextAtMs - now);
    if (states.some(({ behind }) => behind.size > 0)) waits.push(this.limits.retryFirstMs);
    return Math.max(0, Math.min(this.limits.retryMs, ...waits));
  }

  async #ask(witness: PolicyWitness, state: WitnessState, checkpoint: SignedCheckpoint, tree: MerkleTree): Promise<WitnessReply> {
    let reply: WitnessReply = { kind: 'failed', reason: 'not asked' };
    for (let round = 0; round < SIZE_ROUNDS_MAX; round += 1) {
      const oldSize = Math.min(state.sizes.get(checkpoint.origin) ?? 0, checkpoint.size);
      reply = await this.#client.addCheckpoint(witness, checkpoint.note, checkpoint.size, tree, oldSize);
      if (reply.kind !== 'size') return reply;
      state.sizes.set(checkpoint.origin, reply.size);
      if (reply.size > checkpoint.size) return reply;
    }
    return { kind: 'failed', reason: `still another old size: ${reply.kind === 'size' ? String(reply.size) : ''}` };
  }

  /** True when the witness need not be asked again for this checkpoint. */
  async #settle(
    witness: PolicyWitness,
    state: WitnessState,
    checkpoint: SignedCheckpoint,
    reply: WitnessReply,
    signed: (witness: string, line: string) => Promise<void>,
    alarm: (found: CosignOutcome['alarm']) => void,
  ): Promise<boolean> {
    const { text } = parseCheckpointNote(checkpoint.note);
    if (reply.kind === 'behind') {
      state.behind.add(checkpoint.origin);
      return false;
    }
    state.behind.delete(checkpoint.origin);
    if (reply.kind === 'declined') {
      const { origin, size } = checkpoint;
      if (!state.declined.has(origin)) this.logger.warn({ witness: witness.name, origin, reason: reply.reason }, 'log: a witness declined');
      state.declined.set(origin, { size, untilMs: this.clock.nowMs() + this.limits.retryMs });
      return false;
    }
    state.declined.delete(checkpoint.origin);
    if (reply.kind === 'signed') {
      const cosignature = reply.signatures.find((signature) => verifySignature(this.suite, text, signature, witness.key) !== null);
      if (cosignature !== undefined) {
        Object.assign(state, { failures: 0, nextAtMs: 0 });
        state.sizes.set(checkpoint.origin, checkpoint.size);
        await signed(witness.name, formatSignatureLine(cosignature));
        return true;
      }
      return this.#failed(witness, state, 'its cosignature does not verify');
    }
    if (reply.kind === 'failed') return this.#failed(witness, state, reply.reason);
    const found = reply.kind === 'size' ? { kind: 'shorter' as const, reason: `it cosigned ${String(reply.size)} entries` } : reply;
    alarm({ witness: witness.name, kind: found.kind, reason: found.reason });
    return true;
  }

  #isDeclined({ declined }: WitnessState, { origin, size }: SignedCheckpoint): boolean {
    const last = declined.get(origin);
    return last !== undefined && size <= last.size && this.clock.nowMs() < last.untilMs;
  }

  #failed(witness: PolicyWitness, state: WitnessState, reason: string): false {
    const waitMs = Math.min(this.limits.retryMs, this.limits.retryFirstMs * 2 ** state.failures);
    if (state.failures === 0) this.logger.warn({ witness: witness.name, reason }, 'log: a witness did not cosign');
    state.failures += 1;
    state.nextAtMs = this.clock.nowMs() + waitMs;
    return false;
  }

  #state({ key }: PolicyWitness): WitnessState {
    const known = this.#states.get(key.keyName);
    if (known !== undefined) return known;
    const memory = { sizes: new Map<string, number>(), behind: new Set<string>(), declined: new Map<string, never>() };
    const state: WitnessState = { ...memory, underway: 0, failures: 0, nextAtMs: 0, waiting: [] };
    this.#states.set(key.keyName, state);
    return state;
  }

  async #take(state: WitnessState): Promise<void> {
    if (state.underway >= this.limits.witnessRequestsMax) await new Promise<void>((resolve) => state.waiting.push(resolve));
    else state.underway += 1;
  }

  /** Hands the place to whoever waits longest. */
  #give(state: WitnessState): void {
    const next = state.waiting.shift();
    if (next === undefined) state.underway -= 1;
    else next();
  }
}
