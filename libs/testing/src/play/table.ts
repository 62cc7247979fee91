import type { Command, Context, ErrorCode, JsonObject, JsonValue, Opening, SentEntry, VisibleEntry } from '@app/contracts';
import { canonicalText, parseCanonical, toBase64Url, utf8 } from '@app/contracts';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { profileOf, signWith } from '@app/sealing';
import '@app/sealing/node';
import type { EngineDecision, LotState, ShelvedEngine } from '@app/evaluation';
import { bindingOf, EngineShelf, isMember, LotRun, lotOrigin, NEXT, zBinding } from '@app/evaluation';
import type { Registry } from './registry.js';

/** What goes with an act besides its payload. */
export interface Extras {
  /** Opened secrets: a value gets a salt of its own, an opening keeps the one it has. */
  readonly secrets?: Readonly<Record<string, JsonValue | { readonly opening: Opening }>>;
  /** The open step of the evaluation, unless said otherwise. */
  readonly step?: string;
  /** Nodes sign as nodes, persons with the certificate, unless said otherwise. */
  readonly assurance?: 'certificate' | 'session' | 'node';
  readonly facts?: JsonObject;
  /** The key of the lot that signs a member's act; his own unless said otherwise, null for none. */
  readonly key?: string | null;
}

/** A submitted command before it is decided. */
export interface Prepared {
  readonly command: Command;
  readonly openings: Record<string, Opening>;
  readonly context: Context;
}

/** The rules of these sources as if they were released, so that they decide lots of every jurisdiction. */
export const AS_RELEASED = { engine: NEXT, hash: 'a'.repeat(64) };
/** These alone: what a lot is played under unless its test says otherwise. */
const NEXT_ONLY = new EngineShelf([AS_RELEASED]);

/**
 * A lot on a table: whoever has a part in it acts by signed commands, the table decides, appends and folds, as a main venue would,
 * with a clock that it is told. Deterministic but for keys and boxes.
 */
export class Table {
  readonly profile: CryptoProfile = profileOf('gp-std-1');
  readonly entries: VisibleEntry[] = [];
  /** The same with salts, as a log gives them out. */
  readonly sent: SentEntry[] = [];
  /** Recorded with each entry. */
  readonly contexts: Context[] = [];
  run: LotRun;
  #nowMs: number;
  #ids = 0;
  readonly #signers = new Map<string, LocalSigner>();

  constructor(
    readonly lot: string,
    readonly round: number,
    start: string,
    readonly installation = 'gongping.test',
    readonly shelf = NEXT_ONLY,
    readonly founding: ShelvedEngine = shelf.newest,
    readonly registry: Registry | null = null,
  ) {
    this.#nowMs = Date.parse(start);
    this.run = LotRun.begin(shelf, { origin: lotOrigin(installation, lot, round), lot, round }, founding);
  }

  /** In its newest shape, whatever engine the lot runs under. */
  get state(): LotState {
    return this.run.state;
  }

  /** The same table at this moment, to be played on apart from this one. */
  fork(): Table {
    const copy = new Table(this.lot, this.round, this.now, this.installation, this.shelf, this.founding, this.registry);
    copy.run = this.run;
    copy.entries.push(...this.entries);
    copy.sent.push(...this.sent);
    copy.contexts.push(...this.contexts);
    copy.#ids = this.#ids;
    for (const [party, signer] of this.#signers) copy.#signers.set(party, signer);
    return copy;
  }

  get now(): string {
    return new Date(this.#nowMs).toISOString();
  }

  /** Lets time pass until this instant; it never runs back. */
  waitUntil(instant: string): void {
    this.#nowMs = Math.max(this.#nowMs, Date.parse(instant));
  }

  pass(seconds: number): void {
    this.#nowMs += seconds * 1_000;
  }

  newId(): string {
    this.#ids += 1;
    return `01a0c000-0000-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  signer(party: string): LocalSigner {
    const known = this.#signers.get(party) ?? this.profile.generateSigner(party.startsWith('node:') ? 'node' : 'command');
    this.#signers.set(party, known);
    return known;
  }

  prepare(party: string, type: string, payload: JsonObject = {}, extras: Extras = {}): Prepared {
    const id = this.newId();
    const openings: Record<string, Opening> = {};
    const secrets: Record<string, string> = {};
    for (const [name, given] of Object.entries(extras.secrets ?? {})) {
      const opening = isOpening(given) ? given.opening : { salt: this.salt(`${id}/${name}`), text: canonicalText(given) };
      openings[name] = opening;
      secrets[name] = this.profile.commitment(opening.salt, opening.text);
    }
    const assurance = extras.assurance ?? (party.startsWith('node:') ? 'node' : 'certificate');
    const key = extras.key === undefined ? this.#keyOf(party) : extras.key;
    const command: Command = {
      v: 1,
      id,
      origin: this.state.origin,
      lot: this.lot,
      round: this.round,
      type,
      step: extras.step ?? stepOf(this.state),
      public: payload,
      secrets,
      actor: key === null ? { party } : { party, key },
      at: this.now,
      basis: this.state.size,
    };
    const context: Context = {
      v: 1,
      at: this.now,
      engine: this.run.engineFor(command),
      actor: { party, assurance },
      certificate: assurance === 'node' ? 'node' : 'good',
      facts: extras.facts ?? {},
    };
    return { command, openings, context };
  }

  /** Decides and, when accepted, appends and folds. A second passes. */
  submit(prepared: Prepared): EngineDecision {
    const decision = this.run.decide(prepared, prepared.context);
    if (decision.ok) this.#append(prepared, decision);
    this.#nowMs += 1_000;
    return decision;
  }

  /** An act that must be accepted; returns its entry's number. */
  act(party: string, type: string, payload: JsonObject = {}, extras: Extras = {}): number {
    const decision = this.submit(this.prepare(party, type, payload, extras));
    if (!decision.ok) throw new Error(`${party} ${type}: ${decision.code} ${decision.message}`);
    return this.state.size - 1;
  }

  /** As `act`, for what may be refused: `OK`, or the code of the refusal. */
  answer(party: string, type: string, payload: JsonObject = {}, extras: Extras = {}): ErrorCode | 'OK' {
    const decision = this.submit(this.prepare(party, type, payload, extras));
    return decision.ok ? 'OK' : decision.code;
  }

  /** The code an act is refused with, or null; nothing is recorded and no time passes. */
  refusal(party: string, type: string, payload: JsonObject = {}, extras: Extras = {}): ErrorCode | null {
    const prepared = this.prepare(party, type, payload, extras);
    const decision = this.run.decide(prepared, prepared.context);
    return decision.ok ? null : decision.code;
  }

  salt(label: string): string {
    return toBase64Url(this.profile.hash(utf8(label)));
  }

  /** By which a member signs beside his certificate; null for everybody else, and in lots under engines that knew no such keys. */
  #keyOf(party: string): string | null {
    return this.run.takes('committee.bind-key') && isMember(this.state, party) ? this.signer(lotKey(party)).publicKey : null;
  }

  #append({ command, openings, context }: Prepared, decision: Extract<EngineDecision, { ok: true }>): void {
    const values: Record<string, JsonValue> = {
      skeleton: { events: decision.events },
      command: { command, context },
      who: this.#who(command, context, decision),
    };
    const { party, key } = command.actor;
    if (key !== undefined) values['sig'] = { signature: signWith(this.signer(lotKey(party)), 'command', command) };
    const commitments: Record<string, string> = {};
    const parts: Record<string, Opening> = {};
    for (const [name, value] of Object.entries(decision.derived ?? {})) values[`d:${name}`] = value;
    for (const [name, value] of Object.entries(values)) {
      const opening = { salt: this.salt(`${this.state.size}/${name}`), text: canonicalText(value) };
      parts[name] = opening;
      commitments[name] = this.profile.commitment(opening.salt, opening.text);
    }
    for (const [name, opening] of Object.entries(openings)) {
      values[`x:${name}`] = parseCanonical(opening.text);
      parts[`x:${name}`] = opening;
      commitments[`x:${name}`] = command.secrets[name] ?? '';
    }
    const header = { v: 1 as const, seq: this.state.size, at: context.at, type: command.type, parts: commitments };
    const entry: VisibleEntry = { header, parts: values };
    this.entries.push(entry);
    this.sent.push({ header, parts });
    this.contexts.push(context);
    this.run = this.run.next(entry);
    const fault = this.state.faults.at(-1);
    if (fault !== undefined) throw new Error(`entry ${fault.seq}: ${fault.reason}`);
  }

  #who(command: Command, context: Context, { derived = {} }: Extract<EngineDecision, { ok: true }>): JsonObject {
    const { party } = command.actor;
    if (this.registry === null) {
      const signer = this.signer(party);
      return { key: signer.publicKey, signature: signWith(signer, 'command', command) };
    }
    // The founder is admitted by the very entry that it signs.
    return { ...this.registry.who(command, context, bindingOf(this.state, party) ?? zBinding.parse(derived[`binding:${party}`])) };
  }
}

const lotKey = (party: string): string => `${party}/key`;

const stepOf = ({ status, committee }: LotState): string => (status === 'EVALUATING' ? (committee.step ?? '') : '');

const isOpening = (given: JsonValue | { readonly opening: Opening }): given is { readonly opening: Opening } =>
  typeof given === 'object' && given !== null && 'opening' in given;
