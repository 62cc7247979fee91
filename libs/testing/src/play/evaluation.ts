import type { JsonObject, JsonValue } from '@app/contracts';
import { canonicalText, toBase64Url, utf8 } from '@app/contracts';
import type { SealedStep } from '@app/evaluation';
import { keeperPlan, membersOf, openingsOf, own, purposeOf, reviewedBidders, reviewItems, ringOf, standingBidders } from '@app/evaluation';
import { boxContext, sealBox } from '@app/sealing';
import type { LotPlan } from '../lots/index.js';
import { bidderOf, letterOf, type Play } from './cast.js';
import { releaseKeys } from './keepers.js';
import type { Extras } from './table.js';

/** What a member puts into his box: a sheet, or bytes that are none. */
export type Content = (member: string) => JsonValue | Uint8Array;

/** A sealed box of this content, as the member's client makes it. */
export function sealAt(
  { table }: Play,
  member: string,
  purpose: string,
  content: JsonValue | Uint8Array,
): { manifest: JsonObject; ciphertext: string } {
  const { keepers } = ringOf(table.state).keepers(purpose);
  const request = {
    purpose,
    context: boxContext(table.state.origin, member, purpose),
    threshold: keeperPlan(table.state, purpose).threshold,
    keepers,
  };
  const bytes = content instanceof Uint8Array ? content : utf8(canonicalText(content));
  const { manifest, ciphertext } = sealBox(table.profile, request, bytes);
  return { manifest, ciphertext: toBase64Url(ciphertext) };
}

/** Seals a sheet or ballot at the member's seat and hands it in. */
export function submitBox(
  play: Play,
  member: string,
  command: string,
  purpose: string,
  content: JsonValue | Uint8Array,
  more: JsonObject = {},
): void {
  const { manifest, ciphertext } = sealAt(play, member, purpose, content);
  play.table.act(member, command, { ...more, manifest }, { secrets: { ciphertext } });
}

/** What the main venue's node hands in with an opening: masters, and the sheets that they open. */
export function openingSecrets({ table }: Play, boxes: SealedStep['boxes']): NonNullable<Extras['secrets']> {
  const opened = openingsOf(ringOf(table.state), boxes);
  if (opened === null) throw new Error('keepers are missing');
  const sheets = Object.fromEntries(Object.entries(opened.openings).map(([name, opening]) => [name, { opening }]));
  return { masters: opened.masters, ...sheets };
}

/** The main venue opens every box of a step when enough keepers have released. */
export function openBoxes(play: Play, command: string, boxes: SealedStep['boxes'], payload: JsonObject = {}): void {
  play.table.act('node:main', command, payload, { secrets: openingSecrets(play, boxes) });
}

const PASS = { pass: true };
/** A ground of the lot's own law: 条例 51(6), or 87号令 63(3). */
const failUnder = (regime: LotPlan['regime']): JsonObject =>
  regime === 'TENDER_LAW'
    ? { pass: false, ground: 'NOT_RESPONSIVE', reason: '未响应实质性要求' }
    : { pass: false, ground: 'OTHER_STATED', reason: '不满足招标文件实质性要求' };

/** 评审表 of a member: pass, but for the bids that the plan has him fail, in the last item; or for what `fails` names (`<letter>/<item>`). */
export function reviewSheet(play: Play, member: string, fails?: readonly string[]): JsonObject {
  const { plan, table } = play;
  const items = reviewItems(table.state).map(({ id }) => id);
  const failed = fails ?? planned(plan, member, items.at(-1) ?? '');
  const bids = reviewedBidders(table.state).map((bidder) => [
    bidder,
    Object.fromEntries(items.map((item) => [item, failed.includes(`${letterOf(play, bidder)}/${item}`) ? failUnder(plan.regime) : PASS])),
  ]);
  return { v: 1, bids: Object.fromEntries(bids) as JsonObject };
}

const planned = ({ fails, members }: LotPlan, member: string, item: string): string[] =>
  Object.entries(fails)
    .filter(([, columns]) => columns.includes(members.indexOf(member)))
    .map(([letter]) => `${letter}/${item}`);

/** Everybody whose sheet of this attempt is not in hands it in. */
export function submitReviews(play: Play, content: Content = (member) => reviewSheet(play, member)): void {
  const { state } = play.table;
  const { attempt, opened, boxes } = state.review.sheets;
  for (const member of membersOf(state)) {
    if (own(opened, member) !== undefined || own(boxes, member) !== undefined) continue;
    submitBox(play, member, 'review.submit-sheet', purposeOf('review', attempt), content(member));
  }
}

export function reviewBids(play: Play, content?: Content): void {
  submitReviews(play, content);
  releaseKeys(play);
  openBoxes(play, 'review.open-sheets', play.table.state.review.sheets.boxes);
}

/** 评分表 of a member for one part. */
export function scoreSheet(play: Play, member: string, part: string): JsonObject {
  const { plan, table } = play;
  const column = plan.members.indexOf(member);
  const items = plan.rules.items.filter((item) => item.part === part);
  const bids = standingBidders(table.state).map((bidder) => [
    bidder,
    Object.fromEntries(items.map(({ id }) => [id, plan.scores[id]?.[letterOf(play, bidder)]?.[column] ?? ''])),
  ]);
  return { v: 1, bids: Object.fromEntries(bids) as JsonObject };
}

export function scoreBids(
  play: Play,
  part: 'technical' | 'commercial',
  content: Content = (member) => scoreSheet(play, member, part),
): void {
  const { state } = play.table;
  const { attempt, opened } = state.scoring.parts[part];
  for (const member of membersOf(state)) {
    if (own(opened, member) !== undefined) continue;
    submitBox(play, member, 'scoring.submit-sheet', purposeOf(`scores:${part}`, attempt), content(member));
  }
  releaseKeys(play);
  openBoxes(play, 'scoring.open-sheets', play.table.state.scoring.parts[part].boxes);
}

/** The chair has nothing on prices where he is waited for. */
export function aggregate({ table }: Play): void {
  const chair = table.state.committee.chair ?? '';
  if (table.run.owed(chair).some(({ command }) => command === 'motions.close')) table.act(chair, 'motions.close');
  table.act('node:main', 'scoring.aggregate');
}

export function signReport({ table }: Play): void {
  table.act('node:main', 'report.generate');
  const report = table.state.report.generated?.hash ?? '';
  for (const member of membersOf(table.state)) table.act(member, 'report.sign', { report, mode: 'SIGNED' });
  table.act('tenderer', 'report.review', { outcome: 'ACCEPTED' });
}

/** 资格审查 by the purchaser: every supplier passes, but these. */
export function qualification(play: Play, failing: readonly string[] = []): JsonObject {
  const verdict = (letter: string): JsonObject =>
    failing.includes(letter) ? { pass: false, ground: 'UNQUALIFIED', reason: '不具备资格' } : PASS;
  return { v: 1, bids: Object.fromEntries(play.desks.map((desk) => [bidderOf(play, desk), verdict(desk.letter)])) };
}

/** Gov: the purchaser reviews qualification (87号令 44). */
export function qualify(play: Play, failing: readonly string[] = []): void {
  if (play.plan.regime === 'TENDER_LAW') return;
  play.table.act('agency', 'review.qualify', {}, { secrets: { qualification: qualification(play, failing) } });
}
