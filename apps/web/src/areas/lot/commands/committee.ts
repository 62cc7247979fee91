import { law } from '../../../locales/citations.js';
import { isRepresentative, membersOf, placeOf, presenceOf, type LotState } from '@app/evaluation';
import { NOTHING_MORE, words, type CommandRecords } from '../../../core/commands/command-record.js';

/** The committee and its report. */
export const committeeCommands: CommandRecords = {
  'committee.sign-in': {
    words: words('评委签到', 'Member signed in'),
    consequence: words(
      '您在本标段只能在该场地和座位办理，本机的标段密钥随签到绑定。',
      'In this lot you act at this venue and seat only, and the lot’s key of this device is bound to you.',
    ),
    article: law('电子招标投标办法 33'),
    atOnce: true,
    press: (state, party) => {
      const place = placeOf(state, party);
      return place.venue === null || place.seat === null ? null : { venue: place.venue, seat: place.seat };
    },
  },
  'committee.pledge': {
    words: words('签署回避与纪律承诺', 'Pledge signed'),
    press: (state, party) => (presenceOf(state, party) === undefined ? null : { recusal: false, discipline: true }),
    consequence: words(
      '您承诺不存在应当回避的情形，并遵守评标纪律。不再参加评标的，您的评审结论无效。',
      'You pledge that no ground of recusal applies to you and to keep the discipline of the evaluation. If you leave, your conclusions are void.',
    ),
    article: law('条例 48'),
  },
  'committee.form': {
    words: words('组成评标委员会', 'Committee formed'),
    consequence: words(
      '评标委员会由已签到的成员组成，此后只能依法更换。',
      'The committee consists of the members who signed in; they are replaced for a cause of the law only.',
    ),
    article: law('招标投标法 37, 87号令 47'),
    atOnce: true,
    press: NOTHING_MORE,
  },
  'committee.elect-chair': {
    words: words('推选主任委员', 'Vote for the chair'),
    consequence: words(
      '投票后不能更改；全体成员投票后得票最多的当选，票数相同的再投一轮。',
      'A vote is not changed. When all have voted the most votes decide; a tie is voted on again.',
    ),
    article: law('12号令 9, 87号令 45'),
    choice: (state) => ({
      options: state.committee.election.candidates ?? membersOf(state).filter((member) => mayChair(state, member)),
      act: (candidate) => ({
        type: 'committee.elect-chair',
        payload: { round: state.committee.election.round },
        secrets: { ballot: { candidate } },
      }),
    }),
  },
  'committee.designate-chair': {
    words: words('确定评标委员会负责人', 'Chair designated'),
    choice: (state) => ({
      options: membersOf(state),
      act: (member) => ({ type: 'committee.designate-chair', payload: { member } }),
    }),
    consequence: words(
      '负责人确定后开始评标，不能再更换为其他成员；负责人与其他成员有同等的表决权。',
      'The evaluation begins with the chair, who cannot be exchanged for another; the vote of the chair counts as any other.',
    ),
    article: law('12号令 9'),
  },
  'committee.bind-key': {
    words: words('绑定标段密钥', 'Key of the lot bound'),
    consequence: words(
      '本机的密钥从此在本标段代表您，须经座位所在场地的节点核验；您是谁仍然保密。',
      'From now on the key of this device stands for you in this lot, once the node of your seat attests it. Who you are stays secret.',
    ),
    article: law('招标投标法 37'),
  },
  'committee.attest-key': {
    words: words('核验标段密钥', 'Key of the lot attested'),
    consequence: words(
      '节点证明该密钥由在座的评委以其证书绑定；证书不公开。',
      'The node attests that the member at the seat bound this key under a certificate, which is not shown.',
    ),
    article: law('招标投标法 37'),
  },
  'recording.land': {
    words: words('录制存证', 'Recording landed'),
    consequence: words(
      '录制片段的哈希接在上一段之后记入日志，缺少或者改动的片段可以查出。',
      'The hash of the segments is chained to those before, so that one left out or altered is found.',
    ),
    article: law('87号令 39'),
  },
  'committee.replace-member': {
    words: words('更换评委', 'Member replaced'),
    consequence: words(
      '该成员不再参加评标，其评审结论无效，由抽取补足；不能撤回。',
      'The member evaluates no more, the member’s conclusions are void, and the draw fills the place. It is not taken back.',
    ),
    article: law('条例 48'),
  },
  'committee.recuse': {
    words: words('依规则回避', 'Recused by the rules'),
    consequence: words(
      '有应当回避情形的成员退出，由抽取补足；由规则认定，不能撤回。',
      'A member whom the rules exclude leaves, and the draw fills the place. It is not taken back.',
    ),
    article: law('条例 46, 12号令 12'),
  },
  'committee.request-more-time': {
    words: words('请求延长评标时间', 'More time requested'),
    consequence: words(
      '超过三分之一的成员认为评标时间不够的，招标人应当延长，此前本步骤不关闭。',
      'When more than a third find the time short the tenderer must extend it, and the step stays open until then.',
    ),
    article: law('条例 48'),
  },
  'committee.extend-time': {
    words: words('延长评标时间', 'Time extended'),
    consequence: words(
      '评标时间延长至所定时刻，本步骤继续进行。',
      'The time is extended to the instant that is given, and the step goes on.',
    ),
    article: law('条例 48'),
  },
  'committee.restart': {
    words: words('重新开始评审', 'Evaluation started again'),
    consequence: words(
      '评审从初步评审重新开始，此前的结论不再有效；须另行组成的，全体成员退出并重新抽取。',
      'The evaluation begins anew with the preliminary review. Where a new committee is ordered all members leave and are drawn anew.',
    ),
    article: law('条例 71, 87号令 67'),
  },
  'report.generate': {
    words: words('生成评标报告', 'Report made'),
    consequence: words(
      '由日志生成评标报告，供全体成员签署；有成员签署后不能再生成。',
      'The report is made from the log for all members to sign. Once one has signed it is not made again.',
    ),
    article: law('12号令 42, 87号令 58'),
  },
  'report.sign': {
    words: words('签署评标报告', 'Report signed'),
    document: ({ report: { generated } }) =>
      generated === null
        ? null
        : {
            seq: generated.seq,
            part: 'd:report',
            named: generated.hash,
            hashOf: (profile, { salt, text }) => profile.commitment(salt, text),
            payload: (report) => ({ report, mode: 'SIGNED' }),
          },
    consequence: words(
      '签署即同意评标结果。对评标结果有不同意见的，应当以书面形式说明其不同意见和理由。',
      'By signing you agree with the result. Who differs says so in writing with reasons.',
    ),
    article: law('条例 53'),
  },
  'report.deem-agreed': {
    words: words('视为同意评标结果', 'Deemed to agree'),
    consequence: words(
      '该成员视为同意评标结果，由您以见证记录说明；不能撤回。',
      'The member is taken to agree with the result, by your note as a witness. It is not taken back.',
    ),
    article: law('条例 53'),
  },
  'report.review': {
    words: words('审核评标报告', 'Report reviewed'),
    press: () => ({ outcome: 'ACCEPTED' }),
    consequence: words(
      '接收后应当自收到评标报告之日起 3 日内公示中标候选人。',
      'The candidates are to be published within 3 days of receiving the report.',
    ),
    article: law('条例 54'),
  },
};

const mayChair = (state: LotState, member: string): boolean =>
  state.setup.ruleSet?.representativeMayChair !== false || !isRepresentative(state, member);
