import { describe, expect, it } from '@jest/globals';
import { initialLotState } from '../engine/initial.js';
import { moveTo } from './state.js';
import { LOT_STATUSES, type LotStatus } from './status.js';
import { canMove, LOT_TRANSITIONS, RUNNING_STATUSES } from './transitions.js';

const fresh = initialLotState('test/lot/l1/1', 'l1', 1);

describe('the lot state machine', () => {
  it('reaches every state from DRAFT, so none is dead', () => {
    const seen = new Set<LotStatus>(['DRAFT']);
    for (const status of seen) LOT_TRANSITIONS[status].forEach((next) => seen.add(next));
    expect([...seen].sort()).toEqual([...LOT_STATUSES].sort());
  });

  it('ends only where the law ends a lot', () => {
    expect(LOT_STATUSES.filter((status) => LOT_TRANSITIONS[status].length === 0)).toEqual(['ARCHIVED', 'LOT_FAILED', 'TERMINATED']);
  });

  it('goes backwards only through suspension, re-evaluation or a winner who gives up', () => {
    const order = (status: LotStatus): number => LOT_STATUSES.indexOf(status);
    const back = LOT_STATUSES.flatMap((from) =>
      LOT_TRANSITIONS[from]
        .filter((to) => order(to) < order(from) && from !== 'SUSPENDED' && from !== 'RE_EVALUATION')
        .map((to) => `${from}>${to}`),
    );
    expect(back).toEqual(['AWARDED>AWARDING']);
  });

  it('lets a suspended lot return only to the state it was in', () => {
    const suspended = moveTo({ ...fresh, status: 'EVALUATING' }, 'SUSPENDED');
    expect(suspended).toMatchObject({ status: 'SUSPENDED', previous: 'EVALUATING', faults: [] });
    expect(moveTo(suspended, 'EVALUATING')).toMatchObject({ status: 'EVALUATING', previous: null, faults: [] });
    expect(moveTo(suspended, 'AWARDING')).toMatchObject({ status: 'SUSPENDED', faults: [{ seq: 0 }] });
  });

  it.each(RUNNING_STATUSES)('can suspend and resume in %s', (status) => {
    expect(canMove(status, 'SUSPENDED', null)).toBe(true);
    expect(canMove('SUSPENDED', status, status)).toBe(true);
  });

  it('notes a forbidden change as a fault and keeps the state', () => {
    expect(moveTo(fresh, 'AWARDED')).toEqual({ ...fresh, faults: [{ seq: 0, reason: 'status DRAFT can not become AWARDED' }] });
  });
});
