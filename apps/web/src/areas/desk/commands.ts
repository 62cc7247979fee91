import { law, platformRule } from '../../locales/citations.js';
import { words, type CommandRecords } from '../../core/commands/command-record.js';

/** What a member does at the desk, and what follows from it. */
export const deskCommands: CommandRecords = {
  'review.qualify': {
    words: words('资格审查', 'Qualification review'),
    consequence: words(
      '资格不合格的供应商不进入评标；合格的不足三家的，标段终结。不能更改。',
      'Who does not qualify is not evaluated; with fewer than three left the lot ends. It is not changed.',
    ),
    article: law('87号令 44'),
  },
  'review.submit-sheet': {
    words: words('提交初步评审表', 'Review sheet submitted'),
    consequence: words(
      '评审表密封，全体成员提交后同时开启，此前谁也看不到；提交后只能更正无效的条目。',
      'The sheet is sealed and opened together with all others, and seen by nobody before. Afterwards only invalid items are corrected.',
    ),
    article: platformRule('sealed'),
    goTo: 'desk',
  },
  'review.open-sheets': {
    words: words('开启初步评审表', 'Review sheets opened'),
    consequence: words(
      '全部评审表同时开启，一项由全体成员过半数认定不合格的，否决该投标。',
      'All sheets are opened together. A bid that more than half of all members fail on one item is rejected.',
    ),
    article: law('条例 51, 87号令 61'),
  },
  'review.correct-sheet': {
    words: words('更正初步评审表', 'Review sheet corrected'),
    consequence: words(
      '只更正无效的条目，公开进行，记在日志中，不能再改。',
      'Exactly the invalid items are corrected, openly and on the record, once.',
    ),
    article: platformRule('sealed'),
  },
  'review.vote-competition': {
    words: words('是否继续评标表决', 'Vote on competition'),
    consequence: words(
      '表决后不能更改；全体成员过半数认为明显缺乏竞争的，否决全部投标，标段终结。',
      'A vote is not changed. When more than half of all members find no competition every bid is rejected and the lot ends.',
    ),
    article: law('12号令 27'),
  },
  'review.ask-clarification': {
    words: words('要求澄清', 'Clarification asked'),
    goTo: 'lot',
    consequence: words(
      '以书面形式通知投标人；不得要求或者接受改变投标文件实质性内容的澄清，不得向投标人提出带有暗示性、诱导性的问题。',
      'The bidder is asked in writing. A question may not lead, and no answer may change the substance of the bid.',
    ),
    article: law('条例 52'),
  },
  'review.answer-clarification': {
    words: words('答复澄清', 'Clarification answered'),
    goTo: 'lot',
    consequence: words(
      '澄清不得超出投标文件的范围或者改变其实质性内容；逾期的答复不予接受。',
      'An answer may not go beyond the bid or change its substance; a late one is not taken.',
    ),
    article: law('条例 52'),
  },
  'motions.propose': {
    words: words('提出表决事项', 'Motion proposed'),
    goTo: 'lot',
    consequence: words(
      '提出不等于赞成，主任委员与其他成员一样另行表决。全体成员表决完毕或者表决期限届满后，由全体成员过半数决定；否决投标、修正报价和异常低价审查均记入评标报告。',
      'To propose is not to be for it: the chair votes like everybody. When all have voted, more than half of all members decide; rejections, corrections and reviews of low prices go into the report.',
    ),
    article: law('12号令 19, 21, 87号令 59, 61'),
  },
  'motions.vote': {
    words: words('表决', 'Vote on a motion'),
    goTo: 'lot',
    consequence: words('表决后不能更改；投反对票须说明理由。', 'A vote cannot be changed; whoever is against says why.'),
    article: law('87号令 61'),
  },
  'motions.close': {
    words: words('报价无其他事项', 'Nothing more on prices'),
    goTo: 'lot',
    consequence: words(
      '表示评标委员会对报价不再提出算术修正或者异常低价审查，随即汇总排序。',
      'Says that the committee proposes no correction and no review of a low price any more; the bids are ranked.',
    ),
    article: law('12号令 19, 21'),
  },
  'motions.answer': {
    words: words('答复评标委员会（报价）', 'Answer about the price'),
    goTo: 'lot',
    consequence: words(
      '确认算术修正的，修正后的报价对投标人产生约束力；不确认或者逾期未答复的，投标无效。报价说明不得改变投标文件的实质性内容。',
      'A correction that is confirmed binds; without confirmation in time the bid is invalid. An explanation may not change the substance of the bid.',
    ),
    article: law('87号令 59, 60, 12号令 19, 21'),
  },
  'motions.lapse': {
    words: words('答复期限届满', 'Time to answer over'),
    consequence: words(
      '答复期限已过，按未答复处理：未确认的算术修正使投标无效，报价说明视为未提出。',
      'The time to answer is over: without confirmation of a correction the bid is invalid, and no explanation counts as given.',
    ),
    article: law('87号令 59, 12号令 21'),
  },
  'motions.tally': {
    words: words('表决期限届满', 'Time to vote over'),
    consequence: words(
      '表决期限已过，按已有表决计算：未表决的成员不计为赞成，赞成超过全体成员半数的为通过。',
      'The time to vote is over and the votes are counted: whoever is silent is not for it; more than half of all members carry it.',
    ),
    article: law('87号令 61'),
  },
  'scoring.submit-sheet': {
    words: words('提交评分表', 'Score sheet submitted'),
    consequence: words(
      '评分表密封，全体成员提交后同时开启，此前谁也看不到；提交后只有依法才能更改。',
      'The sheet is sealed and opened together with all others, and seen by nobody before. Afterwards a score changes by law only.',
    ),
    article: law('87号令 64'),
    goTo: 'desk',
  },
  'scoring.open-sheets': {
    words: words('开启评分表', 'Score sheets opened'),
    consequence: words(
      '本部分的评分表同时开启；客观分不一致和畸高畸低的评分由规则列出，须先处理。',
      'All sheets of this part are opened together. Objective items that differ and outliers are named by the rules and settled first.',
    ),
    article: law('87号令 64'),
  },
  'scoring.correct-item': {
    words: words('更正评分', 'Score corrected'),
    consequence: words(
      '评分只在无效、客观分不一致或者认定畸高畸低时更改，公开进行并记入评标报告。',
      'A score changes only where it was invalid, differs on an objective item or is an outlier, openly and in the report.',
    ),
    article: law('87号令 64'),
  },
  'scoring.confirm-item': {
    words: words('确认客观分', 'Objective score confirmed'),
    consequence: words(
      '您坚持本项客观分，依据记入评标报告。',
      'You stand by your value of the objective item; the evidence goes into the report.',
    ),
    article: law('87号令 64'),
  },
  'scoring.explain-outlier': {
    words: words('说明畸高畸低评分', 'Outlier explained'),
    consequence: words('您坚持本项评分，书面理由记入评标报告。', 'You stand by your score; the written reason goes into the report.'),
    article: law('87号令 64'),
  },
  'scoring.settle-part': {
    words: words('结束评分环节', 'Scoring of a part ended'),
    consequence: words(
      '本部分等待的事项只涉及已被否决的投标，评分环节由此结束。',
      'What this part waited for was about a bid that is rejected: its scoring ends.',
    ),
    article: platformRule('scoring'),
  },
  'scoring.reopen': {
    words: words('启动评分复核', 'Cells judged again'),
    consequence: words(
      '所列客观分由同一评标委员会重新评定，其他评分不变；不能撤回。',
      'The same committee judges the differing objective items again, all other scores stand. It is not taken back.',
    ),
    article: law('87号令 64'),
  },
  'scoring.recognise-outlier': {
    words: words('认定畸高畸低评分', 'Outlier recognised'),
    consequence: words(
      '过半数成员认定的，所列评分重新评定，其他评分不变；认定不能撤回。',
      'With more than half of the members the cells are judged again, all other scores stand. It is not taken back.',
    ),
    article: law('87号令 64'),
  },
  'scoring.aggregate': {
    words: words('汇总评分', 'Scores aggregated'),
    consequence: words(
      '评分汇总，排名固定；此后只有依法重新评定才会改变。',
      'The scores are added up and the ranking stands; only a judgement anew by law changes it.',
    ),
    article: law('87号令 57, 12号令 37'),
  },
};
