import { words, type CommandRecords } from '../../core/commands/command-record.js';

/** What a member does at the desk, and what follows from it. */
export const deskCommands: CommandRecords = {
  'review.qualify': { words: words('资格审查', 'Qualification review') },
  'review.submit-sheet': { words: words('提交初步评审表', 'Review sheet submitted'), goTo: 'desk' },
  'review.open-sheets': { words: words('开启初步评审表', 'Review sheets opened') },
  'review.correct-sheet': { words: words('更正初步评审表', 'Review sheet corrected') },
  'review.vote-competition': { words: words('是否继续评标表决', 'Vote on competition') },
  'review.ask-clarification': {
    words: words('要求澄清', 'Clarification asked'),
    goTo: 'lot',
    consequence: words(
      '以书面形式通知投标人；不得要求或者接受改变投标文件实质性内容的澄清，不得向投标人提出带有暗示性、诱导性的问题。',
      'The bidder is asked in writing. A question may not lead, and no answer may change the substance of the bid.',
    ),
    article: words('招标投标法实施条例第五十二条', 'Regulations on Tendering, article 52'),
  },
  'review.answer-clarification': {
    words: words('答复澄清', 'Clarification answered'),
    goTo: 'lot',
    consequence: words(
      '澄清不得超出投标文件的范围或者改变其实质性内容；逾期的答复不予接受。',
      'An answer may not go beyond the bid or change its substance; a late one is not taken.',
    ),
    article: words('招标投标法实施条例第五十二条', 'Regulations on Tendering, article 52'),
  },
  'motions.propose': {
    words: words('提出表决事项', 'Motion proposed'),
    goTo: 'lot',
    consequence: words(
      '提出不等于赞成，主任委员与其他成员一样另行表决。全体成员表决完毕后，由全体成员过半数决定；否决投标、修正报价和异常低价审查均记入评标报告。',
      'To propose is not to be for it: the chair votes like everybody. When all have voted, more than half of all members decide; rejections, corrections and reviews of low prices go into the report.',
    ),
    article: words(
      '评标委员会和评标方法暂行规定第十九条、第二十一条；87 号令第五十九条、第六十一条',
      'Provisional rules on evaluation committees, article 19 and article 21; MOF Order 87, article 59 and article 61',
    ),
  },
  'motions.vote': {
    words: words('表决', 'Vote on a motion'),
    goTo: 'lot',
    consequence: words('表决后不能更改；投反对票须说明理由。', 'A vote cannot be changed; whoever is against says why.'),
    article: words('87 号令第六十一条', 'MOF Order 87, article 61'),
  },
  'motions.close': {
    words: words('报价无其他事项', 'Nothing more on prices'),
    goTo: 'lot',
    consequence: words(
      '表示评标委员会对报价不再提出算术修正或者异常低价审查，随即汇总排序。',
      'Says that the committee proposes no correction and no review of a low price any more; the bids are ranked.',
    ),
    article: words(
      '评标委员会和评标方法暂行规定第十九条、第二十一条',
      'Interim Provisions on Evaluation Committees, article 19 and article 21',
    ),
  },
  'motions.answer': {
    words: words('答复评标委员会（报价）', 'Answer about the price'),
    goTo: 'lot',
    consequence: words(
      '确认算术修正的，修正后的报价对投标人产生约束力；不确认或者逾期未答复的，投标无效。报价说明不得改变投标文件的实质性内容。',
      'A correction that is confirmed binds; without confirmation in time the bid is invalid. An explanation may not change the substance of the bid.',
    ),
    article: words(
      '87 号令第五十九条、第六十条；评标委员会和评标方法暂行规定第十九条、第二十一条',
      'MOF Order 87, article 59 and article 60; Provisional rules on evaluation committees, article 19 and article 21',
    ),
  },
  'motions.lapse': { words: words('答复期限届满', 'Time to answer over') },
  'motions.tally': { words: words('表决期限届满', 'Time to vote over') },
  'scoring.submit-sheet': { words: words('提交评分表', 'Score sheet submitted'), goTo: 'desk' },
  'scoring.open-sheets': { words: words('开启评分表', 'Score sheets opened') },
  'scoring.correct-item': { words: words('更正评分', 'Score corrected') },
  'scoring.confirm-item': { words: words('确认客观分', 'Objective score confirmed') },
  'scoring.explain-outlier': { words: words('说明畸高畸低评分', 'Outlier explained') },
  'scoring.settle-part': { words: words('结束评分环节', 'Scoring of a part ended') },
  'scoring.reopen': { words: words('启动评分复核', 'Cells judged again') },
  'scoring.recognise-outlier': { words: words('认定畸高畸低评分', 'Outlier recognised') },
  'scoring.aggregate': { words: words('汇总评分', 'Scores aggregated') },
};
