import { candidatesOf, isSeparated } from '@app/evaluation';
import { NOTHING_MORE, words, type CommandRecords } from '../../../core/commands/command-record.js';

/** Candidates, award and contract. */
export const awardCommands: CommandRecords = {
  'award.publish-candidates': {
    words: words('公示中标候选人', 'Candidates published'),
    press: () => ({ until: null }),
    consequence: words(
      '公示期不得少于 3 日。公示后候选人名单不能更改。',
      'Publicity lasts at least 3 days. The list cannot be changed afterwards.',
    ),
    article: words('招标投标法实施条例第五十四条', 'Regulations on Tendering, article 54'),
  },
  'award.object': { words: words('提出异议', 'Objection') },
  'award.answer-objection': { words: words('答复异议', 'Objection answered') },
  'award.close-publicity': { words: words('公示期满', 'Publicity over') },
  'award.form-committee': { words: words('组成定标委员会', 'Award committee formed') },
  'award.submit-ballot': { words: words('投票定标', 'Ballot cast') },
  'award.open-ballots': { words: words('开启选票', 'Ballots opened') },
  'award.decide': {
    words: words('定标', 'Award decided'),
    choice: (state) => {
      // 条例 55: the first candidate that was not passed over; another one needs a legal cause, which this screen does not take.
      const first = candidatesOf(state).find(({ party }) => !Object.hasOwn(state.award.passedOver, party));
      if (isSeparated(state) || first === undefined) return null;
      return {
        options: [first.party],
        act: (winner, reason) => ({ type: 'award.decide', payload: {}, secrets: { decision: { winner, reason, passedOver: [] } } }),
      };
    },
    consequence: words(
      '国有资金占控股或者主导地位的依法必须进行招标的项目，招标人应当确定排名第一的中标候选人为中标人。',
      'In state-controlled projects the first-ranked candidate is the winner.',
    ),
    article: words('招标投标法实施条例第五十五条', 'Regulations on Tendering, article 55'),
  },
  'award.announce': {
    words: words('发出中标通知书', 'Award notice sent'),
    press: NOTHING_MORE,
    consequence: words(
      '中标通知书对招标人和中标人具有法律效力，中标结果同时通知所有未中标的投标人。',
      'The notice binds tenderer and winner, and all other bidders are told the result at the same time.',
    ),
    article: words('招标投标法第四十五条', 'Law on Tendering, article 45'),
  },
  'award.pass-over': { words: words('顺延中标候选人', 'Candidate passed over') },
  'award.record-contract': { words: words('签订合同', 'Contract signed') },
  'award.archive': { words: words('归档', 'Archived') },
};
