import type { SealedPackage } from '@app/bid-making';
import { describe, expect, it } from '@jest/globals';
import { type BidAct, stageOf, standingBid } from './kept-bid.js';

const AT = '2026-04-01T01:00:00.000Z';
const act = (type: BidAct['type'], about: string, at: string | null = AT): BidAct => ({ type, about, at, signed: {} as BidAct['signed'] });
const sealed = (bid: string): SealedPackage => ({ bid, size: 1, at: AT, sealed: {} as SealedPackage['sealed'] });

describe('where a bid stands', () => {
  it.each([
    [null, [], 'draft'],
    ['one', [], 'sealed'],
    ['one', [act('bidding.download', 'hash')], 'sealed'],
    ['one', [act('bidding.deliver', 'one', null)], 'sealed'],
    ['one', [act('bidding.deliver', 'one'), act('bidding.ask', '问')], 'delivered'],
    ['one', [act('bidding.deliver', 'one')], 'delivered'],
    ['one', [act('bidding.deliver', 'one'), act('bidding.download', 'hash')], 'delivered'],
    ['two', [act('bidding.deliver', 'one')], 'older'],
    [null, [act('bidding.deliver', 'one')], 'older'],
    ['two', [act('bidding.deliver', 'one'), act('bidding.replace', 'two')], 'delivered'],
    ['two', [act('bidding.deliver', 'two'), act('bidding.withdraw', 'two')], 'withdrawn'],
    ['two', [act('bidding.deliver', 'two'), act('bidding.withdraw', 'two', null)], 'delivered'],
    ['two', [act('bidding.deliver', 'two'), act('bidding.withdraw', 'two'), act('bidding.deliver', 'two')], 'delivered'],
  ] as const)('with %s sealed after %j: %s', (bid, acts, stage) => {
    expect(stageOf({ package: bid === null ? null : sealed(bid), acts })).toBe(stage);
  });

  it('is said by answered acts alone', () => {
    expect(standingBid([act('bidding.deliver', 'one'), act('bidding.replace', 'two', null)])).toBe('one');
  });
});
