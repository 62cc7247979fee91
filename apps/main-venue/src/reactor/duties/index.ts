import type { Duty } from '../duty.js';
import { awardDuties } from './award.js';
import { biddingDuties } from './bidding.js';
import { drawDuties } from './draw.js';
import { evaluationDuties } from './evaluation.js';
import { keeperDuties } from './keeper.js';
import { openingDuties } from './opening.js';

/** Everything the main venue's node does by itself, in the order in which it is looked for. */
export const DUTIES: readonly Duty[] = [
  ...keeperDuties,
  ...biddingDuties,
  ...openingDuties,
  ...drawDuties,
  ...evaluationDuties,
  ...awardDuties,
];
