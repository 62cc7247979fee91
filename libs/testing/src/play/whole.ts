import type { Play } from './cast.js';
import { holdDrill, publishKeys } from './keepers.js';
import { admit, createLot, publishLot } from './founding.js';
import { deliver, lock } from './bidding.js';
import { closeOpening, drawK, openAllBids, startOpening } from './opening.js';
import { contactExperts, requestDraw, seedDraw } from './draw.js';
import { electChair, formCommittee } from './committee.js';
import { aggregate, qualify, reviewBids, scoreBids, signReport } from './evaluation.js';
import { decideAward, finish, publishCandidates } from './award.js';

export function untilLocked(play: Play): void {
  createLot(play);
  play.plan.members
    .filter((name) => name.startsWith('representative'))
    .forEach((name) => {
      admit(play, name, 'tenderer-representative', 'main');
    });
  publishKeys(play);
  publishLot(play);
  play.table.waitUntil('2026-03-10T02:00:00.000Z');
  publishKeys(play);
  for (const desk of play.desks) {
    deliver(play, desk);
    play.table.pass(60);
  }
  holdDrill(play);
  lock(play);
}

export function untilOpened(play: Play): void {
  untilLocked(play);
  fromLockedToOpened(play);
}

export function fromLockedToOpened(play: Play): void {
  startOpening(play);
  openAllBids(play);
  drawK(play);
  closeOpening(play);
}

export function untilEvaluating(play: Play): void {
  untilOpened(play);
  fromOpenedToEvaluating(play);
}

export function drawExperts(play: Play): void {
  requestDraw(play);
  seedDraw(play);
  contactExperts(play);
}

export function convene(play: Play): void {
  formCommittee(play);
  electChair(play);
}

export function fromOpenedToEvaluating(play: Play): void {
  qualify(play);
  drawExperts(play);
  convene(play);
}

export function untilReported(play: Play): void {
  untilEvaluating(play);
  fromEvaluatingToReported(play);
}

export function fromEvaluatingToReported(play: Play): void {
  reviewBids(play);
  scoreBids(play, 'technical');
  scoreBids(play, 'commercial');
  aggregate(play);
  signReport(play);
}

export function playToTheEnd(play: Play, winner: string): void {
  untilReported(play);
  if (play.plan.regime === 'TENDER_LAW') publishCandidates(play);
  decideAward(play, winner);
  finish(play);
}
