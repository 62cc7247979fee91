import type { CommandPart, JsonValue, VisibleEntry } from '@app/contracts';
import { PART, zCommandPart } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import { isObject } from '@app/evaluation';
import type { EntryPlace } from '../findings.js';
import { Findings } from '../findings.js';
import { firstDifference } from './difference.js';
import type { JudgedEntry } from './lot-judge.js';
import type { PartReader } from './parts.js';

/**
 * What became of one entry. `held`: it was not judged, for want of a part that this reader was not given, and a keeper's release would rest
 * on it; `private`: it was not judged either, and nothing that keepers wait for can come of it. `formal`: it is good, a secret left aside
 * that is only tested.
 */
export type Redecided = 'good' | 'formal' | 'wrong' | 'held' | 'private';

/**
 * Asks the rules again: `decide` on the state before, with the recorded context, must give the very events and derived values that the
 * entry holds. What rests on a part that this reader was not given is not visible, and never a fault of the entry that rests on it.
 */
export class Redecision {
  readonly findings = new Findings('decide', 'the rules, asked again with the recorded context, decide the same');

  constructor(private readonly parts: PartReader) {}

  take(entry: JudgedEntry, visible: VisibleEntry, run: LotRun, place: EntryPlace): Redecided {
    const part = zCommandPart.safeParse(visible.parts[PART.command]);
    if (!part.success) {
      // That it is withheld is the finding of the parts.
      if (Object.hasOwn(visible.parts, PART.command))
        this.findings.fail(place, 'part command has not the form of a command and its context');
      return 'wrong';
    }
    const fault = contextFault(part.data, visible, run) ?? this.#ask(entry, visible, part.data, run);
    if (fault === 'good') {
      this.findings.good();
      // A derived value that was not given could not be compared.
      const lacks = (kind: string): boolean =>
        Object.keys(visible.header.parts).some((name) => name.startsWith(kind) && !Object.hasOwn(visible.parts, name));
      if (lacks('d:')) this.findings.hidden();
      return lacks('x:') ? 'formal' : 'good';
    }
    if (fault !== 'unseen') {
      this.findings.fail(place, fault.reason);
      return 'wrong';
    }
    const makes = run.mayMake(part.data.command);
    const other = makes === null ? undefined : eventsOf(visible).find((type) => !makes.includes(type));
    if (other !== undefined) {
      this.findings.fail(place, `makes an event ${other}, which no ${visible.header.type} makes`);
      return 'wrong';
    }
    this.findings.hidden();
    return makes === null ? 'held' : 'private';
  }

  #ask(entry: JudgedEntry, visible: VisibleEntry, { command, context }: CommandPart, run: LotRun): 'good' | 'unseen' | { reason: string } {
    const openings = Object.fromEntries(
      Object.entries(entry.parts).flatMap(([name, opening]) => (name.startsWith('x:') ? [[name.slice(2), opening]] : [])),
    );
    const submitted = { command, openings, isJudged: true };
    const decision = run.decide(submitted, context);
    if (!decision.ok && decision.code === 'NOT_VISIBLE') return 'unseen';
    const reason = compare(decision, Object.keys(visible.header.parts), visible);
    if (reason === null) return hasUnreadShown(decision, visible) ? 'unseen' : 'good';
    const looked: string[] = [];
    run.decide(submitted, context, (asked) => looked.push(asked));
    return looked.some((asked) => this.parts.isMissing(asked)) ? 'unseen' : { reason };
  }
}

/** Does the entry show a derived value that rests on a secret which this reader was not given, so that he cannot compare it? */
const hasUnreadShown = (decision: ReturnType<LotRun['decide']>, { parts }: VisibleEntry): boolean =>
  decision.ok && (decision.unread ?? []).some((name) => Object.hasOwn(parts, `d:${name}`));

function contextFault({ command, context }: CommandPart, { header }: VisibleEntry, run: LotRun): { reason: string } | null {
  if (context.at !== header.at || command.type !== header.type) return { reason: 'header, command and context differ in time or type' };
  const engine = run.engineFor(command);
  return context.engine === engine ? null : { reason: `decided by engine ${context.engine}, the lot runs under ${engine}` };
}

/**
 * Types of the events in the skeleton, as far as it has its form; an entry whose skeleton has none leads nowhere, which is another check's.
 */
function eventsOf({ parts }: VisibleEntry): string[] {
  const skeleton = parts[PART.skeleton];
  const events = isObject(skeleton) ? skeleton['events'] : undefined;
  return Array.isArray(events)
    ? events.map((event: JsonValue) => (isObject(event) && typeof event['type'] === 'string' ? event['type'] : ''))
    : [];
}

/** Null, or how the entry differs from the decision. Derived values that this reader was not given are left aside. */
function compare(decision: ReturnType<LotRun['decide']>, names: readonly string[], visible: VisibleEntry): string | null {
  if (!decision.ok) return `the rules refuse it: ${decision.code} ${decision.message}`;
  const derived = Object.entries(decision.derived ?? {}).map(([name, value]): [string, JsonValue] => [`d:${name}`, value]);
  const expected = new Map<string, JsonValue>([[PART.skeleton, { events: [...decision.events] }], ...derived]);
  const unread = (decision.unread ?? []).map((name) => `d:${name}`);
  const present = names.filter((name) => name === PART.skeleton || name.startsWith('d:'));
  const extra = present.find((name) => !expected.has(name) && !unread.includes(name));
  if (extra !== undefined) return `part ${extra} is none that the rules give`;
  const lacking = unread.find((name) => !present.includes(name));
  if (lacking !== undefined) return `lacks the part ${lacking} that the rules give`;
  for (const [name, value] of expected) {
    if (!present.includes(name)) return `lacks the part ${name} that the rules give`;
    const found = visible.parts[name];
    const difference = found === undefined ? null : firstDifference(value, found);
    if (difference !== null) return `part ${name} is not what the rules give: ${difference}`;
  }
  return null;
}
