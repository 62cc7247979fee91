import type { JsonObject } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import { keeperPlan, ringOf, purposeOf } from '@app/evaluation';
import { boxContext, sealBox } from '@app/sealing';
import type { World } from '../cast-of-lot.js';
import type { LotPlan } from '@app/testing/lots';
import type { Stage } from '../stage.js';
import type { Bidder } from './bidding.js';
import { partyOf } from './bidding.js';
import type { Member } from './draw.js';
import type { Office } from './founding.js';

/** Everything from the sign-in of the members to the accepted report. */
export async function evaluate(
  stage: Stage,
  world: World,
  lot: LotPlan,
  office: Office,
  bidders: readonly Bidder[],
  members: readonly Member[],
): Promise<void> {
  if (lot.regime === 'GOV_PROCUREMENT') await qualify(stage, office, bidders);
  await stage.leaveAt('committee');
  await convene(stage, office, members);
  await stage.leaveAt('evaluation', () => untilSealable(stage, 'review'));
  await sheets(stage, world, members, 'review', 'review.submit-sheet', '提交评审表（密封）', (column) =>
    reviewSheet(stage, lot, bidders, column),
  );
  await stage.until('the review opened', (state) => state.committee.step !== 'review' || state.status !== 'EVALUATING');
  for (const part of ['technical', 'commercial'] as const) {
    await stage.until(`the step scores:${part}`, (state) => state.committee.step === `scores:${part}`);
    if (part === 'technical') await stage.leaveAt('scoring', () => untilSealable(stage, 'scores:technical'));
    const title = part === 'technical' ? '提交技术评分表（密封）' : '提交商务评分表（密封）';
    await sheets(stage, world, members, `scores:${part}`, 'scoring.submit-sheet', title, (column) =>
      scoreSheet(stage, lot, bidders, part, column),
    );
  }
  const state = await stage.until('the report', ({ report }) => report.generated !== null);
  await stage.leaveAt('report');
  const report = state.report.generated?.hash ?? '';
  for (const member of members) await stage.act(member.person, 'report.sign', '签署评标报告', { payload: { report, mode: 'SIGNED' } });
  await stage.until('the report delivered', ({ status }) => status === 'EVALUATED' || status === 'REPORT_REVIEW');
  await stage.act(office.tenderer, 'report.review', '核查评标报告，予以接受', { payload: { outcome: 'ACCEPTED' } });
}

/** 87号令 44: the purchaser reviews qualification before the committee begins. */
async function qualify(stage: Stage, office: Office, bidders: readonly Bidder[]): Promise<void> {
  const bids = Object.fromEntries(bidders.map((bidder) => [partyOf(stage, bidders, bidder.bid.letter), { pass: true }]));
  await stage.act(office.tenderer, 'review.qualify', '资格审查', { secrets: { qualification: { v: 1, bids } } });
}

async function convene(stage: Stage, office: Office, members: readonly Member[]): Promise<void> {
  for (const { workstation, person, seat } of members) {
    await stage.act(workstation, 'committee.sign-in', `在 ${seat} 签到`, { payload: { venue: person.venue, seat } });
    await stage.act(person, 'committee.pledge', '承诺无回避情形、遵守评标纪律', { payload: { recusal: false, discipline: true } });
  }
  await stage.until('everybody present', (state) => members.every(({ party }) => Object.hasOwn(state.committee.present, party)));
  await stage.act(office.agency, 'committee.form', '组建评标委员会');
  const state = await stage.until('the election', ({ status }) => status === 'COMMITTEE_READY');
  const { round } = state.committee.election;
  const chair = members.find(({ party }) => party.startsWith('expert-'))?.party ?? '';
  for (const { workstation } of members) {
    await stage.act(workstation, 'committee.elect-chair', '推选评标委员会主任', {
      payload: { round },
      secrets: { ballot: { candidate: chair } },
    });
  }
  await stage.until('the evaluation to begin', ({ status }) => status === 'EVALUATING');
}

/** One step of independent work: every member seals a sheet at his own seat; nobody, the venues included, can read it yet. */
async function sheets(
  stage: Stage,
  world: World,
  members: readonly Member[],
  step: string,
  command: string,
  label: string,
  content: (column: number) => JsonObject,
): Promise<void> {
  const purpose = sheetPurpose(stage, step);
  await untilSealable(stage, step);
  const { keepers } = ringOf(stage.state).keepers(purpose);
  const { threshold } = keeperPlan(stage.state, purpose);
  await Promise.all(
    members.map(async ({ party, workstation }, column) => {
      const request = { purpose, context: boxContext(stage.facts.origin, party, purpose), threshold, keepers };
      const { manifest, ciphertext } = sealBox(world.profile, request, utf8(canonicalText(content(column))));
      await stage.act(workstation, command, label, { payload: { manifest }, secrets: { ciphertext: toBase64Url(ciphertext) }, step });
    }),
  );
}

const sheetPurpose = ({ state }: Stage, step: string): string => purposeOf(step, step === 'review' ? state.review.sheets.attempt : 1);

async function untilSealable(stage: Stage, step: string): Promise<void> {
  const purpose = sheetPurpose(stage, step);
  await stage.until(`the keepers' keys for ${purpose}`, (state) => ringOf(state).keepers(purpose).keepers.length === keeperCount(stage));
}

const keeperCount = (stage: Stage): number => stage.state.setup.keepers.sheets.parties.length;

function reviewSheet(stage: Stage, lot: LotPlan, bidders: readonly Bidder[], column: number): JsonObject {
  const items = lot.rules.review.filter(({ kind }) => lot.regime === 'TENDER_LAW' || kind !== 'qualification');
  const verdict = (letter: string, at: number): JsonObject =>
    at === items.length - 1 && lot.fails[letter]?.includes(column) === true
      ? { pass: false, ground: 'NOT_RESPONSIVE', reason: '工期与投标有效期未实质性响应招标文件' }
      : { pass: true };
  const bids = bidders.map(
    ({ bid }) =>
      [partyOf(stage, bidders, bid.letter), Object.fromEntries(items.map(({ id }, at) => [id, verdict(bid.letter, at)]))] as const,
  );
  return { v: 1, bids: Object.fromEntries(bids) };
}

function scoreSheet(stage: Stage, lot: LotPlan, bidders: readonly Bidder[], part: string, column: number): JsonObject {
  const bids: Record<string, Record<string, string>> = {};
  for (const { id } of lot.rules.items.filter((item) => item.part === part)) {
    for (const [letter, values] of Object.entries(lot.scores[id] ?? {})) {
      const party = partyOf(stage, bidders, letter);
      bids[party] = { ...bids[party], [id]: values[column] ?? '' };
    }
  }
  return { v: 1, bids };
}
