import { bidOf, own, pendingFindings } from '@app/evaluation';
import { NOTHING_MORE, words, type CommandRecords } from '../../../core/commands/command-record.js';

/** The opening of the bids. */
export const openingCommands: CommandRecords = {
  'opening.start': {
    words: words('开标会开始', 'Opening started'),
    press: NOTHING_MORE,
    consequence: words(
      '开标在招标文件确定的提交投标文件截止时间的同一时间公开进行。开始后不能回到投标阶段。',
      'The opening is public and takes place at the deadline for bids. There is no way back to bidding.',
    ),
    article: words('招标投标法第三十四条', 'Law on Tendering, article 34'),
  },
  'opening.sign-in': { words: words('开标签到', 'Signed in to the opening'), press: NOTHING_MORE },
  'opening.publish-list': { words: words('公布投标人名单', 'List of bidders published'), press: NOTHING_MORE },
  'opening.pause': { words: words('暂停开标', 'Opening paused') },
  'opening.resume': { words: words('恢复开标', 'Opening resumed') },
  'opening.extend-window': { words: words('延长时限', 'Window extended') },
  'opening.extract-bid': { words: words('提取投标文件', 'Bid extracted') },
  'opening.decrypt-bid': {
    words: words('解密投标文件', 'Bid decrypted by its bidder'),
    unwrapping: (state, party) => {
      const bid = bidOf(state, party)?.bid ?? '';
      const header = own(state.opening.bids, bid)?.innerHeader;
      return header == null
        ? null
        : { header, act: (fileKey) => ({ type: 'opening.decrypt-bid', payload: { bid }, secrets: { 'file-key': fileKey } }) };
    },
  },
  'opening.open-bid': { words: words('公布开标一览表', 'Opening sheet published') },
  'opening.fail-bid': { words: words('认定解密失败', 'Decryption found failed') },
  'opening.record-finding': { words: words('记录未解密原因', 'Finding on an unopened bid') },
  'opening.countersign-finding': {
    words: words('会签未解密原因', 'Finding countersigned'),
    choice: (state) => {
      const pending = new Map(pendingFindings(state).map((finding) => [state.bidding.bids[finding.bid]?.bidder ?? '', finding.id]));
      return {
        options: [...pending.keys()],
        act: (bidder) => ({ type: 'opening.countersign-finding', payload: { finding: pending.get(bidder) ?? '' } }),
      };
    },
    consequence: words(
      '会签后该认定生效：因投标人原因未解密的视为撤销投标文件，因其他原因的视为撤回投标文件。',
      'The finding then stands: by the bidder’s fault the bid counts as revoked, by another’s as withdrawn.',
    ),
    article: words('电子招标投标办法第三十一条', 'E-bidding measures, article 31'),
  },
  'opening.close-decryption': { words: words('解密结束', 'Decryption ended') },
  'opening.name-contributors': { words: words('确定系数抽取参与方', 'Coefficient: contributors named'), goTo: 'hall' },
  'opening.contribute': { words: words('密封提交系数抽取随机数', 'Coefficient: nonce sealed'), goTo: 'hall' },
  'opening.open-contributions': { words: words('开启随机数并抽取系数 K', 'Nonces opened, coefficient K drawn') },
  'opening.commit-coefficient': { words: words('系数抽取承诺', 'Coefficient: committed') },
  'opening.close-contributions': { words: words('系数抽取截止', 'Coefficient: contributions closed') },
  'opening.reveal-coefficient': { words: words('系数抽取揭示', 'Coefficient: revealed') },
  'opening.draw-coefficient': { words: words('抽取系数 K', 'Coefficient K drawn') },
  'opening.read-out': { words: words('唱标', 'Read out'), press: NOTHING_MORE },
  'opening.confirm': {
    words: words('确认开标记录', 'Opening record confirmed'),
    press: NOTHING_MORE,
    consequence: words(
      '确认后不能再对开标提出异议。投标人对开标有异议的，应当在开标现场提出。',
      'Afterwards you cannot object to the opening; objections are raised on the spot.',
    ),
    article: words('招标投标法实施条例第四十四条', 'Regulations on Tendering, article 44'),
  },
  'opening.object': { words: words('开标异议', 'Objection at the opening') },
  'opening.reply': { words: words('答复开标异议', 'Objection answered'), goTo: 'hall' },
  'opening.make-record': { words: words('生成开标记录', 'Opening record made') },
  'opening.sign-record': {
    words: words('签署开标记录', 'Opening record signed'),
    document: ({ opening: { record } }) =>
      record === null
        ? null
        : {
            seq: record.seq,
            part: 'd:record',
            named: record.hash,
            hashOf: (profile, { text }) => profile.hashHex(text),
            payload: (hash) => ({ record: hash }),
          },
    consequence: words(
      '您签署的是本机由所示开标记录算出的哈希；签署后记录不能更改，并向社会公众公布。',
      'You sign the hash that this device computed from the record shown; it cannot be changed afterwards and is made public.',
    ),
    article: words('电子招标投标办法第三十二条', 'E-bidding measures, article 32'),
  },
  'opening.close': { words: words('开标会结束', 'Opening closed'), press: NOTHING_MORE },
};
