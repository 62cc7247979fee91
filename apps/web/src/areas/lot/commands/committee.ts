import { isRepresentative, membersOf, placeOf, presenceOf, type LotState } from '@app/evaluation';
import { NOTHING_MORE, words, type CommandRecords } from '../../../core/commands/command-record.js';

/** The committee and its report. */
export const committeeCommands: CommandRecords = {
  'committee.sign-in': {
    words: words('评委签到', 'Member signed in'),
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
    article: words('招标投标法实施条例第四十八条', 'Regulations on Tendering, article 48'),
  },
  'committee.form': { words: words('组成评标委员会', 'Committee formed'), press: NOTHING_MORE },
  'committee.elect-chair': {
    words: words('推选主任委员', 'Vote for the chair'),
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
    article: words('评标委员会和评标方法暂行规定第九条', 'Provisional rules on evaluation committees, article 9'),
  },
  'committee.bind-key': { words: words('绑定标段密钥', 'Key of the lot bound') },
  'committee.attest-key': { words: words('核验标段密钥', 'Key of the lot attested') },
  'recording.land': { words: words('录制存证', 'Recording landed') },
  'committee.replace-member': { words: words('更换评委', 'Member replaced') },
  'committee.recuse': { words: words('依规则回避', 'Recused by the rules') },
  'committee.request-more-time': { words: words('请求延长评标时间', 'More time requested') },
  'committee.extend-time': { words: words('延长评标时间', 'Time extended') },
  'committee.restart': { words: words('重新开始评审', 'Evaluation started again') },
  'report.generate': { words: words('生成评标报告', 'Report made') },
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
    article: words('招标投标法实施条例第五十三条', 'Regulations on Tendering, article 53'),
  },
  'report.deem-agreed': { words: words('视为同意评标结果', 'Deemed to agree') },
  'report.review': {
    words: words('审核评标报告', 'Report reviewed'),
    press: () => ({ outcome: 'ACCEPTED' }),
    consequence: words(
      '接收后应当自收到评标报告之日起 3 日内公示中标候选人。',
      'The candidates are to be published within 3 days of receiving the report.',
    ),
    article: words('招标投标法实施条例第五十四条', 'Regulations on Tendering, article 54'),
  },
};

const mayChair = (state: LotState, member: string): boolean =>
  state.setup.ruleSet?.representativeMayChair !== false || !isRepresentative(state, member);
