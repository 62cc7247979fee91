import { describe, expect, it } from '@jest/globals';
import { beijingInstant, beijingTime, spanOf } from './time.js';

describe('times', () => {
  it('A-97/98 shows an instant in Beijing time whatever the zone of the machine', () => {
    expect(beijingInstant('2026-03-24T01:30:00.000Z')).toBe('2026-03-24 09:30:00');
    expect(beijingTime(Date.UTC(2026, 11, 31, 16, 0, 0))).toBe('2027-01-01 00:00:00');
  });

  it('leaves an unreadable instant as it stands', () => {
    expect(beijingInstant('soon')).toBe('soon');
  });

  it('counts down in whole seconds and reads zero only at the limit', () => {
    expect(spanOf(1)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 1 });
    expect(spanOf(0)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
    expect(spanOf(-5_000)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
    expect(spanOf(90_061_000)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
  });
});
