import type { Archive, ArchivedBlob, ArchivedEntry } from '@app/archive';
import type { Command, CommandPart, Context, EntryHeader, JsonObject, JsonValue, VisibleEntry, WhoPart } from '@app/contracts';
import { canonicalText, PART, parseCanonical, utf8, zCommandPart, zWhoPart } from '@app/contracts';
import { type EngineShelf, LotRun } from '@app/evaluation';
import { cosign, formatNote, formatVerifierKey, parseCheckpointNote, SIGNATURE_TYPE } from '@app/ledger';
import { noteKey, noteSigner, noteSuite, readCertificate, signWith } from '@app/sealing';
import type { Play } from '@app/testing/play';
import { NODES } from '@app/testing/play';
import { archiveOf, blobOf, sealedAs } from './archived.js';
import type { Certified } from './certified.js';

const MAIN = NODES[0];
const OWN_WITNESS = 'gongping.test/witness/main';
/** What becomes of the parts of an entry: another content, or null where the header shall name it no more. */
export type Parts = Readonly<Record<string, JsonValue | null>>;

/**
 * A main venue that lies: it holds the log's key and its own node's, writes commitments, leaves and heads as it likes, and has nobody
 * else's key. It knows every secret that the archive of the whole lot shows.
 */
export class Forger {
  readonly entries: ArchivedEntry[];
  readonly #honest: Archive;
  readonly #shelf: EngineShelf;

  constructor(
    play: Play,
    readonly keys: Certified,
  ) {
    this.#honest = archiveOf(play, keys);
    this.#shelf = play.table.shelf;
    this.entries = [...this.#honest.entries];
  }

  /**
   * The archive of what is written now, with a head that the log signed and no witness saw. `change`: of what stands beside the entries.
   */
  archive(change: Partial<Archive> = {}): Archive {
    const { head, policy, platformCheckpoint, acts, heads, blobs } = { ...this.#honest, ...change };
    const sealed = sealedAs(this.keys, { head, policy, platformCheckpoint, acts, heads, blobs, entries: this.entries }, 'alone');
    return { ...sealed, ...change, head: { ...head, size: this.entries.length } };
  }

  /** The archive as the witnesses signed it, but for this. */
  beside(change: Partial<Archive>): Archive {
    return { ...this.#honest, ...change };
  }

  /** The lot as it is written now, for a platform log. */
  get lot(): { origin: string; headers: EntryHeader[] } {
    return { origin: this.#honest.head.origin, headers: this.entries.map(({ header }) => header) };
  }

  /** Another engine than the lot's that verifiers have too. */
  get otherEngine(): string {
    return this.#shelf.all.find(({ id }) => id !== this.#honest.head.engine)?.id ?? '';
  }

  /** The honest head, cosigned by a witness that the main venue made up. */
  ownHead(): string {
    const { checkpoint, head, entries } = this.#honest;
    const time = Math.floor(Date.parse(entries.at(-1)?.header.at ?? '') / 1_000);
    const { text, signatures } = parseCheckpointNote(checkpoint);
    const suite = noteSuite(this.keys.profile);
    const own = noteSigner(this.keys.node(MAIN), OWN_WITNESS, SIGNATURE_TYPE.cosignature);
    return formatNote({ text, signatures: [...signatures.filter(({ name }) => name === head.origin), cosign(suite, text, own, time)] });
  }

  /** A policy that asks for that witness alone. */
  ownPolicy(): string {
    const key = noteKey(this.keys.nodeKey(MAIN), OWN_WITNESS, SIGNATURE_TYPE.cosignature);
    if (key === null) throw new Error('a node signs with the key of a node');
    return `witness main ${formatVerifierKey(this.keys.profile.hash, key)}\nquorum main\n`;
  }

  /** A file that no entry names, under its right name. */
  strayFile(): { name: string; blob: ArchivedBlob } {
    const bytes = utf8('a file of nobody');
    return { name: this.keys.profile.hashHex(bytes), blob: blobOf(bytes) };
  }

  /** The part of an entry's text that this finds. */
  match(seq: number, part: string, pattern: RegExp): string {
    const found = pattern.exec(this.text(seq, part));
    if (found === null) throw new Error(`part ${part} of entry ${seq} has no ${String(pattern)}`);
    return found[1] ?? found[0];
  }

  /** Number of the `nth` entry of a type. */
  find(type: string, nth = 0): number {
    const found = this.entries.flatMap(({ header }, seq) => (header.type === type ? [seq] : []))[nth];
    if (found === undefined) throw new Error(`there is no entry ${nth} of type ${type}`);
    return found;
  }

  /** Number of the first entry of a type by this party. */
  findBy(type: string, party: string): number {
    const found = this.entries.findIndex(({ header }, seq) => header.type === type && this.command(seq).command.actor.party === party);
    if (found < 0) throw new Error(`${party} wrote no ${type}`);
    return found;
  }

  at(seq: number): ArchivedEntry {
    const entry = this.entries[seq];
    if (entry === undefined) throw new Error(`there is no entry ${seq}`);
    return entry;
  }

  text(seq: number, name: string): string {
    const opening = this.at(seq).parts[name];
    if (opening === undefined) throw new Error(`entry ${seq} has no part ${name}`);
    return opening.text;
  }

  command(seq: number): CommandPart {
    return zCommandPart.parse(parseCanonical(this.text(seq, PART.command)));
  }

  who(seq: number): WhoPart {
    return zWhoPart.parse(parseCanonical(this.text(seq, PART.who)));
  }

  /** Writes parts anew, honestly committed to; secrets of a command stay those that its signature covers, unless `sign` renews it. */
  write(seq: number, change: Parts): this {
    const { header, parts } = this.at(seq);
    const named = new Map(Object.entries(header.parts));
    const opened = new Map(Object.entries(parts));
    for (const [name, value] of Object.entries(change)) {
      named.delete(name);
      opened.delete(name);
      if (value === null) continue;
      const opening = { salt: this.keys.profile.newSalt(), text: canonicalText(value) };
      opened.set(name, opening);
      named.set(name, this.keys.profile.commitment(opening.salt, opening.text));
    }
    this.entries[seq] = {
      header: { ...header, parts: Object.fromEntries(named) },
      parts: Object.fromEntries(opened),
      erased: [],
    };
    return this;
  }

  /** Changes what is written in one part. */
  edit(seq: number, name: string, from: string | RegExp, to: string): this {
    const text = this.text(seq, name);
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`part ${name} of entry ${seq} has no ${String(from)}`);
    return this.write(seq, { [name]: parseCanonical(canonicalText(JSON.parse(changed) as JsonValue)) });
  }

  /** Has the main venue's node sign the command of this entry as it stands, with the secrets that the header commits to. */
  sign(seq: number, change: Partial<Command> = {}, context: Partial<Context> = {}): this {
    const { header } = this.at(seq);
    const old = this.command(seq);
    const secrets = Object.entries(header.parts).flatMap(([name, commitment]) =>
      name.startsWith('x:') ? [[name.slice(2), commitment] as const] : [],
    );
    const command: Command = { ...old.command, secrets: { ...old.command.secrets, ...Object.fromEntries(secrets) }, ...change };
    return this.write(seq, {
      [PART.command]: jsonOf({ command, context: { ...old.context, ...context } }),
      [PART.who]: this.signature(command),
    });
  }

  /** By the main venue's node, whoever the command says acts. */
  signature(command: Command): JsonValue {
    const signer = this.keys.node(MAIN);
    return {
      signer: { kind: 'node', name: MAIN, publicKey: signer.publicKey },
      signature: signWith(signer, 'command', command),
      person: null,
      organisation: null,
      evidence: { chain: [], revocation: null },
    };
  }

  /** Signs this entry's command as a namesake of its signer, whose certificate is of the main venue's own authority. */
  signAsNamesake(seq: number, namesakes: Certified): this {
    const { command, context } = this.command(seq);
    const { person, organisation } = this.who(seq);
    const certificate = namesakes.certificate(command.actor.party);
    return this.write(seq, {
      [PART.who]: parseCanonical(canonicalText(namesakes.who(command, context, { person, organisation, certificate, nodeKey: null }))),
    });
  }

  /** Signs this entry's command as its signer does, by a session key that he granted for this seat. */
  signAtSeat(seq: number, seat: string): this {
    const { command, context } = this.command(seq);
    const { signer, person, organisation } = this.who(seq);
    if (signer.kind !== 'session') throw new Error(`no session key signed entry ${seq}`);
    const certificate = readCertificate(this.keys.profile, signer.certificate)?.fingerprint ?? null;
    const who = this.keys.who(command, context, { person, organisation, certificate, nodeKey: null }, seat);
    return this.write(seq, { [PART.who]: parseCanonical(canonicalText(who)) });
  }

  drop(seq: number, count = 1): this {
    this.entries.splice(seq, count);
    return this.#number();
  }

  insert(seq: number, entry: ArchivedEntry): this {
    this.entries.splice(seq, 0, entry);
    return this.#number();
  }

  /**
   * An act that nobody gave, before entry `seq`: the main venue signs it in the name of a party, and writes what the rules make of it;
   * where they refuse it, what stood in an honest entry of no consequence.
   */
  invent(seq: number, party: string, type: string, payload: JsonObject, facts?: Context): this {
    const like = this.command(seq);
    const id = `01a0c000-0000-7000-8000-${'f'.repeat(12)}`;
    const command: Command = { ...like.command, id, type, public: payload, secrets: {}, actor: { party } };
    const context = facts ?? { ...like.context, actor: { party, assurance: 'certificate' }, certificate: 'good', facts: {} };
    this.insert(seq, { header: { v: 1, seq, at: context.at, type, parts: {} }, parts: {}, erased: [] });
    this.write(seq, {
      [PART.command]: jsonOf({ command, context }),
      [PART.skeleton]: { events: [{ type: 'entry.acted', party }] },
      [PART.who]: this.signature(command),
    });
    return this.retell(seq, seq + 1);
  }

  /** Says of a part that it is erased. */
  erase(seq: number, name: string): this {
    const { [name]: _gone, ...parts } = this.at(seq).parts;
    this.entries[seq] = { ...this.at(seq), parts, erased: [name] };
    return this;
  }

  /** Drops every entry that a party signed. */
  dropAll(party: string): this {
    for (let seq = this.entries.length - 1; seq >= 0; seq -= 1) if (this.command(seq).command.actor.party === party) this.drop(seq);
    return this;
  }

  /** The same act at another time, for the main venue to say. */
  move(seq: number, at: string): this {
    const { command, context } = this.command(seq);
    const entry = this.at(seq);
    this.entries[seq] = { ...entry, header: { ...entry.header, at } };
    return this.write(seq, { [PART.command]: jsonOf({ command, context: { ...context, at } }) });
  }

  /**
   * Goes on from a lie as an honest main venue would: every later entry holds what the rules make of its command on the state that the lie
   * left, so that prices, scores, ranks and winner fit each other. What others signed stays as they signed it; where the rules refuse an
   * act after the lie, its entry stays as it was.
   */
  retell(from: number, until = this.entries.length): this {
    const { head } = this.#honest;
    let run = LotRun.begin(this.#shelf, head);
    for (let seq = 0; seq < this.entries.length; seq += 1) {
      if (seq >= from && seq < until) this.#retold(seq, run);
      run = run.next(this.#visible(seq));
    }
    return this;
  }

  #retold(seq: number, run: LotRun): void {
    const { parts, header } = this.at(seq);
    const { command, context } = this.command(seq);
    const openings = Object.fromEntries(
      Object.entries(parts).flatMap(([name, opening]) => (name.startsWith('x:') ? [[name.slice(2), opening]] : [])),
    );
    const decision = run.decide({ command, openings }, context);
    if (!decision.ok) return;
    const gone = Object.keys(header.parts).filter((name) => name.startsWith('d:'));
    const derived = Object.entries(decision.derived ?? {}).map(([name, value]) => [`d:${name}`, value] as const);
    this.write(seq, {
      ...Object.fromEntries(gone.map((name) => [name, null])),
      [PART.skeleton]: { events: [...decision.events] },
      ...Object.fromEntries(derived),
    });
  }

  #visible(seq: number): VisibleEntry {
    const { header, parts } = this.at(seq);
    return { header, parts: Object.fromEntries(Object.entries(parts).map(([name, { text }]) => [name, parseCanonical(text)])) };
  }

  #number(): this {
    this.entries.forEach((entry, seq) => {
      this.entries[seq] = { ...entry, header: { ...entry.header, seq } };
    });
    return this;
  }
}

const jsonOf = (part: CommandPart): JsonValue => parseCanonical(canonicalText(part));
