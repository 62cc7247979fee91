import type { Archive } from '@app/archive';
import { canonicalText, PART, zCommandPart } from '@app/contracts';
import type { JsonValue, VisibleEntry } from '@app/contracts';
import { LotRun } from '@app/evaluation';
import type { EngineShelf, LotState } from '@app/evaluation';
import { Findings } from '../report.js';
import type { CheckResult } from '../report.js';

/**
 * Folds the whole log and asks the rules again, those of the engine that the lot names at each entry: `decide` on the state before, with the recorded context, must give the very
 * events and derived values that the entry holds. Entries whose parts but `who` are not all here are folded and said not to be
 * re-decided.
 */
export function checkReplay(
  archive: Archive,
  visible: readonly VisibleEntry[],
  shelf: EngineShelf,
): { results: CheckResult[]; state: LotState } {
  const decided = new Findings('decide', 'the rules, asked again with the recorded context, decide the same');
  const folded = new Findings('evolve', 'every entry leads from one lawful state to the next');
  const { origin, lot, round } = archive.head;
  // Entry 0 is asked of the engine that it names itself: a lot may have been founded under any that this verifier has.
  const founding = shelf.find(foundedUnder(visible[0])) ?? shelf.newest;
  let run = LotRun.begin(shelf, { origin, lot, round }, founding);
  visible.forEach((entry, index) => {
    const where = `entry ${index} (${entry.header.type})`;
    redecide(archive, entry, run, where, decided);
    const known = run.state.faults.length;
    run = run.next(entry);
    folded.check(run.state.faults.length === known, where, () => run.state.faults[known]?.reason ?? 'not a lawful entry');
  });
  const { missing } = run;
  folded.check(
    missing === null,
    `entry ${missing?.seq ?? 0}`,
    () => `calls for ${missing?.engine ?? ''}, which this verifier does not have`,
  );
  folded.check(run.engine === archive.head.engine, 'archive.json', () => `names ${archive.head.engine}, the log ends under ${run.engine}`);
  return { results: [decided.result(), folded.result()], state: run.state };
}

/** The engine in the recorded context of the founding entry; empty when that part is not here. */
function foundedUnder(entry: VisibleEntry | undefined): string {
  const part = zCommandPart.safeParse(entry?.parts[PART.command]);
  return part.success ? part.data.context.engine : '';
}

function redecide(archive: Archive, entry: VisibleEntry, run: LotRun, where: string, findings: Findings): void {
  // No rule reads who signed: without that part the rules can still be asked.
  const names = Object.keys(entry.header.parts).filter((name) => name !== PART.who);
  if (!names.every((name) => Object.hasOwn(entry.parts, name))) {
    findings.hidden();
    return;
  }
  const part = zCommandPart.safeParse(entry.parts[PART.command]);
  if (!part.success) {
    findings.fail(where, 'part command has not the form of a command and its context');
    return;
  }
  const { command, context } = part.data;
  if (context.at !== entry.header.at || command.type !== entry.header.type) {
    findings.fail(where, 'header, command and context differ in time or type');
    return;
  }
  const engine = run.engineFor(command);
  if (context.engine !== engine) {
    findings.fail(where, `decided by engine ${context.engine}, the lot runs under ${engine}`);
    return;
  }
  const openings = Object.fromEntries(
    Object.entries(archive.entries[entry.header.seq]?.parts ?? {}).flatMap(([name, opening]) =>
      name.startsWith('x:') ? [[name.slice(2), opening]] : [],
    ),
  );
  const decision = run.decide({ command, openings }, context);
  if (!decision.ok) {
    findings.fail(where, `the rules refuse it: ${decision.code} ${decision.message}`);
    return;
  }
  const derived = Object.fromEntries(Object.entries(decision.derived ?? {}).map(([name, value]) => [`d:${name}`, value]));
  const expected: Record<string, JsonValue> = { [PART.skeleton]: { events: [...decision.events] }, ...derived };
  const present = names.filter((name) => name === PART.skeleton || name.startsWith('d:'));
  const missing = Object.keys(expected).filter((name) => !present.includes(name));
  const wrong = present.find((name) => !Object.hasOwn(expected, name) || !sameJson(expected[name], entry.parts[name]));
  findings.check(wrong === undefined && missing.length === 0, where, () => `part ${wrong ?? missing[0] ?? ''} is not what the rules give`);
}

const sameJson = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b);
