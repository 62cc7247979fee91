import type { Command, Context, JsonObject, JsonValue, Opening, VisibleEntry } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import { boxContext, generateKeeperKey, type KeeperKey, sealBox } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import type { Decision, LotState, SealedSheet } from '../src/index.js';
import { decide, ENGINE, evolve, openingsOf, ringOf } from '../src/index.js';

const profile = profileOf('gp-std-1');

export interface Extra {
  readonly secrets?: Readonly<Record<string, JsonValue>>;
  readonly openings?: Readonly<Record<string, Opening>>;
  readonly step?: string;
  readonly assurance?: Context['actor']['assurance'];
  readonly id?: string;
}

/** Plays a lot through `decide` and `evolve` with real boxes and keys, as main venue, keepers and people at once. */
export class LotPlayer {
  readonly entries: VisibleEntry[] = [];
  #keys = new Map<string, KeeperKey>();
  #counter = 0;
  /** Milliseconds of the venue's clock; every command moves it on by one. */
  now = Date.parse('2026-11-22T02:00:00.000Z');

  constructor(
    public state: LotState,
    readonly base: LotState = state,
  ) {}

  /** Another play from here on; this one stays where it is. */
  fork(): LotPlayer {
    const copy = new LotPlayer(this.state, this.base);
    copy.entries.push(...this.entries);
    copy.#keys = new Map(this.#keys);
    copy.#counter = this.#counter;
    copy.now = this.now;
    return copy;
  }

  /** What the engine says to a command; an acceptance is appended and folded. */
  ask(party: string, type: string, payload: JsonValue = {}, extra: Extra = {}): Decision {
    const openings = { ...this.opened(extra.secrets ?? {}), ...extra.openings };
    const at = new Date(this.now++).toISOString();
    const command: Command = {
      v: 1,
      id: extra.id ?? this.newId(),
      origin: this.state.origin,
      lot: this.state.lot,
      round: this.state.round,
      type,
      step: extra.step ?? this.state.committee.step ?? '',
      public: payload as JsonObject,
      secrets: Object.fromEntries(Object.entries(openings).map(([name, { salt, text }]) => [name, profile.commitment(salt, text)])),
      actor: { party },
      at,
      basis: this.state.size,
    };
    const assurance = extra.assurance ?? (party.startsWith('node:') ? 'node' : 'certificate');
    const certificate = assurance === 'node' ? 'node' : 'good';
    const context: Context = { v: 1, at, engine: ENGINE, actor: { party, assurance }, certificate, facts: {} };
    const decision = decide(this.state, { command, openings }, context);
    if (decision.ok) this.append(type, at, decision, openings);
    return decision;
  }

  /** As `ask`, for what must be accepted. */
  do(party: string, type: string, payload: JsonValue = {}, extra: Extra = {}): this {
    const decision = this.ask(party, type, payload, extra);
    if (!decision.ok) throw new Error(`${party} ${type}: ${decision.code} ${decision.message}`);
    return this;
  }

  /** Code of a refusal, or `OK`. */
  code(party: string, type: string, payload: JsonValue = {}, extra: Extra = {}): string {
    const decision = this.ask(party, type, payload, extra);
    return decision.ok ? 'OK' : decision.code;
  }

  newId(): string {
    this.#counter++;
    return `0190a000-0000-7000-8000-${String(this.#counter).padStart(12, '0')}`;
  }

  private opened(values: Readonly<Record<string, JsonValue>>): Record<string, Opening> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { salt: profile.newSalt(), text: canonicalText(value) }]),
    );
  }

  private append(type: string, at: string, decision: Extract<Decision, { ok: true }>, openings: Readonly<Record<string, Opening>>): void {
    const parts: Record<string, JsonValue> = { skeleton: { events: decision.events } };
    const hashes: Record<string, string> = {};
    for (const [name, { salt, text }] of Object.entries(openings)) {
      parts[`x:${name}`] = JSON.parse(text) as JsonValue;
      hashes[`x:${name}`] = profile.commitment(salt, text);
    }
    for (const [name, value] of Object.entries(decision.derived ?? {})) {
      parts[`d:${name}`] = value;
      hashes[`d:${name}`] = profile.commitment(profile.newSalt(), canonicalText(value));
    }
    hashes['skeleton'] = profile.commitment(profile.newSalt(), canonicalText(parts['skeleton'] ?? null));
    const entry: VisibleEntry = { header: { v: 1, seq: this.state.size, at, type, parts: hashes }, parts };
    this.entries.push(entry);
    this.state = evolve(this.state, entry);
    if (this.state.faults.length > 0) throw new Error(`fault: ${this.state.faults[0]?.reason ?? ''}`);
  }

  /** Every keeper publishes a key for the purpose. */
  publishKeys(purpose: string): this {
    for (const party of this.state.setup.keepers.sheets.parties) {
      const key = generateKeeperKey(profile);
      this.#keys.set(`${party}|${purpose}`, key);
      this.do(party, 'sealing.publish-key', { purpose, publicKey: key.publicKey });
    }
    return this;
  }

  release(purpose: string, count = this.state.setup.keepers.sheets.threshold): this {
    for (const party of this.state.setup.keepers.sheets.parties.slice(0, count)) {
      const key = this.#keys.get(`${party}|${purpose}`);
      if (key === undefined) throw new Error(`no key of ${party} for ${purpose}`);
      this.do(party, 'sealing.release', { purpose }, { secrets: { 'private-key': key.privateKey } });
    }
    return this;
  }

  /** A sealed box of this content, as the party's client makes it. */
  seal(party: string, purpose: string, content: JsonValue | Uint8Array): { manifest: JsonObject; ciphertext: string } {
    const { keepers } = ringOf(this.state).keepers(purpose);
    const threshold = this.state.setup.keepers.sheets.threshold;
    const bytes = content instanceof Uint8Array ? content : utf8(canonicalText(content));
    const context = boxContext(this.state.origin, party, purpose);
    const box = sealBox(profile, { purpose, context, threshold, keepers: [...keepers] }, bytes);
    return { manifest: box.manifest, ciphertext: toBase64Url(box.ciphertext) };
  }

  submit(party: string, type: string, purpose: string, content: JsonValue | Uint8Array, more: JsonObject = {}): this {
    const { manifest, ciphertext } = this.seal(party, purpose, content);
    return this.do(party, type, { ...more, manifest }, { secrets: { ciphertext } });
  }

  /** The main venue's node opens these boxes from the released keys. */
  openings(boxes: Readonly<Record<string, SealedSheet>>): Required<Pick<Extra, 'secrets' | 'openings'>> {
    const found = openingsOf(ringOf(this.state), boxes);
    if (found === null) throw new Error('the keepers have not released');
    return { secrets: { masters: found.masters }, openings: found.openings };
  }
}
