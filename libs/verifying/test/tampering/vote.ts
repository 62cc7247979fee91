import { PART } from '@app/contracts';
import { type Tampering, wrong } from './row.js';

/** A lot whose award is separated (评定分离): what the award committee voted. */
export const VOTE: readonly Tampering[] = [
  wrong('T-95', 'a ballot of the award committee is another, in the box that was opened', 'decide', (f) => {
    const seq = f.find('award.open-ballots', 1);
    return [f.edit(seq, 'x:sheet:award-4', 'bidder-5', 'bidder-2').sign(seq).retell(seq).archive(), seq];
  }),
  wrong('T-96', 'the count of the ballots is another', 'decide', (f) => {
    const seq = f.find('award.open-ballots', 1);
    return [
      f
        .edit(seq, 'd:award', /"winner":"bidder-5"/, '"winner":"bidder-2"')
        .retell(seq + 1)
        .archive(),
      seq,
    ];
  }),
  wrong('T-97', 'the box of a member of the award committee is dropped, as if he had been absent', 'decide', (f) => {
    const seq = f.findBy('award.submit-ballot', 'award-7');
    f.drop(seq).retell(seq);
    return [f.archive(), f.entries.findIndex(({ header }, at) => at >= seq && header.type === 'sealing.release')];
  }),
  wrong('T-98', 'another sat in the award committee than the one who was admitted', 'commands', (f) => {
    const seq = f.find('lot.admit', 1);
    return [f.edit(seq, 'x:binding', f.keys.certificate('award-1'), f.keys.certificate('expert-9')).retell(seq).archive(), seq];
  }),
  wrong('T-99', 'the winner that the vote gave is another in the announcement', 'decide', (f) => {
    const seq = f.find('award.announce');
    return [f.edit(seq, PART.skeleton, 'bidder-5', 'bidder-2').archive(), seq];
  }),
];
