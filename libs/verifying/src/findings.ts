/**
 * What a check may say. `NOT VISIBLE` is never a PASS: something that the check needs was not given. `ERASED` says the same of a part that
 * a later entry ordered to be erased. `NOTHING TO CHECK` is said where the log holds nothing of the kind, so that no check passes by being
 * empty.
 */
export type Verdict = 'PASS' | 'FAIL' | 'NOT VISIBLE' | 'ERASED' | 'NOT AUTHENTICATED' | 'NOTHING TO CHECK';

/** Where something was looked at: an entry, or a file or value (`seq` null). */
export interface Place {
  readonly seq: number | null;
  readonly text: string;
}

/** A place in an entry, by where the entry stands. Its words are only made when they are needed. */
export class EntryPlace implements Place {
  constructor(
    readonly seq: number,
    private readonly type: string,
    private readonly part: string | null = null,
  ) {}

  get text(): string {
    return `entry ${this.seq} (${this.type})${this.part === null ? '' : `, part ${this.part}`}`;
  }

  inPart(name: string): EntryPlace {
    return new EntryPlace(this.seq, this.type, name.slice(0, NAME_SHOWN_MAX));
  }
}

/** Longest name of a part in a sentence. */
const NAME_SHOWN_MAX = 120;

export interface Wrong {
  /** Entry, line or file: `entry 17 (lot.publish), part command`. */
  readonly where: string;
  /** Number of the entry; null where the fault is not one entry's. */
  readonly seq: number | null;
  readonly reason: string;
}

/** With the check that found it, by its id. */
export interface Fault extends Wrong {
  readonly check: string;
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** How many things were compared. */
  readonly count: number;
  /** The first thing that is wrong, in the order of the log. */
  readonly first: Wrong | null;
  readonly wrong: number;
  /** Something that the check needs was not given, whatever else it says. */
  readonly isPartial: boolean;
  readonly note: string;
}

/** Faults of one check that are kept with their words; the others are counted. */
const FAULTS_KEPT_MAX = 100;

/** How often something was compared, was wrong, was not given, and was said to be erased. */
interface Tally {
  readonly count: number;
  readonly wrong: number;
  readonly hidden: number;
  readonly erased: number;
}
const NONE: Tally = { count: 0, wrong: 0, hidden: 0, erased: 0 };

/** Collects what one check finds. FAIL outweighs NOT AUTHENTICATED, that NOT VISIBLE, that ERASED. */
export class Findings {
  #count = 0;
  #wrong = 0;
  readonly #kept: Wrong[] = [];
  #hidden = 0;
  #erased = 0;
  #unauthenticated = false;
  #note = '';
  #before = NONE;
  #latest: Wrong | null = null;

  constructor(
    readonly id: string,
    readonly title: string,
  ) {}

  good(count = 1): void {
    this.#count += count;
  }
  fail(where: Place | string, reason: string): void {
    this.#count += 1;
    this.#wrong += 1;
    if (this.#kept.length >= FAULTS_KEPT_MAX && this.#latest !== null) return;
    const wrong = typeof where === 'string' ? { where, seq: null, reason } : { where: where.text, seq: where.seq, reason };
    this.#latest ??= wrong;
    if (this.#kept.length < FAULTS_KEPT_MAX) this.#kept.push(wrong);
  }
  /** Compares; `reason` is only made when it is needed. */
  check(holds: boolean, where: Place | string, reason: string | (() => string)): boolean {
    if (holds) this.good();
    else this.fail(where, typeof reason === 'string' ? reason : reason());
    return holds;
  }
  hidden(): void {
    this.#hidden += 1;
  }
  erased(): void {
    this.#erased += 1;
  }
  unauthenticated(): void {
    this.#unauthenticated = true;
  }
  note(text: string): void {
    this.#note = text;
  }

  /** From here on {@link latest} tells of another entry. */
  begin(): void {
    this.#before = this.#tally;
    this.#latest = null;
  }
  /** What was found since {@link begin}: the verdict on one entry alone, and the first thing that is wrong in it. */
  get latest(): { readonly verdict: Verdict; readonly wrong: Wrong | null } {
    const [now, before] = [this.#tally, this.#before];
    const since = {
      count: now.count - before.count,
      wrong: now.wrong - before.wrong,
      hidden: now.hidden - before.hidden,
      erased: now.erased - before.erased,
    };
    return { verdict: this.#verdict(since), wrong: this.#latest };
  }

  /** How many things were found wrong. */
  get wrong(): number {
    return this.#wrong;
  }

  /** The first fault that does not pass. What was counted without its words passes never. */
  firstBut(passes: (wrong: Wrong) => boolean): Wrong | null {
    const first = firstWrong(this.#kept.filter((wrong) => !passes(wrong)));
    const uncounted = this.#wrong - this.#kept.length;
    return first ?? (uncounted > 0 ? { where: this.id, seq: null, reason: `${String(uncounted)} more faults` } : null);
  }

  result(): CheckResult {
    const notes = [this.#note, this.#hidden > 0 ? `${this.#hidden} not visible` : '', this.#erased > 0 ? `${this.#erased} erased` : ''];
    return {
      id: this.id,
      title: this.title,
      verdict: this.#verdict(this.#tally),
      count: this.#count,
      first: firstWrong(this.#kept),
      wrong: this.#wrong,
      isPartial: this.#hidden > 0,
      note: notes.filter((note) => note !== '').join('; '),
    };
  }

  get #tally(): Tally {
    return { count: this.#count, wrong: this.#wrong, hidden: this.#hidden, erased: this.#erased };
  }

  #verdict({ count, wrong, hidden, erased }: Tally): Verdict {
    if (wrong > 0) return 'FAIL';
    if (this.#unauthenticated) return 'NOT AUTHENTICATED';
    if (hidden > 0) return 'NOT VISIBLE';
    if (erased > 0) return 'ERASED';
    return count > 0 ? 'PASS' : 'NOTHING TO CHECK';
  }
}

/** The first in the order of the log; what is no entry's comes after the entries, since a changed entry changes tree and head too. */
export function firstWrong<W extends Wrong>(all: readonly W[]): W | null {
  const order = ({ seq }: Wrong): number => seq ?? Number.POSITIVE_INFINITY;
  return all.reduce<W | null>((first, wrong) => (first === null || order(wrong) < order(first) ? wrong : first), null);
}

/** The first of these entries; null when there is none. */
export function earliest(seqs: readonly (number | null)[]): number | null {
  const found = seqs.filter((seq) => seq !== null);
  return found.length === 0 ? null : Math.min(...found);
}
