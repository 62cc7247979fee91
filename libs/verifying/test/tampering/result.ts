import { PART } from '@app/contracts';
import type { Forger } from '../support/forger.js';
import { type Tampering, wrong } from './row.js';

const BOX = /"boxKey":"[^"]+"/;
const inSkeletonAndCommand = (f: Forger, seq: number, from: string | RegExp, to: string): Forger =>
  f.edit(seq, PART.command, from, to).edit(seq, PART.skeleton, from, to);

/** Review, scores, prices, ranks and winner, each told anew through everything that follows from it. */
export const RESULT: readonly Tampering[] = [
  wrong('T-65', 'a bid that the committee rejected is brought back', 'decide', (f) => {
    const seq = f.find('review.open-sheets');
    f.edit(seq, 'd:review', /"rejected":\[.*\],"v"/, '"rejected":[],"v"').edit(seq, 'd:review', '"bidder-3",', '"bidder-3","bidder-4",');
    return [f.retell(seq + 1).archive(), seq];
  }),
  wrong('T-66', 'a member did not fail the bid that he failed', 'decide', (f) => {
    const seq = f.find('review.open-sheets');
    for (const member of ['expert-1', 'expert-2', 'expert-3'])
      f.edit(seq, `x:sheet:${member}`, /\{"ground":"NOT_RESPONSIVE","pass":false,"reason":"[^"]+"\}/, '{"pass":true}');
    return [f.sign(seq).retell(seq).archive(), seq];
  }),
  wrong('T-67', 'a member gave another score, in the sheet that was opened', 'decide', (f) => {
    const seq = f.find('scoring.open-sheets');
    const from = '"bidder-5":{"technical-1":"25"}';
    return [f.edit(seq, 'x:sheet:expert-1', from, from.replace('25', '30')).sign(seq).retell(seq).archive(), seq];
  }),
  wrong('T-68', 'a member handed in another box', 'signatures', (f) => {
    const seq = f.findBy('scoring.submit-sheet', 'expert-1');
    const other = f.match(f.findBy('scoring.submit-sheet', 'expert-2'), PART.command, BOX);
    return [f.edit(seq, PART.command, BOX, other).retell(seq).archive(), seq];
  }),
  wrong('T-69', 'the table of what members gave has another score, and all that follows', 'decide', (f) => {
    const seq = f.find('scoring.aggregate');
    return [
      f
        .edit(seq, 'd:member-scores', '"expert-1":"24"', '"expert-1":"29"')
        .retell(seq + 1)
        .archive(),
      seq,
    ];
  }),
  wrong('T-70', "a bid's price is another, in the sheet that was opened", 'decide', (f) => {
    const seq = f.find('opening.open-bid');
    return [f.edit(seq, 'x:sheet', '9620000.00', '9210000.00').sign(seq).retell(seq).archive(), seq];
  }),
  wrong('T-71', "a bid's price is another in the result, with all that follows", 'award', (f) => {
    const seq = f.find('scoring.aggregate');
    f.edit(seq, 'd:result', /"9050000\.00"/g, '"9210000.00"').retell(seq + 1);
    return [f.archive(), 'price of bidder-5'];
  }),
  wrong('T-72', 'the first two change ranks', 'award', (f) => {
    const seq = f.find('scoring.aggregate');
    f.edit(seq, 'd:result', '"rank":1,', '"rank":0,')
      .edit(seq, 'd:result', '"rank":2,', '"rank":1,')
      .edit(seq, 'd:result', '"rank":0,', '"rank":2,');
    return [f.retell(seq + 1).archive(), 'rank of bidder-2'];
  }),
  wrong('T-73', 'the benchmark price is another', 'decide', (f) => {
    const seq = f.find('scoring.aggregate');
    return [
      f
        .edit(seq, 'd:result', '9210150.00', '9050000.00')
        .retell(seq + 1)
        .archive(),
      seq,
    ];
  }),
  wrong('T-74', 'the report that members signed is another', 'decide', (f) => {
    const seq = f.find('report.generate');
    return [
      f
        .edit(seq, 'd:report', /"total":"92\.87"/, '"total":"91.87"')
        .retell(seq + 1)
        .archive(),
      seq,
    ];
  }),
  wrong('T-75', 'the winner is another in the decision', 'commands', (f) => {
    const seq = f.find('award.decide');
    return [f.edit(seq, 'x:decision', 'bidder-2', 'bidder-5').retell(seq).archive(), seq];
  }),
  wrong('T-76', 'the winner is another in the award, and in the announcement', 'decide', (f) => {
    const seq = f.find('award.decide');
    return [
      f
        .edit(seq, 'd:award', 'bidder-2', 'bidder-5')
        .retell(seq + 1)
        .archive(),
      seq,
    ];
  }),
  wrong('T-77', 'the winner is another in the announcement alone', 'award', (f) => {
    const seq = f.find('award.announce');
    return [f.edit(seq, PART.skeleton, 'bidder-2', 'bidder-5').archive(), 'announcement'];
  }),
  wrong('T-78', 'the first candidate is passed over by an act that nobody gave', 'bindings', (f) => {
    const seq = f.find('award.decide');
    return [f.invent(seq, 'bidder-2', 'award.give-up', { cause: 'GIVES_UP' }).retell(seq).archive(), seq];
  }),
  wrong('T-79', 'a pass-over stands in the award that the decision does not name', 'decide', (f) => {
    const seq = f.find('award.decide');
    f.edit(seq, 'd:award', '"passedOver":[]', '"passedOver":[{"bidder":"bidder-2","cause":"GIVES_UP"}]').edit(
      seq,
      'd:award',
      '"winner":"bidder-2"',
      '"winner":"bidder-5"',
    );
    return [f.archive(), seq];
  }),
  wrong('T-80', 'the hash of the contract is another', 'signatures', (f) => {
    const seq = f.find('award.record-contract');
    return [inSkeletonAndCommand(f, seq, /"hash":"[0-9a-f]{64}"/, `"hash":"${'3'.repeat(64)}"`).archive(), seq];
  }),
  wrong('T-81', 'a member who signed the report refused it', 'signatures', (f) => {
    const seq = f.findBy('report.sign', 'expert-2');
    return [f.edit(seq, PART.command, '"mode":"SIGNED"', '"mode":"REFUSED"').retell(seq).archive(), seq];
  }),
];
