import type { JsonValue, VisibleEntry } from '@app/contracts';
import { CanonicalError, PART, parseCanonical } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import type { EntryPlace } from '../findings.js';
import { Findings } from '../findings.js';
import { opens } from './commitment.js';
import type { JudgedEntry } from './lot-judge.js';

/** Parts that every entry has. */
const OBLIGATORY = [PART.skeleton, PART.command, PART.who];
/** Parts that whoever sees the entry sees. */
const SHOWN_TO_ALL: ReadonlySet<string> = new Set([PART.skeleton, PART.command, PART.sig]);
const NAME = /^(skeleton|command|sig|who|[xd]:.{1,200})$/;

/** Opens the parts of entries, and remembers which were not given. */
export class PartReader {
  readonly findings = new Findings('parts', 'every part fits the commitment in its header');
  /** Parts that the log has and this reader has not, as `<seq>/<part>`; whatever rests on them cannot be judged. */
  readonly #missing = new Set<string>();

  constructor(private readonly profile: CryptoProfile) {}

  isMissing(part: string): boolean {
    return this.#missing.has(part);
  }

  /** The entry with the parts that fit their commitments. */
  read(entry: JudgedEntry, place: EntryPlace): VisibleEntry {
    const { header } = entry;
    const parts: Record<string, JsonValue> = {};
    for (const [name, commitment] of Object.entries(header.parts)) {
      const value = this.#open(entry, name, commitment, place);
      if (value !== undefined) parts[name] = value;
    }
    this.#checkNames(entry, place);
    return { header, parts };
  }

  #open({ header, parts, erased = [] }: JudgedEntry, name: string, commitment: string, entryPlace: EntryPlace): JsonValue | undefined {
    const place = entryPlace.inPart(name);
    const opening = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (opening !== undefined) {
      if (!this.findings.check(opens(opening, commitment, this.profile), place, 'salt and text do not give the commitment'))
        return undefined;
      return this.#canonical(opening.text, place);
    }
    this.#missing.add(`${header.seq}/${name}`);
    if (SHOWN_TO_ALL.has(name)) this.findings.fail(place, 'is withheld, although everybody who sees the entry sees it');
    else if (erased.includes(name)) this.findings.erased();
    else this.findings.hidden();
    return undefined;
  }

  #canonical(text: string, place: EntryPlace): JsonValue | undefined {
    try {
      return parseCanonical(text);
    } catch (error) {
      if (!(error instanceof CanonicalError)) throw error;
      this.findings.fail(place, error.message);
      return undefined;
    }
  }

  #checkNames({ header, parts, erased = [] }: JudgedEntry, place: EntryPlace): void {
    const named = (name: string): boolean => Object.hasOwn(header.parts, name);
    for (const name of OBLIGATORY) if (!named(name)) this.findings.fail(place, `has no part ${name}`);
    for (const name of Object.keys(header.parts)) if (!NAME.test(name)) this.findings.fail(place.inPart(name), 'is no name of a part');
    for (const name of [...Object.keys(parts), ...erased])
      if (!named(name)) this.findings.fail(place.inPart(name), 'the header names no such part');
    const sorted = [...new Set(erased)].sort();
    if (sorted.join() !== erased.join() || sorted.some((name) => Object.hasOwn(parts, name)))
      this.findings.fail(place, 'the list of erased parts is not sorted, repeats a name or names a part that is here');
  }
}
