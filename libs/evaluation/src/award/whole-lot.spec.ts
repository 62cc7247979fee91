import { describe, expect, it } from '@jest/globals';
import { letterOf } from '../../test/evaluation-lot.js';
import { playGov, playTender } from '../../test/scripts.js';
import { awardOf, candidatesOf, resultOf } from '../index.js';

describe('a whole lot through decide and evolve', () => {
  it('TV-E2E-01 B-026 B-027 A-144 A-145 A-166 plays from sign-in to archive and gives the award to B', () => {
    const lot = playTender();
    expect(resultOf(lot.state)?.benchmark).toMatchObject({ price: '9210150.00', mean: '9495000.00' });
    const rows = resultOf(lot.state)!.rows.map((row) => [
      letterOf(row.party),
      row.parts['technical']?.score,
      row.beta,
      row.priceScore,
      row.total,
    ]);
    expect(rows).toEqual([
      ['B', '26.80', '2.93', '57.07', '92.87'],
      ['E', '25.40', '-1.74', '59.13', '91.53'],
      ['C', '22.40', '1.52', '58.48', '90.88'],
      ['G', '25.60', '3.47', '56.53', '90.13'],
      ['F', '27.60', '7.27', '52.73', '89.33'],
      ['A', '24.40', '4.45', '55.55', '87.95'],
    ]);
    lot.do('agency', 'award.publish-candidates', { until: null });
    expect(lot.state.award.publicity?.candidates.map(({ bidder, rank }) => [letterOf(bidder), rank])).toEqual([
      ['B', 1],
      ['E', 2],
      ['C', 3],
    ]);
    lot.now += 3_000;
    lot.do('agency', 'award.close-publicity');
    const decision = { winner: 'bidder-2', reason: 'rank 1', passedOver: [] };
    lot.do('tenderer', 'award.decide', {}, { secrets: { decision } });
    lot.do('tenderer', 'award.announce');
    expect(lot.state.award.announced).toMatchObject({ winner: 'bidder-2', price: '9480000.00', late: false });
    lot.do('tenderer', 'award.record-contract', { hash: 'a'.repeat(64), price: '9480000', signedAt: new Date(lot.now).toISOString() });
    lot.do('agency', 'award.archive', { package: 'b'.repeat(64), size: 1 });
    expect(lot.state).toMatchObject({ status: 'ARCHIVED', faults: [] });
  });

  it('TV-E2E-02 A-168 gov: the dearest supplier wins, fixed by the purchaser without candidate publicity', () => {
    const lot = playGov();
    expect(candidatesOf(lot.state).map((row) => [letterOf(row.party), row.total, row.priceScore])).toEqual([
      ['C', '90.63', '23.63'],
      ['A', '89.21', '28.93'],
      ['B', '86.43', '30.00'],
    ]);
    expect(lot.code('agency', 'award.publish-candidates', { until: null })).toBe('WRONG_STATE');
    lot.do('tenderer', 'award.decide', {}, { secrets: { decision: { winner: 'bidder-3', reason: 'rank 1', passedOver: [] } } });
    expect(awardOf(lot.state)).toMatchObject({ winner: 'bidder-3', price: '1200000.00' });
    expect(lot.state.status).toBe('AWARDED');
  });
});
