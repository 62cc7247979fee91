import type { Command, Context, EntryHeader, JsonValue, LotEvent, Opening, SignedCommand, VisibleEntry } from '@app/contracts';
import { canonicalText, derivedPart, fromBase64Url, PART, secretPart, toHex } from '@app/contracts';
import { storedBytes } from '@app/evaluation';
import { TreeHasher } from '@app/ledger';
import type { EntryToAppend, PartToAppend } from '@app/ledger/store';
import { toOpening } from '@app/ledger/store';
import type { CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { PROFILE } from '../core/tokens.js';
import type { StoredEntry } from './pipeline.types.js';
import type { SignerFacts } from './signer-facts.js';

const SALT_SIZE = 32;
const SALTS_DRAWN = 256;

/** What an accepted command becomes. */
export interface EntryInput {
  readonly seq: number;
  readonly signed: SignedCommand;
  /** Canonical text of `signed.command`, and its hash. */
  readonly commandText: string;
  readonly request: Uint8Array;
  readonly context: Context;
  readonly signer: SignerFacts;
  readonly events: readonly LotEvent[];
  readonly derived: Readonly<Record<string, JsonValue>>;
}

export interface BuiltEntry {
  readonly row: EntryToAppend;
  readonly header: EntryHeader;
  readonly leaf: string;
  /** The command's public payload. */
  readonly publicFacts: JsonValue;
  /** For `evolve`: the same parts as values. */
  readonly visible: VisibleEntry;
  /** For listeners; its parts are read when somebody looks at them. */
  readonly stored: StoredEntry;
}

interface Part {
  readonly name: string;
  readonly plaintext: Uint8Array;
  readonly commitment: string;
}

/** Puts entries together. Texts are joined from canonical pieces, since serialising a whole entry again costs more than its signature. */
@Injectable()
export class EntryBuilder {
  #salts: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly hasher: TreeHasher,
  ) {}

  build(input: EntryInput): BuiltEntry {
    const { command, openings } = input.signed;
    const parts: Part[] = [
      this.#part(PART.skeleton, canonicalText({ events: input.events })),
      this.#part(PART.command, commandPartText(input.commandText, input.context)),
      this.#part(PART.who, whoPartText(input)),
    ];
    const values: Record<string, JsonValue> = {
      [PART.skeleton]: { events: input.events },
      [PART.command]: commandPart(command, input.context),
    };
    if (input.signed.keySignature !== undefined) {
      parts.push(this.#part(PART.sig, canonicalText({ signature: input.signed.keySignature })));
      values[PART.sig] = { signature: input.signed.keySignature };
    }
    for (const [name, opening] of Object.entries(openings)) {
      parts.push(given(secretPart(name), opening, command.secrets[name] ?? ''));
      values[secretPart(name)] = JSON.parse(opening.text) as JsonValue;
    }
    for (const [name, value] of Object.entries(input.derived)) {
      parts.push(this.#part(derivedPart(name), canonicalText(value)));
      values[derivedPart(name)] = value;
    }
    parts.sort((a, b) => (a.name < b.name ? -1 : 1));
    const commitments: Record<string, string> = {};
    for (const part of parts) commitments[part.name] = part.commitment;
    const header: EntryHeader = { v: 1, seq: input.seq, at: input.context.at, type: command.type, parts: commitments };
    const text = headerText(header, parts);
    const leaf = this.hasher.leaf(Buffer.from(text));
    const row: EntryToAppend = {
      seq: input.seq,
      header: text,
      leaf,
      commandId: command.id,
      request: input.request,
      parts: parts.map((part) => toAppend(command.type, part)),
    };
    const leafHex = toHex(leaf);
    return {
      row,
      header,
      leaf: leafHex,
      publicFacts: command.public,
      visible: { header, parts: values },
      stored: new BuiltStored(header, leafHex, parts),
    };
  }

  #part(name: string, text: string): Part {
    const size = Buffer.byteLength(text);
    const plaintext = Buffer.allocUnsafe(SALT_SIZE + size);
    plaintext.set(this.#salt(), 0);
    plaintext.write(text, SALT_SIZE, size, 'utf8');
    return { name, plaintext, commitment: this.profile.hashHex(plaintext) };
  }

  #salt(): Uint8Array {
    if (this.#at === this.#salts.length) {
      this.#salts = this.profile.primitives.randomBytes(SALT_SIZE * SALTS_DRAWN);
      this.#at = 0;
    }
    this.#at += SALT_SIZE;
    return this.#salts.subarray(this.#at - SALT_SIZE, this.#at);
  }
}

const toAppend = (type: string, { name, plaintext }: Part): PartToAppend => ({
  name,
  plaintext,
  stored: storedBytes(type, name, plaintext.length),
});

/** A secret of the command keeps the client's own salt and commitment; `decide` has checked that they fit. */
function given(name: string, opening: Opening, commitment: string): Part {
  const size = Buffer.byteLength(opening.text);
  const plaintext = Buffer.allocUnsafe(SALT_SIZE + size);
  plaintext.set(fromBase64Url(opening.salt), 0);
  plaintext.write(opening.text, SALT_SIZE, size, 'utf8');
  return { name, plaintext, commitment };
}

const commandPart = (command: Command, context: Context): JsonValue => ({ command, context });

/** Canonical text of `{command, context}` around the command's own. */
function commandPartText(commandText: string, context: Context): string {
  const { actor, at, certificate, engine, facts, v } = context;
  const factsText = Object.keys(facts).length === 0 ? '{}' : canonicalText(facts);
  const contextText =
    `{"actor":{"assurance":"${actor.assurance}","party":${JSON.stringify(actor.party)}},"at":"${at}","certificate":"${certificate}",` +
    `"engine":${JSON.stringify(engine)},"facts":${factsText},"v":${String(v)}}`;
  return `{"command":${commandText},"context":${contextText}}`;
}

function whoPartText({ signer, signed }: EntryInput): string {
  const { evidence, organisation, person, signer: ref } = signer.text;
  return `{"evidence":${evidence},"organisation":${organisation},"person":${person},"signature":"${signed.signature}","signer":${ref}}`;
}

/** Canonical text of a header whose parts are sorted. */
function headerText(header: EntryHeader, parts: readonly Part[]): string {
  const list = parts.map((part) => `"${part.name}":"${part.commitment}"`).join(',');
  return `{"at":"${header.at}","parts":{${list}},"seq":${String(header.seq)},"type":"${header.type}","v":1}`;
}

/** Most entries are looked at by nobody but the database. */
class BuiltStored implements StoredEntry {
  #openings: Readonly<Record<string, Opening>> | null = null;

  constructor(
    readonly header: EntryHeader,
    readonly leaf: string,
    private readonly built: readonly Part[],
  ) {}

  get parts(): Readonly<Record<string, Opening>> {
    this.#openings ??= Object.fromEntries(this.built.map(({ name, plaintext }) => [name, toOpening(plaintext)]));
    return this.#openings;
  }
}
