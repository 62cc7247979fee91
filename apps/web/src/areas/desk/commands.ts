import { words, type CommandRecords } from '../../core/commands/command-record.js';

/** What a member does at the desk, and what follows from it. */
export const deskCommands: CommandRecords = {
  'review.qualify': { words: words('资格审查', 'Qualification review') },
  'review.submit-sheet': { words: words('提交初步评审表', 'Review sheet submitted'), goTo: 'desk' },
  'review.open-sheets': { words: words('开启初步评审表', 'Review sheets opened') },
  'review.correct-sheet': { words: words('更正初步评审表', 'Review sheet corrected') },
  'review.vote-competition': { words: words('是否继续评标表决', 'Vote on competition') },
  'review.ask-clarification': { words: words('要求澄清', 'Clarification asked') },
  'review.answer-clarification': { words: words('答复澄清', 'Clarification answered') },
  'scoring.submit-sheet': { words: words('提交评分表', 'Score sheet submitted'), goTo: 'desk' },
  'scoring.open-sheets': { words: words('开启评分表', 'Score sheets opened') },
  'scoring.correct-item': { words: words('更正评分', 'Score corrected') },
  'scoring.confirm-item': { words: words('确认客观分', 'Objective score confirmed') },
  'scoring.explain-outlier': { words: words('说明畸高畸低评分', 'Outlier explained') },
  'scoring.reopen': { words: words('启动评分复核', 'Cells judged again') },
  'scoring.recognise-outlier': { words: words('认定畸高畸低评分', 'Outlier recognised') },
  'scoring.aggregate': { words: words('汇总评分', 'Scores aggregated') },
};
