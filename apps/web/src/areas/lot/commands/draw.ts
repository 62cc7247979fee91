import { law, platformRule } from '../../../locales/citations.js';
import { words, type CommandRecords } from '../../../core/commands/command-record.js';

/** The draw of the experts. */
export const drawCommands: CommandRecords = {
  'draw.request': {
    words: words('申请抽取专家', 'Expert draw requested'),
    consequence: words(
      '专家按专业、场地和人数从专家库随机抽取，不能指定人选；种子抽出后，只有抽尽时才能放宽条件。',
      'Experts are drawn at random by specialty, venue and number, and nobody is designated. Once the seed is drawn the plan is widened only when the pool is exhausted.',
    ),
    article: law('条例 46'),
  },
  'draw.fix-pool': {
    words: words('锁定专家库名单', 'Pool fixed'),
    consequence: words(
      '专家库名单的根和人数固定在日志中，本轮不再更改。',
      'Root and number of the candidates are fixed in the log and do not change in this round.',
    ),
    article: platformRule('draw'),
  },
  'draw.commit-nonce': {
    words: words('抽取随机数承诺', 'Draw: nonce committed'),
    consequence: words(
      '承诺固定了您的随机数，揭示前谁也看不到，也不能更改。',
      'The commitment fixes your nonce: nobody sees it before it is revealed, and it is not changed.',
    ),
    article: platformRule('draw'),
  },
  'draw.reveal-nonce': {
    words: words('抽取随机数揭示', 'Draw: nonce revealed'),
    consequence: words(
      '揭示的随机数须与承诺一致，全部揭示后由其算出抽取顺序。',
      'The nonce that is revealed must fit its commitment; the order of the draw follows from all of them.',
    ),
    article: platformRule('draw'),
  },
  'draw.contribute': {
    words: words('密封提交抽取随机数', 'Draw: nonce sealed'),
    consequence: words(
      '随机数密封，全部提交后同时开启，此前谁也看不到；提交后不能更改。',
      'The nonce is sealed and opened together with all others, and seen by nobody before. It is not changed.',
    ),
    article: platformRule('draw'),
  },
  'draw.open-nonces': {
    words: words('开启抽取随机数', 'Draw: nonces opened'),
    consequence: words(
      '全部随机数同时开启，由此算出种子和抽取顺序，任何人可以复算；本轮不能重抽。',
      'All nonces are opened together. Seed and order follow, anybody can compute them again, and this round is not drawn again.',
    ),
    article: platformRule('draw'),
  },
  'draw.freeze-pool': {
    words: words('锁定专家库名单', 'Pool frozen'),
    consequence: words(
      '专家库名单的根、人数和文件固定在日志中，本轮不再更改。',
      'Root, number and file of the candidates are fixed in the log and do not change in this round.',
    ),
    article: platformRule('draw'),
  },
  'draw.record-call': {
    words: words('登记通知结果', 'Call recorded'),
    consequence: words(
      '通知结果记入日志；接受的专家进入本标段，其姓名在中标结果确定前保密。',
      'The outcome goes on the record. Who accepts becomes a party, and the name stays secret until the result is fixed.',
    ),
    article: law('条例 46, 招标投标法 37'),
  },
  'draw.record-exhaustion': {
    words: words('登记专家库已抽尽', 'Pool exhausted'),
    consequence: words(
      '所列名额在名单中已无人可以通知；放宽专业或者地域后继续抽取，不得指定专家。',
      'Nobody is left on the list for these places. The draw goes on with a wider specialty or region; nobody is designated.',
    ),
    article: law('条例 46'),
  },
  // Of lots under engine 0.1.0.
  'draw.record-contact': {
    words: words('登记通知结果', 'Contact recorded'),
    consequence: words(
      '通知结果记入日志；接受的专家进入本标段，其姓名在中标结果确定前保密。',
      'The outcome goes on the record. Who accepts becomes a party, and the name stays secret until the result is fixed.',
    ),
    article: law('条例 46, 招标投标法 37'),
  },
};
