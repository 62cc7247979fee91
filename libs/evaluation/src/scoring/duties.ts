import { sheetDuties, sheetPurpose } from '../committee/index.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { duty, type Duty, type Purpose } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { SCORE_PARTS, scoresStep } from '../lot/index.js';
import { openMatter, priceWindowEnd } from '../motions/index.js';
import { waitsForNothing } from './sheets.js';
import { partOfStep } from './state.js';

const COMMANDS = { submit: 'scoring.submit-sheet', correct: 'scoring.correct-item', open: 'scoring.open-sheets' };

export function scoringDuties(state: LotState, party: string): Duty[] {
  const { status, committee } = state;
  const part = partOfStep(committee.step);
  if (part !== null) {
    const isOver = status === 'EVALUATING' && party === MAIN_NODE && waitsForNothing(state, part);
    const sheets = sheetDuties(state, party, { step: scoresStep(part), sheets: state.scoring.parts[part], ...COMMANDS });
    return isOver ? [...sheets, duty('scoring.settle-part')] : sheets;
  }
  const isTime = status === 'EVALUATING' && committee.step === 'aggregate' && party === MAIN_NODE;
  return isTime && openMatter(state) === null ? [duty('scoring.aggregate', '', priceWindowEnd(state))] : [];
}

export const scoringPurposes = (state: LotState): Purpose[] =>
  SCORE_PARTS.map((part) => {
    const isPlanned = state.setup.rules?.items.some((item) => item.part === part) === true;
    return sheetPurpose(state, scoresStep(part), state.scoring.parts[part], isPlanned);
  });
