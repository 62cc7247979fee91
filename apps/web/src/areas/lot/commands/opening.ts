import { law, platformRule } from '../../../locales/citations.js';
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
    article: law('招标投标法 34'),
  },
  'opening.sign-in': {
    words: words('开标签到', 'Signed in to the opening'),
    consequence: words(
      '签到时间记入日志；投标人未参加开标的，视同认可开标结果。',
      'The time is on the record. A bidder who does not attend is taken to acknowledge the opening.',
    ),
    article: law('招标投标法 35, 87号令 42'),
    atOnce: true,
    press: NOTHING_MORE,
  },
  'opening.publish-list': {
    words: words('公布投标人名单', 'List of bidders published'),
    consequence: words(
      '投标人的名称和数量随即公开，不能撤回；此前保密。',
      'Names and number of the bidders, secret until now, are public at once and for good.',
    ),
    article: law('电子招标投标办法 21, 29'),
    atOnce: true,
    press: NOTHING_MORE,
  },
  'opening.pause': {
    words: words('暂停开标', 'Opening paused'),
    consequence: words(
      '开标会暂停，解密和确认的时限停止计算，恢复后顺延。',
      'The session stops. The windows to decrypt and to confirm stop with it and move by the time that was lost.',
    ),
    article: platformRule('opening'),
  },
  'opening.resume': {
    words: words('恢复开标', 'Opening resumed'),
    consequence: words(
      '开标会继续，解密和确认的时限顺延暂停的时间。',
      'The session goes on, and the windows to decrypt and to confirm move by the time that was lost.',
    ),
    article: platformRule('opening'),
  },
  'opening.extend-window': {
    words: words('延长时限', 'Window extended'),
    consequence: words(
      '本环节的时限对所有投标人一并延长，理由记入日志；不能缩短。',
      'The window becomes longer for all bidders alike, with the reason on the record. It is never shortened.',
    ),
    article: platformRule('opening'),
  },
  'opening.extract-bid': {
    words: words('提取投标文件', 'Bid extracted'),
    consequence: words(
      '解开外层密封，投标文件仍由投标人的密钥加密，等待投标人解密。',
      'The outer layer is opened. The bid is still encrypted to its bidder, who decrypts it.',
    ),
    article: law('电子招标投标办法 30'),
  },
  'opening.decrypt-bid': {
    words: words('解密投标文件', 'Bid decrypted by its bidder'),
    consequence: words(
      '只发出本投标文件的文件密钥，您的私钥留在本机；解密后不能撤回。',
      'Only the file key of this bid is sent, your private key stays on this device. It is not taken back.',
    ),
    article: law('电子招标投标办法 30'),
    atOnce: true,
    unwrapping: (state, party) => {
      const bid = bidOf(state, party)?.bid ?? '';
      const header = own(state.opening.bids, bid)?.innerHeader;
      return header == null
        ? null
        : { header, act: (fileKey) => ({ type: 'opening.decrypt-bid', payload: { bid }, secrets: { 'file-key': fileKey } }) };
    },
  },
  'opening.open-bid': {
    words: words('公布开标一览表', 'Opening sheet published'),
    consequence: words(
      '开标一览表已经解开；解密结束时与其他投标人的一并公布，此前不公开报价。',
      'The opening sheet is open. It is published with all others when decryption ends, no price before.',
    ),
    article: law('电子招标投标办法 30'),
  },
  'opening.fail-bid': {
    words: words('认定解密失败', 'Decryption found failed'),
    consequence: words(
      '密文本身显示的问题使该投标文件不能解密，任何人可以用同一文件复核；因投标人原因的视为撤销投标文件。',
      'What its own bytes show keeps the bid from being opened, and anybody can check it. By the bidder’s fault it counts as revoked.',
    ),
    article: law('电子招标投标办法 31'),
  },
  'opening.record-finding': {
    words: words('记录未解密原因', 'Finding on an unopened bid'),
    consequence: words(
      '未解密的原因须经见证或者监督人员会签后生效；会签前可以另行认定。',
      'The cause stands when a witness or the supervisor countersigns; until then another may be recorded.',
    ),
    article: law('电子招标投标办法 31'),
  },
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
    article: law('电子招标投标办法 31'),
  },
  'opening.close-decryption': {
    words: words('解密结束', 'Decryption ended'),
    consequence: words(
      '此后不能再解密；已解密的开标一览表一并公布。',
      'Nothing is decrypted any more, and the opening sheets that are open are published together.',
    ),
    article: law('电子招标投标办法 30, 31'),
  },
  'opening.name-contributors': {
    words: words('确定系数抽取参与方', 'Coefficient: contributors named'),
    consequence: words(
      '所列各方密封提交随机数，全部提交后同时开启并算出系数；此后名单不能更改。',
      'Each of them seals a nonce. With the last one all are opened and the coefficient follows; the list then stands.',
    ),
    article: platformRule('coefficient'),
    goTo: 'hall',
  },
  'opening.contribute': {
    words: words('密封提交系数抽取随机数', 'Coefficient: nonce sealed'),
    consequence: words(
      '随机数密封，全部提交后同时开启，此前谁也看不到；提交后不能更改。',
      'The nonce is sealed and opened together with all others, and seen by nobody before. It is not changed.',
    ),
    article: platformRule('coefficient'),
    goTo: 'hall',
  },
  'opening.open-contributions': {
    words: words('开启随机数并抽取系数 K', 'Nonces opened, coefficient K drawn'),
    consequence: words(
      '全部随机数同时开启，由此算出系数 K，任何人可以复算；不能重抽。',
      'All nonces are opened together. The coefficient follows, anybody can compute it again, and it is not drawn again.',
    ),
    article: platformRule('coefficient'),
  },
  'opening.commit-coefficient': {
    words: words('系数抽取承诺', 'Coefficient: committed'),
    consequence: words(
      '承诺固定了随机数，揭示前谁也看不到，也不能更改。',
      'The commitment fixes the nonce: nobody sees it before it is revealed, and it is not changed.',
    ),
    article: platformRule('coefficient'),
  },
  'opening.close-contributions': {
    words: words('系数抽取截止', 'Coefficient: contributions closed'),
    consequence: words('此后不再接受随机数，由已提交的各方揭示。', 'No nonce is taken any more; those that came are revealed.'),
    article: platformRule('coefficient'),
  },
  'opening.reveal-coefficient': {
    words: words('系数抽取揭示', 'Coefficient: revealed'),
    consequence: words(
      '揭示的随机数须与承诺一致，系数由全部随机数算出。',
      'The nonce that is revealed must fit its commitment; the coefficient follows from all of them.',
    ),
    article: platformRule('coefficient'),
  },
  'opening.draw-coefficient': {
    words: words('抽取系数 K', 'Coefficient K drawn'),
    consequence: words(
      '系数 K 由已揭示的随机数算出，任何人可以复算；不能重抽。',
      'The coefficient follows from the revealed nonces, anybody can compute it again, and it is not drawn again.',
    ),
    article: platformRule('coefficient'),
  },
  'opening.read-out': {
    words: words('唱标', 'Read out'),
    consequence: words(
      '唱标后开始计算确认时限，投标人在时限内确认或者提出异议。',
      'The window begins in which bidders confirm what was read out, or object.',
    ),
    article: law('招标投标法 36, 87号令 41'),
    atOnce: true,
    press: NOTHING_MORE,
  },
  'opening.confirm': {
    words: words('确认开标记录', 'Opening record confirmed'),
    press: NOTHING_MORE,
    consequence: words(
      '确认后不能再对开标提出异议。投标人对开标有异议的，应当在开标现场提出。',
      'Afterwards you cannot object to the opening; objections are raised on the spot.',
    ),
    article: law('条例 44'),
  },
  'opening.object': {
    words: words('开标异议', 'Objection at the opening'),
    consequence: words(
      '异议随即公开，招标人当场答复并记入开标记录；不能撤回。',
      'The objection is public at once, answered on the spot, and part of the opening record. It is not taken back.',
    ),
    article: law('条例 44'),
  },
  'opening.reply': {
    words: words('答复开标异议', 'Objection answered'),
    consequence: words(
      '答复随即公开并记入开标记录，不能更改。',
      'The reply is public at once and part of the opening record. It is not changed.',
    ),
    article: law('条例 44'),
    goTo: 'hall',
  },
  'opening.make-record': {
    words: words('生成开标记录', 'Opening record made'),
    consequence: words(
      '由日志生成开标记录，供在场各方签署；时限内未提出异议的，视为没有异议。',
      'The record is made from the log for those present to sign. Silence through the whole window is no objection.',
    ),
    article: law('电子招标投标办法 32'),
  },
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
    article: law('电子招标投标办法 32'),
  },
  'opening.close': {
    words: words('开标会结束', 'Opening closed'),
    consequence: words(
      '开标会结束，此后不再接受对开标的异议和对记录的签署。',
      'The session ends: no objection to it and no signature under its record is taken any more.',
    ),
    article: law('条例 44, 87号令 42'),
    atOnce: true,
    press: NOTHING_MORE,
  },
};
