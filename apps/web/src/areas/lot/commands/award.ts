import { awardOf, candidatesOf, expiryOf, isStanding, isVoted } from '@app/evaluation';
import { NOTHING_MORE, words, type CommandRecords } from '../../../core/commands/command-record.js';
import { EXPIRED_REASON } from './reasons.js';

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
  'award.close-round': { words: words('本轮投票截止', 'Round closed') },
  'award.open-ballots': { words: words('开启选票', 'Ballots opened') },
  'award.decide': {
    words: words('定标', 'Award decided'),
    choice: (state, now) => {
      // 条例 55: the first candidate that stands; whoever is before him gave up, was found unlawful, or his bid has ended, on the record.
      const open = candidatesOf(state).filter(({ party }) => !Object.hasOwn(state.award.passedOver, party));
      const first = open.find(({ party }) => isStanding(state, party) && expiryOf(state, party, now) === null);
      if (isVoted(state) || first === undefined) return null;
      const before = open.filter(({ rank }) => rank < first.rank);
      const passedOver = before.flatMap(({ party: bidder }) => {
        const [ground] = state.award.against[bidder] ?? [];
        if (ground === undefined && expiryOf(state, bidder, now) !== null)
          return [{ bidder, cause: 'INVALID_VALIDITY' as const, reason: EXPIRED_REASON }];
        return ground === undefined ? [] : [{ bidder, cause: ground.cause, reason: `记录第 ${String(ground.seq)} 条` }];
      });
      return {
        options: [first.party],
        act: (winner, reason) => ({ type: 'award.decide', payload: {}, secrets: { decision: { winner, reason, passedOver } } }),
      };
    },
    consequence: words(
      '国有资金占控股或者主导地位的依法必须进行招标的项目，招标人应当确定排名第一的中标候选人为中标人。',
      'In state-controlled projects the first-ranked candidate is the winner.',
    ),
    article: words('招标投标法实施条例第五十五条', 'Regulations on Tendering, article 55'),
  },
  'award.deem-decided': { words: words('逾期视同确定中标人', 'Winner by lapse of time') },
  'award.give-up': {
    words: words('放弃中标', 'Candidate gives up'),
    consequence: words(
      '放弃后不能再成为中标人，招标人可以依次确定其他中标候选人，也可以重新招标。',
      'You cannot become the winner afterwards; the tenderer may go on to the next candidate or tender anew.',
    ),
    article: words('招标投标法实施条例第五十五条', 'Regulations on Tendering, article 55'),
  },
  'award.ask-validity': {
    words: words('通知延长投标有效期', 'Asked to extend validity'),
    consequence: words(
      '通知所有投标仍然有效的投标人；投标人可以拒绝，不同意延长的，其投标到期失效。',
      'Every bidder whose bid still binds is asked. Each may refuse: without its consent its bid ends on its own date.',
    ),
    article: words('评标委员会和评标方法暂行规定第四十条', 'Provisions on Bid Evaluation Committees, article 40'),
  },
  'award.extend-validity': {
    words: words('同意延长投标有效期', 'Bid validity extended'),
    press: (state) => (state.award.asked === null ? null : { until: state.award.asked.until }),
    consequence: words(
      '延长期内投标继续有效，不得撤销；不同意延长的，其投标到期失效。',
      'The bid binds you until the new date. Without an extension it ends on its own date.',
    ),
    article: words('招标投标法实施条例第二十五条', 'Regulations on Tendering, article 25'),
  },
  'award.find-unlawful': { words: words('查实违法行为', 'Unlawful act found') },
  'award.announce': {
    words: words('发出中标通知书', 'Award notice sent'),
    press: NOTHING_MORE,
    consequence: words(
      '中标通知书对招标人和中标人具有法律效力，中标结果同时通知所有未中标的投标人。',
      'The notice binds tenderer and winner, and all other bidders are told the result at the same time.',
    ),
    article: words('招标投标法第四十五条', 'Law on Tendering, article 45'),
  },
  'award.pass-over': {
    words: words('顺延中标候选人', 'Candidate passed over'),
    press: (state, _party, now) => {
      const winner = awardOf(state)?.winner;
      return winner === undefined || expiryOf(state, winner, now) === null ? null : { cause: 'INVALID_VALIDITY', reason: EXPIRED_REASON };
    },
    consequence: words(
      '该中标候选人不能再成为中标人，招标人可以按名次依次确定其他中标候选人，也可以重新招标。',
      'This candidate cannot become the winner any more; the tenderer may go on to the next one or tender anew.',
    ),
    article: words('招标投标法实施条例第五十五条', 'Regulations on Tendering, article 55'),
  },
  'award.record-contract': { words: words('签订合同', 'Contract signed') },
  'award.archive': { words: words('归档', 'Archived') },
};
