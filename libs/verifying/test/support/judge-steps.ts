import type { SentEntry, VisibleEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import { EntryPlace } from '../../src/findings.js';
import { opens } from '../../src/judge/commitment.js';
import { PartReader } from '../../src/judge/parts.js';
import { Redecision } from '../../src/judge/redecision.js';

/** The steps of a judge one by one, for whoever measures what each of them costs. Throws where an entry is not good. */
export class JudgeSteps {
  readonly #reader: PartReader;
  readonly #rules: Redecision;

  constructor(
    private readonly profile: CryptoProfile,
    /** The lot before its first entry. */
    private run: LotRun,
  ) {
    this.#reader = new PartReader(profile);
    this.#rules = new Redecision(this.#reader);
  }

  /** Every part fits the commitment in its header. */
  compare({ header, parts }: SentEntry): void {
    for (const [name, opening] of Object.entries(parts))
      if (!opens(opening, header.parts[name], this.profile)) throw new Error(`entry ${header.seq}: part ${name} does not fit`);
  }

  /** The same, and every part in its canonical form. */
  read(entry: SentEntry): VisibleEntry {
    return this.#reader.read(entry, new EntryPlace(entry.header.seq, entry.header.type));
  }

  /** The rules asked again, and the entry folded. In the order of the log. */
  decide(entry: SentEntry, visible: VisibleEntry): void {
    const { seq, type } = entry.header;
    if (this.#rules.take(entry, visible, this.run, new EntryPlace(seq, type)) !== 'good')
      throw new Error(`entry ${seq}: not what was decided`);
    this.run = this.run.next(visible);
  }
}
