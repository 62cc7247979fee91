import type { Disclosure } from '@app/contracts';
import type { LotRun, SecretEntry } from '@app/evaluation';
import type { Opening } from '@app/contracts';
import { fromUtf8, PART, toBase64Url } from '@app/contracts';
import { mayAny, viewersOf } from '@app/venue';
import { readSecretEntry, seatedAt } from './page-maker.js';
import type { PageMaker } from './page-maker.js';
import type { SealedReader } from './sealed-reader.js';

const SALT_SIZE = 32;
const READ_LIMIT = 1_000;
const READ_BYTES = 2_000_000;
/** Parts in one message; a sealed sheet has some kilobytes. */
const DISCLOSE_PARTS_MAX = 100;

/**
 * What a site may see of one log, watched as the log grows: rights widen when a secret is disclosed to a role, or when somebody
 * takes a seat there. Parts that went out as ciphertext are then sent in the clear.
 */
export class LotSight {
  #viewers: readonly string[];
  /** The viewers for whom the site was given what it may see; others may be seated by now. */
  #given: string;
  /** Secret parts (`x:`, `d:`) that this site has in the clear, as `<seq>/<name>`. */
  readonly #open = new Set<string>();

  constructor(
    private readonly venue: string,
    private readonly origin: string,
    viewers: readonly string[],
    private readonly reader: SealedReader,
    private readonly maker: PageMaker,
  ) {
    this.#viewers = viewers;
    this.#given = viewers.join();
  }

  get viewers(): readonly string[] {
    return this.#viewers;
  }

  /** Others are seated at the site than those for whom it was given what it has. */
  get isReseated(): boolean {
    return this.#viewers.join() !== this.#given;
  }

  /** Notes what a page was made with. */
  sent(run: LotRun, from: number, to: number): void {
    for (const [seq, entry] of Object.entries(run.state.secretEntries)) {
      if (Number(seq) < from || Number(seq) >= to) continue;
      for (const name of secretNames(entry)) if (this.#may(run, entry, name)) this.#open.add(`${seq}/${name}`);
    }
  }

  /**
   * Parts of entries below `size` that the site may see now and was not given. Empty when nothing widened. They stay owed until
   * {@link given} says that the site has them.
   */
  async widened(run: LotRun, size: number): Promise<Disclosure[]> {
    this.#viewers = seatedAt(run.state, this.venue);
    const wanted = new Map<number, string[]>();
    for (const [seq, entry] of Object.entries(run.state.secretEntries)) {
      if (Number(seq) >= size) continue;
      const names = secretNames(entry).filter((name) => !this.#open.has(`${seq}/${name}`) && this.#may(run, entry, name));
      if (names.length > 0) wanted.set(Number(seq), names);
    }
    // Persons behind acts (`who`) open to a site with the seat, whatever the entry: then the whole log is looked through.
    const disclosed = this.isReseated ? await this.#persons(run, size) : [];
    for (const [seq, names] of wanted) disclosed.push(...(await this.#openings(seq, names)));
    return chunks(disclosed).map((parts) => ({ origin: this.origin, parts }));
  }

  /** The site has taken these, which were made for `viewers`. */
  given(disclosures: readonly Disclosure[], viewers: readonly string[]): void {
    for (const { parts } of disclosures) for (const { seq, name } of parts) this.#open.add(`${String(seq)}/${name}`);
    this.#given = viewers.join();
  }

  #may(run: LotRun, entry: SecretEntry, part: string): boolean {
    // Nobody's seat is not the public's: a site without a part in the lot is given nothing in the clear.
    return this.#viewers.length > 0 && mayAny(run, viewersOf(run.state, this.#viewers), entry, part);
  }

  async #openings(seq: number, names: readonly string[]): Promise<Disclosure['parts']> {
    const [entry] = await this.reader.read(this.origin, seq, 1, READ_BYTES);
    const parts = entry?.seq === seq ? entry.parts.filter(({ name }) => names.includes(name)) : [];
    return parts.map(({ name, ciphertext }) => ({ seq, name, opening: openingOf(this.maker.open(ciphertext)) }));
  }

  async #persons(run: LotRun, size: number): Promise<Disclosure['parts']> {
    const found: Disclosure['parts'] = [];
    for (let from = 0; from < size;) {
      const entries = await this.reader.read(this.origin, from, Math.min(READ_LIMIT, size - from), READ_BYTES);
      if (entries.length === 0) break;
      for (const { seq, header, parts } of entries) {
        const skeleton = parts.find(({ name }) => name === PART.skeleton);
        const who = parts.find(({ name }) => name === PART.who);
        if (skeleton === undefined || who === undefined) continue;
        const secret = readSecretEntry(header, this.maker.open(skeleton.ciphertext));
        if (this.#may(run, secret, PART.who)) found.push({ seq, name: PART.who, opening: openingOf(this.maker.open(who.ciphertext)) });
      }
      from += entries.length;
    }
    return found;
  }
}

const secretNames = (entry: SecretEntry): string[] => Object.keys(entry.header.parts).filter((name) => /^[xd]:/.test(name));

const openingOf = (body: Uint8Array): Opening => ({
  salt: toBase64Url(body.subarray(0, SALT_SIZE)),
  text: fromUtf8(body.subarray(SALT_SIZE)),
});

function chunks(parts: Disclosure['parts']): Disclosure['parts'][] {
  const lists: Disclosure['parts'][] = [];
  for (let at = 0; at < parts.length; at += DISCLOSE_PARTS_MAX) lists.push(parts.slice(at, at + DISCLOSE_PARTS_MAX));
  return lists;
}
