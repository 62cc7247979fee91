import { law, platformRule } from '../../../locales/citations.js';
import { words, type CommandRecords } from '../../../core/commands/command-record.js';
import { orderKinds } from './orders.js';

/** The lot as a whole. */
export const lotCommands: CommandRecords = {
  'lot.create': {
    words: words('登记标段', 'Lot registered'),
    consequence: words(
      '标段日志由此开始，适用法律、当事方和裁决的规则引擎版本写在第一条；不能删除，发布前可以修改招标方案。',
      'The log of the lot begins with its law, its parties and the engine that decides it. It is not deleted; the plan may be revised until it is published.',
    ),
    article: platformRule('lot'),
  },
  'lot.revise': {
    words: words('修改招标方案', 'Tender plan revised'),
    consequence: words(
      '以修改后的方案代替原方案；标段发布后规则集冻结，只能澄清、修改招标文件。',
      'The revised plan takes the place of the one before. Once the lot is published only its tender document is amended.',
    ),
    article: platformRule('lot'),
  },
  'lot.admit': {
    words: words('登记当事方', 'Party admitted'),
    consequence: words(
      '该当事方从此按其角色查看和办理本标段；登记不能撤回。',
      'From now on this party sees the lot and acts in it by its role. An admission is not taken back.',
    ),
    article: platformRule('lot'),
  },
  'lot.publish': {
    words: words('发布招标公告', 'Tender announced'),
    consequence: words(
      '规则集与评标规则引擎从此冻结；公告、招标文件的哈希和受托人的公钥对社会公开，只能依法澄清、修改或者终止，不能撤回。',
      'Rule set and engine are frozen; everybody sees the notice, the hash of the document and the trustees’ keys. It is amended or terminated by law, never taken back.',
    ),
    article: law('招标投标法 16'),
  },
  'lot.issue-documents': {
    words: words('发售招标文件', 'Tender documents issued'),
    consequence: words(
      '投标人从此可以取得招标文件、提出疑问和递交投标文件。',
      'From now on bidders may have the document, ask about it and deliver bids.',
    ),
    article: law('条例 16'),
  },
  'lot.amend': {
    words: words('澄清修改招标文件', 'Tender documents amended'),
    consequence: words(
      '修改成为招标文件的一部分，随即向社会公开并通知所有人；不能撤回，只能再次修改。',
      'The amendment becomes part of the tender document and is told to everybody at once. It is not taken back, only amended again.',
    ),
    article: law('条例 21, 87号令 27'),
  },
  'lot.suspend': {
    words: words('暂停', 'Suspended'),
    consequence: words(
      '标段停止办理，直至恢复；监督部门责令的暂停只能由监督部门恢复。',
      'The lot stops until it is resumed; what the authority suspended the authority alone resumes.',
    ),
    article: law('条例 22, 62, 政府采购法 57'),
  },
  'lot.resume': {
    words: words('恢复', 'Resumed'),
    consequence: words(
      '标段回到暂停前的环节继续进行；截止时间已过的，重新确定截止时间。',
      'The lot goes on where it was. A deadline for bids that passed meanwhile is set anew.',
    ),
    article: law('条例 22, 62, 政府采购法 57'),
  },
  'lot.terminate': {
    words: words('终止招标', 'Terminated'),
    consequence: words(
      '招标终止并告知所有人，标段不能恢复；已收取的费用应当退还。',
      'The tender ends for good and everybody is told; what was paid for it is to be given back.',
    ),
    article: law('条例 31, 87号令 29'),
  },
  'lot.fail': {
    words: words('宣布流标', 'Declared failed'),
    consequence: words(
      '标段随即终结，不能恢复；仍需招标的，另行组织。中标通知书发出后不能宣布。',
      'The lot ends for good; who still wants it tenders anew. Not once the notice of award has gone out.',
    ),
    article: law('条例 44, 政府采购法 36'),
  },
  'lot.re-evaluate': {
    words: words('启动重新评审', 'Re-evaluation started'),
    consequence: words(
      '已有的评审结论不再有效，由新组成的评标委员会重新评审；招标项目的异议成立的，由原评标委员会重新评审。',
      'What was concluded is void and a new committee evaluates; after an upheld objection under tender law the same one does.',
    ),
    article: law('条例 71, 87号令 67'),
  },
  'lot.give-opinion': {
    words: words('监督意见', 'Supervision opinion'),
    consequence: words(
      '意见记入日志，由招标人、招标代理机构或者见证人员答复；标段继续进行，意见不能撤回。',
      'It goes on the record for tenderer, agency or witness to answer. The lot goes on, and an opinion is not taken back.',
    ),
    article: law('电子招标投标办法 46'),
  },
  'lot.acknowledge-opinion': {
    words: words('答复监督意见', 'Opinion answered'),
    consequence: words(
      '答复记入日志，一条监督意见只答复一次，不能更改。',
      'The reply goes on the record. An opinion is answered once, and the answer is not changed.',
    ),
    article: law('电子招标投标办法 46'),
  },
  'lot.order': {
    words: words('监督指令', 'Supervision order'),
    consequence: words(
      '指令记入日志，平台必须执行；后果见所选的指令。',
      'The order goes on the record and the platform must carry it out; what follows says the kind of order.',
    ),
    article: law('电子招标投标办法 52'),
    kinds: orderKinds,
  },
  'lot.change-engine': {
    words: words('责令更换评标规则引擎', 'Change of engine ordered'),
    consequence: words(
      '从下一条起由新版本的规则引擎裁决，标段状态按该版本公开的迁移规则转换；此前各条仍按原版本核验。',
      'From the next entry on the new engine decides, on the state that its migration makes of the old one. Entries before are verified under their own.',
    ),
    article: platformRule('engines'),
  },
  'lot.record-fact': {
    words: words('见证记录', 'Fact witnessed'),
    consequence: words(
      '见证的事实随即记入日志，内容由您本人和监督人员查看，不能更改。',
      'The fact goes on the record at once; its text is read by you and the supervisor, and is not changed.',
    ),
    article: platformRule('lot'),
  },
  'lot.erase-parts': {
    words: words('责令删除个人信息', 'Erasure ordered'),
    consequence: words(
      '所选的个人信息从主场和各副场删除，不能恢复；日志的承诺值保留，归档包载明已删除。',
      'The chosen personal data is deleted at every venue for good. Its commitments stay in the log, and the archive says that it was erased.',
    ),
    article: law('个人信息保护法 47'),
  },
};
