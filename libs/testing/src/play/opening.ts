import type { JsonValue } from '@app/contracts';
import {
  COEFFICIENT_PURPOSE,
  deliveredBid,
  manifestOf,
  bidSecrets,
  recoverBox,
  ringOf,
  sheetOfText,
  unrecordedSecurities,
} from '@app/evaluation';
import type { BidBox, BidPass } from '@app/sealing';
import { extraction, opening, passBytes, unwrapFileKey } from '@app/sealing';
import { type Desk, type Play, bidderOf } from './cast.js';
import { openBoxes, submitBox } from './evaluation.js';
import { publishKeys, releaseKeys } from './keepers.js';

export function startOpening(play: Play): void {
  const { table } = play;
  table.act('agency', 'opening.start');
  for (const name of ['tenderer', 'agency', 'witness-main']) table.act(name, 'opening.sign-in', {}, { assurance: 'session' });
  table.act('agency', 'opening.publish-list');
  const bidders = Object.keys(table.state.parties).filter((known) => known.startsWith('bidder-'));
  for (const name of bidders) table.act(name, 'opening.sign-in', {}, { assurance: 'session' });
}

/** The outer box of a bid with the master that released keys give. */
function boxOf({ table }: Play, desk: Desk): BidBox {
  const manifest = manifestOf(table.state, desk.made?.bid ?? '');
  const recovery = manifest === null ? null : recoverBox(ringOf(table.state), manifest);
  if (manifest === null || recovery?.status !== 'recovered') throw new Error(`no master for ${desk.letter}`);
  return { manifest, master: recovery.master };
}

function passed<T>(pass: BidPass<T>, desk: Desk): T {
  const result = passBytes(pass, desk.made?.ciphertext ?? new Uint8Array());
  if (!result.ok) throw new Error(`${desk.letter}: ${result.fault.message}`);
  return result.value;
}

/** What the main venue finds inside the outer box. */
export const innerHeaderAt = (play: Play, desk: Desk): string | null => passed(extraction(play.table.profile, boxOf(play, desk)), desk);

export function extractBid(play: Play, desk: Desk): void {
  play.table.act('node:main', 'opening.extract-bid', { bid: desk.made?.bid ?? '', innerHeader: innerHeaderAt(play, desk) });
}

/** The bidder unwraps the header it signed for, and hands over the file key. */
export function decryptBid(play: Play, desk: Desk): void {
  const { table } = play;
  const bid = desk.made?.bid ?? '';
  const fileKey = unwrapFileKey(table.profile, table.state.opening.bids[bid]?.innerHeader ?? '', desk.encryption.privateKey) ?? '';
  table.act(bidderOf(play, desk), 'opening.decrypt-bid', { bid }, { secrets: { 'file-key': fileKey }, assurance: 'session' });
}

/** What the main venue discloses of a bid that was decrypted. */
export function openedSecrets(play: Play, desk: Desk): Record<string, JsonValue> {
  const { state, profile } = play.table;
  const delivered = deliveredBid(state, desk.made?.bid ?? '');
  if (delivered === null) throw new Error(`${desk.letter} has not decrypted`);
  const found = passed(opening(profile, boxOf(play, desk), delivered), desk);
  return bidSecrets(state, found, sheetOfText(found.texts.openingSheet) ?? {}, delivered.fileKey);
}

export function openBid(play: Play, desk: Desk): void {
  play.table.act('node:main', 'opening.open-bid', { bid: desk.made?.bid ?? '' }, { secrets: openedSecrets(play, desk) });
}

export function decryptAndOpen(play: Play, desk: Desk): void {
  decryptBid(play, desk);
  openBid(play, desk);
}

export function openAllBids(play: Play): void {
  releaseKeys(play);
  for (const desk of play.desks) extractBid(play, desk);
  for (const desk of play.desks) decryptAndOpen(play, desk);
  play.table.act('node:main', 'opening.close-decryption');
}

/** 系数抽取 where the lot draws K: contributors are named, seal their nonces, and the keepers open them. */
export function drawK(play: Play, contributors: readonly string[] = ['node:main', 'supervisor', 'bidder-1']): void {
  const { table } = play;
  if (table.state.opening.step !== 'COEFFICIENT_DRAW') return;
  publishKeys(play);
  table.act('agency', 'opening.name-contributors', { contributors: [...contributors], reason: null });
  for (const name of contributors)
    submitBox(play, name, 'opening.contribute', COEFFICIENT_PURPOSE, `nonce-of-${name.replace(':', '-')}-0123456789`);
  releaseKeys(play);
  openBoxes(play, 'opening.open-contributions', table.state.opening.coefficient.boxes);
}

/** 投标保证金, where the lot asks for one: of whoever has none recorded yet, as the tender document asks. */
export function recordSecurities({ table }: Play): void {
  const { amount = '', forms = [] } = table.state.setup.rules?.bidSecurity ?? {};
  for (const bidder of unrecordedSecurities(table.state)) {
    const received = { form: forms[0] ?? '', amount, receivedAt: '2026-03-09T02:00:00.000Z' };
    table.act('agency', 'security.record', { bidder, received }, { secrets: { number: `slip of ${bidder}` }, assurance: 'session' });
  }
}

export function closeOpening(play: Play): void {
  const { table } = play;
  recordSecurities(play);
  table.act('agency', 'opening.read-out');
  for (const desk of play.desks) table.act(bidderOf(play, desk), 'opening.confirm', {}, { assurance: 'session' });
  table.act('node:main', 'opening.make-record');
  const record = table.state.opening.record?.hash ?? '';
  for (const name of ['agency', 'tenderer', 'witness-main', ...play.desks.map((desk) => bidderOf(play, desk))]) {
    table.act(name, 'opening.sign-record', { record });
  }
  table.act('agency', 'opening.close');
}
