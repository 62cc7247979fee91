import { membersOf } from '../committee/index.js';
import { ruleSetOf, tenderRulesOf, type ScorePart } from '../lot/index.js';
import { disclosed, type LotState } from '../kernel/state.js';
import { standingBidders } from '../motions/index.js';
import { type Bids, contentOf, type SealedStep } from '../sealed-step/index.js';
import { zConfirmation, zExplanation, zScoreSheet } from './commands.js';
import { type Dues, type DuesInput, duesOf, owingMembers, type Sheets } from './dues.js';

export const scoresIn = (value: unknown): Bids<string> => readScores(value) ?? {};

/** Null where the content is no 评分表. */
export function readScores(value: unknown): Bids<string> | null {
  const read = zScoreSheet.safeParse(value);
  return read.success ? read.data.bids : null;
}

/** A member's values of one part as they stand. */
export const scoresOf = (state: LotState, step: SealedStep, member: string): Bids<string> => contentOf(state, step, member, scoresIn);

export const sheetsOfPart = (state: LotState, part: ScorePart): Sheets =>
  Object.fromEntries(membersOf(state).map((member) => [member, scoresOf(state, state.scoring.parts[part], member)]));

/** Confirmations and explanations so far, as `<member>/<bidder>[/<item>]`. */
function standing(state: LotState, step: SealedStep): { confirmed: Set<string>; explained: Set<string> } {
  const confirmed = new Set<string>();
  const explained = new Set<string>();
  for (const [member, seqs] of Object.entries(step.corrections)) {
    for (const seq of seqs) {
      const confirmation = zConfirmation.safeParse(disclosed(state, seq, 'x:confirmation'));
      if (confirmation.success) confirmed.add(`${member}/${confirmation.data.bidder}/${confirmation.data.item}`);
      const explanation = zExplanation.safeParse(disclosed(state, seq, 'x:explanation'));
      if (explanation.success) explained.add(`${member}/${explanation.data.bidder}`);
    }
  }
  return { confirmed, explained };
}

/** An act that is being decided and not yet in the state. */
export interface PartAct {
  readonly sheets?: Sheets;
  readonly confirmed?: string;
  readonly explained?: string;
  /** Who gave his values for cells that were opened again. */
  readonly judgedAgain?: string;
}

export const itemsOfPart = (state: LotState, part: ScorePart) => tenderRulesOf(state).items.filter((item) => item.part === part);

/** What is still due in a part, as if `act` had happened. */
export function partDues(state: LotState, part: ScorePart, act: PartAct = {}): Dues {
  const { confirmed, explained } = standing(state, state.scoring.parts[part]);
  if (act.confirmed !== undefined) confirmed.add(act.confirmed);
  if (act.explained !== undefined) explained.add(act.explained);
  return duesOf({ ...askedOf(state, part), ...(act.sheets === undefined ? {} : { sheets: act.sheets }), confirmed, explained });
}

/** Whether an open part waits for members who owe nothing any more, since what they owed was about a bid that is out now. */
export const waitsForNothing = (state: LotState, part: ScorePart): boolean =>
  state.scoring.parts[part].owed.length > 0 &&
  (state.scoring.reopened[part] ?? []).length === 0 &&
  owingMembers(partDues(state, part)).length === 0;

/** What a part would still ask of its members if nobody had confirmed or explained anything. */
export const bareDues = (state: LotState, part: ScorePart): Dues =>
  duesOf({ ...askedOf(state, part), confirmed: new Set(), explained: new Set() });

const askedOf = (state: LotState, part: ScorePart): Omit<DuesInput, 'confirmed' | 'explained'> => ({
  items: itemsOfPart(state, part),
  bidders: standingBidders(state),
  sheets: sheetsOfPart(state, part),
  outlierPercent: ruleSetOf(state).thresholds.outlierPercent,
});
