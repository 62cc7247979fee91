import { words, type CommandRecords } from '../../../core/commands/command-record.js';
import { orderKinds } from './orders.js';

/** The lot as a whole, its keepers, its bids before the deadline and the draw of its experts. */
export const lotCommands: CommandRecords = {
  'lot.create': { words: words('登记标段', 'Lot registered') },
  'lot.revise': { words: words('修改招标方案', 'Tender plan revised') },
  'lot.admit': { words: words('登记当事方', 'Party admitted') },
  'lot.publish': {
    words: words('发布招标公告', 'Tender announced'),
    consequence: words(
      '规则集与评标规则引擎从此冻结；公告、招标文件的哈希和受托人的公钥对社会公开，只能依法澄清、修改或者终止，不能撤回。',
      'Rule set and engine are frozen; everybody sees the notice, the hash of the document and the trustees’ keys. It is amended or terminated by law, never taken back.',
    ),
    article: words('招标投标法第十六条', 'Law on Tendering, article 16'),
  },
  'lot.issue-documents': { words: words('发售招标文件', 'Tender documents issued') },
  'lot.amend': {
    words: words('澄清修改招标文件', 'Tender documents amended'),
    consequence: words(
      '修改成为招标文件的一部分，随即向社会公开并通知所有人；不能撤回，只能再次修改。',
      'The amendment becomes part of the tender document and is told to everybody at once. It is not taken back, only amended again.',
    ),
    article: words(
      '招标投标法实施条例第二十一条；政府采购货物和服务招标投标管理办法第二十七条',
      'Regulation on Tendering, article 21; Order 87 of the Ministry of Finance, article 27',
    ),
  },
  'lot.suspend': { words: words('暂停', 'Suspended') },
  'lot.resume': { words: words('恢复', 'Resumed') },
  'lot.terminate': { words: words('终止招标', 'Terminated') },
  'lot.fail': { words: words('宣布流标', 'Declared failed') },
  'lot.re-evaluate': { words: words('启动重新评审', 'Re-evaluation started') },
  'lot.give-opinion': { words: words('监督意见', 'Supervision opinion') },
  'lot.acknowledge-opinion': { words: words('答复监督意见', 'Opinion answered') },
  'lot.order': { words: words('监督指令', 'Supervision order'), kinds: orderKinds },
  'lot.change-engine': { words: words('责令更换评标规则引擎', 'Change of engine ordered') },
  'lot.record-fact': { words: words('见证记录', 'Fact witnessed') },
  'lot.erase-parts': { words: words('责令删除个人信息', 'Erasure ordered') },
  'sealing.publish-key': {
    words: words('公布密封公钥', 'Sealing key published'),
    keeping: 'publish',
    consequence: words(
      '投标文件将按您的公钥加密。对应的密钥只保存在本机浏览器中，开标时须在本机释放；清除浏览器数据或更换电脑会失去它。',
      'Bids are sealed to your key. Its private half stays in this browser and is released from here; clearing its data or changing the computer loses it.',
    ),
    article: words('电子招标投标办法第二十七条', 'E-bidding measures, article 27'),
  },
  'sealing.begin-drill': { words: words('发起开标受托人演练', 'Trustees’ drill begun') },
  'sealing.answer-drill': { words: words('完成开标受托人演练', 'Trustees’ drill answered'), keeping: 'drill' },
  'sealing.release': {
    words: words('放开密封密钥', 'Sealing key released'),
    keeping: 'release',
    consequence: words(
      '释放后，达到门限的密钥即可解开投标文件的外层加密，不能撤回。释放前由本机自行核验：投标已截止、名单已公布、未暂停、此刻见证法定数齐备；有疑点的，密钥留在本机。',
      'With the other keys of the threshold it opens the outer layer of the bids, for good. This device checks by itself first that the deadline is past, the list is published, nothing is paused and the witnesses agree at this moment; while it doubts anything, the key stays.',
    ),
    article: words('电子招标投标办法第三十条', 'E-bidding measures, article 30'),
  },
  'bidding.lock': { words: words('投标截止，锁定投标文件', 'Deadline: bids locked') },
  'bidding.download': { words: words('下载招标文件', 'Documents downloaded') },
  'bidding.ask': { words: words('提出疑问', 'Question asked') },
  'bidding.object': { words: words('对招标文件提出异议', 'Objection to the tender document') },
  'bidding.answer-objection': {
    words: words('答复对招标文件的异议', 'Objection to the tender document answered'),
    goTo: 'lot',
    consequence: words(
      '招标人应当自收到异议之日起三日内作出答复；作出答复前，应当暂停招标投标活动。政府采购的质疑在收到后七个工作日内答复。答复向所有人公开，不写异议人。',
      'It is answered within three days of its receipt, and until then the tender is suspended; a challenge in procurement within seven working days. Everybody reads the answer, nobody who objected.',
    ),
    article: words(
      '招标投标法实施条例第二十二条；政府采购法第五十三条',
      'Regulations on Tendering, article 22; Government Procurement Law, article 53',
    ),
  },
  'bidding.deliver': { words: words('递交投标文件', 'Bid delivered') },
  'bidding.replace': { words: words('替换投标文件', 'Bid replaced') },
  'bidding.withdraw': {
    words: words('撤回投标文件', 'Bid withdrawn'),
    consequence: words(
      '撤回后该投标文件不参加开标；截止时间前可以重新密封并递交。',
      'The bid then takes no part in the opening; until the deadline another one may be sealed and delivered.',
    ),
    article: words('招标投标法第二十九条', 'Law on Tendering, article 29'),
  },
  'draw.request': { words: words('申请抽取专家', 'Expert draw requested') },
  'draw.fix-pool': { words: words('锁定专家库名单', 'Pool fixed') },
  'draw.commit-nonce': { words: words('抽取随机数承诺', 'Draw: nonce committed') },
  'draw.reveal-nonce': { words: words('抽取随机数揭示', 'Draw: nonce revealed') },
  'draw.contribute': { words: words('密封提交抽取随机数', 'Draw: nonce sealed') },
  'draw.open-nonces': { words: words('开启抽取随机数', 'Draw: nonces opened') },
  'draw.freeze-pool': { words: words('锁定专家库名单', 'Pool frozen') },
  'draw.record-call': { words: words('登记通知结果', 'Call recorded') },
  'draw.record-exhaustion': { words: words('登记专家库已抽尽', 'Pool exhausted') },
  // Of lots under engine 0.1.0.
  'draw.record-contact': { words: words('登记通知结果', 'Contact recorded') },
};
