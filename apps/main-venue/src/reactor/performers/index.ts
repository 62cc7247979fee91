import type { Performer } from '../performer.js';
import { naming, plain } from '../performer.js';
import { lock } from './bidding.js';
import { commitNonce, contribute, freezePool, openNonces, revealNonce } from './draw.js';
import { answerDrill, beginDrill, publishKey, releaseKey } from './keeper.js';
import { commitCoefficient, contributeToK, drawCoefficient, extractBid, openBid, openContributions } from './opening.js';
import { aggregate, openBallots, openReview, openScores, settlePart } from './sheets.js';

/**
 * How the main venue's node fulfils what it owes: one line for each kind of duty, one performer for each. `draw.record-call` has a job
 * instead, since a call takes its time.
 */
export const PERFORMERS: readonly Performer[] = [
  publishKey,
  beginDrill,
  answerDrill,
  releaseKey,
  plain('lot.issue-documents'),
  lock,
  extractBid,
  openBid,
  plain('opening.close-decryption'),
  contributeToK,
  openContributions,
  plain('opening.make-record'),
  contribute,
  freezePool,
  openNonces,
  plain('committee.recuse'),
  openReview,
  openScores,
  settlePart,
  naming('motions.lapse', 'motion'),
  naming('motions.tally', 'motion'),
  aggregate,
  plain('report.generate'),
  plain('award.close-publicity'),
  plain('award.close-round'),
  plain('award.deem-decided'),
  openBallots,
  // Of lots under engine 0.1.0.
  commitNonce,
  plain('draw.fix-pool'),
  revealNonce,
  // Of lots up to engine 0.2.0.
  commitCoefficient,
  drawCoefficient,
];
