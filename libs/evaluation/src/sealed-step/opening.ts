import type { JsonValue } from '@app/contracts';
import { refuse, type Refused } from '../kernel/slice.js';
import { own } from '../kernel/state.js';
import { boxFault, type HandedBox, judgeBox, type KeyRing } from './boxes.js';
import { zMasters } from './commands.js';
import { isFull, type Roster, type SealedStep, sheetPart, type Verdict } from './step.js';

/** Somebody hands in his box: the first that is accepted stands. That he may hand in at all is the slice's to say. */
export function submitFault(ring: KeyRing, purpose: string, step: Pick<SealedStep, 'boxes' | 'opened'>, asked: HandedBox): Refused | null {
  if (Object.hasOwn(step.boxes, asked.party) || Object.hasOwn(step.opened, asked.party)) {
    return refuse('E_ALREADY_DONE', 'what you handed in first stands');
  }
  return boxFault(ring, purpose, asked);
}

export interface Opened {
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Contents of the boxes that are valid, by member. */
  readonly contents: Readonly<Record<string, JsonValue>>;
}
interface Node {
  readonly secrets: Readonly<Record<string, string>>;
  readonly opened: Readonly<Record<string, JsonValue>>;
}

/** Whom a step waits for. */
export interface Waiting {
  readonly roster: Roster;
  /** Members were promised more time, and nobody has said how much. */
  readonly isTimeDue: boolean;
}

/** Opens every box of a step at once, or says why not: somebody owes, time was promised, or the node's word is not the box's. */
export function openAll(ring: KeyRing, step: SealedStep, { roster, isTimeDue }: Waiting, asked: Node): Opened | Refused {
  if (step.closedAt !== null) return refuse('E_ALREADY_DONE', 'the sheets of this step are opened');
  if (!isFull(roster, step)) return refuse('E_STEP_BARRIER', 'there is no box to open, or a member still owes a sheet');
  if (isTimeDue) return refuse('E_STEP_BARRIER', 'the time that members asked for is not granted yet');
  return openBoxes(ring, step.boxes, asked);
}

/**
 * Judges each box anew from the released keys; the node's masters and contents must be exactly what comes out. Contents come under
 * the commitment that the member signed in his manifest.
 */
export function openBoxes(ring: KeyRing, boxes: SealedStep['boxes'], asked: Node): Opened | Refused {
  const masters = zMasters.safeParse(asked.opened['masters']);
  if (!masters.success) return refuse('E_INPUT', 'secrets.masters: missing');
  const names = new Set([...Object.keys(boxes).map(sheetPart), 'masters']);
  const extra = Object.keys(asked.secrets).find((name) => !names.has(name));
  if (extra !== undefined) return refuse('E_INPUT', `secrets.${extra}: there is no such box`);
  const verdicts: Record<string, Verdict> = {};
  const contents: Record<string, JsonValue> = {};
  for (const [member, box] of Object.entries(boxes)) {
    const judged = judgeBox(ring, box);
    if (judged === null) return refuse('E_STEP_BARRIER', 'fewer keepers than needed have released their keys');
    if (own(masters.data, member) !== judged.master) return refuse('E_INPUT', `secrets.masters.${member}: not what the keys give`);
    const given = own(asked.secrets, sheetPart(member));
    if (judged.verdict === 'VALID') {
      if (given !== box.manifest['plaintext'])
        return refuse('OPENING_MISMATCH', `secrets.${sheetPart(member)}: not what the member committed to`);
      contents[member] = own(asked.opened, sheetPart(member)) ?? null;
    } else if (given !== undefined) {
      return refuse('E_INPUT', `secrets.${sheetPart(member)}: this box holds no sheet`);
    }
    verdicts[member] = judged.verdict;
  }
  return { verdicts, contents };
}

export interface Read<T> {
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** By member; who handed in none has no sheet here. */
  readonly sheets: Readonly<Record<string, T>>;
}

/** The opened contents as the slice reads them: what it takes for no sheet (null) is INVALID_SHEET. */
export function readSheets<T>({ verdicts, contents }: Opened, read: (content: JsonValue) => T | null): Read<T> {
  const judged: Record<string, Verdict> = { ...verdicts };
  const sheets: Record<string, T> = {};
  for (const [member, content] of Object.entries(contents)) {
    const sheet = read(content);
    if (sheet === null) judged[member] = 'INVALID_SHEET';
    else sheets[member] = sheet;
  }
  return { verdicts: judged, sheets };
}
