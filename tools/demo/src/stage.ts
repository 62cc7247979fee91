import type { JsonObject, JsonValue, Opening, SentEntry, VisibleEntry } from '@app/contracts';
import { parseCanonical, zHead } from '@app/contracts';
import type { Identity, VenueClient } from '@app/client';
import { signWish } from '@app/client';
import type { EngineShelf, LotState } from '@app/evaluation';
import { isMember, LotRun, witnessRules } from '@app/evaluation';
import { CheckpointJudge, SIGNATURE_TYPE } from '@app/ledger';
import type { Clock } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { noteKey, noteSuite } from '@app/sealing';
import { z } from 'zod';
import { patiently } from './patience.js';
import { LeftToPeople, type StageName } from './stages.js';
import type { Timeline } from './timeline.js';

/** How long the play waits for what others (venues' nodes, keepers, the clock) must do. */
const WAIT_MS_MAX = 90_000;
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
  readonly shelf: EngineShelf;
  readonly timeline: Timeline;
  /** Where the play stops; absent: it goes to the contract. */
  readonly until?: StageName | null;
}

/**
 * One lot being played through the venues' public addresses. What it knows of the lot it folds from the entries that an observer
 * (the supervisor) is sent, under the engine that the lot names, as everybody does.
 */
export class Stage {
  #run: LotRun;
  #observer: VenueClient | undefined;
  readonly #lotKeys = new Map<string, LocalSigner>();

  constructor(readonly facts: StageFacts) {
    this.#run = LotRun.begin(facts.shelf, facts);
  }

  get state(): LotState {
    return this.#run.state;
  }
  /** The lot under its engine, as far as it was read. */
  get run(): LotRun {
    return this.#run;
  }

  observeAs(client: VenueClient): void {
    this.#observer = client;
  }

  /** Signs, sends and awaits the venue's answer. Throws on a refusal: a play knows what it may do. */
  async act(actor: Actor, type: string, label: string, { payload = {}, step, secrets, openings }: Act = {}): Promise<void> {
    const signed = await signWish(
      this.facts.profile,
      { ...actor.identity, lotKey: this.#lotKeyOf(actor.party) },
      { origin: this.facts.origin, lot: this.facts.lot, round: this.facts.round },
      {
        type,
        payload,
        party: actor.party,
        at: this.facts.clock.instant(),
        basis: this.#run.size,
        ...(step === undefined ? {} : { step }),
        ...(secrets === undefined ? {} : { secrets }),
        ...(openings === undefined ? {} : { openings }),
      },
    );
    const { outcome } = await actor.client.submit(signed);
    if (!outcome.ok) throw new Error(`${actor.name} (${actor.party}) ${type}: ${outcome.code} ${outcome.message}`);
    this.facts.timeline.line(outcome.at, outcome.seq, actor.venue, actor.name, label, type);
  }

  /** A place where the play may be asked to stop. `makeTime` gives people the hours that a play needs not: its limits count in seconds. */
  async leaveAt(stage: StageName, makeTime: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    if (this.facts.until !== stage) return;
    await makeTime();
    await this.sync();
    throw new LeftToPeople(stage);
  }

  /** By which a member signs beside his certificate, in a lot whose rules ask for it. */
  #lotKeyOf(party: string): LocalSigner | undefined {
    if (!this.#run.takes('committee.bind-key') || !isMember(this.state, party)) return undefined;
    const key = this.#lotKeys.get(party) ?? this.facts.profile.generateSigner();
    this.#lotKeys.set(party, key);
    return key;
  }

  /** Reads what is new. */
  async sync(): Promise<LotState> {
    const observer = this.#observer;
    if (observer === undefined) return this.state;
    const { entries } = await patiently(() => observer.entries(this.facts.lot, this.facts.round, this.#run.size));
    for (const entry of entries) {
      const visible = toVisible(entry);
      const node = nodeOf(visible);
      if (node !== null) this.facts.timeline.line(visible.header.at, visible.header.seq, node, '（节点）', '', visible.header.type);
      this.#run = this.#run.next(visible);
    }
    const fault = this.state.faults[0];
    if (fault !== undefined) throw new Error(`entry ${fault.seq}: ${fault.reason}`);
    return this.state;
  }

  /** Waits until the lot is so; `what` says it to whoever waits in vain. */
  async until(what: string, holds: (state: LotState) => boolean): Promise<LotState> {
    const end = performance.now() + WAIT_MS_MAX;
    while (!holds(await this.sync())) {
      if (performance.now() > end)
        throw new Error(`waited ${WAIT_MS_MAX / 1000} s for: ${what} (the lot is ${this.state.status}, entry ${this.#run.size})`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return this.state;
  }
}

/** Waits until a quorum of witnesses has seen everything so far: what an archive may then contain. */
export async function untilWitnessed(stage: Stage, client: VenueClient): Promise<void> {
  const { lot, round, origin, profile } = stage.facts;
  const { logKey } = await client.installation();
  const judge = new CheckpointJudge(noteSuite(profile), origin, () => noteKey(logKey, origin, SIGNATURE_TYPE.note));
  const end = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const { checkpoint } = zHead.parse(await patiently(() => client.get(`/api/lots/${lot}/head?round=${round}`)));
    const judged = checkpoint === '' ? null : judge.judge(checkpoint, witnessRules(stage.state));
    if (judged?.isWitnessed === true && judged.note.checkpoint.size >= stage.state.size) return;
    if (performance.now() > end) throw new Error(`waited ${WAIT_MS_MAX / 1000} s for the witnesses of ${lot}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const toVisible = ({ header, parts }: SentEntry): VisibleEntry => ({
  header,
  parts: Object.fromEntries(Object.entries(parts).map(([name, { text }]) => [name, parseCanonical(text)])),
});

const zSkeleton = z.object({ events: z.array(z.object({ type: z.string(), party: z.string().optional() })) });

/** The node that made the entry, or null when a person of the play did. The first event says who acted. */
function nodeOf(entry: VisibleEntry): string | null {
  const party = zSkeleton.safeParse(entry.parts['skeleton']).data?.events[0]?.party ?? '';
  return party.startsWith('node:') ? party.slice('node:'.length) : null;
}
