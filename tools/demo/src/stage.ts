import type { JsonObject, JsonValue, Opening, SentEntry, VisibleEntry } from '@app/contracts';
import { parseCanonical } from '@app/contracts';
import type { Identity, VenueClient } from '@app/client';
import { signWish } from '@app/client';
import type { LotState } from '@app/evaluation';
import { evolve, initialLotState } from '@app/evaluation';
import type { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { Timeline } from './timeline.js';

/** How long the play waits for what others (venues' nodes, keepers, the clock) must do. */
export const WAIT_MS_MAX = 90_000;
const POLL_MS = 150;

/** Somebody who acts in the lot: under which name, with which key, over which venue. */
export interface Actor {
  readonly party: string;
  readonly name: string;
  readonly venue: string;
  readonly client: VenueClient;
  readonly identity: Identity;
}

export interface Act {
  readonly payload?: JsonObject;
  readonly secrets?: Readonly<Record<string, JsonValue>>;
  readonly openings?: Readonly<Record<string, Opening>>;
  readonly step?: string;
}

export interface StageFacts {
  readonly profile: CryptoProfile;
  readonly installation: string;
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
  readonly clock: Clock;
  readonly timeline: Timeline;
}

/**
 * One lot being played through the venues' public addresses. What it knows of the lot it folds from the entries that an observer
 * (the supervisor) is sent, with the same `evolve` as everybody else.
 */
export class Stage {
  #state: LotState;
  #observer: VenueClient | undefined;

  constructor(readonly facts: StageFacts) {
    this.#state = initialLotState(facts.origin, facts.lot, facts.round);
  }

  get state(): LotState {
    return this.#state;
  }

  observeAs(client: VenueClient): void {
    this.#observer = client;
  }

  /** Signs, sends and awaits the venue's answer. Throws on a refusal: a play knows what it may do. */
  async act(actor: Actor, type: string, label: string, { payload = {}, step, secrets, openings }: Act = {}): Promise<void> {
    const signed = await signWish(
      this.facts.profile,
      actor.identity,
      { origin: this.facts.origin, lot: this.facts.lot, round: this.facts.round },
      {
        type,
        payload,
        party: actor.party,
        at: this.facts.clock.instant(),
        basis: this.#state.size,
        ...(step === undefined ? {} : { step }),
        ...(secrets === undefined ? {} : { secrets }),
        ...(openings === undefined ? {} : { openings }),
      },
    );
    const { outcome } = await actor.client.submit(signed);
    if (!outcome.ok) throw new Error(`${actor.name} (${actor.party}) ${type}: ${outcome.code} ${outcome.message}`);
    this.facts.timeline.line(outcome.at, outcome.seq, actor.venue, actor.name, label, type);
  }

  /** Reads what is new. */
  async sync(): Promise<LotState> {
    if (this.#observer === undefined) return this.#state;
    const { entries } = await this.#observer.entries(this.facts.lot, this.facts.round, this.#state.size);
    for (const entry of entries) {
      const visible = toVisible(entry);
      if (isNodes(visible)) this.facts.timeline.venue(visible);
      this.#state = evolve(this.#state, visible);
    }
    const fault = this.#state.faults[0];
    if (fault !== undefined) throw new Error(`entry ${fault.seq}: ${fault.reason}`);
    return this.#state;
  }

  /** Waits until the lot is so; `what` says it to whoever waits in vain. */
  async until(what: string, holds: (state: LotState) => boolean): Promise<LotState> {
    const end = performance.now() + WAIT_MS_MAX;
    while (!holds(await this.sync())) {
      if (performance.now() > end)
        throw new Error(`waited ${WAIT_MS_MAX / 1000} s for: ${what} (the lot is ${this.#state.status}, entry ${this.#state.size})`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return this.#state;
  }
}

export const toVisible = ({ header, parts }: SentEntry): VisibleEntry => ({
  header,
  parts: Object.fromEntries(Object.entries(parts).map(([name, { text }]) => [name, parseCanonical(text)])),
});

/** Whether a venue's node made the entry, not a person of the play. */
function isNodes(entry: VisibleEntry): boolean {
  const skeleton = entry.parts['skeleton'];
  return JSON.stringify(skeleton ?? null).includes('"party":"node:');
}
