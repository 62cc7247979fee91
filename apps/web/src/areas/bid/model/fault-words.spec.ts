import { FAULT_CODES, FIELD_LENGTHS } from '@app/bid-making';
import { describe, expect, it } from '@jest/globals';
import { bid as en } from '../../../locales/langs/en/bid.js';
import { bid as zh } from '../../../locales/langs/zh-cn/bid.js';

describe('faults of a bid in words', () => {
  it('says of every fault and field in both languages what it is and what to do', () => {
    for (const { bid } of [zh, en]) {
      const [names, remedies]: Record<string, string>[] = [bid.code, bid.remedy];
      expect(FAULT_CODES.filter((code) => names?.[code] === undefined || remedies?.[code] === undefined)).toEqual([]);
      const [fields, hints]: Record<string, string>[] = [bid.field, bid.hint];
      expect(Object.keys(FIELD_LENGTHS).filter((name) => fields?.[name] === undefined || hints?.[name] === undefined)).toEqual([]);
    }
  });
});
