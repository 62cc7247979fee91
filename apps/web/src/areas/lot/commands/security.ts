import { law } from '../../../locales/citations.js';
import { words, type CommandRecords } from '../../../core/commands/command-record.js';

/** 投标保证金. */
export const securityCommands: CommandRecords = {
  'security.record': {
    words: words('登记投标保证金', 'Bid security recorded'),
    consequence: words(
      '是否收到投标保证金随唱标公布，并供评标委员会审查。',
      'Whether the security came is read out with the rest and is before the committee.',
    ),
    article: law('条例 26, 政府采购法条例 33'),
    goTo: 'hall',
  },
  'security.return': {
    words: words('退还投标保证金', 'Bid security returned'),
    goTo: 'lot',
    consequence: words(
      '招标人最迟应当在书面合同签订后五日内向中标人和未中标的投标人退还投标保证金及银行同期存款利息；政府采购的，自中标通知书发出之日起五个工作日内退还未中标人的，自合同签订之日起五个工作日内退还中标人的（政府采购法实施条例第三十三条）。',
      'Due with the bank’s interest within five days of the contract; in procurement within five working days of the notice to who did not win, of the contract to the winner (Regulation on Government Procurement, article 33).',
    ),
    article: law('条例 57, 政府采购法条例 33'),
  },
  'security.withhold': {
    words: words('不予退还投标保证金', 'Bid security withheld'),
    goTo: 'lot',
    consequence: words(
      '投标截止后撤销投标文件的，招标人可以不退还投标保证金；中标人无正当理由不订立合同或者不提交履约保证金的，投标保证金不予退还。依据是日志已载的事实，登记后不能撤回。',
      'A security may be kept of a bid that was revoked, and is kept of a winner who refuses the contract or gives no performance security. It rests on what the record says, and cannot be taken back.',
    ),
    article: law('条例 35, 74'),
  },
};
