import type { JsonObject } from '@app/contracts';
import { TV_E2E_01 } from '../lots/index.js';
import { deliver, lock } from './bidding.js';
import { type Play, seat } from './cast.js';
import { callOf, contactExperts, poolOf, requestDraw, seedDraw, turnIn } from './draw.js';
import { aggregate, scoreBids, scoreSheet, signReport } from './evaluation.js';
import { admit, type binding, createLot, publishLot } from './founding.js';
import { publishKeys } from './keepers.js';
import { at } from './stages.js';

/** The company that will be bidder B of TV-E2E-01. */
export const COMPANY_B = { id: 'org-B', name: 'B建设有限公司' };

/** The next expert accepts, employed by this organisation: `OK`, or the code of the refusal. */
export function acceptEmployed(play: Play, organisation: { id: string; name: string } | null, list = poolOf(play)): string {
  const turn = turnIn(play, list);
  if (turn === null) throw new Error('nobody is due');
  const { payload, secrets } = callOf(play, turn, 'ACCEPTED');
  const bound = secrets['binding'] as ReturnType<typeof binding>;
  const employed = organisation === null ? bound : { ...bound, organisation };
  return play.table.answer('node:main', 'draw.record-call', payload, { secrets: { ...secrets, binding: employed } });
}

/** Locked, with experts drawn while bids could be delivered: expert-1 is employed by a company that nobody knew to bid. */
export function drawnBeforeTheBids(): Play {
  const play = seat(TV_E2E_01);
  createLot(play);
  admit(play, 'representative-1', 'tenderer-representative', 'main');
  publishKeys(play);
  publishLot(play);
  requestDraw(play);
  seedDraw(play);
  if (acceptEmployed(play, COMPANY_B) !== 'OK') throw new Error('nobody knows the bidders yet');
  contactExperts(play, 0);
  play.table.waitUntil('2026-03-10T02:00:00.000Z');
  publishKeys(play);
  for (const desk of play.desks) deliver(play, desk);
  lock(play);
  return play;
}

/** Everybody hands in the worked values of the part, but for these of one member for A. */
function scoreBut(play: Play, part: 'technical' | 'commercial', member: string, values: JsonObject): void {
  scoreBids(play, part, (scorer) => {
    const sheet = scoreSheet(play, scorer, part);
    return scorer === member ? { v: 1, bids: { ...(sheet['bids'] as JsonObject), 'bidder-1': values } } : sheet;
  });
}

/** Reported, with expert-3 standing by another objective value for A: 7 where the others hold 8. */
export function reportedWithADifference(): Play {
  const play = at(TV_E2E_01, 'half-scored');
  scoreBut(play, 'commercial', 'expert-3', { 'commercial-1': '7' });
  const confirmation = { bidder: 'bidder-1', item: 'commercial-1', evidence: '业绩第三项不予认定' };
  play.table.act('expert-3', 'scoring.confirm-item', {}, { secrets: { confirmation } });
  aggregate(play);
  signReport(play);
  return play;
}

/** Reported, with expert-4's technical total for A far from the others', for a reason of his. */
export function reportedWithAnOutlier(): Play {
  const play = at(TV_E2E_01, 'reviewed');
  scoreBut(play, 'technical', 'expert-4', { 'technical-1': '9' });
  const explanation = { bidder: 'bidder-1', reason: '方案缺少桥梁专项' };
  play.table.act('expert-4', 'scoring.explain-outlier', {}, { secrets: { explanation } });
  scoreBids(play, 'commercial');
  aggregate(play);
  signReport(play);
  return play;
}
