import type { LotPlan } from '../lots/index.js';
import { type Play, seat } from './cast.js';
import { aggregate, qualify, reviewBids, scoreBids, signReport } from './evaluation.js';
import { convene, drawExperts, fromLockedToOpened, untilLocked } from './whole.js';

/** The stages of a lot in the order of its life, each with what is played from the one before. */
const STAGES = {
  locked: untilLocked,
  opened: fromLockedToOpened,
  drawn: (play: Play) => {
    qualify(play);
    drawExperts(play);
  },
  evaluating: convene,
  reviewed: (play: Play) => {
    reviewBids(play);
  },
  'half-scored': (play: Play) => {
    scoreBids(play, 'technical');
  },
  aggregated: (play: Play) => {
    scoreBids(play, 'commercial');
    aggregate(play);
  },
  reported: signReport,
} as const;
export type Stage = keyof typeof STAGES;
const ORDER = Object.keys(STAGES) as Stage[];
const played = new Map<string, Play>();

/** A lot played to this stage, to be played on: what comes before is played once for all tests of a file. */
export function at(plan: LotPlan, stage: Stage): Play {
  const name = `${stage} ${JSON.stringify(plan)}`;
  const known = played.get(name);
  if (known !== undefined) return fork(known);
  const before = ORDER[ORDER.indexOf(stage) - 1];
  const play = before === undefined ? seat(plan) : at(plan, before);
  STAGES[stage](play);
  played.set(name, play);
  return fork(play);
}

/** A play made once per file, on first use; every test goes on from its own copy. */
export function once(make: () => Play): () => Play {
  let made: Play | null = null;
  return () => fork((made ??= make()));
}

const fork = (play: Play): Play => ({
  ...play,
  table: play.table.fork(),
  desks: play.desks.map((desk) => ({ ...desk })),
  keys: new Map(play.keys),
  acts: [...play.acts],
});
