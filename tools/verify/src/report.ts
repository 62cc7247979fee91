/** What a check may say. A part that was erased or not given is no failure, but it is said. */
export type Verdict = 'PASS' | 'FAIL' | 'NOT VISIBLE' | 'ERASED' | 'NOT AUTHENTICATED';

export interface Wrong {
  /** Entry, line or file: `entry 17, part command`. */
  readonly where: string;
  readonly reason: string;
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
  readonly note: string;
}

export interface Report {
  readonly verdict: 'PASS' | 'FAIL' | 'CONSISTENT, NOT AUTHENTICATED';
  /** 0, 1 or 2: the process's exit status. */
  readonly exit: 0 | 1 | 2;
  readonly origin: string | null;
  readonly size: number;
  readonly checks: readonly CheckResult[];
  readonly award: readonly string[];
  readonly first: Wrong | null;
  readonly limits: readonly string[];
}

/** Collects what one check finds. FAIL outweighs NOT AUTHENTICATED, that ERASED, that NOT VISIBLE. */
export class Findings {
  #count = 0;
  #wrong: Wrong[] = [];
  #hidden = 0;
  #erased = 0;
  #unauthenticated = false;
  #note = '';

  constructor(
    readonly id: string,
    readonly title: string,
  ) {}

  good(count = 1): void {
    this.#count += count;
  }
  fail(where: string, reason: string): void {
    this.#count += 1;
    this.#wrong.push({ where, reason });
  }
  /** Compares; `reason` is only made when it is needed. */
  check(holds: boolean, where: string, reason: string | (() => string)): boolean {
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

  result(): CheckResult {
    const notes = [this.#note, this.#hidden > 0 ? `${this.#hidden} not visible` : '', this.#erased > 0 ? `${this.#erased} erased` : ''];
    return {
      id: this.id,
      title: this.title,
      verdict: this.#verdict(),
      count: this.#count,
      first: this.#wrong[0] ?? null,
      wrong: this.#wrong.length,
      note: notes.filter((note) => note !== '').join('; '),
    };
  }

  #verdict(): Verdict {
    if (this.#wrong.length > 0) return 'FAIL';
    if (this.#unauthenticated) return 'NOT AUTHENTICATED';
    if (this.#erased > 0) return 'ERASED';
    return this.#hidden > 0 ? 'NOT VISIBLE' : 'PASS';
  }
}

/** What a PASS does not prove; printed with every report. */
export const LIMITS: readonly string[] = [
  'that what people entered was true, or that a person rather than someone with his key signed it',
  "that the time, certificate status and registry facts recorded in a context were so: they are the main venue's signed word",
  'that nothing happened outside the system, or after the checkpoint of this archive',
  'anything about parts that are not visible or erased, beyond that they are the ones committed to',
];
