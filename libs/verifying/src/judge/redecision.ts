import type { JsonValue, VisibleEntry } from '@app/contracts';
import { PART, zCommandPart } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import type { EntryPlace } from '../findings.js';
import { Findings } from '../findings.js';
import { firstDifference } from './difference.js';
import type { JudgedEntry } from './lot-judge.js';
import type { PartReader } from './parts.js';

/**
 * Asks the rules again: `decide` on the state before, with the recorded context, must give the very events and derived values that the
 * entry holds. What rests on a part that this reader was not given is not visible, and never a fault of the entry that rests on it.
 */
export class Redecision {
  readonly findings = new Findings('decide', 'the rules, asked again with the recorded context, decide the same');

  constructor(private readonly parts: PartReader) {}

  take(entry: JudgedEntry, visible: VisibleEntry, run: LotRun, place: EntryPlace): void {
    const names = Object.keys(entry.header.parts);
    const part = zCommandPart.safeParse(visible.parts[PART.command]);
    if (!part.success) {
      // That it is withheld is the finding of the parts.
      if (Object.hasOwn(visible.parts, PART.command))
        this.findings.fail(place, 'part command has not the form of a command and its context');
      return;
    }
    const { command, context } = part.data;
    if (context.at !== entry.header.at || command.type !== entry.header.type) {
      this.findings.fail(place, 'header, command and context differ in time or type');
      return;
    }
    const engine = run.engineFor(command);
    if (context.engine !== engine) {
      this.findings.fail(place, `decided by engine ${context.engine}, the lot runs under ${engine}`);
      return;
    }
    if (names.some((name) => name.startsWith('x:') && !Object.hasOwn(visible.parts, name))) {
      this.findings.hidden();
      return;
    }
    const openings = Object.fromEntries(
      Object.entries(entry.parts).flatMap(([name, opening]) => (name.startsWith('x:') ? [[name.slice(2), opening]] : [])),
    );
    const submitted = { command, openings };
    const difference = compare(run.decide(submitted, context), names, visible);
    if (difference === null) {
      this.findings.good();
      if (names.some((name) => name.startsWith('d:') && !Object.hasOwn(visible.parts, name))) this.findings.hidden();
      return;
    }
    const looked: string[] = [];
    run.decide(submitted, context, (asked) => looked.push(asked));
    if (looked.some((asked) => this.parts.isMissing(asked))) this.findings.hidden();
    else this.findings.fail(place, difference);
  }
}

/** Null, or how the entry differs from the decision. Derived values that this reader was not given are left aside. */
function compare(decision: ReturnType<LotRun['decide']>, names: readonly string[], visible: VisibleEntry): string | null {
  if (!decision.ok) return `the rules refuse it: ${decision.code} ${decision.message}`;
  const derived = Object.entries(decision.derived ?? {}).map(([name, value]): [string, JsonValue] => [`d:${name}`, value]);
  const expected = new Map<string, JsonValue>([[PART.skeleton, { events: [...decision.events] }], ...derived]);
  const present = names.filter((name) => name === PART.skeleton || name.startsWith('d:'));
  const extra = present.find((name) => !expected.has(name));
  if (extra !== undefined) return `part ${extra} is none that the rules give`;
  for (const [name, value] of expected) {
    if (!present.includes(name)) return `lacks the part ${name} that the rules give`;
    const found = visible.parts[name];
    const difference = found === undefined ? null : firstDifference(value, found);
    if (difference !== null) return `part ${name} is not what the rules give: ${difference}`;
  }
  return null;
}
