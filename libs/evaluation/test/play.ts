import type { Command, JsonObject, JsonValue } from '@app/contracts';
import { canonicalText, parseCanonical, toBase64Url, utf8 } from '@app/contracts';
import type { KeeperKey, MadeBid } from '@app/sealing';
import { boxContext, generateKeeperKey, innerHeaderOf, makeBid, openBox, openInner, sealBox, signWith, unwrapFileKey } from '@app/sealing';
import type { ActDecision, LotState, RecordedAct, SealedStep } from '@app/evaluation';
import {
  actOf,
  ballotPurpose,
  bidOf,
  decideAct,
  dueContacts,
  keeperPlan,
  ringOf,
  listedBids,
  manifestOf,
  openingsOf,
  owedKeys,
  owedReleases,
  purposeOf,
  recoverBox,
  textOf,
} from '@app/evaluation';
import type { LotPlan } from './lots.js';
import { Table } from './table.js';

/** A bidder at its own desk: what only it holds. */
export interface Desk {
  readonly letter: string;
  readonly price: string;
  readonly smallMicro: boolean;
  readonly creditCode: string;
  readonly encryption: KeeperKey;
  made?: MadeBid & { readonly bid: string };
}

/** Everybody who plays a lot, with the keys that each keeps. */
export interface Play {
  readonly plan: LotPlan;
  readonly table: Table;
  readonly desks: readonly Desk[];
  /** `<party>/<purpose>` → key. */
  readonly keys: Map<string, KeeperKey>;
  /** Acts before the deadline, as the platform log holds them. */
  readonly acts: RecordedAct[];
}

export const NODES = ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] as const;
const BID_KEEPERS = ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'];
export const DEADLINE = '2026-03-24T01:30:00.000Z';

/** `under`: the engines at hand and the one that founds the lot; the rules of these sources unless it is given. */
export function seat(plan: LotPlan, round = 1, under?: Pick<Table, 'shelf' | 'founding'>): Play {
  const table = new Table(plan.id, round, '2026-03-02T01:00:00.000Z', 'gongping.test', under?.shelf, under?.founding);
  const desks = plan.bids.map(({ letter, price, smallMicro = false }): Desk => ({
    letter,
    price,
    smallMicro,
    creditCode: `91330784MA2${letter}000001`,
    encryption: generateKeeperKey(table.profile),
  }));
  return { plan, table, desks, keys: new Map(), acts: [] };
}

// ── Founding ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const VENUES = [
  { venue: 'main', role: 'main', city: '永康' },
  { venue: 'sub-1', role: 'sub', city: '温州' },
  { venue: 'sub-2', role: 'sub', city: '绍兴' },
  { venue: 'supervision', role: 'supervision', city: '永康' },
] as const;

export function draft({ plan }: Play): JsonObject {
  return {
    code: plan.code,
    name: plan.name,
    regime: plan.regime,
    jurisdiction: plan.jurisdiction,
    projectType: plan.projectType,
    profile: 'gp-std-1',
    rules: plan.rules,
    schedule: { documentsFrom: '2026-03-02T01:00:00.000Z', documentsUntil: '2026-03-20T09:00:00.000Z', deadline: DEADLINE },
    venues: VENUES,
    venuePreset: plan.venuePreset,
    tendererCity: '永康',
    keepers: { bids: { threshold: 3, parties: BID_KEEPERS }, sheets: { threshold: 3, parties: [...NODES] } },
    witnessPolicy: 'log gongping.test\nwitness sub-1\nwitness supervision\nquorum 2\n',
    previousRound: null,
  };
}

const party = (name: string, role: string, venue: string | null): JsonObject => ({ party: name, roles: [role], venue, seat: null });
export const binding = (name: string, organisation: string | null = null): JsonObject => ({
  party: name,
  person: name.startsWith('node:') ? null : { id: `person-${name.replace(':', '-')}`, name: `某${name}` },
  organisation: organisation === null ? null : { id: organisation, name: `${organisation}公司` },
  certificate: name.startsWith('node:') ? null : `fingerprint-${name}`,
  nodeKey: name.startsWith('node:') ? 'bm9kZS1rZXk' : null,
});

export function foundingParties(): JsonObject[] {
  return [
    party('tenderer', 'tenderer', null),
    party('agency', 'agency', 'main'),
    party('supervisor', 'supervisor', 'supervision'),
    party('witness-main', 'witness', 'main'),
    ...NODES.map((node) => party(node, 'node', node.slice('node:'.length))),
  ];
}

export function createLot(play: Play): void {
  const parties = foundingParties();
  const bindings = parties.map(({ party: name }) => binding(textOf(name), `org-${textOf(name).replace(':', '-')}`));
  play.table.act('agency', 'lot.create', { ...draft(play), parties }, { secrets: { bindings } });
}

export function admit({ table }: Play, name: string, role: string, venue: string): void {
  table.act('agency', 'lot.admit', party(name, role, venue), { secrets: { binding: binding(name, `org-${name}`) } });
}

/** Every keeper publishes the keys it owes at this time. */
export function publishKeys({ table, keys }: Play): void {
  for (const keeper of Object.keys(table.state.parties)) {
    for (const purpose of owedKeys(table.state, keeper)) {
      const key = generateKeeperKey(table.profile);
      keys.set(`${keeper}/${purpose}`, key);
      table.act(keeper, 'sealing.publish-key', { purpose, publicKey: key.publicKey });
    }
  }
}

export function publishLot({ table }: Play): void {
  table.act('agency', 'lot.publish', { documentPackage: table.profile.hashHex('the tender document') });
  table.act('node:main', 'lot.issue-documents');
}

// ── Bids ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Packs and seals at the bidder's own desk. */
export function makeBidAt({ table }: Play, desk: Desk): MadeBid & { readonly bid: string } {
  const bid = table.newId();
  const made = makeBid(table.profile, {
    origin: table.state.origin,
    bidder: desk.creditCode,
    bid,
    openingSheet: sheetOf(desk),
    files: [{ name: 'technical.pdf', title: '技术标', content: utf8(`technical part of ${desk.letter}`) }],
    encryptionPublicKey: desk.encryption.publicKey,
    keepers: ringOf(table.state).keepers('bids').keepers,
    threshold: 3,
  });
  return { ...made, bid };
}

const sheetOf = ({ letter, price, smallMicro }: Desk): JsonObject => ({
  v: 1,
  price,
  priceWords: `人民币${price}`,
  duration: '270',
  quality: '合格',
  projectLead: `经理${letter}`,
  validityDays: 90,
  security: { kind: '电子保函', amount: '10000.00' },
  claims: { smallMicro, domestic: false },
});

export const delivery = ({ bid, manifest, innerHeaderHash, indexCommitment }: MadeBid & { readonly bid: string }): JsonObject => ({
  bid,
  manifest,
  innerHeaderHash,
  indexCommitment,
});

/** An act before the deadline: decided when it arrives, kept in the platform log when accepted. */
export function bidAct(play: Play, desk: Desk, type: string, payload: JsonObject, upload = uploadOf(payload)): ActDecision {
  const { table, acts } = play;
  const { command: drafted } = table.prepare('prospective', type, payload);
  const command: Command = { ...drafted, origin: `${table.installation}/platform` };
  const act: RecordedAct = {
    command,
    signer: { kind: 'certificate', certificate: toBase64Url(utf8(`certificate of ${desk.letter}`)) },
    signature: signWith(table.signer(desk.letter), 'command', command),
    evidence: { chain: [], revocation: null },
    at: table.now,
    assurance: 'certificate',
    upload,
    person: { id: `person-${desk.letter}`, name: `投标员${desk.letter}` },
    organisation: { id: `org-${desk.letter}`, name: `${desk.letter}建设有限公司` },
    creditCode: desk.creditCode,
    certificate: `fingerprint-${desk.letter}`,
    platform: { seq: acts.length, index: 0, salt: table.salt(command.id) },
  };
  const earlier = acts.filter(({ organisation }) => organisation.id === act.organisation.id).map((recorded) => recorded.command);
  const decision = decideAct(table.state, earlier, command, act);
  if (decision.ok) acts.push(act);
  return decision;
}

export function uploadOf(payload: JsonObject): RecordedAct['upload'] {
  const { manifest } = payload;
  if (typeof manifest !== 'object' || manifest === null || !('ciphertext' in manifest)) return null;
  const { hash, size } = manifest.ciphertext as { hash: string; size: number };
  return { hash, size, complete: true, encrypted: true };
}

export function deliver(play: Play, desk: Desk): void {
  bidAct(play, desk, 'bidding.download', { package: play.table.state.setup.documentPackage });
  desk.made = makeBidAt(play, desk);
  const decision = bidAct(play, desk, 'bidding.deliver', delivery(desk.made));
  if (!decision.ok) throw new Error(`${desk.letter}: ${decision.code} ${decision.message}`);
}

export function lock({ table, acts }: Play): void {
  table.waitUntil(table.state.setup.schedule?.deadline ?? DEADLINE);
  table.act('node:main', 'bidding.lock', {}, { secrets: { acts: parseCanonical(canonicalText(acts)) } });
}

// ── Opening ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const bidderOf = ({ table }: Play, desk: Desk): string => {
  const listed = listedBids(table.state).find(({ bid }) => bid === desk.made?.bid);
  if (listed === undefined) throw new Error(`${desk.letter} is not on the list`);
  return listed.bidder;
};
export const letterOf = (play: Play, bidder: string): string =>
  play.desks.find((desk) => desk.made?.bid === bidOf(play.table.state, bidder)?.bid)?.letter ?? '?';

export function startOpening(play: Play): void {
  const { table } = play;
  table.act('agency', 'opening.start');
  for (const name of [
    'tenderer',
    'agency',
    'witness-main',
    ...Object.keys(table.state.parties).filter((known) => known.startsWith('bidder-')),
  ]) {
    table.act(name, 'opening.sign-in', {}, { assurance: 'session' });
  }
  table.act('agency', 'opening.publish-list');
}

/** Every keeper releases what it owes now. */
export function releaseKeys({ table, keys }: Play): void {
  for (const keeper of Object.keys(table.state.parties)) {
    for (const purpose of owedReleases(table.state, keeper)) {
      table.act(keeper, 'sealing.release', { purpose }, { secrets: { 'private-key': keys.get(`${keeper}/${purpose}`)?.privateKey ?? '' } });
    }
  }
}

/** What the main venue finds inside the outer box. */
export function innerLayer({ table }: Play, desk: Desk): Uint8Array {
  const manifest = manifestOf(table.state, desk.made?.bid ?? '');
  const recovery = manifest === null ? null : recoverBox(ringOf(table.state), manifest);
  if (manifest === null || recovery?.status !== 'recovered' || desk.made === undefined) throw new Error(`no master for ${desk.letter}`);
  const box = openBox(table.profile, manifest, desk.made.ciphertext, recovery.master);
  if (!box.ok) throw new Error(box.fault.message);
  return box.content;
}

export function extractBid(play: Play, desk: Desk): void {
  play.table.act('node:main', 'opening.extract-bid', { bid: desk.made?.bid ?? '', innerHeader: innerHeaderOf(innerLayer(play, desk)) });
}

/** The bidder unwraps the header it signed for, and hands over the file key. */
export function decryptBid(play: Play, desk: Desk): string {
  const { table } = play;
  const bid = desk.made?.bid ?? '';
  const fileKey = unwrapFileKey(table.profile, table.state.opening.bids[bid]?.innerHeader ?? '', desk.encryption.privateKey) ?? '';
  table.act(bidderOf(play, desk), 'opening.decrypt-bid', { bid }, { secrets: { 'file-key': fileKey }, assurance: 'session' });
  return fileKey;
}

export function openBid(play: Play, desk: Desk, fileKey: string): void {
  const { table } = play;
  const bid = desk.made?.bid ?? '';
  const listed = table.state.bidding.bids[bid];
  const opened = openInner(table.profile, innerLayer(play, desk), {
    origin: table.state.origin,
    bidder: actOf(table.state, bid)?.creditCode ?? '',
    bid,
    fileKey,
    indexCommitment: listed?.indexCommitment ?? '',
    innerHeaderHash: listed?.innerHeaderHash ?? '',
  });
  if (!opened.ok) throw new Error(opened.fault.message);
  const { index, openingSheet } = opened.bid.texts;
  table.act('node:main', 'opening.open-bid', { bid }, { secrets: { index: parseCanonical(index), sheet: parseCanonical(openingSheet) } });
}

export function openAllBids(play: Play): void {
  releaseKeys(play);
  for (const desk of play.desks) extractBid(play, desk);
  for (const desk of play.desks) openBid(play, desk, decryptBid(play, desk));
  play.table.act('node:main', 'opening.close-decryption');
}

export function closeOpening(play: Play): void {
  const { table } = play;
  table.act('agency', 'opening.read-out');
  for (const desk of play.desks) table.act(bidderOf(play, desk), 'opening.confirm', {}, { assurance: 'session' });
  table.act('node:main', 'opening.make-record');
  const record = table.state.opening.record?.hash ?? '';
  for (const name of ['agency', 'tenderer', 'witness-main', ...play.desks.map((desk) => bidderOf(play, desk))]) {
    table.act(name, 'opening.sign-record', { record });
  }
  table.act('agency', 'opening.close');
}

// ── Draw ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const CONTRIBUTORS = ['agency', 'supervisor', 'node:main', 'node:supervision'];

export const pool = ({ plan, table }: Play, candidates = 40): JsonObject => ({
  index: table.profile.hashHex('registry'),
  candidates: Array.from({ length: candidates }, (_, index) => ({
    id: `pool-${index + 1}`,
    specialties: [['A04', 'A0803', 'A06', 'A08'][index % 4] ?? 'A04'],
    city: plan.slots[index % plan.slots.length]?.city ?? '',
  })).map((candidate, index) => ({
    ...candidate,
    specialties: [plan.slots[index % plan.slots.length]?.specialty ?? 'A04', ...candidate.specialties],
  })),
  recused: 2,
});

export function requestDraw({ table, plan }: Play, reason: string | null = null): void {
  table.act('agency', 'draw.request', { slots: plan.slots, nonceParties: CONTRIBUTORS, reason });
}

export function seedDraw(play: Play): void {
  const { table } = play;
  const nonce = (name: string): { readonly opening: { salt: string; text: string } } => ({
    opening: { salt: table.salt(`nonce of ${name}`), text: canonicalText(`nonce-of-${name.replace(':', '-')}-0123456789`) },
  });
  for (const name of CONTRIBUTORS) {
    const { salt, text } = nonce(name).opening;
    table.act(name, 'draw.commit-nonce', { commitment: table.profile.commitment(salt, text) });
  }
  table.act('node:main', 'draw.fix-pool', {}, { facts: { pool: pool(play) } });
  for (const name of CONTRIBUTORS) table.act(name, 'draw.reveal-nonce', {}, { secrets: { nonce: nonce(name) } });
}

/** The venue's machine calls whoever is due; the first of all declines, the rest accept. */
export function contactExperts({ table }: Play, declines = 1): void {
  let left = declines;
  for (let due = dueContacts(table.state); due.length > 0; due = dueContacts(table.state)) {
    const { candidate } = due[0] ?? { candidate: '' };
    const contact = { candidate, evidence: table.profile.hashHex(`call to ${candidate}`) };
    if (left > 0) {
      left -= 1;
      table.act('node:main', 'draw.record-contact', { ...contact, outcome: 'DECLINED', reason: 'BUSY', seat: null });
      continue;
    }
    const name = `expert-${Object.keys(table.state.parties).filter((known) => known.startsWith('expert-')).length + 1}`;
    const who = { ...binding(name, `employer-of-${candidate}`), person: { id: candidate, name: `专家${candidate}` } };
    table.act(
      'node:main',
      'draw.record-contact',
      { ...contact, outcome: 'ACCEPTED', reason: null, seat: `pod-${name}` },
      { secrets: { binding: who } },
    );
  }
}

// ── Evaluation ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function signInMember({ table }: Play, member: string): void {
  const facts = table.state.parties[member];
  table.act(member, 'committee.sign-in', { venue: facts?.venue ?? 'main', seat: facts?.seat ?? `pod-${member}` }, { assurance: 'session' });
  table.act(member, 'committee.pledge', { recusal: false, discipline: true });
}

export function formCommittee(play: Play): void {
  for (const member of play.plan.members) signInMember(play, member);
  play.table.act('agency', 'committee.form');
}

export function electChair({ table, plan }: Play, chair = 'expert-1'): void {
  const { round } = table.state.committee.election;
  for (const member of plan.members) {
    table.act(member, 'committee.elect-chair', { round }, { secrets: { ballot: { candidate: chair } }, assurance: 'session' });
  }
}

/** Seals a sheet or ballot at the member's seat and hands it in. */
export function submitBox(
  { table }: Play,
  member: string,
  command: string,
  purpose: string,
  content: JsonValue,
  more: JsonObject = {},
): void {
  const { keepers } = ringOf(table.state).keepers(purpose);
  const request = {
    purpose,
    context: boxContext(table.state.origin, member, purpose),
    threshold: keeperPlan(table.state, purpose).threshold,
    keepers,
  };
  const { manifest, ciphertext } = sealBox(table.profile, request, utf8(canonicalText(content)));
  const extras = { secrets: { ciphertext: toBase64Url(ciphertext) }, step: stepOf(table.state) };
  table.act(member, command, { ...more, manifest }, extras);
}

const stepOf = (state: LotState): string => (state.status === 'EVALUATING' ? (state.committee.step ?? '') : '');

/** The main venue opens every box of a step when enough keepers have released. */
export function openBoxes({ table }: Play, command: string, boxes: SealedStep['boxes'], payload: JsonObject = {}): void {
  const opened = openingsOf(ringOf(table.state), boxes);
  if (opened === null) throw new Error('keepers are missing');
  const sheets = Object.fromEntries(Object.entries(opened.openings).map(([name, opening]) => [name, { opening }]));
  table.act('node:main', command, payload, { secrets: { masters: opened.masters, ...sheets }, step: stepOf(table.state) });
}

/** 评审表 of a member: pass, but for the bids that the plan has him fail. */
export function reviewSheet(play: Play, member: string): JsonObject {
  const { plan, desks, table } = play;
  const column = plan.members.indexOf(member);
  const items = plan.rules.review.filter(({ kind }) => plan.regime === 'TENDER_LAW' || kind !== 'qualification');
  const verdict = (letter: string, at: number): JsonObject =>
    at === 0 && plan.fails[letter]?.includes(column) === true
      ? { pass: false, ground: 'NOT_RESPONSIVE', reason: '未响应实质性要求' }
      : { pass: true };
  const opened = desks.filter((desk) => table.state.opening.bids[desk.made?.bid ?? '']?.status === 'OPENED');
  const bids = opened.map(
    (desk) => [bidderOf(play, desk), Object.fromEntries(items.map(({ id }, at) => [id, verdict(desk.letter, at)]))] as const,
  );
  return { v: 1, bids: Object.fromEntries(bids) };
}

export function reviewBids(play: Play): void {
  const { table } = play;
  const purpose = purposeOf('review', table.state.review.sheets.attempt);
  for (const member of play.plan.members) submitBox(play, member, 'review.submit-sheet', purpose, reviewSheet(play, member));
  releaseKeys(play);
  openBoxes(play, 'review.open-sheets', table.state.review.sheets.boxes);
}

/** 评分表 of a member for one part. */
export function scoreSheet(play: Play, member: string, part: string): JsonObject {
  const column = play.plan.members.indexOf(member);
  const bids: Record<string, Record<string, string>> = {};
  for (const [item, values] of Object.entries(play.plan.scores[part] ?? {})) {
    for (const [letter, list] of Object.entries(values)) {
      const desk = play.desks.find((known) => known.letter === letter);
      const bidder = desk === undefined ? '?' : bidderOf(play, desk);
      bids[bidder] = { ...bids[bidder], [item]: list[column] ?? '' };
    }
  }
  return { v: 1, bids };
}

export function scoreBids(play: Play, part: 'technical' | 'commercial'): void {
  const { table } = play;
  const purpose = purposeOf(`scores:${part}`, table.state.scoring.parts[part].attempt);
  for (const member of play.plan.members) submitBox(play, member, 'scoring.submit-sheet', purpose, scoreSheet(play, member, part));
  releaseKeys(play);
  openBoxes(play, 'scoring.open-sheets', table.state.scoring.parts[part].boxes);
}

export function aggregate({ table }: Play): void {
  table.act('node:main', 'scoring.aggregate', {}, { step: 'aggregate' });
}

export function signReport({ table, plan }: Play): void {
  table.act('node:main', 'report.generate');
  const report = table.state.report.generated?.hash ?? '';
  for (const member of plan.members) table.act(member, 'report.sign', { report, mode: 'SIGNED' });
  table.act('tenderer', 'report.review', { outcome: 'ACCEPTED' });
}

// ── Award ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function publishCandidates({ table }: Play): void {
  table.act('agency', 'award.publish-candidates', { until: null });
  table.waitUntil(table.state.award.publicity?.until ?? table.now);
  table.act('node:main', 'award.close-publicity');
}

export function decideAward(play: Play, letter: string): void {
  const desk = play.desks.find((known) => known.letter === letter);
  const winner = desk === undefined ? '?' : bidderOf(play, desk);
  play.table.act('tenderer', 'award.decide', {}, { secrets: { decision: { winner, reason: '排名第一的中标候选人', passedOver: [] } } });
}

export function voteAward(play: Play, members: readonly string[], choices: readonly string[]): void {
  const { table } = play;
  const { round } = table.state.award.vote;
  members.forEach((member, index) => {
    const choice = play.desks.find((desk) => desk.letter === choices[index]);
    const ballot = { v: 1, choice: choice === undefined ? null : bidderOf(play, choice), reason: '综合比较后的选择' };
    submitBox(play, member, 'award.submit-ballot', ballotPurpose(table.state), ballot, { round });
  });
  releaseKeys(play);
  openBoxes(play, 'award.open-ballots', table.state.award.vote.boxes, { round });
}

export function finish({ table }: Play): void {
  table.act('tenderer', 'award.announce');
  const price = table.state.award.announced?.price ?? '0';
  table.act('agency', 'award.record-contract', { hash: table.profile.hashHex('contract'), price, signedAt: table.now });
  table.act('node:main', 'award.archive', { package: table.profile.hashHex('archive'), size: 1 });
}

// ── Whole lots ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

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
  lock(play);
}

export function untilOpened(play: Play): void {
  untilLocked(play);
  fromLockedToOpened(play);
}

export function fromLockedToOpened(play: Play): void {
  startOpening(play);
  openAllBids(play);
  closeOpening(play);
}

/** Gov: the purchaser reviews qualification (87号令 44). */
export function qualify(play: Play): void {
  if (play.plan.regime === 'TENDER_LAW') return;
  const bids = Object.fromEntries(play.desks.map((desk) => [bidderOf(play, desk), { pass: true }]));
  play.table.act('agency', 'review.qualify', {}, { secrets: { qualification: { v: 1, bids } } });
}

export function untilEvaluating(play: Play): void {
  untilOpened(play);
  fromOpenedToEvaluating(play);
}

export function fromOpenedToEvaluating(play: Play): void {
  qualify(play);
  requestDraw(play);
  seedDraw(play);
  contactExperts(play);
  formCommittee(play);
  electChair(play);
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

/** From the accepted report to the award by vote: TV-AW-02, a run-off that E wins. */
export function voteOnAward(play: Play): void {
  const members = Array.from({ length: 7 }, (_, index) => `award-${index + 1}`);
  for (const member of members) admit(play, member, 'award-member', 'main');
  publishCandidates(play);
  play.table.act('tenderer', 'award.form-committee', { members });
  publishKeys(play);
  voteAward(play, members, ['B', 'B', 'B', 'E', 'E', 'E', 'C']);
  publishKeys(play);
  voteAward(play, members, ['B', 'B', 'B', 'E', 'E', 'E', 'E']);
}
