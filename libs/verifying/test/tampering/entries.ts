import { PART, parseCanonical } from '@app/contracts';
import { type Tampering, wrong } from './row.js';

const ID = /"id":"[^"]+"/;
const HEAD = 'log/checkpoint.txt';

/** Entries dropped, swapped, repeated, invented, replayed, and cut off. */
export const ENTRIES: readonly Tampering[] = [
  wrong('T-01', 'the first entry is dropped', 'decide', (f) => [f.drop(0).archive(), 0]),
  wrong('T-02', 'the last entry is dropped', 'cosignatures', (f) => [f.drop(f.entries.length - 1).archive(), HEAD]),
  wrong('T-03', 'the award and all after it are cut off', 'cosignatures', (f) => {
    const seq = f.find('award.decide');
    return [f.drop(seq, f.entries.length - seq).archive(), HEAD];
  }),
  wrong('T-04', "the publication of a keeper's key is dropped", 'decide', (f) => {
    f.drop(f.findBy('sealing.publish-key', 'tenderer')).retell(0);
    return [f.archive(), f.find('lot.publish')];
  }),
  wrong('T-05', "a member's score sheet is dropped, and all that follows told anew", 'decide', (f) => {
    const seq = f.findBy('scoring.submit-sheet', 'expert-3');
    return [f.drop(seq).retell(seq).archive(), f.find('sealing.release', 13)];
  }),
  wrong('T-06', 'a signature under the opening record is dropped, and all that follows told anew', 'decide', (f) => {
    const seq = f.findBy('opening.sign-record', 'bidder-7');
    return [f.drop(seq).retell(seq).archive(), f.find('report.sign')];
  }),
  wrong('T-07', 'two entries change places', 'order', (f) => {
    const seq = f.find('opening.sign-in');
    return [
      f
        .insert(seq + 2, f.at(seq))
        .drop(seq)
        .archive(),
      seq + 1,
    ];
  }),
  wrong('T-08', 'an entry stands there twice', 'commands', (f) => {
    const seq = f.find('committee.pledge');
    return [f.insert(seq + 1, f.at(seq)).archive(), seq + 1];
  }),
  wrong('T-09', 'an invented act has no signature at all', 'parts', (f) => {
    const seq = f.find('award.decide');
    f.invent(seq, 'tenderer', 'award.pass-over', { cause: 'GIVES_UP', reason: '自行放弃' });
    return [f.write(seq, { [PART.who]: null }).archive(), seq];
  }),
  wrong('T-10', "an invented act of a member is signed by the main venue's node", 'bindings', (f) => {
    const seq = f.find('review.open-sheets');
    return [f.invent(seq, 'expert-1', 'committee.pledge', { recusal: false, discipline: true }).archive(), seq];
  }),
  wrong('T-11', 'an invented act bears the signature of another act of the same person', 'signatures', (f) => {
    const seq = f.find('award.announce');
    const copied = parseCanonical(f.text(f.find('award.decide'), PART.who));
    return [
      f
        .invent(seq, 'tenderer', 'award.announce', {})
        .write(seq, { [PART.who]: copied })
        .archive(),
      seq,
    ];
  }),
  wrong('T-12', 'a command that its signer gave in another lot is played again here', 'commands', (f) => {
    const seq = f.find('award.decide');
    return [f.edit(seq, PART.command, /gongping.test\/lot\/[^/]+\/1/, 'gongping.test/lot/OTHER/1').archive(), seq];
  }),
  wrong('T-13', "a member's act is given another id, so that it counts twice", 'signatures', (f) => {
    const seq = f.find('report.sign');
    f.insert(seq + 1, f.at(seq));
    return [f.edit(seq + 1, PART.command, ID, `"id":"01a0c000-0000-7000-8000-${'e'.repeat(12)}"`).archive(), seq + 1];
  }),
  wrong('T-14', "an act of the main venue's node is signed in the name of a site's", 'bindings', (f) => {
    const seq = f.findBy('sealing.release', 'node:sub-1');
    return [f.sign(seq).archive(), seq];
  }),
  wrong('T-15', 'an order of the supervisor is invented, to go on without a quorum of witnesses', 'bindings', (f) => {
    const seq = f.find('award.archive');
    return [f.invent(seq, 'supervisor', 'lot.order', { kind: 'DEGRADED_QUORUM', reason: '见证系统故障' }).archive(), seq];
  }),
  wrong('T-16', "a signer's certificate is of an authority of the main venue's own, in the same names", 'certificates', (f, namesakes) => {
    const seq = f.find('award.decide');
    return [f.signAsNamesake(seq, namesakes).archive(), seq];
  }),
  wrong('T-17', "the list that shows that a signer's certificate was good is left out", 'certificates', (f) => {
    const seq = f.find('award.decide');
    return [f.edit(seq, PART.who, /"revocation":"[^"]+"/, '"revocation":null').archive(), seq];
  }),
  wrong('T-18', 'another name is written over the signer', 'names', (f) => {
    const seq = f.find('award.decide');
    return [f.edit(seq, PART.who, '某tenderer', '某某').archive(), seq];
  }),
  wrong('T-19', "a signer's right name stands over the number of another person", 'names', (f) => {
    const seq = f.find('award.decide');
    return [f.edit(seq, PART.who, '"id":"person-tenderer"', '"id":"person-agency"').archive(), seq];
  }),
  wrong('T-125', "a member's act is signed by a session key that he granted for another seat (SEC-23)", 'bindings', (f) => {
    const seq = f.find('committee.elect-chair');
    return [f.signAtSeat(seq, 'pod-elsewhere').archive(), seq];
  }),
];
