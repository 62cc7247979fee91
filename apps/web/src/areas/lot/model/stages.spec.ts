import { describe, expect, it } from '@jest/globals';
import { stageMarks } from './stages.js';

const stages = (...names: string[]) => names.map((status, seq) => ({ status, seq, at: `2026-03-24T01:30:0${seq}.000Z` }));
const brief = (regime: string, names: string[], status: string) =>
  stageMarks(regime, stages(...names), status).map((mark) => `${mark.status}:${mark.place}`);

describe('the stage line', () => {
  it('A-204 shows what is past, present and ahead, each past one with its time', () => {
    const marks = stageMarks('TENDER_LAW', stages('DRAFT', 'PUBLISHED', 'SUBMISSION_OPEN'), 'SUBMISSION_OPEN');
    expect(marks[0]).toEqual({ status: 'PUBLISHED', place: 'past', at: '2026-03-24T01:30:01.000Z' });
    expect(marks[1]?.place).toBe('current');
    expect(marks.slice(2).every((mark) => mark.place === 'ahead' && mark.at === null)).toBe(true);
  });

  it('has publicity of candidates under the tendering law only, and the purchaser’s qualification under procurement law only', () => {
    expect(brief('TENDER_LAW', ['PUBLISHED'], 'PUBLISHED').join()).not.toContain('QUALIFICATION_BY_PURCHASER');
    expect(brief('TENDER_LAW', ['PUBLISHED'], 'PUBLISHED').join()).toContain('CANDIDATE_PUBLICITY');
    expect(brief('GOV_PROCUREMENT', ['PUBLISHED'], 'PUBLISHED').join()).not.toContain('CANDIDATE_PUBLICITY');
    expect(brief('GOV_PROCUREMENT', ['PUBLISHED'], 'PUBLISHED').join()).toContain('QUALIFICATION_BY_PURCHASER');
  });

  it('puts a suspension after the stage it interrupts and keeps what lies ahead', () => {
    const marks = brief('TENDER_LAW', ['PUBLISHED', 'SUBMISSION_OPEN', 'SUSPENDED'], 'SUSPENDED');
    expect(marks.slice(0, 4)).toEqual(['PUBLISHED:past', 'SUBMISSION_OPEN:past', 'SUSPENDED:current', 'SUBMISSION_CLOSED:ahead']);
  });

  it('ends the line with a failure', () => {
    expect(brief('TENDER_LAW', ['PUBLISHED', 'SUBMISSION_OPEN', 'SUBMISSION_CLOSED', 'LOT_FAILED'], 'LOT_FAILED').at(-1)).toBe(
      'LOT_FAILED:current',
    );
  });

  it('says of a stage that was passed over that it was skipped', () => {
    expect(brief('TENDER_LAW', ['PUBLISHED', 'SUBMISSION_CLOSED'], 'SUBMISSION_CLOSED')[1]).toBe('SUBMISSION_OPEN:skipped');
  });
});
