import type { AccessEntry } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { accessFacts, found, marksOf } from './marks.js';

const at = (second: number): string => new Date(Date.parse('2026-03-20T01:00:00.000Z') + second * 1_000).toISOString();
const row = (seq: number, second: number, type: string) => ({
  seq,
  at: at(second),
  type,
  party: 'expert-1',
  about: null,
  isHidden: false,
  opensDay: null,
});
const access = (seq: number, type: string, payload: AccessEntry['payload']): AccessEntry => ({
  seq,
  at: at(900),
  type,
  party: 'supervisor',
  person: null,
  payload,
});
const track = { venue: 'sub-1', party: 'expert-1', source: 'camera' };
const log = [
  access(0, 'access.look', {}),
  access(1, 'access.mark', { at: at(15), track: null, note: '离席' }),
  access(2, 'access.check', { of: { kind: 'entry', seq: 4 }, note: '' }),
  access(3, 'access.check', { of: { kind: 'span', track, from: at(0), to: at(10) }, note: 'x' }),
  access(4, 'access.mark', { at: 'no time', track: null, note: 'x' }),
];

describe('marks of a replay', () => {
  it('are the entries and the notes of the access log, in order of time, without the landings', () => {
    const marks = marksOf(
      [row(6, 30, 'scoring.submit-sheet'), row(5, 20, 'recording.land'), row(4, 10, 'committee.sign-in')],
      accessFacts(log),
    );
    expect(marks.map(({ key, isChecked, note }) => [key, isChecked, note])).toEqual([
      ['entry 4', true, ''],
      ['note 1', false, '离席'],
      ['entry 6', false, ''],
    ]);
    expect(accessFacts(log).checkedSpans).toEqual([{ track, fromMs: Date.parse(at(0)), toMs: Date.parse(at(10)) }]);
  });

  it('are found by all words of a search', () => {
    const texts = ['提交打分 专家 1', '签到 专家 2'];
    const search = (words: string): readonly string[] => found(texts, words, (text) => text);
    expect([search(' '), search('专家 2'), search('签到 1')]).toEqual([texts, ['签到 专家 2'], []]);
  });
});
