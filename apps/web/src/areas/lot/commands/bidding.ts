import { law, platformRule } from '../../../locales/citations.js';
import { words, type CommandRecords } from '../../../core/commands/command-record.js';

/** Keepers of the keys, and bids before the deadline. */
export const biddingCommands: CommandRecords = {
  'sealing.publish-key': {
    words: words('公布密封公钥', 'Sealing key published'),
    keeping: 'publish',
    consequence: words(
      '投标文件将按您的公钥加密。对应的密钥只保存在本机浏览器中，开标时须在本机释放；清除浏览器数据或更换电脑会失去它。',
      'Bids are sealed to your key. Its private half stays in this browser and is released from here; clearing its data or changing the computer loses it.',
    ),
    article: law('电子招标投标办法 27'),
  },
  'sealing.begin-drill': {
    words: words('发起开标受托人演练', 'Trustees’ drill begun'),
    consequence: words(
      '各开标受托人须在时限内证明密钥可用，逾期的在标段和开标大厅显示；演练不放开任何密钥。',
      'Each trustee shows in time that its key is at hand; who is late is shown. A drill releases no key.',
    ),
    article: platformRule('drill'),
  },
  'sealing.answer-drill': {
    words: words('完成开标受托人演练', 'Trustees’ drill answered'),
    consequence: words(
      '证明您公布的密钥在本机可用，密钥不离开本机；只答复一次。',
      'Shows that the key you published is at hand. The key stays on this device; the drill is answered once.',
    ),
    article: platformRule('drill'),
    atOnce: true,
    keeping: 'drill',
  },
  'sealing.release': {
    words: words('放开密封密钥', 'Sealing key released'),
    keeping: 'release',
    consequence: words(
      '释放后，达到门限的密钥即可解开投标文件的外层加密，不能撤回。释放前由本机自行核验：投标已截止、名单已公布、未暂停、此刻见证法定数齐备；有疑点的，密钥留在本机。',
      'With the other keys of the threshold it opens the outer layer of the bids, for good. This device checks by itself first that the deadline is past, the list is published, nothing is paused and the witnesses agree at this moment; while it doubts anything, the key stays.',
    ),
    article: law('电子招标投标办法 30'),
  },
  'bidding.lock': {
    words: words('投标截止，锁定投标文件', 'Deadline: bids locked'),
    consequence: words(
      '截止时间到，不再接受投标、替换和撤回；投标少于三个的，不得开标，标段终结。',
      'The deadline is reached: no bid, replacement or withdrawal is taken any more. With fewer than three bids nothing is opened and the lot ends.',
    ),
    article: law('电子招标投标办法 27, 招标投标法 28, 条例 44, 87号令 41'),
  },
  'bidding.download': {
    words: words('下载招标文件', 'Documents downloaded'),
    consequence: words(
      '下载记入平台日志并得到回执；谁下载了招标文件在投标截止前保密。',
      'The download goes into the platform log and has a receipt. Who downloaded stays secret until the deadline.',
    ),
    article: law('电子招标投标办法 21'),
  },
  'bidding.ask': {
    words: words('提出疑问', 'Question asked'),
    consequence: words(
      '名单公布前疑问只有答复人可以看到，不告知由谁提出；答复成为澄清的，向所有人公开。',
      'Until the list is published only who answers reads the question, without the name of who asks. An answer that amends the document is public.',
    ),
    article: law('招标投标法 22, 条例 21'),
  },
  'bidding.object': {
    words: words('对招标文件提出异议', 'Objection to the tender document'),
    consequence: words(
      '招标人应当自收到之日起三日内答复，未答复前不开标；政府采购为质疑，七个工作日内答复。提出后不能撤回。',
      'It is answered within three days, and no bid is opened before; a challenge in procurement within seven working days. It is not taken back.',
    ),
    article: law('条例 22, 政府采购法 52, 53'),
  },
  'bidding.answer-objection': {
    words: words('答复对招标文件的异议', 'Objection to the tender document answered'),
    goTo: 'lot',
    consequence: words(
      '招标人应当自收到异议之日起三日内作出答复；作出答复前，应当暂停招标投标活动。政府采购的质疑在收到后七个工作日内答复。答复向所有人公开，不写异议人。',
      'It is answered within three days of its receipt, and until then the tender is suspended; a challenge in procurement within seven working days. Everybody reads the answer, nobody who objected.',
    ),
    article: law('条例 22, 政府采购法 53'),
  },
  'bidding.deliver': {
    words: words('递交投标文件', 'Bid delivered'),
    consequence: words(
      '投标文件已加密，截止前谁也不能打开；随即得到回执，截止前可以替换或者撤回。',
      'The bid is sealed and opened by nobody before the deadline. A receipt follows at once; until then it may be replaced or withdrawn.',
    ),
    article: law('电子招标投标办法 26, 27'),
  },
  'bidding.replace': {
    words: words('替换投标文件', 'Bid replaced'),
    consequence: words(
      '新的投标文件代替原来的，原来的不参加开标；截止前可以再次替换或者撤回。',
      'The new bid takes the place of the one before, which is not opened. Until the deadline it may be replaced or withdrawn again.',
    ),
    article: law('招标投标法 29, 电子招标投标办法 27'),
  },
  'bidding.withdraw': {
    words: words('撤回投标文件', 'Bid withdrawn'),
    consequence: words(
      '撤回后该投标文件不参加开标；截止时间前可以重新密封并递交。',
      'The bid then takes no part in the opening; until the deadline another one may be sealed and delivered.',
    ),
    article: law('招标投标法 29'),
  },
};
