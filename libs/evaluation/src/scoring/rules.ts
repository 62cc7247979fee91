import type { Context, JsonValue, LotEvent } from '@app/contracts';
import {
  type EvaluationStep,
  handInFault,
  MEMBER_ROLES,
  openSheetsOf,
  openStep,
  owedFault,
  seatFault,
  stepAfter,
  stepFault,
} from '../committee/index.js';
import { ruleSetOf, tenderRulesOf, type ScorePart, scoresStep } from '../lot/index.js';
import { openMatter, priceWindowEnd } from '../motions/index.js';
import { accept, command, type Decision, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { seesReviewSheet } from '../review/index.js';
import { overlay, seesCiphertext, zAnything, zCiphertext, zMasters, zSubmitSheet } from '../sealed-step/index.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { aggregate } from './aggregate.js';
import { aggregationInput } from './aggregation-input.js';
import { zConfirmation, zExplanation } from './commands.js';
import { type Dues, isGoodValue, owingMembers } from './dues.js';
import { itemsOfPart, type PartAct, partDues, readScores, scoresIn, sheetsOfPart, waitsForNothing } from './sheets.js';
import { partOfStep } from './state.js';
import { reopenedCells, reopeningCommands } from './reopening.js';
import * as audience from './audience.js';
import * as commands from './commands.js';

/** The part whose step is open and named by the command. */
function partOf(state: LotState, asked: { readonly step: string }): ScorePart | Refused {
  const fault = stepFault(state, asked, (step) => partOfStep(step) !== null);
  return fault ?? partOfStep(state.committee.step) ?? refuse('WRONG_STEP', 'no scoring step is open');
}

function submitScores(state: LotState, asked: Of<typeof zSubmitSheet>): Decision {
  const part = partOf(state, asked);
  if (typeof part !== 'string') return part;
  const fault = handInFault(state, { step: scoresStep(part), sheets: state.scoring.parts[part] }, asked);
  if (fault !== null) return fault;
  return accept([{ type: 'scoring.sheet-submitted', part, member: asked.party, manifest: asked.payload.manifest }]);
}

function openScores(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const part = partOf(state, asked);
  if (typeof part !== 'string') return part;
  const opening = openSheetsOf(state, state.scoring.parts[part], asked, readScores);
  if (!('verdicts' in opening)) return opening;
  const { verdicts } = opening;
  const sheets = { ...sheetsOfPart(state, part), ...opening.sheets };
  return settled(state, part, { sheets }, (owed) => ({ type: 'scoring.sheets-opened', part, verdicts, owed }), context.at);
}

/** Closes the part when nobody owes any more, else says who owes; about what stands in part `d:dues`. */
function settled(state: LotState, part: ScorePart, act: PartAct, event: (owed: string[]) => LotEvent, at: string): Decision {
  const dues = partDues(state, part, act);
  const reopened = (state.scoring.reopened[part] ?? []).filter((member) => member !== act.judgedAgain);
  const owed = [...new Set([...owingMembers(dues), ...reopened])].sort();
  const derived: Record<string, JsonValue> = { dues };
  if (owed.length > 0) return accept([event(owed)], derived);
  return accept([event(owed), ...closing(state, part, at)], derived);
}

const closing = (state: LotState, part: ScorePart, at: string): LotEvent[] => [
  { type: 'scoring.part-closed', part, at },
  openStep(nextStep(state, part), at),
];

/** A rejection by motion may take away the last thing that a part waited for, and no member has an act left that would close it. */
function settlePart(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const part = partOf(state, asked);
  if (typeof part !== 'string') return part;
  if (waitsForNothing(state, part)) return accept(closing(state, part, context.at));
  return openPartFault(state) ?? refuse('E_STEP_BARRIER', 'the sheets of this part are not opened yet');
}

/** The planned step after this part; where some cells were opened again, parts without one of them stay closed. */
function nextStep(state: LotState, part: ScorePart): EvaluationStep {
  const step = stepAfter(state, scoresStep(part));
  const next = partOfStep(step);
  return next !== null && state.scoring.parts[next].closedAt !== null ? nextStep(state, next) : step;
}

/** 87号令 64: a score changes only where it was invalid, differs on an objective item, or is recognised as an outlier. */
function correctScores(state: LotState, asked: Of<typeof commands.zCorrectScores>, context: Context): Decision {
  const part = partOf(state, asked);
  if (typeof part !== 'string') return part;
  // Whoever is wrong about an objective item may say so, not only who stands alone.
  const isMismatch = asked.payload.ground === 'OBJECTIVE_MISMATCH';
  const fault = isMismatch ? seatFault(state, asked.party) : owedFault(state, state.scoring.parts[part], asked.party);
  if (fault !== null) return fault;
  const change = scoresIn(asked.opened['correction']);
  const refused = changeFault(state, part, asked.party, asked.payload.ground, change);
  if (refused !== null) return refused;
  const before = sheetsOfPart(state, part);
  const sheets = { ...before, [asked.party]: overlay(own(before, asked.party) ?? {}, change) };
  const { ground } = asked.payload;
  return settled(
    state,
    part,
    ground === 'RE_EVALUATION' ? { sheets, judgedAgain: asked.party } : { sheets },
    (owed) => ({ type: 'scoring.item-corrected', part, member: asked.party, ground, owed }),
    context.at,
  );
}

/** Every changed cell is one that its ground opens, and its new value is on the item's grid. */
function changeFault(
  state: LotState,
  part: ScorePart,
  member: string,
  ground: (typeof commands.CORRECTION_GROUNDS)[number],
  change: ReturnType<typeof scoresIn>,
): Refused | null {
  const items = itemsOfPart(state, part);
  const again = ground === 'RE_EVALUATION' ? reopenedCells(state, part, member).map(({ bidder, item }) => `${bidder}/${item}`) : null;
  const open =
    again === null
      ? openCells(
          partDues(state, part),
          member,
          ground,
          items.filter((item) => !item.objective).map((item) => item.id),
        )
      : new Set(again);
  const cells = Object.entries(change).flatMap(([bidder, values]) =>
    Object.entries(values).map(([item, value]) => ({ bidder, item, value })),
  );
  if (cells.length === 0) return refuse('E_INPUT', 'secrets.correction.bids: changes nothing');
  for (const { bidder, item, value } of cells) {
    if (!open.has(`${bidder}/${item}`)) return refuse('E_ALREADY_LOCKED', `${bidder}, ${item}: ${ground} gives no ground to change this`);
    const spec = items.find((one) => one.id === item);
    if (!isGoodValue(spec, value)) {
      return refuse('E_SCORE_RANGE', `${bidder}, ${item}: give ${spec?.min ?? ''} to ${spec?.max ?? ''} in steps of ${spec?.step ?? ''}`);
    }
  }
  if (again !== null && cells.length !== again.length)
    return refuse('E_INPUT', `secrets.correction.bids: judge each of these again: ${again.join(', ')}`);
  return null;
}

/** Cells that a member may change on this ground, as `<bidder>/<item>`. */
function openCells(dues: Dues, member: string, ground: string, subjective: readonly string[]): Set<string> {
  switch (ground) {
    case 'OBJECTIVE_MISMATCH':
      return new Set(dues.mismatches.filter((one) => Object.hasOwn(one.values, member)).map((one) => `${one.bidder}/${one.item}`));
    case 'OUTLIER':
      return new Set(
        dues.outliers.filter((one) => one.member === member).flatMap((one) => subjective.map((item) => `${one.bidder}/${item}`)),
      );
    default:
      return new Set(dues.invalid.filter((one) => one.member === member).map((one) => `${one.bidder}/${one.item}`));
  }
}

/** A member who holds another objective value than most stands by it with evidence; then it no longer blocks. */
function confirmItem(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const part = partOf(state, asked);
  if (typeof part !== 'string') return part;
  const fault = owedFault(state, state.scoring.parts[part], asked.party);
  if (fault !== null) return fault;
  const read = zConfirmation.safeParse(asked.opened['confirmation']);
  if (!read.success) return refuse('E_INPUT', 'secrets.confirmation: missing');
  const { bidder, item } = read.data;
  const due = partDues(state, part).mismatches.find((one) => one.bidder === bidder && one.item === item);
  if (due?.owing.includes(asked.party) !== true)
    return refuse('E_INPUT', `secrets.confirmation: nothing is asked of you about ${bidder}, ${item}`);
  const event = (owed: string[]): LotEvent => ({ type: 'scoring.item-confirmed', part, member: asked.party, owed });
  return settled(state, part, { confirmed: `${asked.party}/${bidder}/${item}` }, event, context.at);
}

/** 畸高畸低: the member gives his reason in writing; it goes into the report. */
function explainOutlier(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const part = partOf(state, asked);
  if (typeof part !== 'string') return part;
  const fault = owedFault(state, state.scoring.parts[part], asked.party);
  if (fault !== null) return fault;
  const read = zExplanation.safeParse(asked.opened['explanation']);
  if (!read.success) return refuse('E_INPUT', 'secrets.explanation: missing');
  const { bidder } = read.data;
  const isDue = partDues(state, part).outliers.some((one) => one.member === asked.party && one.bidder === bidder);
  if (!isDue) return refuse('E_INPUT', `secrets.explanation: nothing is asked of you about ${bidder}`);
  const event = (owed: string[]): LotEvent => ({ type: 'scoring.outlier-explained', part, member: asked.party, owed });
  return settled(state, part, { explained: `${asked.party}/${bidder}` }, event, context.at);
}

/** 汇总: a pure function of what is on the record; nobody can edit it. Locks the scores and opens the signing of the report. */
function aggregateScores(state: LotState, asked: Of<typeof zNothing>, context: Context): Decision {
  const fault = openPartFault(state) ?? stepFault(state, asked, (step) => step === 'aggregate');
  if (fault !== null) return fault;
  const open = openMatter(state);
  if (open !== null) return open;
  const waits = priceWindowEnd(state);
  if (waits !== null && context.at < waits)
    return refuse('E_STEP_BARRIER', `the chair may propose about prices until ${waits}, or says before that there is nothing more`);
  const input = aggregationInput(state, tenderRulesOf(state), ruleSetOf(state), context.at);
  if (!('members' in input)) return input;
  const found = aggregate(input);
  if (!('result' in found)) return found;
  return accept([{ type: 'scoring.aggregated', at: context.at }], { result: found.result, 'member-scores': found.memberScores });
}

/** Names what an open part still waits for, so that whoever asks too early learns more than that it is too early. */
function openPartFault(state: LotState): Refused | null {
  const part = partOfStep(state.committee.step);
  if (part === null || state.scoring.parts[part].owed.length === 0) return null;
  const [mismatch] = partDues(state, part).mismatches;
  if (mismatch !== undefined)
    return refuse('E_OBJECTIVE_MISMATCH', `${mismatch.bidder}, ${mismatch.item}: members differ on an objective item`);
  return refuse('E_STEP_BARRIER', `${state.scoring.parts[part].owed.join(', ')} owe a correction or a reason`);
}

/** What the end of a part leads to. */
const CLOSING = ['scoring.part-closed', 'committee.step-opened'];

const sheets = {
  'scoring.submit-sheet': command({
    schema: zSubmitSheet,
    secrets: { ciphertext: zCiphertext },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'session',
    decide: submitScores,
    audience: { 'x:ciphertext': seesCiphertext },
  }),
  'scoring.open-sheets': command({
    schema: zNothing,
    secrets: { masters: zMasters, 'sheet:*': zAnything },
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: openScores,
    makes: ['scoring.sheets-opened', ...CLOSING],
    audience: { 'x:masters': seesCiphertext, 'x:sheet:*': audience.seesScoreSheet, 'd:dues': audience.seesDues },
  }),
  'scoring.settle-part': command({
    schema: zNothing,
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: settlePart,
    makes: CLOSING,
  }),
  'scoring.aggregate': command({
    schema: zNothing,
    roles: ['node'],
    states: ['EVALUATING'],
    assurance: 'node',
    decide: aggregateScores,
    makes: ['scoring.aggregated'],
    audience: { 'd:result': audience.seesResult, 'd:member-scores': seesReviewSheet },
  }),
};

const settlement = {
  'scoring.correct-item': command({
    schema: commands.zCorrectScores,
    secrets: { correction: commands.zScoreSheet },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: correctScores,
    makes: ['scoring.item-corrected', ...CLOSING],
    audience: { 'x:correction': audience.seesScoreSheet, 'd:dues': audience.seesDues },
  }),
  'scoring.confirm-item': command({
    schema: zNothing,
    secrets: { confirmation: commands.zConfirmation },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: confirmItem,
    makes: ['scoring.item-confirmed', ...CLOSING],
    audience: { 'x:confirmation': audience.seesDues, 'd:dues': audience.seesDues },
  }),
  'scoring.explain-outlier': command({
    schema: zNothing,
    secrets: { explanation: commands.zExplanation },
    roles: MEMBER_ROLES,
    states: ['EVALUATING'],
    assurance: 'certificate',
    decide: explainOutlier,
    makes: ['scoring.outlier-explained', ...CLOSING],
    audience: { 'x:explanation': audience.seesDues, 'd:dues': audience.seesDues },
  }),
};

export const scoringCommands = { ...sheets, ...settlement, ...reopeningCommands };
