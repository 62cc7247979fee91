import { parseCanonical } from '@app/contracts';
import { actOf, manifestOf, recoverBox, ringOf } from '@app/evaluation';
import { innerHeaderOf, openBox, openInner, unwrapFileKey } from '@app/sealing';
import { type Desk, type Play, bidderOf } from './cast.js';
import { releaseKeys } from './keepers.js';

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
