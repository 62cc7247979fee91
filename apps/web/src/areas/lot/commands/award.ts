import { law, platformRule } from '../../../locales/citations.js';
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
    article: law('条例 54'),
  },
  'award.object': {
    words: words('提出异议', 'Objection'),
    consequence: words(
      '招标人应当自收到之日起三日内答复，答复前不能定标；政府采购为质疑，七个工作日内答复，答复前不签订合同。不能撤回。',
      'It is answered within three days, and nothing is awarded before; a challenge in procurement within seven working days, and no contract is signed before. It is not taken back.',
    ),
    article: law('条例 54, 政府采购法 52, 53'),
  },
  'award.answer-objection': {
    words: words('答复异议', 'Objection answered'),
    consequence: words(
      '答复不能更改；招标项目的异议成立的，由原评标委员会重新评审。',
      'An answer is not changed. An objection that is upheld under tender law leads back to the same committee.',
    ),
    article: law('条例 54, 政府采购法 53'),
  },
  'award.close-publicity': {
    words: words('公示期满', 'Publicity over'),
    consequence: words(
      '公示期已满且异议均已答复，标段进入定标；此后不再受理对公示的异议。',
      'The time is over and every objection answered: the award is next, and no objection to the candidates is taken any more.',
    ),
    article: law('条例 54'),
  },
  'award.form-committee': {
    words: words('组成定标委员会', 'Award committee formed'),
    consequence: words(
      '所列成员组成定标委员会，各自密封投票；缺席的由候补依次递补。',
      'These members are the award committee and vote by sealed ballots; substitutes take the seats of the absent in their order.',
    ),
    article: platformRule('award'),
  },
  'award.submit-ballot': {
    words: words('投票定标', 'Ballot cast'),
    consequence: words(
      '选票密封，本轮全部投完后同时开启；投出后不能更改。',
      'The ballot is sealed and opened together with the others of its round. It is not changed.',
    ),
    article: platformRule('award'),
  },
  'award.close-round': {
    words: words('本轮投票截止', 'Round closed'),
    consequence: words(
      '本轮不再接受投票；未投的视为缺席，由候补递补，不足法定人数的本轮作废。',
      'No ballot of this round is taken any more. Substitutes follow the absent; without a quorum the round is void.',
    ),
    article: platformRule('award'),
  },
  'award.open-ballots': {
    words: words('开启选票', 'Ballots opened'),
    consequence: words(
      '本轮选票同时开启，得票超过定标委员会全体成员半数的候选人中标，没有的进入下一轮。',
      'The ballots of the round are opened together. More than half of the whole committee decides; without it another round follows.',
    ),
    article: platformRule('award'),
  },
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
    article: law('条例 55'),
  },
  'award.deem-decided': {
    words: words('逾期视同确定中标人', 'Winner by lapse of time'),
    consequence: words(
      '采购人逾期未确定中标人的，视同确定排名第一的中标候选人为中标人。',
      'The purchaser has not decided in time, so the first candidate is taken for the winner.',
    ),
    article: law('87号令 68'),
  },
  'award.give-up': {
    words: words('放弃中标', 'Candidate gives up'),
    consequence: words(
      '放弃后不能再成为中标人，招标人可以依次确定其他中标候选人，也可以重新招标。',
      'You cannot become the winner afterwards; the tenderer may go on to the next candidate or tender anew.',
    ),
    article: law('条例 55'),
  },
  'award.ask-validity': {
    words: words('通知延长投标有效期', 'Asked to extend validity'),
    consequence: words(
      '通知所有投标仍然有效的投标人；投标人可以拒绝，不同意延长的，其投标到期失效。',
      'Every bidder whose bid still binds is asked. Each may refuse: without its consent its bid ends on its own date.',
    ),
    article: law('12号令 40'),
  },
  'award.extend-validity': {
    words: words('同意延长投标有效期', 'Bid validity extended'),
    press: (state) => (state.award.asked === null ? null : { until: state.award.asked.until }),
    consequence: words(
      '延长期内投标继续有效，不得撤销；不同意延长的，其投标到期失效。',
      'The bid binds you until the new date. Without an extension it ends on its own date.',
    ),
    article: law('条例 25'),
  },
  'award.find-unlawful': {
    words: words('查实违法行为', 'Unlawful act found'),
    consequence: words(
      '查实记入日志，招标人可以据此依次确定其他中标候选人，也可以重新招标；不能撤回。',
      'On this finding the tenderer may go on to the next candidate or tender anew. It is not taken back.',
    ),
    article: law('条例 55'),
  },
  'award.announce': {
    words: words('发出中标通知书', 'Award notice sent'),
    press: NOTHING_MORE,
    consequence: words(
      '中标通知书对招标人和中标人具有法律效力，中标结果同时通知所有未中标的投标人。',
      'The notice binds tenderer and winner, and all other bidders are told the result at the same time.',
    ),
    article: law('招标投标法 45'),
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
    article: law('条例 55'),
  },
  'award.record-contract': {
    words: words('签订合同', 'Contract signed'),
    consequence: words(
      '合同的哈希、价格和签订时间记入日志，超过中标通知书发出后三十日的如实标明；不能更改。',
      'Hash, price and date of the contract go on the record, marked as late after thirty days of the notice. It is not changed.',
    ),
    article: law('招标投标法 46, 政府采购法 46'),
  },
  'award.archive': {
    words: words('归档', 'Archived'),
    consequence: words(
      '归档包以其哈希记入日志，标段办理完毕；此后只有监督部门的意见、指令及其答复还会记入。',
      'The package goes on the record by its hash and the lot is done: only opinions and orders of the authority, and replies to them, may follow.',
    ),
    article: law('电子招标投标办法 40'),
  },
};
