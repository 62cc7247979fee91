import type { Archive, ArchivedEntry } from '@app/archive';
import { allBytes, writeArchive } from '@app/archive';
import { canonicalText, concatBytes, equalBytes, fromUtf8, type JsonValue, utf8 } from '@app/contracts';
import { type ByteSource, bytesAsSource, packContainer, unpackContainer } from '@app/sealing';
import { sealedAs } from './archived.js';
import type { Certified } from './certified.js';
import { spoiled } from './fuzz-bytes.js';
import { changed } from './fuzz-json.js';
import type { Random } from './random.js';

type Files = Map<string, Uint8Array>;

/** Files beyond `CONTAINER_FILES_MAX`. */
const TOO_MANY_FILES = 10_001;
const BOMB_NAME = 'blobs/bomb';
const STORED = 0;
const DEFLATED = 8;

/**
 * Makes archives that no honest program makes, out of one that is honest. From `bytes` to `signed` they come further before anything is
 * found: in a `signed` one every commitment, leaf and head is what it should be, as a main venue with the log's key can make them.
 */
export class Fuzzer {
  readonly #kinds: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>>;

  private constructor(
    private readonly keys: Certified,
    private readonly archive: Archive,
    private readonly bytes: Uint8Array,
    private readonly random: Random,
  ) {
    this.#kinds = {
      bytes: () => spoiled(this.bytes, this.random),
      file: () => this.#repacked((files, name, content) => files.set(name, spoiled(content, this.random))),
      files: () => this.#repacked((files, name, content) => this.#shuffled(files, name, content)),
      json: () => this.#repacked((files, name, content) => files.set(name, this.#otherLine(content))),
      names: () => this.#repacked((files, name, content) => files.set(name, this.#repeatedName(content))),
      bomb: () => this.#bomb(),
      signed: () => allBytes(writeArchive(this.signed())),
    };
  }

  static async of(keys: Certified, archive: Archive, random: Random): Promise<Fuzzer> {
    return new Fuzzer(keys, archive, await allBytes(writeArchive(archive)), random);
  }

  get kinds(): readonly string[] {
    return Object.keys(this.#kinds);
  }

  /** An archive of this kind, in any case another than the honest one. */
  async make(kind: string): Promise<Uint8Array> {
    const made = await this.#kinds[kind]?.();
    return made === undefined || equalBytes(made, this.bytes) ? concatBytes(this.bytes, utf8('more')) : made;
  }

  /** A part of an entry is another, honestly committed to, under a head that the log signed. */
  signed(): Archive {
    const at = this.random.below(this.archive.entries.length);
    const entries = this.archive.entries.map((entry, index) => (index === at ? this.#otherPart(entry) : entry));
    return sealedAs(this.keys, { ...this.archive, entries }, 'alone');
  }

  #otherPart(entry: ArchivedEntry): ArchivedEntry {
    const name = this.random.pick(Object.keys(entry.parts));
    const { salt, text } = entry.parts[name] ?? { salt: '', text: 'null' };
    const other = textOf(changed(JSON.parse(text) as JsonValue, this.random));
    const commitment = this.keys.profile.commitment(salt, other);
    return {
      ...entry,
      header: { ...entry.header, parts: { ...entry.header.parts, [name]: commitment } },
      parts: { ...entry.parts, [name]: { salt, text: other } },
    };
  }

  #repacked(change: (files: Files, name: string, content: Uint8Array) => void): Uint8Array {
    const files = unpackContainer(this.bytes);
    const name = this.random.pick([...files.keys()]);
    change(files, name, files.get(name) ?? new Uint8Array());
    return packContainer(files);
  }

  #shuffled(files: Files, name: string, content: Uint8Array): void {
    switch (this.random.below(5)) {
      case 0:
        files.delete(name);
        break;
      case 1:
        files.set(this.random.pick([...files.keys()]), content);
        break;
      case 2:
        files.set(`blobs/${this.keys.profile.hashHex(content)}`, content);
        break;
      case 3:
        files.set('log/more.txt', content);
        break;
      default:
        files.set(name, new Uint8Array());
    }
  }

  /** A line of a file as other JSON, in its canonical form where it has one. */
  #otherLine(content: Uint8Array): Uint8Array {
    return this.#withLine(content, (line) => textOf(changed(JSON.parse(line) as JsonValue, this.random)));
  }

  /** A name stands twice in an object: readers differ on which counts. */
  #repeatedName(content: Uint8Array): Uint8Array {
    return this.#withLine(content, (line) =>
      line.replace(/\{("[^"]+":("[^"]*"|\d+|null)),/g, (all, field: string) =>
        this.random.below(3) === 0 ? `{${field},${all.slice(1)}` : all,
      ),
    );
  }

  #withLine(content: Uint8Array, change: (line: string) => string): Uint8Array {
    try {
      const lines = fromUtf8(content).split('\n');
      const at = this.random.below(lines.length);
      return utf8(lines.map((line, index) => (index === at ? change(line) : line)).join('\n'));
    } catch {
      // A ciphertext, or a line that is no JSON.
      return spoiled(content, this.random);
    }
  }

  /** Little that says it is much: sizes that are not there, content that would have to be inflated, files without end. */
  #bomb(): Uint8Array {
    const sizes = [2 ** 32 - 2, 2 ** 31, 2 ** 29 + 1, 1_000_000];
    const header = localHeader(BOMB_NAME, this.random.pick(sizes), this.random.pick([STORED, DEFLATED]));
    switch (this.random.below(20)) {
      case 0:
        return concatBytes(...Array.from({ length: TOO_MANY_FILES }, () => localHeader(BOMB_NAME, 0, STORED)));
      case 1: {
        // A name that stands twice in the container.
        const [first] = unpackContainer(this.bytes).keys();
        return concatBytes(localHeader(first ?? '', 0, STORED), this.bytes);
      }
      default:
        return concatBytes(header, this.bytes);
    }
  }
}

/** The canonical text; for a value that has none, what an ordinary program would write. */
function textOf(value: JsonValue): string {
  try {
    return canonicalText(value);
  } catch {
    return JSON.stringify(value);
  }
}

/** A ZIP's local header (APPNOTE 4.3.7), whatever it says of its file. */
function localHeader(name: string, size: number, method: number): Uint8Array {
  const bytes = new Uint8Array(30 + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint16(4, 20, true);
  view.setUint16(6, 0x0800, true);
  view.setUint16(8, method, true);
  view.setUint16(12, 0x0021, true);
  view.setUint32(18, size, true);
  view.setUint32(22, size, true);
  view.setUint16(26, name.length, true);
  bytes.set(utf8(name), 30);
  return bytes;
}

/** A source that counts what is read of it, and refuses what lies beyond it. */
export class CountedSource implements ByteSource {
  readonly size: number;
  bytesRead = 0;
  readonly #inner: ByteSource;

  constructor(bytes: Uint8Array) {
    this.#inner = bytesAsSource(bytes);
    this.size = bytes.length;
  }

  read(from: number, to: number): Promise<Uint8Array> {
    if (from < 0 || to < from || to > this.size) throw new RangeError(`read from ${from} to ${to} of ${this.size} bytes`);
    this.bytesRead += to - from;
    return this.#inner.read(from, to);
  }
}
