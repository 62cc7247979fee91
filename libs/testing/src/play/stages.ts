import type { LotPlan } from '../lots/index.js';
import { type Play, seat } from './cast.js';
import { fromEvaluatingToReported, fromLockedToOpened, fromOpenedToEvaluating, untilLocked } from './whole.js';

export type Stage = 'locked' | 'opened' | 'evaluating' | 'reported';
const BEFORE: Readonly<Record<Stage, Stage | null>> = { locked: null, opened: 'locked', evaluating: 'opened', reported: 'evaluating' };
const STEP: Readonly<Record<Stage, (play: Play) => void>> = {
  locked: untilLocked,
  opened: fromLockedToOpened,
  evaluating: fromOpenedToEvaluating,
  reported: fromEvaluatingToReported,
};
const played = new Map<string, Play>();

/** A lot played to this stage, to be played on: what comes before is played once for all tests of a file. */
export function at(plan: LotPlan, stage: Stage): Play {
  const name = `${stage} ${JSON.stringify(plan)}`;
  const known = played.get(name);
  if (known !== undefined) return fork(known);
  const before = BEFORE[stage];
  const play = before === null ? seat(plan) : at(plan, before);
  STEP[stage](play);
  played.set(name, play);
  return fork(play);
}

const fork = (play: Play): Play => ({
  ...play,
  table: play.table.fork(),
  desks: play.desks.map((desk) => ({ ...desk })),
  keys: new Map(play.keys),
  acts: [...play.acts],
});
